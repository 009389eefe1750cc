// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The median is that of the sorted numbers, to the last bit.
func TestMedianIsThatOfSortedNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	inf := math.Inf(1)
	lists := [][]float64{{3, 1}, {2, 2, 2}, {1, 2, 3, 4}, {5, 4, 3, 2, 1}, {-inf, 0, 1, inf, 2}, {0, 1, 0, 1, 0, 1}}
	for n := 2; n < 300; n++ {
		var even, few []float64
		for range n {
			even, few = append(even, rng.NormFloat64()), append(few, float64(rng.IntN(4)))
		}
		lists = append(lists, even, few)
	}
	for _, v := range lists {
		sorted := slices.Clone(v)
		slices.Sort(sorted)
		if got, want := median(slices.Clone(v)), quantile(sorted, 0.5); got != want {
			t.Fatalf("%v: %g, want %g", v, got, want)
		}
	}
	if got := median([]float64{7}); got != 7 {
		t.Errorf("of one number %g, want 7", got)
	}
}
