// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"image/color"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/render"
)

// remainingColour is that of what remains of the map, which stands out.
var remainingColour = color.NRGBA{230, 159, 0, 130}

// Show gives the viewport what is to be seen: what is left of the map,
// the accepted placements, and the selected one.
func (st *Stage) Show() {
	s := st.sh.Doc.State()
	scene := st.Scene(s)
	st.table.ShowScene(scene)
	st.inspect.Shown()
	st.showLegend(&scene, s)
}

// Scene returns what is to be seen of a state, without what is compared.
func (st *Stage) Scene(s document.State) render.Scene {
	scene := render.Scene{Look: st.display.look(), Background: st.display.Ground.Color()}
	paint := st.painted(s)
	scene.Molecules = append(st.molecules(s), st.ghosts(s, st.sh.Doc.Selected())...)
	st.models.AddTo(&scene, s)
	zone := st.maps.zone(s, scene.Molecules)
	if s.Map != nil || len(s.Others) > 0 {
		scene.Volumes = st.maps.volumes(paint, zone)
	}
	st.compose.AddTo(&scene, s)
	if st.maps.seen.Molecules {
		for i := range scene.Molecules {
			scene.Molecules[i].Zone = zone
		}
	}
	st.inspect.AddTo(&scene)
	return scene
}

// picked says what was clicked on in a picture, and selects the row of the
// placement that it is an atom of.
func (st *Stage) picked(v *viewport.Viewport, hit render.Hit, ok bool) {
	if st.inspect.Picked(v, hit, ok) || !ok || st.table.PickedCloud(hit) {
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
