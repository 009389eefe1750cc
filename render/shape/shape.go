// SPDX-License-Identifier: BSD-3-Clause

// Package shape turns molecules into what is drawn: spheres, rods and meshes
// with their colours. It knows neither OpenGL nor points of view.
package shape

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// A Sphere is one atom as it is drawn.
type Sphere struct {
	Center r3.Vec  // ångström, in the frame of the structure's file
	Radius float64 // ångström
	Color  color.NRGBA
	Atom   int // index in Structure.Atoms
}

// A Rod is a cylinder between two atoms, open at its ends; each half has the
// colour of its atom.
type Rod struct {
	From, To           r3.Vec  // ångström
	Radius             float64 // ångström
	ColorFrom, ColorTo color.NRGBA
	AtomFrom, AtomTo   int // indices in Structure.Atoms
}

// A Shape is a molecule as it is drawn.
type Shape struct {
	Spheres []Sphere
	Rods    []Rod
	Mesh    Mesh
}

// Kind says what is made of a molecule.
type Kind uint8

// Kinds.
const (
	VanDerWaals    Kind = iota // every atom with its van der Waals radius
	Small                      // every atom at 0.4 of it: bonded atoms hardly touch
	Residues                   // one sphere for each residue, at its Cα or P
	BallsAndSticks             // every atom at a quarter of its radius, and bonds
	Sticks                     // bonds
	Tube                       // a tube through Cα or P
	Cartoon                    // helices, strands, coils; the rest in sticks
	Skin                       // the molecular surface
)

// HasBonds tells whether bonds are drawn, of all atoms or of those of no polymer.
func (k Kind) HasBonds() bool { return k == BallsAndSticks || k == Sticks || k == Cartoon }

// Measures, in ångström.
const (
	residueRadius = 1.9 // half the distance of neighbouring Cα atoms, 3.8 Å: the spheres of a chain touch
	// StickRadius is that of sticks, and of the atoms between them.
	StickRadius = 0.22
	bondRadius  = 0.16
	ballPart    = 0.25 // of the van der Waals radius
	ionPart     = 0.45
)

// Of returns the shape of a structure with the colours of its atoms. Water is
// left out: it is not part of what is fitted, and would hide it.
func Of(s *mol.Structure, kind Kind, detail Detail, colors []color.NRGBA) *Shape {
	switch kind {
	case Tube:
		return tube(s, detail, colors)
	case Cartoon:
		return cartoon(s, detail, colors)
	case Skin:
		return skin(s, detail, colors)
	}
	shape := &Shape{Spheres: make([]Sphere, 0, len(s.Atoms))}
	for i, a := range s.Atoms {
		if radius, drawn := sphereRadius(a, kind); drawn {
			shape.Spheres = append(shape.Spheres, Sphere{a.Pos, radius, colors[i], i})
		}
	}
	all := func(int) bool { return true }
	switch kind {
	case BallsAndSticks:
		shape.addBonds(s, bondRadius, colors, all)
	case Sticks:
		shape.addBonds(s, StickRadius, colors, all)
		shape.growLonely(s, all)
	}
	return shape
}

// sphereRadius returns the radius at which an atom is drawn, and whether it is.
func sphereRadius(a mol.Atom, kind Kind) (float64, bool) {
	if mol.IsWater(a.Residue) {
		return 0, false
	}
	switch kind {
	case Residues:
		ca := a.Name == "CA" && a.Element == mol.Carbon && !a.Het
		return residueRadius, ca || a.Name == "P" && !a.Het
	case Small:
		return 0.4 * Radius(a.Element), true
	case BallsAndSticks:
		return ballPart * Radius(a.Element), true
	case Sticks:
		return StickRadius, true
	default:
		return Radius(a.Element), true
	}
}

// addBonds adds rods for the bonds between atoms that are wanted.
func (s *Shape) addBonds(m *mol.Structure, radius float64, colors []color.NRGBA, wanted func(atom int) bool) {
	for _, b := range Bonds(m) {
		i, j := b[0], b[1]
		if wanted(i) && wanted(j) {
			s.Rods = append(s.Rods, Rod{m.Atoms[i].Pos, m.Atoms[j].Pos, radius, colors[i], colors[j], i, j})
		}
	}
}

// growLonely makes the spheres of atoms without bonds, as ions, large enough
// to be seen.
func (s *Shape) growLonely(m *mol.Structure, wanted func(atom int) bool) {
	bonded := map[int]bool{}
	for _, r := range s.Rods {
		bonded[r.AtomFrom], bonded[r.AtomTo] = true, true
	}
	for k := range s.Spheres {
		i := s.Spheres[k].Atom
		if wanted(i) && !bonded[i] {
			s.Spheres[k].Radius = ionPart * Radius(m.Atoms[i].Element)
		}
	}
}

// WithoutHydrogens returns the shape without hydrogens and bonds to them.
func (s *Shape) WithoutHydrogens(m *mol.Structure) *Shape {
	is := func(atom int) bool { return m.Atoms[atom].Element == mol.Hydrogen }
	bare := *s
	bare.Spheres = slices.DeleteFunc(slices.Clone(s.Spheres), func(b Sphere) bool { return is(b.Atom) })
	bare.Rods = slices.DeleteFunc(slices.Clone(s.Rods), func(r Rod) bool { return is(r.AtomFrom) || is(r.AtomTo) })
	return &bare
}

// Thin returns the shape with one of n spheres, larger so that they fill as
// much; with all of them if n is below 2.
func (s *Shape) Thin(n int) *Shape {
	if n < 2 {
		return s
	}
	thin := *s
	thin.Spheres = nil
	grow := math.Cbrt(float64(n))
	for i := 0; i < len(s.Spheres); i += n {
		b := s.Spheres[i]
		b.Radius *= grow
		thin.Spheres = append(thin.Spheres, b)
	}
	return &thin
}
