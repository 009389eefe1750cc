// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"image/color"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
	"difffit/render"
)

// mapColour is that of the map, which lets be seen what is in it; remainingColour
// that of what remains of it, which stands out.
var (
	mapColour       = color.NRGBA{165, 195, 230, 77}
	remainingColour = color.NRGBA{230, 159, 0, 130}
)

// Show gives the viewport what is to be seen: what is left of the map,
// the accepted placements, and the selected one.
func (st *Stage) Show() {
	s := st.sh.Doc.State()
	scene := st.Scene(s)
	st.table.ShowScene(scene)
	st.showLegend(&scene, s)
}

// Scene returns what is to be seen of a state, without what is compared.
func (st *Stage) Scene(s document.State) render.Scene {
	scene := render.Scene{Look: st.display.look(), Background: st.display.Ground.Color()}
	paint := st.painted(s)
	if s.Map != nil || len(s.Others) > 0 {
		scene.Volumes = st.maps.volumes(s, paint)
	}
	selected := st.sh.Doc.Selected()
	for i, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			m := st.Molecule(t, a.Placement.Motion, palette.Placement(t.ID, i, st.display.Paint))
			if !selected.IsZero() && a.Cluster == selected {
				m.Color = shell.SelectedColour
			}
			scene.Molecules = append(scene.Molecules, m)
		}
	}
	if c, ok := s.Cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			scene.Molecules = append(scene.Molecules, st.Molecule(t, c.Motion, shell.SelectedColour))
		}
	}
	scene.Molecules = append(scene.Molecules, st.ghosts(s, selected)...)
	st.models.AddTo(&scene, s)
	st.compose.AddTo(&scene, s)
	if st.maps.seen.Molecules {
		zone := st.maps.zone(s)
		for i := range scene.Molecules {
			scene.Molecules[i].Zone = zone
		}
	}
	return scene
}

// Molecule returns a structure at a place, drawn as all are.
func (st *Stage) Molecule(t *document.Structure, motion geom.Rigid, c color.NRGBA) render.Molecule {
	m := render.Molecule{
		Structure: t.Model, Motions: []geom.Rigid{motion}, Style: st.display.Style, Coloring: st.display.Colours, Color: c, ID: t.ID, Visible: true,
	}
	if st.display.Colours == render.ByValue {
		m.Values = st.localFit(st.sh.Doc.State(), t, motion).values
	}
	return m
}

// picked says what was clicked on in a picture, and selects the row of the
// placement that it is an atom of.
func (st *Stage) picked(v *viewport.Viewport, hit render.Hit, ok bool) {
	if !ok || st.table.PickedCloud(hit) {
		return
	}
	s := st.sh.Doc.State()
	if !hit.IsAtom {
		st.sh.Say(fmt.Sprintf("Map at (%.1f, %.1f, %.1f) Å, density %.4g", hit.Position.X, hit.Position.Y, hit.Position.Z, hit.Density))
		return
	}
	t := s.Structure(hit.ID)
	if t == nil || hit.Atom < 0 || hit.Atom >= len(t.Model.Atoms) {
		return
	}
	if !st.models.SelectPicked(v.Scene(), hit) {
		st.table.SelectPicked(v.Scene(), hit)
	}
	a := t.Model.Atoms[hit.Atom]
	st.sh.Say(fmt.Sprintf("%s, chain %s, %s %d%s, atom %s at (%.1f, %.1f, %.1f) Å, density %.4g",
		t.Model.Name, a.Chain, a.Residue, a.Seq, a.Insert, a.Name, hit.Position.X, hit.Position.Y, hit.Position.Z, hit.Density))
}
