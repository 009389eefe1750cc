// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"
	"testing"
)

func TestNotFinite(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, tt := range []struct {
		name     string
		at       map[int]float32
		n, first int
	}{
		{"none", map[int]float32{5: math.MaxFloat32, 6: -math.MaxFloat32}, 0, 0},
		{"one", map[int]float32{7: nan}, 1, 7},
		{"in two blocks", map[int]float32{block + 3: inf, block + 9: -inf, 2*block + 1: nan}, 3, block + 3},
	} {
		g := noise([3]int{64, 64, 64}, 0, 1, 1)
		for i, v := range tt.at {
			g.Data[i] = v
		}
		if n, first := g.NotFinite(); n != tt.n || first != tt.first {
			t.Errorf("%s: %d, the first at %d; want %d at %d", tt.name, n, first, tt.n, tt.first)
		}
	}
}
