// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// A residue is a part of a polymer, with the places of its atoms in
// Structure.Atoms, -1 for those that it lacks.
type residue struct {
	chain       string
	seq         int
	insert      string
	first, last int // its atoms: first included, last not
	n, ca, c, o int
	p, sugar    int // P, and C3' of a nucleotide
	base        int // N1 or N3: the far end of its base
}

// trace returns the atom that chains are drawn through, -1 if there is none.
func (r *residue) trace() int {
	switch {
	case r.ca >= 0:
		return r.ca
	case r.p >= 0:
		return r.p
	}
	return r.sugar
}

func (r *residue) isProtein() bool { return r.ca >= 0 }

// residues returns the residues of a structure. Of alternate locations the
// first counts.
func residues(s *mol.Structure) []residue {
	var list []residue
	for i := range s.Atoms {
		a := &s.Atoms[i]
		k := len(list) - 1
		if k < 0 || list[k].chain != a.Chain || list[k].seq != a.Seq || list[k].insert != a.Insert || s.Atoms[list[k].first].Residue != a.Residue && a.Alt == "" {
			list = append(list, residue{
				chain: a.Chain, seq: a.Seq, insert: a.Insert, first: i,
				n: -1, ca: -1, c: -1, o: -1, p: -1, sugar: -1, base: -1,
			})
			k++
		}
		r := &list[k]
		r.last = i + 1
		r.note(a, i)
	}
	return list
}

// note keeps the place of an atom that has a part in the backbone.
func (r *residue) note(a *mol.Atom, i int) {
	var at *int
	switch a.Name {
	case "N":
		at = &r.n
	case "CA":
		if a.Element == mol.Carbon || a.Element == mol.Unknown { // not calcium
			at = &r.ca
		}
	case "C":
		at = &r.c
	case "O", "OT1":
		at = &r.o
	case "P":
		at = &r.p
	case "C3'", "C3*":
		at = &r.sugar
	case "N1", "N3":
		if a.Name == "N1" || r.base < 0 {
			at = &r.base
		}
	}
	if at != nil && *at < 0 || a.Name == "N1" && at != nil {
		*at = i
	}
}

// How far the traced atoms of neighbouring residues may be from each other, in
// ångström: Cα–Cα is 3.8 (2.9 for cis), P–P 5.5 to 7.
const (
	mostCA = 4.6
	mostP  = 9.0
)

// stretches returns the residues of polymers, each stretch without a gap. A
// single residue, as a ligand with an atom CA, is none.
func stretches(s *mol.Structure, list []residue) [][]residue {
	var all [][]residue
	from := 0
	flush := func(to int) {
		if to-from > 1 {
			all = append(all, list[from:to])
		}
		from = to
	}
	for i := range list {
		r := &list[i]
		if r.trace() < 0 || mol.IsWater(s.Atoms[r.first].Residue) {
			flush(i)
			from = i + 1
			continue
		}
		if i > from && !follows(s, &list[i-1], r) {
			flush(i)
		}
	}
	flush(len(list))
	return all
}

// follows tells whether b is bound to a in a chain.
func follows(s *mol.Structure, a, b *residue) bool {
	if a.chain != b.chain || a.isProtein() != b.isProtein() {
		return false
	}
	most := mostCA
	if !a.isProtein() {
		most = mostP
	}
	return r3.Norm(r3.Sub(s.Atoms[a.trace()].Pos, s.Atoms[b.trace()].Pos)) <= most
}
