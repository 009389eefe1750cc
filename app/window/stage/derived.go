// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// derived is what follows from a state but takes time to make: the remaining
// map and its statistics. It is made beside the window and shown when it is
// there; until then the last one stays.
type derived struct {
	base    *document.Map
	target  *fitting.Target // nil without a map
	profile *volume.Profile // of target
	whole   *volume.Profile // of the map as it was opened
	level   float64         // at which the map is seen
}

// A derivedKey tells what derived is made of.
type derivedKey struct {
	base *document.Map
	cuts any // list of what the layers that are on take out
}

// derive makes what follows from s.
func (st *Stage) derive(s document.State) {
	if s.Map == nil {
		st.deriving.Forget()
		st.derived, st.revealed, st.maps.seen.Contour = derived{}, nil, nil
		st.showDerived(s)
		return
	}
	st.deriving.Make(st.sh, derivedKey{s.Map, work.ListKey(s.Cuts())}, func(context.Context) derived {
		target := st.sh.Targets.Of(s)
		whole := st.sh.Targets.Whole(s.Map)
		return derived{base: s.Map, target: target, profile: target.Profile(), whole: whole.Profile()}
	}, func(d derived) {
		d.level = st.derived.level
		st.derived = d
		if st.revealed != d.base {
			st.reveal()
			return
		}
		st.showDerived(st.sh.Doc.State())
	})
	if st.deriving.Settled() {
		st.showDerived(s) // of the same
	}
}

// showDerived shows the level and the picture.
func (st *Stage) showDerived(s document.State) {
	st.showLevel(s)
	st.maps.make()
	st.maps.show()
	st.Show()
	st.compose.Survey(s)
}

// Settled tells whether all that was asked for is shown.
func (st *Stage) Settled() bool {
	return st.deriving.Settled() && st.levels.offer.Settled() && st.maps.simulated.Settled() && st.maps.others.Settled() && st.dust.settled()
}
