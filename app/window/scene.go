// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"image/color"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// Colours of the scene, besides those of structures: the selected placement is
// orange.
var (
	mapColour      = color.NRGBA{165, 195, 230, 145}
	selectedColour = color.NRGBA{230, 159, 0, 255}
)

// showScene gives the viewport what is to be seen: what is left of the map,
// the accepted placements, and the selected one.
func (w *window) showScene() {
	s := w.doc.State()
	scene := w.scene(s)
	w.showScenes(scene)
	w.showLegend(&scene, s)
}

func (w *window) scene(s document.State) render.Scene {
	scene := render.Scene{Look: w.looks.look()}
	if s.Map != nil {
		scene.Volumes = w.volumes(s)
	}
	selected := w.doc.Selected()
	for i, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			m := w.molecule(t, a.Placement.Motion, s.ColourOf(i, w.looks.paint))
			if !selected.IsZero() && a.Cluster == selected {
				m.Color = selectedColour
			}
			scene.Molecules = append(scene.Molecules, m)
		}
	}
	if c, ok := w.cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			scene.Molecules = append(scene.Molecules, w.molecule(t, c.Motion, selectedColour))
		}
	}
	if len(scene.Molecules) == 0 && len(s.Rounds) == 0 {
		for _, t := range s.Structures {
			if s.Map == nil || near(s.Map, t.Model) {
				scene.Molecules = append(scene.Molecules, w.molecule(t, geom.Identity(), t.Colour()))
			}
		}
	}
	w.addComposer(&scene, s)
	if w.maps.Molecules {
		zone := w.zone(s)
		for i := range scene.Molecules {
			scene.Molecules[i].Zone = zone
		}
	}
	w.showEvidence(&scene, s)
	return scene
}

func (w *window) molecule(t *document.Structure, motion geom.Rigid, c color.NRGBA) render.Molecule {
	m := render.Molecule{
		Structure: t.Model, Motions: []geom.Rigid{motion}, Style: w.looks.style, Coloring: w.looks.colours, Color: c, ID: t.ID, Visible: true,
	}
	if w.looks.colours == render.ByValue {
		m.Values = w.localFit(w.doc.State(), t, motion).values
	}
	return m
}

// near tells whether a structure, as it is in its file, lies in the box of a map.
func near(m *document.Map, s *mol.Structure) bool {
	v := m.Grid.Voxel(mol.Center(s.Atoms))
	n := m.Grid.Size
	return v.X >= 0 && v.Y >= 0 && v.Z >= 0 && v.X < float64(n[0]) && v.Y < float64(n[1]) && v.Z < float64(n[2])
}

// cluster returns a cluster of the document.
func (w *window) cluster(id document.ClusterID) (fitting.Cluster, bool) {
	return w.doc.State().Cluster(id)
}

// selectCluster shows the placement that a person picked in the table. What a
// running fit has found so far cannot be selected yet, but it is shown.
func (w *window) selectCluster(id document.ClusterID) {
	if w.live == nil {
		w.doc.Select(id)
		return
	}
	scene := w.scene(w.doc.State())
	for _, f := range w.live {
		for _, c := range f.Result.Clusters {
			if t := w.doc.State().Structure(f.Structure); f.Structure == id.Structure && c.Rank == id.Rank && t != nil {
				scene.Molecules = append(scene.Molecules, w.molecule(t, c.Motion, selectedColour))
			}
		}
	}
	w.view.SetScene(scene)
}

// picked says what was clicked on in the picture, and selects the row of the
// placement that it is an atom of.
func (w *window) picked(hit render.Hit, ok bool) { w.pickedIn(w.view, hit, ok) }

func (w *window) pickedIn(v *viewport.Viewport, hit render.Hit, ok bool) {
	if !ok || w.pickedCloud(hit) {
		return
	}
	s := w.doc.State()
	if !hit.IsAtom {
		w.say(fmt.Sprintf("Map at (%.1f, %.1f, %.1f) Å, density %.4g", hit.Position.X, hit.Position.Y, hit.Position.Z, hit.Density))
		return
	}
	t := s.Structure(hit.ID)
	if t == nil || hit.Atom < 0 || hit.Atom >= len(t.Model.Atoms) {
		return
	}
	w.selectPicked(v.Scene(), hit)
	a := t.Model.Atoms[hit.Atom]
	w.say(fmt.Sprintf("%s, chain %s, %s %d%s, atom %s at (%.1f, %.1f, %.1f) Å, density %.4g",
		t.Model.Name, a.Chain, a.Residue, a.Seq, a.Insert, a.Name, hit.Position.X, hit.Position.Y, hit.Position.Z, hit.Density))
}
