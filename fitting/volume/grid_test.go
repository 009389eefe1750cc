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

func TestSampleMovedIsSample(t *testing.T) {
	g := New([3]int{9, 8, 7}, r3.Vec{X: 1.5, Y: 0.75, Z: 2}, r3.Vec{X: -4, Y: 10, Z: 3})
	for i := range g.Data {
		g.Data[i] = float32(math.Sin(float64(i * i)))
	}
	matrix := [9]float64{0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 1}
	shift := r3.Vec{X: 1, Y: 12, Z: 8}
	var points [][3]float32
	for i := range 4000 { // some of them outside
		points = append(points, [3]float32{float32(i%20) - 9.7, float32(i/20%20) - 9.6, float32(i / 400)})
	}
	got := make([]float32, len(points))
	g.SampleMoved(got, points, matrix, shift)
	inside := 0
	for i, p := range points {
		x, y, z := float64(p[0]), float64(p[1]), float64(p[2])
		at := r3.Vec{X: 0.6*x - 0.8*y + shift.X, Y: 0.8*x + 0.6*y + shift.Y, Z: z + shift.Z}
		want := g.Sample(at)
		if want != 0 {
			inside++
		}
		if math.Abs(float64(got[i])-want) > 1e-3 { // 10⁻⁴ voxels between densities that differ by up to 2
			t.Errorf("at %v: %g, want %g", at, got[i], want)
		}
	}
	if inside < 300 || inside > 3500 {
		t.Errorf("%d of 4000 points are inside: the test tests nothing", inside)
	}
}
