// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"image/color"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/render"
)

// ghosts are the placements that are proposed, but the selected one, the best
// first: threads through their chains, in pale colours of their structures. They
// are solid, for what is translucent cannot be seen within the surface of a map.
func (st *Stage) ghosts(s document.State, selected document.ClusterID) []render.Molecule {
	var list []render.Molecule
	colours, next := palette.Of(s), map[int]int{} // of each structure how many came before
	for _, id := range s.Proposals() {
		c, ok := s.Cluster(id)
		t := s.Structure(id.Structure)
		if !ok || t == nil || id == selected {
			continue
		}
		m := st.Molecule(t, c.Motion, pale(st.nextColour(colours, t.ID, next[t.ID])))
		next[t.ID]++
		if m.Style = render.Tube; st.display.Style == render.Tube {
			m.Style = render.Trace
		}
		list = append(list, m)
	}
	return list
}

// pale returns a colour half way to a light grey.
func pale(c color.NRGBA) color.NRGBA {
	const grey = 200
	return color.NRGBA{c.R/2 + grey/2, c.G/2 + grey/2, c.B/2 + grey/2, c.A}
}
