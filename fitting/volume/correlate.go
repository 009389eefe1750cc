// SPDX-License-Identifier: BSD-3-Clause

package volume

import "math"

// Correlate returns the correlation of a and b about zero, ⟨a, b⟩/|a||b|, and
// about their means, ⟨a−ā, b−b̄⟩/|a−ā||b−b̄|. Where a length is zero so is the
// correlation. It panics if the lengths of the slices differ.
func Correlate(a, b []float32) (about0, aboutMean float64) {
	if len(a) != len(b) {
		panic("volume: correlation of slices of different length")
	}
	if len(a) == 0 {
		return 0, 0
	}
	var sa, sb float64
	for i, x := range a {
		sa += float64(x)
		sb += float64(b[i])
	}
	n := float64(len(a))
	ma, mb := sa/n, sb/n
	var aa, bb, ab, caa, cbb, cab float64
	for i, x := range a {
		u, v := float64(x), float64(b[i])
		aa, bb, ab = aa+u*u, bb+v*v, ab+u*v
		u, v = u-ma, v-mb
		caa, cbb, cab = caa+u*u, cbb+v*v, cab+u*v
	}
	return ratio(ab, aa, bb), ratio(cab, caa, cbb)
}

func ratio(ab, aa, bb float64) float64 {
	if !(aa > 0 && bb > 0) {
		return 0
	}
	return math.Max(-1, math.Min(1, ab/(math.Sqrt(aa)*math.Sqrt(bb))))
}
