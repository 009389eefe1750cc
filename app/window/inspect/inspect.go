// SPDX-License-Identifier: BSD-3-Clause

// Package inspect is what the window does for looking at residues: it selects them,
// in the picture and in a strip of the sequence, names them, flies to them, and
// measures distances and angles (docs/adr/0027-looking.md). What is selected is
// part of no document. How scenes are drawn it does not know.
package inspect

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A Stage shows the scene.
type Stage interface {
	// Show shows the state of the document as it is now.
	Show()
	// Viewport returns the picture of the window.
	Viewport() *viewport.Viewport
	// HoldCamera keeps the point of view when something is added to the scene.
	HoldCamera()
	// FlyToBox sends the camera to where all of a box is seen.
	FlyToBox(lo, hi r3.Vec)
}

// A Table has the pictures.
type Table interface {
	// Pictures returns those that are seen.
	Pictures() []*viewport.Viewport
}

// An Inspector has the residues that are selected, and what was measured.
type Inspector struct {
	Sequence *panel.Sequence
	// OnRoom is called when the strip of the sequence comes or goes.
	OnRoom func()

	sh    *shell.Shell
	stage Stage
	table Table

	selection selection
	labels    bool // of the selected residues
	sides     bool // the atoms of the selected residues are drawn where ribbons are
	measures  []measure
	mode      mode
	clicked   []anchor // in the mode, so far
	last      *anchor  // that was clicked on last

	residues map[*mol.Structure][]mol.Residue
	sequence sequenceKey
}

// New makes the inspector of a window. Connect must be called before it is used.
func New(sh *shell.Shell) *Inspector {
	in := &Inspector{
		Sequence: panel.NewSequence(), OnRoom: func() {}, sh: sh, labels: true, sides: true, residues: map[*mol.Structure][]mol.Residue{},
	}
	in.Sequence.Hide()
	return in
}

// Connect ties the inspector to the others.
func (in *Inspector) Connect(st Stage, t Table) {
	in.stage, in.table = st, t
	in.Sequence.OnSelect, in.Sequence.OnCentre, in.Sequence.OnClose = in.dragged, in.centre, in.ToggleSequence
}

// residuesOf returns the residues of a structure, looked for once.
func (in *Inspector) residuesOf(s *mol.Structure) []mol.Residue {
	list, ok := in.residues[s]
	if !ok {
		if len(in.residues) > mostKept {
			clear(in.residues)
		}
		list = s.Residues()
		in.residues[s] = list
	}
	return list
}

// mostKept is of how many structures the residues are kept.
const mostKept = 64

// residueAt returns the residue that an atom belongs to, -1 for a water.
func (in *Inspector) residueAt(s *mol.Structure, atom int) int {
	list := in.residuesOf(s)
	lo, hi := 0, len(list)
	for lo < hi { // the first that ends behind the atom
		if mid := (lo + hi) / 2; list[mid].Last <= atom {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(list) && list[lo].First <= atom {
		return lo
	}
	return -1
}

// A place is a copy of a structure in the picture: the structure, and where it
// was when it was clicked on.
type place struct {
	id     int
	model  *mol.Structure
	motion geom.Rigid
}

// isCopy tells whether a molecule of a scene is a structure that is seen.
func isCopy(m *render.Molecule) bool {
	return m.ID > 0 && m.Visible && !m.Marked && m.Part == nil && m.Structure != nil && len(m.Motions) == 1
}

// in returns the molecule of a scene that a place is: one that was moved is the
// only one of its structure. It is nil if there is none.
func (p place) in(molecules []render.Molecule) *render.Molecule {
	var only *render.Molecule
	for i := range molecules {
		m := &molecules[i]
		if !isCopy(m) || m.ID != p.id || m.Structure != p.model {
			continue
		}
		switch {
		case m.Motions[0] == p.motion:
			return m
		case only != nil:
			return nil
		}
		only = m
	}
	return only
}

// placeOf returns what a molecule of a scene is.
func placeOf(m *render.Molecule) place { return place{m.ID, m.Structure, m.Motions[0]} }

// hitPlace returns the copy that was clicked on, false if it was none.
func hitPlace(scene render.Scene, hit render.Hit) (place, bool) {
	if !hit.IsAtom || hit.Molecule < 0 || hit.Molecule >= len(scene.Molecules) {
		return place{}, false
	}
	m := &scene.Molecules[hit.Molecule]
	if m.ID <= 0 || hit.Motion < 0 || hit.Motion >= len(m.Motions) {
		return place{}, false
	}
	p := place{m.ID, m.Structure, m.Motions[hit.Motion]}
	if m.Part != nil { // of one that is there, too
		for i := range scene.Molecules {
			if q := &scene.Molecules[i]; isCopy(q) && q.ID == m.ID && q.Motions[0] == p.motion {
				p.model = q.Structure
			}
		}
	}
	return p, p.model != nil && hit.Atom >= 0 && hit.Atom < len(p.model.Atoms)
}

// Changed shows a state of which some parts have changed: what is selected of
// structures that are gone is gone.
func (in *Inspector) Changed(s document.State, what document.Change) {
	if !what.Has(document.StructuresChanged) {
		return
	}
	gone := func(p place) bool {
		t := s.Structure(p.id)
		return t == nil || t.Model != p.model
	}
	in.selection.drop(gone)
	in.dropMeasures(gone)
	if in.last != nil && gone(in.last.place) {
		in.last = nil
	}
}

// AddTo adds to a scene what shows which residues are selected.
func (in *Inspector) AddTo(scene *render.Scene) { in.selection.addTo(in, scene) }

// Shown shows over the pictures, and in the strip, what belongs to their scenes.
func (in *Inspector) Shown() {
	for _, v := range in.table.Pictures() {
		scene := v.Scene()
		v.SetMarks(append(in.measured(scene.Molecules), in.labelled(scene.Molecules)...))
	}
	if in.mode != noMode {
		in.showMode()
	}
	in.showSequence()
}

// changed shows another selection.
func (in *Inspector) changed() {
	in.stage.HoldCamera()
	in.stage.Show()
	in.sh.Enable()
}
