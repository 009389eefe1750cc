// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// sizes returns for each voxel above level the number of voxels of its island,
// by a search by hand; 0 below.
func sizes(g *Grid, level float32) []int {
	out := make([]int, len(g.Data))
	seen := make([]bool, len(g.Data))
	for start, v := range g.Data {
		if seen[start] || !(v > level) {
			continue
		}
		seen[start] = true
		island := []int{start}
		for k := 0; k < len(island); k++ {
			x, y, z := g.at(island[k])
			for _, s := range [][3]int{{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}} {
				a, b, c := x+s[0], y+s[1], z+s[2]
				if a < 0 || b < 0 || c < 0 || a >= g.Size[0] || b >= g.Size[1] || c >= g.Size[2] {
					continue
				}
				if j := g.Index(a, b, c); !seen[j] && g.Data[j] > level {
					seen[j] = true
					island = append(island, j)
				}
			}
		}
		for _, i := range island {
			out[i] = len(island)
		}
	}
	return out
}

// At every level what is seen is what is there less the islands that are too
// small.
func TestWithoutDustAtEveryLevel(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, kind := range []string{"noise", "few values", "negative"} {
		g := New([3]int{17, 13, 11}, r3.Vec{X: 1, Y: 2, Z: 1.5}, r3.Vec{})
		for i := range g.Data {
			v := rng.NormFloat64()
			switch kind {
			case "few values":
				v = math.Round(2 * v)
			case "negative":
				v -= 100
			}
			g.Data[i] = float32(v)
		}
		before := slices.Clone(g.Data)
		const need = 5
		got, err := WithoutDust(t.Context(), g, need*3-0.5)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, g.Data) {
			t.Fatal("the map changed")
		}
		levels := slices.Clone(g.Data)
		slices.Sort(levels)
		for _, level := range levels[len(levels)*72/100:] {
			for i, n := range sizes(g, level) {
				if want := n >= need; got.Data[i] > level != want {
					t.Fatalf("%s, level %g, voxel %d in an island of %d: %g", kind, level, i, n, got.Data[i])
				}
			}
		}
		for i, v := range got.Data {
			if v > g.Data[i] {
				t.Fatalf("%s: voxel %d rose from %g to %g", kind, i, g.Data[i], v)
			}
		}
	}
}

func TestWithoutDustOfOddMaps(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name      string
		data      []float32
		want      []float32
		leastSize float64
	}{
		{"constant", []float32{3, 3, 3, 3, 3, 3}, []float32{3, 3, 3, 3, 3, 3}, 2},
		{"not finite", []float32{nan, 0, inf, 0, 0, 9}, []float32{nan, 0, inf, 0, 0, 0}, 2},
		{"nothing is too small", []float32{0, 5, 0, 0, 0, 7}, []float32{0, 5, 0, 0, 0, 7}, 0},
	}
	for _, tt := range tests {
		g := New([3]int{6, 1, 1}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
		copy(g.Data, tt.data)
		got, err := WithoutDust(t.Context(), g, tt.leastSize)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.Data {
			if w := tt.want[i]; !(v >= w && v <= tt.data[i]) && !(v != v && w != w) {
				t.Errorf("%s: %v, want %v", tt.name, got.Data, tt.want)
				break
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	g, _, _ := placed(t)
	if _, err := WithoutDust(ctx, g, 30); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}

func BenchmarkWithoutDust(b *testing.B) {
	g := noise([3]int{220, 220, 220}, 0, 1, 1)
	g.Step = cubic
	for b.Loop() {
		if _, err := WithoutDust(b.Context(), g, 40); err != nil {
			b.Fatal(err)
		}
	}
}
