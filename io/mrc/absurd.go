// SPDX-License-Identifier: BSD-3-Clause

package mrc

import "math"

const (
	absurdGap  = 14   // powers of two between the largest voxels and the rest, with nothing between
	absurdPart = 1000 // one voxel of so many may be absurd
	absurdFill = 1e18 // a value that is filled in for no density is at least that
)

// clearAbsurd sets voxels to 0 that are finite and yet no density, and returns
// how many: a few voxels ten thousand times as large as all others, with
// nothing between (a bit that was flipped, a hot pixel), or one value that is
// filled in where there is no density (FLT_MAX, 1e20). Of real maps the
// largest voxels follow each other closely.
func clearAbsurd(data []float32) (n int) {
	var count [256]int // by exponent; 0 has those that are 0 or subnormal
	for _, v := range data {
		count[exponent(v)]++
	}
	top, first := absurdFrom(&count, len(data)-count[0])
	if top == 0 {
		return 0
	}
	if first > (len(data)-count[0])/absurdPart+1 && !isFill(data, top) {
		return 0
	}
	for i, v := range data {
		if exponent(v) >= top {
			data[i] = 0
			n++
		}
	}
	return n
}

func exponent(v float32) int { return int(math.Float32bits(v) >> 23 & 0xff) }

// absurdFrom returns the exponent from which on voxels may be absurd, and how
// many they are; 0 if the exponents leave no gap.
func absurdFrom(count *[256]int, filled int) (from, n int) {
	empty := 0
	for e := 255; e > 0; e-- {
		switch {
		case count[e] == 0:
			empty++
			continue
		case n > 0 && empty >= absurdGap && n < filled:
			return from, n
		}
		from, empty = e, 0
		n += count[e]
	}
	return 0, 0
}

// isFill tells whether all voxels from an exponent on have one value, which is
// too large for a density.
func isFill(data []float32, from int) bool {
	var fill float32
	for _, v := range data {
		switch {
		case exponent(v) < from:
		case fill == 0:
			fill = v
		case v != fill:
			return false
		}
	}
	return math.Abs(float64(fill)) >= absurdFill
}
