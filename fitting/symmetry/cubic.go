// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// golden is the golden ratio: (1, 0, golden) is a corner of an icosahedron whose
// twofold axes are x, y and z.
const golden = math.Phi

// rotations are those of the cubic groups, the identity first, in the frame where
// twofold axes (of O fourfold ones) are x, y and z, a threefold one is (1, 1, 1),
// and a fivefold one of I is (1, 0, golden): the setting 222 with the fivefold axes
// next to z in the plane of x and z (J. B. Heymann, M. Chagoyen and D. M. Belnap,
// J. Struct. Biol. 151, 196 (2005)).
var rotations = map[Kind][]quat.Number{
	Tetrahedral: closure(about(r3.Vec{Z: 1}, math.Pi), threefold),
	Octahedral:  closure(about(r3.Vec{Z: 1}, math.Pi/2), threefold),
	Icosahedral: closure(about(r3.Vec{Z: 1}, math.Pi), threefold, about(r3.Unit(r3.Vec{X: 1, Z: golden}), 2*math.Pi/5)),
}

var threefold = about(r3.Unit(r3.Vec{X: 1, Y: 1, Z: 1}), 2*math.Pi/3)

// closure returns all products of some rotations, the identity first.
func closure(generators ...quat.Number) []quat.Number {
	all := []quat.Number{{Real: 1}}
	for i := 0; i < len(all); i++ {
		for _, g := range generators {
			q := geom.Unit(quat.Mul(g, all[i]))
			if !slices.ContainsFunc(all, func(p quat.Number) bool { return geom.Angle(p, q) < 1 }) { // degrees; they are 36 apart at least
				all = append(all, q)
			}
		}
	}
	return all
}

// cubicKinds are the cubic groups, the smallest first.
var cubicKinds = []Kind{Tetrahedral, Octahedral, Icosahedral}

// IsCubic tells whether a group has several axes of an order above two.
func (k Kind) IsCubic() bool { return slices.Contains(cubicKinds, k) }

// A turn is a rotation of a cubic group.
type turn struct {
	axis  r3.Vec
	angle float64 // radians, above 0 to π
	fold  int     // of the axis
}

// turnsOf returns the rotations of a cubic group but the identity.
func turnsOf(k Kind) []turn {
	var list []turn
	for _, q := range rotations[k][1:] {
		s := screwOf(geom.Rigid{Rotation: q}, r3.Vec{})
		list = append(list, turn{axis: s.axis, angle: s.angle})
	}
	for i := range list {
		list[i].fold = 1
		for _, t := range list {
			if math.Abs(r3.Dot(t.axis, list[i].axis)) > 0.999 {
				list[i].fold++
			}
		}
	}
	return list
}

// kindsOf returns one of each kind of turn: others of a kind are taken to it by
// rotations that leave the group as it is.
func kindsOf(turns []turn) []turn {
	var list []turn
	for _, t := range turns {
		if !slices.ContainsFunc(list, func(u turn) bool { return u.fold == t.fold && math.Abs(u.angle-t.angle) < 0.01 }) {
			list = append(list, t)
		}
	}
	return list
}

// cubic tests T, O and I: two turns about axes that meet fix how one lies.
func (d *detection) cubic() {
	for _, kind := range cubicKinds {
		if d.given != nil && d.given.Kind != kind || len(d.motions) > len(rotations[kind]) {
			continue
		}
		all := turnsOf(kind)
		first := kindsOf(all)
		are := make([][]turn, len(d.screws))
		for i := range d.screws {
			are[i] = d.turns(&d.screws[i], all)
		}
		for i := range d.screws {
			some := d.turns(&d.screws[i], first)
			for j := 0; j < i && len(some) > 0; j++ {
				d.pair(kind, &d.screws[i], &d.screws[j], some, are[j])
			}
			if d.best != nil && d.best.Kind == kind {
				break
			}
		}
	}
}

// turns returns those of some turns that a screw may be.
func (d *detection) turns(s *screw, of []turn) []turn {
	_, arm := d.arm(*s)
	var list []turn
	for _, t := range of {
		if math.Abs(s.along) <= 3*d.tolerance && math.Abs(s.angle-t.angle)*arm <= 3*d.tolerance {
			list = append(list, t)
		}
	}
	return list
}

// pair tests the groups of a kind of which two screws are turns, each one of some.
func (d *detection) pair(kind Kind, s, t *screw, some, others []turn) {
	const off = 0.2 // radians that the angle between two axes may be off before refinement
	between := math.Acos(clamp(r3.Dot(s.axis, t.axis)))
	if len(others) == 0 || between < off || math.Pi-between < off {
		return
	}
	point := meeting(s.point, s.axis, t.point, t.axis)
	if !d.isAbout(point) {
		return
	}
	there := frame(s.axis, t.axis, r3.Vec{})
	for _, a := range some {
		for _, b := range others {
			for _, sign := range [2]float64{1, -1} {
				if sign < 0 && b.angle < math.Pi-0.01 {
					continue // the sense of a half turn alone is not known
				}
				axis := r3.Scale(sign, b.axis)
				if math.Abs(math.Acos(clamp(r3.Dot(a.axis, axis)))-between) < off {
					g := frame(a.axis, axis, r3.Vec{}).Inverse().Then(there)
					d.test(Group{Kind: kind, Frame: geom.Rigid{Rotation: g.Rotation, Shift: point}})
				}
			}
		}
	}
}

// nearestTurn returns the operator of a cubic group that turns a placement most
// nearly to another: no two do so by less than 36° from each other.
func (g Group) nearestTurn(from, to geom.Rigid) int {
	f := g.Frame.Rotation
	q := quat.Mul(quat.Mul(quat.Conj(f), quat.Mul(to.Rotation, quat.Conj(from.Rotation))), f)
	best, most := 0, -1.0
	for k, r := range rotations[g.Kind] {
		if c := math.Abs(q.Real*r.Real + q.Imag*r.Imag + q.Jmag*r.Jmag + q.Kmag*r.Kmag); c > most {
			best, most = k, c
		}
	}
	return best
}

// isAbout tells whether all placements are about as far from a point, as the copies
// of a cubic group are.
func (d *detection) isAbout(point r3.Vec) bool {
	least, most := math.Inf(1), 0.0
	for _, m := range d.motions {
		r := r3.Norm(r3.Sub(m.Apply(d.body.Center), point))
		least, most = min(least, r), max(most, r)
	}
	return most-least <= looseness*d.tolerance+slack
}

func clamp(x float64) float64 { return min(max(x, -1), 1) }

// Larger returns the symmetries of which that of f may be a part: of a cyclic one
// those about the same axis up to four times as large, of T those that have it.
func (f Found) Larger() []Found {
	var list []Found
	with := func(kind Kind, order int, turned quat.Number) {
		g := f
		g.Kind, g.Order = kind, order
		g.Frame.Rotation = geom.Unit(quat.Mul(f.Frame.Rotation, turned))
		list = append(list, g)
	}
	whole := quat.Number{Real: 1}
	switch f.Kind {
	case Cyclic:
		for multiple := 2; multiple <= 4 && multiple*f.Order <= MaxOrder; multiple++ {
			with(Cyclic, multiple*f.Order, whole)
		}
	case Tetrahedral:
		with(Octahedral, 0, whole)
		with(Icosahedral, 0, whole)
		with(Icosahedral, 0, about(r3.Vec{Z: 1}, math.Pi/2))
	}
	return list
}
