// SPDX-License-Identifier: BSD-3-Clause

package residues

import (
	"difffit/app/document"
	"difffit/app/view"
)

// Saved returns what is selected and was measured as views keep it.
func Saved(s *Selection, measures []Measure, l *Lists) *view.Residues {
	if len(s.Picked) == 0 && len(measures) == 0 {
		return nil
	}
	r := &view.Residues{}
	for _, p := range s.Picked {
		at, list := view.AtomsAt{Structure: p.ID, Motion: p.Motion}, l.Of(p.Model)
		for _, k := range p.Sorted() {
			at.Atoms = append(at.Atoms, list[k].First)
		}
		r.Selected = append(r.Selected, at)
	}
	for _, m := range measures {
		var atoms []view.AtomsAt
		for _, a := range m {
			atoms = append(atoms, view.AtomsAt{Structure: a.ID, Motion: a.Motion, Atoms: []int{a.Index}})
		}
		r.Measures = append(r.Measures, atoms)
	}
	return r
}

// Open returns what a view has selected and measured in a state. What is of atoms
// that are not there is left out.
func Open(r *view.Residues, s document.State, l *Lists) (Selection, []Measure) {
	var selection Selection
	if r == nil {
		return selection, nil
	}
	for _, at := range r.Selected {
		t := s.Structure(at.Structure)
		if t == nil {
			continue
		}
		chosen := map[int]bool{}
		for _, a := range at.Atoms {
			if k := l.At(t.Model, a); k >= 0 {
				chosen[k] = true
			}
		}
		selection.Set(Copy{t.ID, t.Model, at.Motion}, chosen)
	}
	var measures []Measure
	for _, m := range r.Measures {
		if q := openMeasure(m, s); q != nil {
			measures = append(measures, q)
		}
	}
	return selection, measures
}

// openMeasure returns a measure, nil if one of its atoms is not there.
func openMeasure(atoms []view.AtomsAt, s document.State) Measure {
	var m Measure
	for _, a := range atoms {
		t := s.Structure(a.Structure)
		if t == nil || len(a.Atoms) != 1 || a.Atoms[0] >= len(t.Model.Atoms) {
			return nil
		}
		m = append(m, Atom{Copy{t.ID, t.Model, a.Motion}, a.Atoms[0]})
	}
	return m
}
