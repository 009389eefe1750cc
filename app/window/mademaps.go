// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"fmt"
	"strings"

	"difffit/app/document"
	"difffit/app/view"
)

// madeMaps are the maps that are made of placements while they are seen: what
// the placements would look like at the resolution of the map, and what of the
// map that does not explain. They are made beside the window; until new ones
// are there the last ones stay.
type madeMaps struct {
	view.Made
	key    string // what they were made of
	wanted string // what is being made
	fault  string // why they could not be made
	cancel context.CancelFunc
}

// busy tells whether they are being made.
func (m *madeMaps) busy() bool { return m.wanted != m.key }

// makeMaps makes the simulated and the residual map if they are seen and not
// there yet.
func (w *window) makeMaps() {
	s := w.doc.State()
	need := w.maps.Sees(view.Simulated) || w.maps.Sees(view.Residual)
	placed := w.placed(s)
	if !need || w.derived.base == nil || s.Map != w.derived.base || len(placed) == 0 {
		w.forgetMaps(need)
		return
	}
	key := mapsKey(s, placed, w.maps.Sees(view.Residual))
	if key == w.made.wanted {
		return
	}
	if w.made.cancel != nil {
		w.made.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.made.wanted, w.made.fault, w.made.cancel = key, "", cancel
	whole, residual := w.doc.Target(document.State{Map: s.Map}), w.maps.Sees(view.Residual)
	go func() {
		m, err := view.Make(ctx, whole, placed, s.Options.Resolution, residual)
		w.do(func() {
			if w.quitting || key != w.made.wanted {
				return
			}
			cancel()
			w.made = madeMaps{Made: m, key: key, wanted: key}
			if err != nil {
				w.made = madeMaps{fault: err.Error(), key: key, wanted: key}
				w.note("simulated map: " + err.Error())
			}
			w.showMaps()
			w.showScene()
		})
	}()
}

// forgetMaps lets go of what is not seen.
func (w *window) forgetMaps(need bool) {
	if w.made.cancel != nil {
		w.made.cancel()
	}
	if w.made.Simulated != nil || w.made.busy() || need {
		w.made = madeMaps{}
		w.showMaps()
	}
}

// placed returns the accepted placements and the selected one.
func (w *window) placed(s document.State) []view.Placed {
	var list []view.Placed
	for _, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			list = append(list, view.Placed{Model: t.Model, Motion: a.Placement.Motion})
		}
	}
	selected := w.doc.Selected()
	if c, ok := s.Cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			list = append(list, view.Placed{Model: t.Model, Motion: c.Motion})
		}
	}
	return list
}

func mapsKey(s document.State, placed []view.Placed, residual bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p %g %t", s.Map, s.Options.Resolution, residual)
	for _, p := range placed {
		fmt.Fprintf(&b, " %p %v", p.Model, p.Motion)
	}
	return b.String()
}
