// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// mostDusted is the number of voxels of the largest map whose dust is hidden:
// it takes as much memory as two more copies of the map, and some seconds.
const mostDusted = 1 << 28

// dustless are the maps of a document without their dust. They are made beside
// the window when a map is there; until then it is seen as it is.
type dustless struct {
	remaining, whole shell.Latest[dustKey, dusted]
}

// settled tells whether all that was asked for is shown.
func (d *dustless) settled() bool { return d.remaining.Settled() && d.whole.Settled() }

// of returns a map without its dust, or as it is if that is not there.
func (d *dustless) of(g *volume.Grid) *volume.Grid {
	for _, made := range []dusted{d.remaining.Value, d.whole.Value} {
		if made.with == g && made.without != nil {
			return made.without
		}
	}
	return g
}

// A dustKey tells what a map without dust is made of.
type dustKey struct {
	target     *fitting.Target
	resolution float64 // that a person stated, ångström; 0 without
}

// A dusted map is one with its dust, and without.
type dusted struct{ with, without *volume.Grid }

// sweep makes the maps without dust that a state needs.
func (st *Stage) sweep(s document.State) {
	d := &st.derived
	if st.display.Dust || d.target == nil || d.base == nil {
		st.dust.remaining.Forget()
		st.dust.whole.Forget()
		return
	}
	st.sweepOne(&st.dust.remaining, d.target, s.Options.Resolution)
	if whole := st.sh.Targets.Whole(d.base); whole != d.target && (st.maps.seen.Sees(view.Whole) || st.display.Paint) {
		st.sweepOne(&st.dust.whole, whole, s.Options.Resolution)
	} else {
		st.dust.whole.Forget()
	}
}

func (st *Stage) sweepOne(l *shell.Latest[dustKey, dusted], target *fitting.Target, resolution float64) {
	l.Make(st.sh, dustKey{target, resolution}, func(ctx context.Context) dusted {
		g := target.Grid()
		if len(g.Data) > mostDusted {
			return dusted{}
		}
		r := resolution
		if r == 0 {
			r = target.Resolution().Value
		}
		clean, err := volume.WithoutDust(ctx, g, volume.DustVolume(g, r))
		if err != nil { // something else is wanted
			return dusted{}
		}
		return dusted{g, clean}
	}, func(dusted) { st.Show() })
}
