// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"image/color"

	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/fitting/geom"
	"difffit/render"
)

// molecules returns the molecules of a state: what is accepted, and with a line
// around it what is selected.
func (st *Stage) molecules(s document.State) []render.Molecule {
	var list []render.Molecule
	colours := palette.Of(s)
	add := func(t *document.Structure, motion geom.Rigid, c color.NRGBA, accepted int, selected bool) {
		m := st.Molecule(t, motion, c)
		m.Visible, m.Outlined = !st.hidden.has(t.ID, accepted), selected
		list = append(list, m)
	}
	selected := st.sh.Doc.Selected()
	for _, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			c := view.ColorOf(colours, a, st.display.Colours, st.display.Paint)
			add(t, a.Placement.Motion, c, a.ID, !selected.IsZero() && a.Cluster == selected)
		}
	}
	if c, ok := s.Cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			add(t, c.Motion, st.colourOf(colours, selected, c.Motion), 0, true)
		}
	}
	return list
}

// colourOf returns the colour of a placement that is not accepted, which it keeps
// if it is.
func (st *Stage) colourOf(p *palette.Palette, id document.ClusterID, motion geom.Rigid) color.NRGBA {
	if st.display.Colours == render.Uniform {
		return p.Structure(id.Structure)
	}
	return p.Placement(id, motion)
}

// Molecule returns a structure at a place, drawn as all are.
func (st *Stage) Molecule(t *document.Structure, motion geom.Rigid, c color.NRGBA) render.Molecule {
	m := render.Molecule{
		Structure: t.Model, Motions: []geom.Rigid{motion}, Style: st.display.Style, Coloring: view.InStyle(st.display.Colours, st.display.Style), Color: c,
		Hydrogens: st.display.Hydrogens, ID: t.ID, Visible: true,
	}
	if st.display.Colours == render.ByValue {
		m.Values = st.localFit(st.sh.Doc.State(), t, motion).values
	}
	return m
}

// isDark tells whether the ground of the picture is dark.
func (st *Stage) isDark() bool {
	c := st.display.Ground.Color()
	if c.A == 0 {
		c = color.NRGBAModel.Convert(theme.Color(theme.ColorNameBackground)).(color.NRGBA)
	}
	return render.IsDark(c)
}

// hidden are the structures and the accepted placements that are not seen.
type hidden struct{ structures, accepted map[int]bool }

func hiddenOf(v view.Hidden) hidden {
	set := func(ids []int) map[int]bool {
		m := map[int]bool{}
		for _, id := range ids {
			m[id] = true
		}
		return m
	}
	return hidden{set(v.Structures), set(v.Accepted)}
}

// of returns what of a state is hidden.
func (h hidden) of(s document.State) view.Hidden {
	var v view.Hidden
	for _, t := range s.Structures {
		if h.structures[t.ID] {
			v.Structures = append(v.Structures, t.ID)
		}
	}
	for _, a := range s.Accepted {
		if h.accepted[a.ID] {
			v.Accepted = append(v.Accepted, a.ID)
		}
	}
	return v
}

func (h hidden) has(structure, accepted int) bool {
	return h.structures[structure] || h.accepted[accepted]
}

// toggled returns a set with an ID, or without it.
func toggled(set map[int]bool, id int) map[int]bool {
	m := map[int]bool{id: !set[id]}
	for k, on := range set {
		if k != id {
			m[k] = on
		}
	}
	return m
}

// ToggleStructure shows a structure with all that is placed of it, or hides it.
func (st *Stage) ToggleStructure(id int) {
	st.hidden.structures = toggled(st.hidden.structures, id)
	st.OnSeen()
	st.Show()
}

// ToggleAccepted shows an accepted placement, or hides it.
func (st *Stage) ToggleAccepted(id int) {
	st.hidden.accepted = toggled(st.hidden.accepted, id)
	st.OnSeen()
	st.Show()
}

// AskColour asks for another colour of a structure, by its ID.
func (st *Stage) AskColour(id int) {
	s := st.sh.Doc.State()
	if s.Structure(id) == nil {
		return
	}
	st.pickColour("Colour of "+s.Name(id), palette.Of(s).Structure(id), func(c color.NRGBA) {
		c.A = 255
		st.sh.Try("The colour was not changed", st.sh.Doc.SetColor(id, c))
	})
}

// pickColour asks for a colour.
func (st *Stage) pickColour(title string, now color.NRGBA, set func(color.NRGBA)) {
	d := dialog.NewColorPicker(title, "", func(c color.Color) { set(color.NRGBAModel.Convert(c).(color.NRGBA)) }, st.sh)
	d.Advanced = true
	now.A = 255
	st.sh.Ask(d)
	d.SetColor(now)
}

// Hidden returns what is not seen.
func (st *Stage) Hidden() view.Hidden { return st.hidden.of(st.sh.Doc.State()) }
