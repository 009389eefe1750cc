// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// evidence is what map and placements say of each other: how well parts of a
// placement fit, and which placement explains which part of the map. It is
// made beside the window when it is looked for, and shown when it is there.
type evidence struct {
	local  map[localKey]*localEntry
	order  []localKey // of local, the latest last
	paint  *render.Paint
	made   string // what paint was made of
	wanted string
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
func (w *window) localFit(s document.State, t *document.Structure, motion geom.Rigid) *localEntry {
	if s.Map == nil {
		return &localEntry{fault: errors.New("no map is open")}
	}
	key := localKey{s.Map, t.Model, motion, s.Options.Resolution}
	if e, ok := w.evidence.local[key]; ok {
		return e
	}
	e := &localEntry{}
	w.keepLocal(key, e)
	whole := w.doc.Target(document.State{Map: s.Map})
	go func() {
		values, mean, err := view.Local(context.Background(), whole, key.structure, motion, key.resolution)
		w.do(func() {
			if w.quitting {
				return
			}
			if e.fault = err; err != nil {
				w.note("local fit: " + err.Error())
			} else {
				e.values, e.mean = values, mean
			}
			if w.looks.colours == render.ByValue {
				w.showScene()
			}
		})
	}()
	return e
}

func (w *window) keepLocal(key localKey, e *localEntry) {
	v := &w.evidence
	if v.local == nil {
		v.local = map[localKey]*localEntry{}
	}
	v.local[key] = e
	v.order = append(v.order, key)
	if len(v.order) > keptLocal {
		delete(v.local, v.order[0])
		v.order = append(v.order[:0:0], v.order[1:]...)
	}
}

// paint returns the colours of the placements that explain the map, nil if
// there are none or they are not wanted.
func (w *window) paint(s document.State) *render.Paint {
	v := &w.evidence
	if !w.looks.paint || len(s.Accepted) == 0 {
		v.paint, v.made, v.wanted = nil, "", ""
		return nil
	}
	var b strings.Builder
	for _, a := range s.Accepted {
		fmt.Fprintf(&b, "%p %v ", s.Structure(a.Structure), a.Placement.Motion)
	}
	key := b.String()
	if key == v.wanted {
		return v.paint
	}
	v.wanted = key
	go func() {
		var accepted []view.Placed
		var colors []color.NRGBA
		for i, a := range s.Accepted {
			accepted = append(accepted, view.Placed{Model: s.Structure(a.Structure).Model, Motion: a.Placement.Motion})
			colors = append(colors, document.AcceptedColour(i))
		}
		made := view.Paint(accepted, colors)
		w.do(func() {
			if w.quitting || v.wanted != key {
				return
			}
			v.paint, v.made = made, key
			w.showScene()
		})
	}()
	return v.paint
}

// show puts the evidence into a scene.
func (w *window) showEvidence(scene *render.Scene, s document.State) {
	scene.Background = w.looks.ground.Color()
	p := w.paint(s)
	if p == nil || w.derived.base == nil {
		return
	}
	whole := w.derived.base.Grid
	for i, v := range scene.Volumes {
		if v.Grid == whole || w.derived.target != nil && v.Grid == w.derived.target.Grid() {
			scene.Volumes[i] = view.Painted(v, p, whole)
		}
	}
}
