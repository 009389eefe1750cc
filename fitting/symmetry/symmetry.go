// SPDX-License-Identifier: BSD-3-Clause

// Package symmetry finds the symmetry of placements of one molecule, cyclic,
// dihedral, cubic or helical, and the copies that are missing from it. It knows rigid
// motions, but neither maps nor scores: whether a copy is there is for the map
// to say.
package symmetry

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// A Kind of symmetry.
type Kind string

// Kinds.
const (
	Cyclic   Kind = "C" // Cn: n copies about an axis
	Dihedral Kind = "D" // Dn: the same twice, with twofold axes across
	Helical  Kind = "H" // copies along a screw
	// The cubic ones, which have the rotations of a body.
	Tetrahedral Kind = "T" // 12 copies
	Octahedral  Kind = "O" // 24 copies
	Icosahedral Kind = "I" // 60 copies
)

// MaxOrder is the largest n of Cn and Dn that is looked for.
const MaxOrder = 24

// MaxSize is the largest number of copies that a symmetry has, but for helices.
const MaxSize = 60

// A Group is a symmetry in the map's frame.
type Group struct {
	Kind  Kind
	Order int     // n of Cn and Dn
	Rise  float64 // ångström along the axis from one copy to the next; helical only
	Twist float64 // degrees about the axis from one copy to the next, -180 to 180; helical only
	// Frame takes the z axis to the axis of the symmetry, the origin to a point
	// on it (of Dn: where the axes meet), and the x axis to a twofold axis of Dn.
	// Of a cubic one it takes x, y and z to fourfold axes of O, twofold ones of T
	// and I, and (1, 1, 1) to a threefold one: see rotations.
	Frame geom.Rigid
}

// axis returns the direction of the main axis and a point on it.
func (g Group) axis() (direction, point r3.Vec) { return g.Frame.Rotate(r3.Vec{Z: 1}), g.Frame.Shift }

// String names the symmetry as the field does: "C4", "D3", "O", "helix of rise 27.5 Å
// and twist -166.6°".
func (g Group) String() string {
	if g.Kind == Helical {
		return fmt.Sprintf("helix of rise %.2f Å and twist %.2f°", g.Rise, g.Twist)
	}
	if g.Kind.IsCubic() {
		return string(g.Kind)
	}
	return string(g.Kind) + strconv.Itoa(g.Order)
}

// size returns how many copies there are, 0 if there is no end.
func (g Group) size() int {
	switch g.Kind {
	case Cyclic:
		return g.Order
	case Dihedral:
		return 2 * g.Order
	}
	return len(rotations[g.Kind])
}

// Operator returns the k-th operator; the 0th is the identity. It counts from 0
// to size−1; of a helix it may be any number.
func (g Group) Operator(k int) geom.Rigid {
	return g.Frame.Inverse().Then(g.canonical(k)).Then(g.Frame)
}

// canonical is the operator in the frame of the axes.
func (g Group) canonical(k int) geom.Rigid {
	switch {
	case g.Kind.IsCubic():
		return geom.Rigid{Rotation: rotations[g.Kind][k]}
	case g.Kind == Helical:
		return geom.Rigid{Rotation: about(r3.Vec{Z: 1}, float64(k)*g.Twist*math.Pi/180), Shift: r3.Vec{Z: float64(k) * g.Rise}}
	case k < g.Order:
		return geom.Rigid{Rotation: about(r3.Vec{Z: 1}, 2*math.Pi*float64(k)/float64(g.Order))}
	}
	flip := about(r3.Vec{X: 1}, math.Pi)
	return geom.Rigid{Rotation: geom.Unit(quat.Mul(about(r3.Vec{Z: 1}, 2*math.Pi*float64(k-g.Order)/float64(g.Order)), flip))}
}

// about is the rotation about an axis by an angle in radians.
func about(axis r3.Vec, angle float64) quat.Number {
	return geom.Unit(geom.Exp(r3.Scale(angle, axis)))
}

// Parse reads what a person writes: "C4", "D3", "T", "O", "I", or "H" with rise in ångström
// and twist in degrees, as in "H 27.5 -166.6". The frame is that of the map
// with its centre at center: the z axis, and x for a twofold axis of Dn, as is
// the custom of deposited maps; of T, O and I see Group.
func Parse(text string, center r3.Vec) (Group, error) {
	g := Group{Frame: geom.Rigid{Rotation: quat.Number{Real: 1}, Shift: center}}
	wrong := fmt.Errorf("symmetry: %q is not a symmetry, want C2 to C%d, D2 to D%d, T, O, I, or H with rise and twist, as in H 27.5 -166.6", text, MaxOrder, MaxOrder)
	t := strings.ToUpper(strings.TrimSpace(text))
	if t == "" {
		return g, wrong
	}
	g.Kind = Kind(t[:1])
	switch g.Kind {
	case Cyclic, Dihedral:
		n, err := strconv.Atoi(strings.TrimSpace(t[1:]))
		if err != nil || n < 2 || n > MaxOrder {
			return g, wrong
		}
		g.Order = n
	case Helical:
		fields := strings.FieldsFunc(t[1:], func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
		if len(fields) != 2 {
			return g, wrong
		}
		var err1, err2 error
		g.Rise, err1 = strconv.ParseFloat(fields[0], 64)
		g.Twist, err2 = strconv.ParseFloat(fields[1], 64)
		if err1 != nil || err2 != nil || !(math.Abs(g.Rise) >= 0.1 && math.Abs(g.Rise) <= 1000) || !(math.Abs(g.Twist) <= 360) {
			return g, wrong
		}
		g = g.upward()
	default:
		if !g.Kind.IsCubic() || len(t) > 1 {
			return g, wrong
		}
	}
	return g, nil
}

// upward writes a helix with a rise that is positive and a twist from -180 to 180.
func (g Group) upward() Group {
	if g.Kind != Helical {
		return g
	}
	if g.Rise < 0 {
		g.Rise, g.Twist = -g.Rise, -g.Twist
	}
	g.Twist = math.Remainder(g.Twist, 360)
	return g
}

// A Body is what the distance of two placements is measured with: a molecule
// by its centre, as in its file, and its radius of gyration, in ångström.
type Body struct {
	Center   r3.Vec
	Gyration float64
}

// leastGyration is about the radius of an atom, in ångström: an ion has an extent.
const leastGyration = 1

// NewBody returns that of atoms.
func NewBody(atoms []mol.Atom) Body {
	return Body{Center: mol.Center(atoms), Gyration: max(leastGyration, mol.Gyration(atoms))}
}

// points of b: their RMSD is that of a round molecule.
func (b Body) points() [6]r3.Vec {
	var p [6]r3.Vec
	for i, d := range [6]r3.Vec{{X: 1}, {X: -1}, {Y: 1}, {Y: -1}, {Z: 1}, {Z: -1}} {
		p[i] = r3.Add(b.Center, r3.Scale(b.Gyration, d))
	}
	return p
}

// RMSD returns the distance of two placements of b in ångström.
func (b Body) RMSD(g, h geom.Rigid) float64 {
	m := geom.Moments{Center: b.Center}
	for i := range m.Second {
		m.Second[i][i] = b.Gyration * b.Gyration / 3
	}
	return m.RMSD(g, h)
}
