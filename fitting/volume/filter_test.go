// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// hill has a Gaussian of σ = 2 Å at (12, 11, 10) Å, on voxels with an edge.
func hill(edge float64) *Grid {
	n := int(24/edge) + 1
	g := New([3]int{n, n, n}, r3.Vec{X: edge, Y: edge, Z: edge}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), r3.Vec{X: 12, Y: 11, Z: 10})) / 8))
	}
	return g
}

func TestFilters(t *testing.T) {
	peak := r3.Vec{X: 12, Y: 11, Z: 10}
	tests := []struct {
		filter Filter
		words  string
		edge   float64 // of what comes out, Å
		at     r3.Vec
		want   float64 // there
	}{
		// A Gaussian of σ² = 4 smoothed by one of 4 has the height (4/8)^1.5.
		{Filter{GaussianFilter, 2}, "gaussian 2 Å", 1, peak, math.Pow(0.5, 1.5)},
		{Filter{InvertFilter, 0}, "inverted", 1, peak, -1},
		{Filter{ResampleFilter, 0.5}, "resampled to 0.5 Å", 0.5, peak, 1},
		// σ² of smoothing is (4 − 1)/4.
		{Filter{ResampleFilter, 2}, "resampled to 2 Å", 2, r3.Vec{X: 12, Y: 12, Z: 10}, math.Pow(4/4.75, 1.5) * math.Exp(-1/9.5)},
		{Filter{VoxelFilter, 2}, "voxel size 2 Å", 2, r3.Vec{X: 24, Y: 22, Z: 20}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.words, func(t *testing.T) {
			g := hill(1)
			before := g.At(12, 11, 10)
			got, err := tt.filter.Apply(context.Background(), g, 2)
			if err != nil {
				t.Fatal(err)
			}
			if tt.filter.String() != tt.words {
				t.Errorf("is %q, want %q", tt.filter, tt.words)
			}
			if got.Step.X != tt.edge || got.Origin != (r3.Vec{}) || g.At(12, 11, 10) != before {
				t.Errorf("edge %g Å, origin %v; the map itself has %g, had %g", got.Step.X, got.Origin, g.At(12, 11, 10), before)
			}
			if d := float64(got.Sample(tt.at)); math.Abs(d-tt.want) > 0.02 {
				t.Errorf("%.3f at %v, want %.3f", d, tt.at, tt.want)
			}
		})
	}
}

func TestFiltersThatAreRefused(t *testing.T) {
	tests := []struct {
		filter Filter
		want   string
	}{
		{Filter{"blur", 1}, `kind is "blur"`},
		{Filter{GaussianFilter, 0}, "value is 0, want 0.01 to 100 Å"},
		{Filter{GaussianFilter, math.NaN()}, "value is NaN"},
		{Filter{InvertFilter, 1}, "value is 1"},
		{Filter{ResampleFilter, 0.01}, "voxels, want"},
	}
	for _, tt := range tests {
		if _, err := tt.filter.Apply(context.Background(), hill(1), 1); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: %v, want %q", tt.filter, err, tt.want)
		}
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	for _, f := range []Filter{{GaussianFilter, 1}, {ResampleFilter, 0.5}} {
		if _, err := f.Apply(stopped, hill(1), 1); err == nil {
			t.Errorf("%s: no error when it is stopped", f)
		}
	}
}
