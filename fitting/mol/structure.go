// SPDX-License-Identifier: BSD-3-Clause

// Package mol has atomic structures: atoms with their names, elements, masses,
// and choices among them. It knows neither files nor maps.
package mol

import (
	"math"
	"slices"

	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

// An Atom is one atom site. Names are those that a person reads in the
// publication (mmCIF: the auth_ items), the label_ items stand beside them.
type Atom struct {
	Pos       r3.Vec  // ångström, as in the file
	Name      string  // atom name without padding: "CA"
	Element   Element // atomic number; 0 if unknown
	Alt       string  // alternate location, "" if there is one location only
	Residue   string  // residue (component) name: "ALA"
	Chain     string  // chain name (auth_asym_id); may be empty in PDB files
	Seq       int     // residue number (auth_seq_id)
	Insert    string  // insertion code, "" if none
	LabelAsym string  // label_asym_id, "" if the file has none
	LabelSeq  int     // label_seq_id, 0 if the file has none
	Entity    string  // label_entity_id, "" if the file has none
	Serial    int     // serial number in the file
	Occupancy float64 // 0 to 1
	B         float64 // B factor, Å²; pLDDT in predicted models
	Charge    int     // formal charge
	Het       bool    // HETATM
}

// SecondaryKind says what a stretch of a chain is folded into.
type SecondaryKind uint8

// Kinds of secondary structure.
const (
	Helix SecondaryKind = iota + 1
	Strand
)

// A Secondary is a stretch of secondary structure as stated in a file.
type Secondary struct {
	Kind        SecondaryKind
	Chain       string
	First, Last int // residue numbers, both included
}

// A Structure is one model of a molecule or complex. Once another package has
// seen it, it is never changed.
type Structure struct {
	Name      string // short name for tables: the file name without its endings
	Title     string // as stated in the file, may be empty
	Atoms     []Atom
	Secondary []Secondary
	Model     int // model number in the file
	Column    BColumn
}

// A BColumn says what the B factors of a file are.
type BColumn uint8

// What B factors are.
const (
	UnknownB   BColumn = iota // the file does not tell
	BFactor                   // B factors: the structure was measured
	Confidence                // pLDDT: the structure was predicted
)

// HasConfidence tells whether the B factors may be pLDDT, which is at most 100.
func (s *Structure) HasConfidence() bool {
	return s.Column != BFactor && !slices.ContainsFunc(s.Atoms, func(a Atom) bool { return a.B > 100 })
}

// WithAtoms returns the structure with other atoms: a part of it, or moved.
func (s *Structure) WithAtoms(atoms []Atom) *Structure {
	t := *s
	t.Atoms = atoms
	return &t
}

// Moved returns the structure with every atom at move(its position).
func (s *Structure) Moved(move func(r3.Vec) r3.Vec) *Structure {
	atoms := make([]Atom, len(s.Atoms))
	for i, a := range s.Atoms {
		a.Pos = move(a.Pos)
		atoms[i] = a
	}
	return s.WithAtoms(atoms)
}

// Chains returns the chain names in order of first appearance.
func (s *Structure) Chains() []string {
	var names []string
	seen := map[string]bool{}
	for _, a := range s.Atoms {
		if !seen[a.Chain] {
			seen[a.Chain] = true
			names = append(names, a.Chain)
		}
	}
	return names
}

// Center returns the centroid of the atoms, all weights equal, in ångström.
// It is zero without atoms.
func Center(atoms []Atom) r3.Vec {
	var sum r3.Vec
	for i := range atoms {
		sum = r3.Add(sum, atoms[i].Pos)
	}
	return mean(sum, len(atoms))
}

// mean returns the mean of n vectors with the given sum; zero of none.
func mean(sum r3.Vec, n int) r3.Vec {
	if n == 0 {
		return sum
	}
	return r3.Scale(1/float64(n), sum)
}

// Moments returns what the distance of two placements of the atoms depends on,
// all weights equal.
func Moments(atoms []Atom) geom.Moments {
	c := Center(atoms)
	offsets := make([]r3.Vec, len(atoms))
	for i := range atoms {
		offsets[i] = r3.Sub(atoms[i].Pos, c)
	}
	return geom.NewMoments(c, offsets)
}

// Gyration returns the radius of gyration about the centroid, all weights
// equal, in ångström.
func Gyration(atoms []Atom) float64 {
	c, sum := Center(atoms), 0.0
	for _, a := range atoms {
		sum += r3.Norm2(r3.Sub(a.Pos, c))
	}
	return math.Sqrt(sum / math.Max(1, float64(len(atoms))))
}

// Bounds returns the corners of the box that holds the atoms, in ångström.
func Bounds(atoms []Atom) (lo, hi r3.Vec) {
	lo = r3.Vec{X: math.Inf(1), Y: math.Inf(1), Z: math.Inf(1)}
	hi = r3.Scale(-1, lo)
	for _, a := range atoms {
		lo = r3.Vec{X: math.Min(lo.X, a.Pos.X), Y: math.Min(lo.Y, a.Pos.Y), Z: math.Min(lo.Z, a.Pos.Z)}
		hi = r3.Vec{X: math.Max(hi.X, a.Pos.X), Y: math.Max(hi.Y, a.Pos.Y), Z: math.Max(hi.Z, a.Pos.Z)}
	}
	return lo, hi
}

// Mass returns the mass of atoms in dalton. Structures of cryo-EM lack
// hydrogens; where there are none, hydrogenFactor stands for them.
func Mass(atoms []Atom) float64 {
	sum, hydrogens := 0.0, false
	for _, a := range atoms {
		sum += a.Element.mass()
		hydrogens = hydrogens || a.Element == Hydrogen
	}
	if !hydrogens {
		sum *= hydrogenFactor
	}
	return sum
}

// hydrogenFactor is the mass of a protein over that of its atoms other than
// hydrogen: hydrogens are about 7 % of it.
const hydrogenFactor = 1.07
