// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// Tolerance is how far, in ångström RMSD, a placement may be from where a
// symmetry has it. Placements of the real cases are 0.1 to 1 Å from their place.
const Tolerance = 2

// Found is a symmetry of placements.
type Found struct {
	Group
	// Reference is the copy of operator 0 by all placements together; Index has
	// the operator of each placement.
	Reference geom.Rigid
	Index     []int
	// Residual is the largest distance of a placement from where the symmetry
	// has it, ångström RMSD.
	Residual float64
	// Stated tells that the axis was not found from the placements, but is that
	// of the given symmetry.
	Stated bool
}

// errNone is wrapped by errors that say that placements have no symmetry.
var errNone = errors.New("no symmetry was found")

const (
	// most placements that hypotheses are made from; all are used to test them.
	most = 10
	// looseness and slack, in tolerances and ångström: a hypothesis is made from
	// two placements, whose errors turn its axis, and is looked at if the others
	// are no farther off than both together; then it is refined. The next two
	// say by how much, as a factor and in ångström, a simpler symmetry may be
	// worse and is kept. All four were chosen, and not varied since
	// (docs/adr/0016-score.md).
	looseness, slack   = 8, 2
	simpler, simplerBy = 1.3, 0.2
)

// detect finds the symmetry of placements of one molecule: the simplest one,
// cyclic before dihedral before cubic before helical, small before large, that has all of
// them within the tolerance, in ångström RMSD, and explains them not much worse
// than another. Two placements that are related by a screw are a helix by
// themselves: it takes three to believe it.
func detect(b Body, motions []geom.Rigid, tolerance float64) (Found, error) {
	if len(motions) < 2 {
		return Found{}, fmt.Errorf("symmetry: %d placement, want at least 2 to find one from: %w", len(motions), errNone)
	}
	d := &detection{body: b, motions: motions, tolerance: tolerance}
	d.relate()
	for _, look := range []func(){d.cyclic, d.dihedral, d.cubic, d.helical} {
		look()
	}
	return d.verdict()
}

// Given finds where a symmetry of the kind of g lies, from placements; where
// they do not say, as one placement alone cannot, its frame is believed.
func Given(g Group, b Body, motions []geom.Rigid, tolerance float64) (Found, error) {
	if len(motions) == 0 {
		return Found{}, errors.New("symmetry: no placement to copy")
	}
	d := &detection{body: b, motions: motions, tolerance: tolerance, given: &g}
	d.relate()
	switch g.Kind {
	case Cyclic:
		d.cyclic()
	case Dihedral:
		d.dihedral()
	case Helical:
		d.helical()
	default:
		d.cubic()
	}
	if found, err := d.verdict(); err == nil {
		return found, nil
	}
	f := &fit{group: g, reference: motions[0]}
	if !f.assign(b, motions) {
		return Found{}, fmt.Errorf("symmetry: %d placements are not different copies of %v: %w", len(motions), g, errNone)
	}
	if r := f.residual(b, motions); r > tolerance {
		return Found{}, fmt.Errorf("symmetry: the %d placements are up to %.1f Å from %v, want at most %.1f: %w", len(motions), r, g, tolerance, errNone)
	}
	return Found{Group: g, Reference: motions[0], Index: f.index, Residual: f.residual(b, motions), Stated: true}, nil
}

// A detection is one on the way.
type detection struct {
	body      Body
	motions   []geom.Rigid
	tolerance float64
	given     *Group
	screws    []screw
	best      *Found
}

// relate finds the screws between the placements.
func (d *detection) relate() {
	n := min(len(d.motions), most)
	for j := range n {
		for i := range j {
			d.screws = append(d.screws, screwOf(d.motions[i].Inverse().Then(d.motions[j]), d.motions[i].Apply(d.body.Center)))
		}
	}
}

// verdict returns the best symmetry.
func (d *detection) verdict() (Found, error) {
	if d.best == nil {
		return Found{}, fmt.Errorf("symmetry: %d placements: no cyclic, dihedral, cubic or helical symmetry has all of them within %.1f Å: %w", len(d.motions), d.tolerance, errNone)
	}
	return *d.best, nil
}

// test keeps a hypothesis if it holds, and if it is much better than one that
// was found before and is therefore simpler.
func (d *detection) test(g Group) {
	if b := d.best; b != nil && b.Kind == g.Kind && b.Kind != Helical && b.Order == g.Order {
		return // refined, it would be the same
	}
	f := &fit{group: g, reference: d.motions[0]}
	if !f.assign(d.body, d.motions) || f.residual(d.body, d.motions) > looseness*d.tolerance+slack {
		return
	}
	f = f.refine(d.body, d.motions, d.given != nil && d.given.Kind == Helical)
	if again := f.index; f.assign(d.body, d.motions) && !equal(again, f.index) {
		f = f.refine(d.body, d.motions, d.given != nil && d.given.Kind == Helical)
	}
	residual := f.residual(d.body, d.motions)
	if residual > d.tolerance || d.best != nil && d.best.Residual <= simpler*residual+simplerBy {
		return
	}
	f.group = f.group.upward()
	f.assign(d.body, d.motions)
	d.best = &Found{Group: f.group, Reference: f.reference, Index: f.index, Residual: residual}
}

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// orders returns the n for which the turn of s is one of Cn: 360°·k/n with k
// and n without a common divisor, unless n is given.
func (d *detection) orders(s screw, least int) (n []int) {
	if math.Abs(s.along) > 3*d.tolerance || s.angle < leastAngle {
		return nil
	}
	_, arm := d.arm(s)
	for order := least; order <= MaxOrder; order++ {
		if d.given != nil && order != d.given.Order {
			continue
		}
		for k := 1; 2*k <= order; k++ {
			off := math.Abs(s.angle - 2*math.Pi*float64(k)/float64(order))
			if (gcd(k, order) == 1 || d.given != nil) && off*arm < 3*d.tolerance {
				n = append(n, order)
			}
		}
	}
	return n
}

// arm returns how far from the axis the molecules are, at least and at most.
func (d *detection) arm(s screw) (least, largest float64) {
	least = math.Inf(1)
	for _, m := range d.motions {
		x := r3.Sub(m.Apply(d.body.Center), s.point)
		away := r3.Norm(r3.Sub(x, r3.Scale(r3.Dot(x, s.axis), s.axis)))
		least, largest = math.Min(least, away), math.Max(largest, away)
	}
	return least, math.Max(largest, d.body.Gyration)
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// cyclic tests Cn, small n first.
func (d *detection) cyclic() {
	for order := 2; order <= MaxOrder; order++ {
		for _, s := range d.screws {
			for _, n := range d.orders(s, order) {
				if n == order {
					d.test(Group{Kind: Cyclic, Order: n, Frame: frame(s.axis, r3.Vec{X: 1}, s.point)})
				}
			}
		}
	}
}

// dihedral tests Dn, small n first: a main axis and a twofold one across.
func (d *detection) dihedral() {
	const across = 0.2 // cosine of an angle that passes for a right one before refinement
	for order := 2; order <= MaxOrder/2; order++ {
		for _, s := range d.screws {
			for _, n := range d.orders(s, order) {
				if n != order {
					continue
				}
				for _, t := range d.screws {
					_, arm := d.arm(t)
					if math.Abs(r3.Dot(s.axis, t.axis)) > across || math.Abs(t.along) > 3*d.tolerance || (math.Pi-t.angle)*arm > 6*d.tolerance {
						continue
					}
					d.test(Group{Kind: Dihedral, Order: n, Frame: frame(s.axis, t.axis, meeting(s.point, s.axis, t.point, t.axis))})
				}
			}
		}
	}
}

// stated tests the helix that is known, about the axis of each screw.
func (d *detection) stated() {
	for _, s := range d.screws {
		if d.best != nil && d.best.Kind == Helical {
			return // the steps that follow are multiples of it
		}
		g := *d.given
		g.Frame = frame(s.axis, r3.Vec{X: 1}, s.point)
		d.test(g)
	}
}

// helical tests screws, and halves, thirds and quarters of them: the copies
// between may be missing.
func (d *detection) helical() {
	const leastRise = 0.5 // ångström; TMV has 1.4, the flattest known
	if len(d.motions) < 3 && d.best != nil {
		return // any two placements make a helix that fits exactly
	}
	slices.SortStableFunc(d.screws, func(a, b screw) int { return cmp.Compare(math.Abs(a.along), math.Abs(b.along)) })
	if d.given != nil {
		d.stated()
		return
	}
	for part := 1; part <= 4; part++ {
		if part > 1 && len(d.motions) < 3 {
			return
		}
		for _, s := range d.screws {
			if d.best != nil && d.best.Kind == Helical {
				return // the steps that follow are multiples of it
			}
			rise := s.along / float64(part)
			if math.Abs(rise) < leastRise {
				continue
			}
			for turns := range part {
				g := Group{
					Kind: Helical, Rise: rise, Twist: (s.angle + 2*math.Pi*float64(turns)) / float64(part) * 180 / math.Pi,
					Frame: frame(s.axis, r3.Vec{X: 1}, s.point),
				}
				d.test(g.upward())
			}
		}
	}
}
