// SPDX-License-Identifier: BSD-3-Clause

// Package shape turns molecules into what is drawn: spheres with positions,
// radii and colours. It knows neither OpenGL nor points of view.
package shape

import (
	"image/color"

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

// Size says which atoms are drawn and how large.
type Size uint8

// Sizes.
const (
	VanDerWaals Size = iota // every atom with its van der Waals radius
	Small                   // every atom at 0.4 of it: bonded atoms hardly touch
	Residues                // one sphere for each residue, at its Cα or P
)

// Colors says what the colours tell.
type Colors uint8

// Colors.
const (
	Chain   Colors = iota // every chain has its own
	Element               // as usual for elements, carbon grey
	One                   // all atoms have the same
)

// residueRadius is half the distance of neighbouring Cα atoms, 3.8 Å: the
// spheres of a chain touch.
const residueRadius = 1.9

// A Paint says which colour an atom gets.
type Paint struct {
	Colors Colors
	First  int         // for Chain: the place of the first chain's colour
	One    color.NRGBA // for One
}

// Spheres returns the spheres of a structure. Water is left out: it is not
// part of what is fitted, and would hide it.
func Spheres(s *mol.Structure, size Size, paint Paint) []Sphere {
	chains := map[string]color.NRGBA{}
	for i, name := range s.Chains() {
		chains[name] = ChainColor(paint.First + i)
	}
	spheres := make([]Sphere, 0, len(s.Atoms))
	for i, a := range s.Atoms {
		radius, drawn := sphereRadius(a, size)
		if !drawn {
			continue
		}
		c := paint.One
		switch paint.Colors {
		case Chain:
			c = chains[a.Chain]
		case Element:
			c = ElementColor(a.Element)
		}
		spheres = append(spheres, Sphere{a.Pos, radius, c, i})
	}
	return spheres
}

// sphereRadius returns the radius at which an atom is drawn, and whether it is.
func sphereRadius(a mol.Atom, size Size) (float64, bool) {
	if mol.IsWater(a.Residue) {
		return 0, false
	}
	switch size {
	case Residues:
		ca := a.Name == "CA" && a.Element == mol.Carbon && !a.Het
		return residueRadius, ca || a.Name == "P" && !a.Het
	case Small:
		return 0.4 * Radius(a.Element), true
	default:
		return Radius(a.Element), true
	}
}
