// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A Copy is one that the symmetry asks for.
type Copy struct {
	Operator int
	Motion   geom.Rigid
}

// mostCopies bounds the copies of a helix.
const mostCopies = 200

// Missing returns the copies that the symmetry asks for and that are not among
// the placements, as far as their centre is in the box from lo to hi, in
// ångström. Copies of a helix follow each other up to the first that is
// outside, on both sides. Where a neighbour is placed, its position is taken
// over from there: errors of the axis then do not add up along a helix.
func (f Found) Missing(b Body, motions []geom.Rigid, lo, hi r3.Vec) []Copy {
	taken := map[int]geom.Rigid{}
	for i, k := range f.Index {
		taken[k] = motions[i]
	}
	isThere := func(k int) (Copy, bool) {
		c := Copy{k, f.at(k, taken)}
		p := c.Motion.Apply(b.Center)
		in := p.X >= lo.X && p.Y >= lo.Y && p.Z >= lo.Z && p.X <= hi.X && p.Y <= hi.Y && p.Z <= hi.Z
		return c, in
	}
	var out []Copy
	add := func(k int) bool {
		c, in := isThere(k)
		if !in {
			return false
		}
		for _, m := range motions {
			if b.RMSD(m, c.Motion) < b.Gyration/2 {
				return true // a placement of another count: it is there
			}
		}
		out = append(out, c)
		return true
	}
	if n := f.size(); n > 0 {
		for k := range n {
			if _, ok := taken[k]; !ok {
				add(k)
			}
		}
		return out
	}
	least, largest := math.MaxInt, math.MinInt
	for k := range taken {
		least, largest = min(least, k), max(largest, k)
	}
	for k := least + 1; k < largest && len(out) < mostCopies; k++ {
		if _, ok := taken[k]; !ok {
			add(k)
		}
	}
	for k := largest + 1; len(out) < mostCopies && add(k); k++ {
	}
	for k := least - 1; len(out) < mostCopies && add(k); k-- {
	}
	return out
}

// at returns where the k-th copy is, from the nearest that is placed.
func (f Found) at(k int, taken map[int]geom.Rigid) geom.Rigid {
	if f.Kind != Helical {
		return f.Reference.Then(f.Operator(k))
	}
	nearest, from := math.MaxInt, geom.Rigid{}
	for j, m := range taken {
		if d := abs(k - j); d < nearest || d == nearest && j < k {
			nearest, from = d, m.Then(f.Operator(j).Inverse())
		}
	}
	return from.Then(f.Operator(k))
}

func abs(n int) int { return max(n, -n) }
