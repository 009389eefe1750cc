// SPDX-License-Identifier: BSD-3-Clause

package mol

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A Selection says which atoms take part in a fit.
type Selection string

// Selections. Water and hydrogens take part in none of them: water is not
// part of a rigid molecule, hydrogens are rarely there and scatter little.
const (
	AllAtoms Selection = "all"
	Backbone Selection = "backbone" // N, CA, C, O of proteins; the P–sugar chain of nucleic acids
)

// Validate reports a selection that does not exist.
func (s Selection) Validate() error {
	if s != AllAtoms && s != Backbone {
		return fmt.Errorf("mol: atoms %q, want %q or %q", string(s), AllAtoms, Backbone)
	}
	return nil
}

var backbone = map[string]bool{
	"N": true, "CA": true, "C": true, "O": true, "OXT": true,
	"P": true, "OP1": true, "OP2": true, "O1P": true, "O2P": true,
	"O5'": true, "C5'": true, "C4'": true, "C3'": true, "O3'": true,
	"O5*": true, "C5*": true, "C4*": true, "C3*": true, "O3*": true,
}

var water = map[string]bool{"HOH": true, "WAT": true, "DOD": true, "H2O": true, "TIP": true, "TIP3": true, "SOL": true}

// IsWater reports whether a residue name stands for water.
func IsWater(residue string) bool { return water[residue] }

// Excluded counts the atoms that a selection leaves out, by reason.
type Excluded struct {
	Water, Hydrogens, NotBackbone int
}

// Add returns the sum of l and m.
func (l Excluded) Add(m Excluded) Excluded {
	return Excluded{l.Water + m.Water, l.Hydrogens + m.Hydrogens, l.NotBackbone + m.NotBackbone}
}

// String tells what was left out, as in "100 of water, 3 hydrogens"; it is
// empty if nothing was.
func (l Excluded) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{l.Water, "of water"}, {l.Hydrogens, "hydrogens"}, {l.NotBackbone, "not of the backbone"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// Select returns the atoms of s that take part in a fit, in their order, and
// how many were left out.
func (s *Structure) Select(sel Selection) ([]Atom, Excluded) {
	atoms := make([]Atom, 0, len(s.Atoms))
	left := s.each(sel, func(a *Atom) { atoms = append(atoms, *a) })
	return atoms, left
}

// Count returns how many atoms of s take part in a fit, and how many are left
// out. Like the other measures of a selection it copies no atoms.
func (s *Structure) Count(sel Selection) (n int, left Excluded) {
	left = s.each(sel, func(*Atom) { n++ })
	return n, left
}

// Centroid returns the centroid of the atoms of s that take part in a fit, all
// weights equal, in ångström; zero without atoms. It is Center of Select.
func (s *Structure) Centroid(sel Selection) r3.Vec {
	var sum r3.Vec
	n := 0
	s.each(sel, func(a *Atom) { sum, n = r3.Add(sum, a.Pos), n+1 })
	return mean(sum, n)
}

// Moments returns the moments of the atoms of s that take part in a fit, and how
// many atoms these are. They are Moments of Select.
func (s *Structure) Moments(sel Selection) (geom.Moments, int) {
	offsets := make([]r3.Vec, 0, len(s.Atoms))
	s.each(sel, func(a *Atom) { offsets = append(offsets, a.Pos) })
	var sum r3.Vec
	for _, p := range offsets {
		sum = r3.Add(sum, p)
	}
	center := mean(sum, len(offsets))
	for i := range offsets {
		offsets[i] = r3.Sub(offsets[i], center)
	}
	return geom.NewMoments(center, offsets), len(offsets)
}

// Mass returns the mass of the atoms of s that take part in a fit, and of the
// hydrogens that belong to them (hydrogenFactor), in dalton. It is Mass of
// Select.
func (s *Structure) Mass(sel Selection) float64 {
	sum := 0.0
	s.each(sel, func(a *Atom) { sum += a.Element.mass() })
	return sum * hydrogenFactor
}

// each calls do for the atoms that take part in a fit, in their order, and
// returns how many do not.
func (s *Structure) each(sel Selection, do func(*Atom)) (left Excluded) {
	for i := range s.Atoms {
		switch a := &s.Atoms[i]; {
		case IsWater(a.Residue):
			left.Water++
		case a.Element == Hydrogen:
			left.Hydrogens++
		case sel == Backbone && (a.Het || !backbone[a.Name]):
			left.NotBackbone++
		default:
			do(a)
		}
	}
	return left
}
