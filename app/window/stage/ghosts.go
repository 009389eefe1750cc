// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/render"
)

// ghosts are the placements that are proposed, but the selected one, the best
// first: threads through their chains, in the colours that they keep when they are
// accepted. They are solid, for what is translucent cannot be seen within the
// surface of a map.
func (st *Stage) ghosts(s document.State, selected document.ClusterID) []render.Molecule {
	var list []render.Molecule
	colours := palette.Of(s)
	for _, id := range s.Proposals() {
		c, ok := s.Cluster(id)
		t := s.Structure(id.Structure)
		if !ok || t == nil || id == selected {
			continue
		}
		m := st.Molecule(t, c.Motion, st.colourOf(colours, id, c.Motion))
		if m.Style = render.Tube; st.display.Style == render.Tube {
			m.Style = render.Trace
		}
		list = append(list, m)
	}
	return list
}
