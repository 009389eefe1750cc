// SPDX-License-Identifier: BSD-3-Clause

// Package residues has what a person looks at of the residues of a scene: which are
// selected, and what was measured between atoms; what of that is drawn, and how
// views keep it (docs/adr/0027-looking.md). It knows neither windows nor how
// anything is drawn.
package residues

import (
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// Lists has the residues of structures, looked for once.
type Lists struct {
	of map[*mol.Structure][]mol.Residue
}

// mostKept is of how many structures the residues are kept.
const mostKept = 64

// Of returns the residues of a structure.
func (l *Lists) Of(s *mol.Structure) []mol.Residue {
	list, ok := l.of[s]
	if !ok {
		if l.of == nil || len(l.of) > mostKept {
			l.of = map[*mol.Structure][]mol.Residue{}
		}
		list = s.Residues()
		l.of[s] = list
	}
	return list
}

// At returns the residue that an atom belongs to, -1 for a water.
func (l *Lists) At(s *mol.Structure, atom int) int {
	list := l.Of(s)
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

// A Copy is one of a structure in a scene: the structure, and where it was when it
// was clicked on.
type Copy struct {
	ID     int // of the structure
	Model  *mol.Structure
	Motion geom.Rigid // from the structure's file to the map's frame
}

// IsCopy tells whether a molecule of a scene is a structure that is seen.
func IsCopy(m *render.Molecule) bool {
	return m.ID > 0 && m.Visible && !m.Marked && m.Part == nil && m.Structure != nil && len(m.Motions) == 1
}

// CopyOf returns what a molecule of a scene is.
func CopyOf(m *render.Molecule) Copy { return Copy{m.ID, m.Structure, m.Motions[0]} }

// In returns the molecule of a scene that a copy is: one that was moved is the
// only one of its structure. It is nil if there is none.
func (c Copy) In(molecules []render.Molecule) *render.Molecule {
	var only *render.Molecule
	for i := range molecules {
		m := &molecules[i]
		if !IsCopy(m) || m.ID != c.ID || m.Structure != c.Model {
			continue
		}
		switch {
		case m.Motions[0] == c.Motion:
			return m
		case only != nil:
			return nil
		}
		only = m
	}
	return only
}
