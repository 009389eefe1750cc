// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"slices"

	"difffit/fitting/geom"
)

// seeds is how many of the first placements Among begins with.
const seeds = 5

// Among is detect where some of the placements may be wrong: it finds the
// symmetry that most of them have, and tells which, in rising order. The first
// must of them are right. Others should be in order of belief, best first: it is
// looked for from the best. Fewer than three of more than two are by chance.
func Among(b Body, motions []geom.Rigid, must int, tolerance float64) (Found, []int, error) {
	return among(b, motions, must, tolerance, func(some []geom.Rigid) (Found, error) { return detect(b, some, tolerance) })
}

// GivenAmong is Given in the same way.
func GivenAmong(g Group, b Body, motions []geom.Rigid, must int, tolerance float64) (Found, []int, error) {
	return among(b, motions, must, tolerance, func(some []geom.Rigid) (Found, error) { return Given(g, b, some, tolerance) })
}

// among looks for the largest part of some placements that detect finds a
// symmetry of: it grows one from each of a few pairs, until one has most.
func among(b Body, motions []geom.Rigid, must int, tolerance float64, detect func([]geom.Rigid) (Found, error)) (Found, []int, error) {
	all := make([]int, len(motions))
	for i := range all {
		all[i] = i
	}
	found, err := detect(motions)
	if err == nil || must == len(motions) || len(motions) < 3 {
		return found, all, err
	}
	g := growth{b, motions, tolerance, detect}
	var members []int
	for _, seed := range beginnings(len(motions), must) {
		f, some := g.from(seed)
		if len(some) > len(members) {
			found, members = f, some
		}
		if 4*len(members) > 3*len(motions) {
			break
		}
	}
	if len(members) < 3 {
		return Found{}, nil, err
	}
	return found, members, nil
}

// A growth is how a part of some placements that have a symmetry is found.
type growth struct {
	body      Body
	motions   []geom.Rigid
	tolerance float64
	detect    func([]geom.Rigid) (Found, error)
}

// few is up to how many placements a symmetry may turn out to be another one,
// when one more is looked at: three fix any of them, if they are not all in one
// ring of a dihedral one.
const few = 6

// from adds to a part, one by one, the placements that have the symmetry of
// those that are in it, or one with them. It returns what they all have; none if
// there is no symmetry of three.
func (g growth) from(seed []int) (Found, []int) {
	some := slices.Clone(seed)
	var f Found
	for k := range g.motions {
		if slices.Contains(seed, k) {
			continue
		}
		more := append(slices.Clone(some), k)
		slices.Sort(more)
		if f.Kind != "" && g.extends(f, some, k) {
			some = more
			continue
		}
		if len(some) >= few {
			continue
		}
		if q, err := g.detect(chosen(g.motions, more)); err == nil {
			some, f = more, q
		}
	}
	if f.Kind == "" {
		return f, nil
	}
	q, err := g.detect(chosen(g.motions, some)) // by all of them
	if err != nil {
		return Found{}, nil
	}
	return q, some
}

// extends tells whether a placement is a copy by a symmetry, and none of some
// that have it.
func (g growth) extends(f Found, some []int, k int) bool {
	q := &fit{group: f.Group, reference: f.Reference}
	at := q.nearest(g.body, g.motions[k])
	if g.body.RMSD(f.Reference.Then(f.Operator(at)), g.motions[k]) > 2*g.tolerance { // the axis is not known better yet
		return false
	}
	return !slices.ContainsFunc(some, func(i int) bool { return q.nearest(g.body, g.motions[i]) == at })
}

// beginnings are what a part is grown from: what must be in it, and as many of
// the first of the others as make two.
func beginnings(n, must int) [][]int {
	first := make([]int, must)
	for i := range first {
		first[i] = i
	}
	if must >= 2 {
		return [][]int{first}
	}
	var out [][]int
	for i := must; i < min(n, must+seeds); i++ {
		if must == 1 {
			out = append(out, []int{0, i})
			continue
		}
		for j := range i {
			out = append(out, []int{j, i})
		}
	}
	return out
}

func chosen(motions []geom.Rigid, which []int) []geom.Rigid {
	some := make([]geom.Rigid, len(which))
	for i, k := range which {
		some[i] = motions[k]
	}
	return some
}

// Of returns the same symmetry as placements of another molecule have it, of which
// reference is copy 0, and which of them are within the tolerance, in ångström
// RMSD, of where the symmetry has them, no two in one place.
func (f Found) Of(b Body, reference geom.Rigid, motions []geom.Rigid, tolerance float64) (Found, []int) {
	q := &fit{group: f.Group, reference: reference}
	out := Found{Group: f.Group, Reference: reference, Stated: f.Stated}
	var members []int
	for i, m := range motions {
		k := q.nearest(b, m)
		d := b.RMSD(reference.Then(f.Operator(k)), m)
		if d > tolerance || slices.Contains(out.Index, k) {
			continue
		}
		members, out.Index, out.Residual = append(members, i), append(out.Index, k), max(out.Residual, d)
	}
	return out, members
}
