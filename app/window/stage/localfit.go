// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// localFits are how well parts of placements fit. They are made beside the
// window when they are looked for, and shown when they are there.
type localFits struct {
	of    map[localKey]*localEntry
	order []localKey // the latest last
}

// A localKey is what a local fit depends on.
type localKey struct {
	density    *document.Map
	structure  *mol.Structure
	motion     geom.Rigid
	resolution float64 // of the options; 0 is estimated
}

type localEntry struct {
	values *render.Values // nil until it is made
	mean   float64
	fault  error
}

// keptLocal is how many local fits are kept, so that going back and forth in
// the table makes none anew.
const keptLocal = 64

// localFit returns the local fit of a placement, and begins to make it if it
// is not there. It is made in the map as it was opened: what was zeroed out is
// what fits best.
func (st *Stage) localFit(s document.State, t *document.Structure, motion geom.Rigid) *localEntry {
	if s.Map == nil {
		return &localEntry{fault: errors.New("no map is open")}
	}
	key := localKey{s.Map, t.Model, motion, s.Options.Resolution}
	if e, ok := st.local.of[key]; ok {
		return e
	}
	e := &localEntry{}
	st.local.keep(key, e)
	whole := st.sh.Targets.Whole(s.Map)
	go func() {
		values, mean, err := view.Local(context.Background(), whole, key.structure, motion, key.resolution)
		st.sh.Do(func() {
			if st.sh.Quitting {
				return
			}
			if e.fault = err; err != nil {
				st.sh.Note("local fit: " + panel.Reason(err))
			} else {
				e.values, e.mean = values, mean
			}
			if st.display.Colours == render.ByValue {
				st.Show()
			}
		})
	}()
	return e
}

func (v *localFits) keep(key localKey, e *localEntry) {
	if v.of == nil {
		v.of = map[localKey]*localEntry{}
	}
	v.of[key] = e
	v.order = append(v.order, key)
	if len(v.order) > keptLocal {
		delete(v.of, v.order[0])
		v.order = append(v.order[:0:0], v.order[1:]...)
	}
}

// painted returns the colours of the placements that explain the map, nil if
// there are none or they are not wanted. They are made beside the window.
func (st *Stage) painted(s document.State) *render.Paint {
	if !st.display.Paint || len(s.Accepted) == 0 {
		st.paint.Forget()
		return nil
	}
	var b strings.Builder
	colours := palette.Of(s)
	for _, a := range s.Accepted {
		fmt.Fprintf(&b, "%p %v %v ", s.Structure(a.Structure).Model, a.Placement.Motion, colours.Accepted(a))
	}
	st.paint.Make(st.sh, b.String(), func(context.Context) *render.Paint {
		var accepted []view.Placed
		var colors []color.NRGBA
		own := palette.Of(s) // of this goroutine
		for _, a := range s.Accepted {
			accepted = append(accepted, view.Placed{Model: s.Structure(a.Structure).Model, Motion: a.Placement.Motion})
			colors = append(colors, own.Accepted(a))
		}
		return view.Paint(accepted, colors)
	}, func(*render.Paint) { st.Show() })
	return st.paint.Value
}
