// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"image/color"
	"maps"

	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/residues"
	"difffit/fitting/mol"
	"difffit/render"
)

// A sequenceKey is what the strip shows.
type sequenceKey struct {
	residues.Copy
	coloring render.Coloring
	color    color.NRGBA
	values   *render.Values
	count    int // of changes of the selection
}

// HasSequence tells whether the strip is shown.
func (in *Inspector) HasSequence() bool { return in.Sequence.Visible() }

// ToggleSequence shows the strip, or puts it away.
func (in *Inspector) ToggleSequence() {
	if in.HasSequence() {
		in.Sequence.Hide()
	} else {
		in.Sequence.Show()
		in.sequence = sequenceKey{}
		in.showSequence()
	}
	in.OnRoom()
	in.sh.Enable()
}

// subject returns the molecule whose sequence is shown: the selected one, else
// the one whose residues are, else the first.
func (in *Inspector) subject(molecules []render.Molecule) int {
	first := -1
	for i := range molecules {
		m := &molecules[i]
		if !residues.IsCopy(m) {
			continue
		}
		if m.Outlined {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	for _, p := range in.selection.Picked {
		if m := p.In(molecules); m != nil {
			for i := range molecules {
				if m == &molecules[i] {
					return i
				}
			}
		}
	}
	return first
}

// showSequence shows the sequence of what is selected, if it is another.
func (in *Inspector) showSequence() {
	if !in.HasSequence() {
		return
	}
	molecules := in.stage.Viewport().Scene().Molecules
	i := in.subject(molecules)
	if i < 0 {
		in.sequence = sequenceKey{}
		in.Sequence.SetState(panel.SequenceState{})
		return
	}
	m := molecules[i]
	about := view.LegendOf(m.Coloring)
	if told := m.Coloring == render.ByValue || m.Coloring == render.ByBFactor || m.Coloring == render.ByPLDDT || m.Coloring == render.ByRainbow || m.Coloring == render.BySecondary; !told {
		about = ""
		if m.Coloring == render.ByHetero { // a letter stands for no one atom
			m.Coloring = render.Uniform
		}
		if m.Structure.Column == mol.Confidence {
			m.Coloring, about = render.ByPLDDT, view.LegendOf(render.ByPLDDT)
		}
	}
	key := sequenceKey{residues.CopyOf(&m), m.Coloring, m.Color, m.Values, in.selection.Count}
	if key == in.sequence {
		return
	}
	in.sequence = key
	list := append(molecules[:i:i], m)
	in.Sequence.SetState(panel.SequenceState{Title: m.Structure.Name, About: about, Cells: in.cells(&m, render.AtomColors(list, i))})
}

// cells returns a cell for each residue, and for gaps in the numbers of a chain.
func (in *Inspector) cells(m *render.Molecule, colors []color.NRGBA) []panel.SequenceCell {
	selected := map[int]bool{}
	if p := in.selected(m); p != nil {
		selected = p.Residues
	}
	var cells []panel.SequenceCell
	list := in.lists.Of(m.Structure)
	for i, r := range list {
		begins := i == 0 || list[i-1].Chain != r.Chain
		if !begins && r.Polymer && list[i-1].Polymer {
			if missing := r.Seq - list[i-1].Seq - 1; missing > 0 {
				cells = append(cells, panel.SequenceCell{
					Residue: -1, Letter: "…", Name: fmt.Sprintf("/%s %d to %d: %s missing", r.Chain, list[i-1].Seq+1, r.Seq-1, panel.Plural(missing, "residue")),
				})
			}
		}
		atom := r.Center(m.Structure)
		c := panel.SequenceCell{
			Residue: i, Letter: string(r.Letter()), Number: r.Seq, Color: colors[atom], Selected: selected[i],
			Name: fmt.Sprintf("/%s %s%s", r.Chain, r, valueOf(m, atom)),
		}
		if begins {
			c.Chain = "/" + r.Chain
		}
		cells = append(cells, c)
	}
	return cells
}

// valueOf tells what the colour of an atom tells, where that is a number.
func valueOf(m *render.Molecule, atom int) string {
	switch b := m.Structure.Atoms[atom].B; {
	case m.Coloring == render.ByValue && m.Values != nil && atom < len(m.Values.Of):
		return fmt.Sprintf(", correlation %.2f", m.Values.Of[atom])
	case m.Coloring == render.ByPLDDT:
		return fmt.Sprintf(", pLDDT %.0f", b)
	case m.Coloring == render.ByBFactor:
		return fmt.Sprintf(", B %.0f Å²", b)
	}
	return ""
}

// selected returns what is selected of a molecule, nil for nothing.
func (in *Inspector) selected(m *render.Molecule) *residues.Picked {
	for _, p := range in.selection.Picked {
		if q := p.In([]render.Molecule{*m}); q != nil {
			return p
		}
	}
	return nil
}

// dragged selects residues of the structure whose sequence is shown.
func (in *Inspector) dragged(first, last int, more, done bool) {
	molecules := in.stage.Viewport().Scene().Molecules
	i := in.subject(molecules)
	if i < 0 {
		return
	}
	m := molecules[i]
	chosen := map[int]bool{}
	if old := in.selected(&m); more && old != nil {
		chosen = maps.Clone(old.Residues)
	} else if !more {
		in.selection.Drop(func(residues.Copy) bool { return true })
	}
	for r := first; r <= last; r++ {
		chosen[r] = true
	}
	in.replace(&m, chosen)
	in.changed()
	if done {
		in.tell()
	}
}

// centre selects a residue of the structure whose sequence is shown, and makes it
// the centre of view.
func (in *Inspector) centre(residue int, more bool) {
	in.dragged(residue, residue, more, true)
	molecules := in.stage.Viewport().Scene().Molecules
	i := in.subject(molecules)
	if i < 0 {
		return
	}
	m := &molecules[i]
	r := in.lists.Of(m.Structure)[residue]
	at := m.Motions[0].Apply(m.Structure.Atoms[r.Center(m.Structure)].Pos)
	v := in.stage.Viewport()
	c := v.Camera()
	c.Target = at
	v.FlyTo(c)
	in.last = &residues.Atom{Copy: residues.CopyOf(m), Index: r.Center(m.Structure)}
}
