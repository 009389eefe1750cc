// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// linear returns a grid whose density is 1 + 2x − 3y + 0.5z in ångström.
func linear(size [3]int) (*Grid, func(r3.Vec) float64) {
	f := func(p r3.Vec) float64 { return 1 + 2*p.X - 3*p.Y + 0.5*p.Z }
	g := New(size, r3.Vec{X: 1.5, Y: 0.75, Z: 2}, r3.Vec{X: -4, Y: 10, Z: 3})
	for i := range g.Data {
		g.Data[i] = float32(f(g.Position(i)))
	}
	return g, f
}

func TestSampleIsExactOnLinearDensity(t *testing.T) {
	g, f := linear([3]int{5, 7, 6})
	for _, v := range []r3.Vec{{}, {X: 4, Y: 6, Z: 5}, {X: 0.25, Y: 3.5, Z: 4.75}, {X: 3.999, Y: 0.001, Z: 5}} {
		p := g.Point(v)
		if got, want := g.Sample(p), f(p); math.Abs(got-want) > 1e-4 {
			t.Errorf("Sample at voxel %v: %g, want %g", v, got, want)
		}
	}
}

func TestSampleIsZeroOutside(t *testing.T) {
	g, _ := linear([3]int{5, 7, 6})
	for _, v := range []r3.Vec{{X: -0.01}, {X: 4.01}, {Y: 6.01}, {Z: -1}, {X: math.NaN()}, {X: math.Inf(1)}} {
		if got := g.Sample(g.Point(v)); got != 0 {
			t.Errorf("Sample at voxel %v: %g, want 0", v, got)
		}
	}
}

func TestVoxelAndPointAreInverse(t *testing.T) {
	g, _ := linear([3]int{5, 7, 6})
	v := r3.Vec{X: 1.25, Y: -3, Z: 100}
	if got := g.Voxel(g.Point(v)); r3.Norm(r3.Sub(got, v)) > 1e-12 {
		t.Errorf("Voxel(Point(%v)) = %v", v, got)
	}
	if got, want := g.Position(g.Index(2, 3, 4)), g.Point(r3.Vec{X: 2, Y: 3, Z: 4}); got != want {
		t.Errorf("Position: %v, want %v", got, want)
	}
}
