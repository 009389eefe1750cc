// SPDX-License-Identifier: BSD-3-Clause

package volume

// Threshold returns g with everything at or below level, NaN included, set to zero.
func (g *Grid) Threshold(level float64) *Grid {
	out := g.Like()
	// Compared as float32: v > level for float64 is v > the greatest float32 up to level.
	limit := below(level)
	all(len(g.Data), block, 0, func(_, _, lo, hi int) {
		dst := out.Data[lo:hi]
		for i, v := range g.Data[lo:hi] {
			if v > limit {
				dst[i] = v
			}
		}
	})
	return out
}

// Normalize returns g with zero for what is not positive and everything else
// divided by the maximum, which comes with it. Where nothing is positive the
// grid is all zeros and the maximum is 0.
func Normalize(g *Grid) (*Grid, float64) {
	greatest := g.Greatest()
	out := g.Like()
	if greatest == 0 {
		return out, 0
	}
	scale := 1 / float64(greatest)
	all(len(g.Data), block, 0, func(_, _, lo, hi int) {
		dst := out.Data[lo:hi]
		for i, v := range g.Data[lo:hi] {
			if v > 0 {
				dst[i] = float32(float64(v) * scale)
			}
		}
	})
	return out, float64(greatest)
}

// Greatest returns the greatest value above zero, in units of the map, or 0.
func (g *Grid) Greatest() float32 {
	values := g.Data
	parts := make([]float32, (len(values)+block-1)/block)
	all(len(values), block, 0, func(_, i, lo, hi int) {
		for _, v := range values[lo:hi] {
			if v > parts[i] {
				parts[i] = v
			}
		}
	})
	greatest := float32(0)
	for _, v := range parts {
		greatest = max(greatest, v)
	}
	return greatest
}
