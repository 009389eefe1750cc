// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"context"
	"fmt"
	"strings"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// madeMaps are the maps that are made of placements while they are seen: what
// the placements would look like at the resolution of the map, and what of the
// map that does not explain. They are made beside the window; until new ones
// are there the last ones stay.
type madeMaps struct {
	simulated, residual               *volume.Grid
	simulatedProfile, residualProfile *volume.Profile
	simulatedLevel, residualLevel     float64
	lacking                           *volume.Grid // the residual with its sign turned
	key                               string       // what they were made of
	wanted                            string       // what is being made
	fault                             string       // why they could not be made
	cancel                            context.CancelFunc
}

// busy tells whether they are being made.
func (m *madeMaps) busy() bool { return m.wanted != m.key }

// simulatedPart is the part of the mass of a simulated map inside the level at
// which it is shown.
const simulatedPart = 0.95

// residualSDs is the level at which a residual map is shown, in its standard
// deviations: as difference maps are looked at in Coot.
const residualSDs = 3

// makeMaps makes the simulated and the residual map if they are seen and not
// there yet.
func (w *window) makeMaps() {
	s := w.doc.State()
	need := w.sees(simulatedMap) || w.sees(residualMap)
	placed := w.placed(s)
	if !need || w.derived.base == nil || s.Map != w.derived.base || len(placed) == 0 {
		w.forgetMaps(need)
		return
	}
	key := mapsKey(s, placed, w.sees(residualMap))
	if key == w.made.wanted {
		return
	}
	if w.made.cancel != nil {
		w.made.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.made.wanted, w.made.fault, w.made.cancel = key, "", cancel
	whole, residual := w.doc.Target(document.State{Map: s.Map}), w.sees(residualMap)
	go func() {
		made, err := simulate(ctx, whole, placed, s.Options.Resolution, residual)
		w.do(func() {
			if w.quitting || key != w.made.wanted {
				return
			}
			cancel()
			if err != nil {
				made = madeMaps{fault: err.Error()}
				w.note("simulated map: " + err.Error())
			}
			made.key, made.wanted = key, key
			w.made = made
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
	if w.made.simulated != nil || w.made.busy() || need {
		w.made = madeMaps{}
		w.showMaps()
	}
}

// sees tells whether a map is visible.
func (w *window) sees(k mapKind) bool {
	for _, m := range w.maps.Maps {
		if m.Kind == k && m.Visible {
			return true
		}
	}
	return false
}

// A placedStructure is a structure where it is placed.
type placedStructure struct {
	structure *document.Structure
	motion    geom.Rigid
}

// placed returns the accepted placements and the selected one.
func (w *window) placed(s document.State) []placedStructure {
	var list []placedStructure
	for _, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			list = append(list, placedStructure{t, a.Placement.Motion})
		}
	}
	selected := w.doc.Selected()
	if c, ok := s.Cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			list = append(list, placedStructure{t, c.Motion})
		}
	}
	return list
}

func mapsKey(s document.State, placed []placedStructure, residual bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p %g %t", s.Map, s.Options.Resolution, residual)
	for _, p := range placed {
		fmt.Fprintf(&b, " %p %v", p.structure, p.motion)
	}
	return b.String()
}

// simulate makes the maps of placements. The simulated one has the voxels of
// the map if the residual is wanted too, else those that suit the resolution.
func simulate(ctx context.Context, whole *fitting.Target, placed []placedStructure, resolution float64, residual bool) (madeMaps, error) {
	var m madeMaps
	var points []volume.Point
	for _, p := range placed {
		atoms, _ := p.structure.Model.Select(mol.AllAtoms)
		move := p.motion.Mover()
		for _, q := range fitting.Points(atoms) {
			q.Pos = move(q.Pos)
			points = append(points, q)
		}
	}
	if resolution == 0 {
		resolution = whole.Resolution().Value
	}
	o := volume.SimulateOptions{Resolution: resolution}
	if residual {
		o.Frame = whole.Grid()
	}
	var err error
	if m.simulated, err = volume.Simulate(ctx, points, o); err != nil {
		return m, err
	}
	m.simulatedProfile, m.simulatedLevel = volume.NewProfile(m.simulated), volume.MassLevel(m.simulated, simulatedPart)
	if residual {
		r := volume.Less(whole.Grid(), m.simulated)
		m.residual, m.lacking, m.residualLevel = r.Grid, volume.Negated(r.Grid), residualSDs*r.SD
		m.residualProfile = volume.NewProfile(m.residual)
	}
	return m, ctx.Err()
}
