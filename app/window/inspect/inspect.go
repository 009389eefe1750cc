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
	"difffit/app/view"
	"difffit/app/view/residues"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
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

	selection residues.Selection
	labels    bool // of the selected residues
	sides     bool // the atoms of the selected residues are drawn where ribbons are
	measures  []residues.Measure
	mode      mode
	clicked   []residues.Atom // in the mode, so far
	last      *residues.Atom  // that was clicked on last

	lists    residues.Lists
	stood    map[standing]geom.Rigid // where models and accepted copies were
	sequence sequenceKey
}

// New makes the inspector of a window. Connect must be called before it is used.
func New(sh *shell.Shell) *Inspector {
	in := &Inspector{
		Sequence: panel.NewSequence(), OnRoom: func() {}, sh: sh, labels: true, sides: true,
	}
	in.Sequence.Hide()
	return in
}

// Connect ties the inspector to the others.
func (in *Inspector) Connect(st Stage, t Table) {
	in.stage, in.table = st, t
	in.Sequence.OnSelect, in.Sequence.OnCentre, in.Sequence.OnClose = in.dragged, in.centre, in.ToggleSequence
}

// hitPlace returns the copy that was clicked on, false if it was none.
func hitPlace(scene render.Scene, hit render.Hit) (residues.Copy, bool) {
	if !hit.IsAtom || hit.Molecule < 0 || hit.Molecule >= len(scene.Molecules) {
		return residues.Copy{}, false
	}
	m := &scene.Molecules[hit.Molecule]
	if m.ID <= 0 || hit.Motion < 0 || hit.Motion >= len(m.Motions) {
		return residues.Copy{}, false
	}
	p := residues.Copy{ID: m.ID, Model: m.Structure, Motion: m.Motions[hit.Motion]}
	if m.Part != nil { // of one that is there, too
		for i := range scene.Molecules {
			if q := &scene.Molecules[i]; residues.IsCopy(q) && q.ID == m.ID && q.Motions[0] == p.Motion {
				p.Model = q.Structure
			}
		}
	}
	return p, p.Model != nil && hit.Atom >= 0 && hit.Atom < len(p.Model.Atoms)
}

// Changed shows a state of which some parts have changed: what is selected of
// structures that are gone is gone.
func (in *Inspector) Changed(s document.State, what document.Change) {
	if what.Has(document.StructuresChanged | document.AcceptedChanged) {
		in.follow(s)
	}
	if !what.Has(document.StructuresChanged) {
		return
	}
	gone := func(p residues.Copy) bool {
		t := s.Structure(p.ID)
		return t == nil || t.Model != p.Model
	}
	in.selection.Drop(gone)
	in.dropMeasures(gone)
	if in.last != nil && gone(in.last.Copy) {
		in.last = nil
	}
}

// Saved returns which residues are selected and what was measured, as sessions keep
// it; nil for nothing.
func (in *Inspector) Saved() *view.Residues {
	r := residues.Saved(&in.selection, in.measures, &in.lists)
	if r != nil {
		r.Labels, r.Sides = in.labels, in.sides
	}
	return r
}

// Take selects and measures what was so when a session was saved, whose state is s.
func (in *Inspector) Take(r *view.Residues, s document.State) {
	if r == nil {
		return
	}
	selection, measures := residues.Open(r, s, &in.lists)
	selection.Count = in.selection.Count + 1 // what was made of the last one is not of this
	in.selection, in.measures, in.labels, in.sides = selection, measures, r.Labels, r.Sides
	in.changed()
}

// AddTo adds to a scene what shows which residues are selected.
func (in *Inspector) AddTo(scene *render.Scene) { in.selection.AddTo(scene, &in.lists, in.sides) }

// Shown shows over the pictures, and in the strip, what belongs to their scenes.
func (in *Inspector) Shown() {
	for _, v := range in.table.Pictures() {
		scene := v.Scene()
		v.SetMarks(in.marks(scene.Molecules))
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
