// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// threeBlobs returns a map of three molecules with noise of a tenth of its
// standard deviation that is as smooth as the map, rounded to multiples of
// 2⁻¹², and the molecules.
func threeBlobs(t *testing.T, resolution float64) (*Grid, [][]Point) {
	t.Helper()
	// Molecules of two balls of different sizes each: one ball has a spectrum with zeros.
	molecule := func(n int, at r3.Vec, seed uint64) []Point {
		return append(blob(n, at, seed), blob(n/3, r3.Add(at, r3.Vec{X: 6, Y: -10, Z: 17}), seed+1)...)
	}
	molecules := [][]Point{molecule(900, r3.Vec{X: -23}, 1), molecule(600, r3.Vec{X: 22}, 3), molecule(1200, r3.Vec{Y: 41}, 5)}
	o := SimulateOptions{Resolution: resolution, Spacing: resolution / 4, Padding: 2 * resolution}
	g, err := Simulate(context.Background(), slices.Concat(molecules...), o)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	var dust []Point
	for range len(g.Data) / 8 {
		p := r3.Vec{X: float64(g.Size[0]) * r.Float64(), Y: float64(g.Size[1]) * r.Float64(), Z: float64(g.Size[2]) * r.Float64()}
		dust = append(dust, Point{g.Point(p), r.NormFloat64()})
	}
	o.Frame = g
	noise, err := Simulate(context.Background(), dust, o)
	if err != nil {
		t.Fatal(err)
	}
	scale := 0.1 * NewProfile(g).SD / NewProfile(noise).SD
	for i, v := range g.Data {
		v += float32(scale) * noise.Data[i]
		g.Data[i] = float32(math.Round(float64(v)*4096) / 4096)
	}
	return g, molecules
}

// mapped returns g with each density changed.
func mapped(g *Grid, change func(i int, v float32) float32) *Grid {
	q := g.Like()
	for i, v := range g.Data {
		q.Data[i] = change(i, v)
	}
	return q
}

func TestEstimateResolutionOfMapsThatWereCut(t *testing.T) {
	for _, resolution := range []float64{4, 7, 12} {
		g, molecules := threeBlobs(t, resolution)
		whole := EstimateResolution(g)
		t.Logf("%g Å: estimated %.3g Å", resolution, whole.Value)
		mask, err := Mask(context.Background(), g, slices.Concat(molecules...), MaskOptions{Radius: 5})
		if err != nil {
			t.Fatal(err)
		}
		ball := func(i int) bool { return r3.Norm(r3.Sub(g.Position(i), r3.Vec{X: -10, Y: 3})) < 12 }
		cuts := map[string]*Grid{
			"a ball cut out":      mapped(g, func(i int, v float32) float32 { return pick(ball(i), 0, v) }),
			"a ball without":      mapped(g, func(i int, v float32) float32 { return pick(ball(i), float32(math.NaN()), v) }),
			"masked":              mapped(g, func(i int, v float32) float32 { return v * mask.Data[i] }),
			"outside constant":    mapped(g, func(i int, v float32) float32 { return pick(mask.Data[i] > 0, v, 3) }),
			"masked and cut out":  mapped(g, func(i int, v float32) float32 { return pick(ball(i), 0, pick(mask.Data[i] > 0, v, 3)) }),
			"half of it constant": mapped(g, func(i int, v float32) float32 { return pick(g.Position(i).X < 0, -1, v) }),
		}
		for _, mode := range []ZeroMode{ZeroDistance, ZeroMass, ZeroSoft, ZeroSubtract, ZeroOwn} {
			left, o := g, DefaultZeroOptions()
			o.Mode = mode
			for _, m := range molecules[:2] {
				l, err := Zero(context.Background(), left, m, o, molecules[2])
				if err != nil {
					t.Fatal(err)
				}
				left = Apply(left, l)
			}
			cuts["two of three zeroed, "+string(mode)] = left
		}
		for name, cut := range cuts {
			got := EstimateResolution(cut)
			if !near(got.Value, whole.Value, 0.15) {
				t.Errorf("%g Å, %s: %.3g Å, whole %.3g Å", resolution, name, got.Value, whole.Value)
			}
			// Subtraction leaves voxels at zero, but perhaps no region of them.
			if !strings.HasSuffix(name, string(ZeroSubtract)) && !strings.Contains(got.Rule, "voxels that were cut out") {
				t.Errorf("%g Å, %s: rule is %q, want to read what was left out", resolution, name, got.Rule)
			}
		}
	}
}

func pick(first bool, a, b float32) float32 {
	if first {
		return a
	}
	return b
}

func TestEstimateResolutionDoesNotDependOnUnits(t *testing.T) {
	g, molecules := threeBlobs(t, 6)
	l, err := Zero(context.Background(), g, molecules[0], DefaultZeroOptions())
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string]*Grid{"whole": g, "zeroed": Apply(g, l)} {
		want := EstimateResolution(g)
		for _, change := range []struct{ factor, offset float32 }{{1, 8}, {1, -3}, {1. / 1024, 0}, {-4, 0}, {64, 100}} {
			got := EstimateResolution(mapped(g, func(_ int, v float32) float32 { return change.factor*v + change.offset }))
			if !near(got.Value, want.Value, 1e-4) || got.Rule != want.Rule { // single precision
				t.Errorf("%s: %v times, %v added: %v, want %v", name, change.factor, change.offset, got, want)
			}
		}
	}
}

// A smooth map of large voxels, and noise of small ones.
func TestEstimateResolutionStaysWithinOptions(t *testing.T) {
	smooth := New([3]int{40, 40, 40}, r3.Vec{X: 20, Y: 20, Z: 20}, r3.Vec{})
	for i := range smooth.Data {
		smooth.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(smooth.Position(i), r3.Vec{X: 400, Y: 390, Z: 380})) / 20000))
	}
	fine := noise([3]int{30, 30, 30}, 0, 1, 3)
	fine.Step = r3.Vec{X: 0.1, Y: 0.1, Z: 0.1}
	tests := []struct {
		name string
		g    *Grid
		want float64
	}{{"smooth", smooth, mostResolution}, {"fine", fine, leastResolution}}
	for _, test := range tests {
		got := EstimateResolution(test.g)
		if got.Value != test.want || !strings.Contains(got.Rule, "kept within 0.5 to 100 Å") {
			t.Errorf("%s: %+v, want %g Å and a rule that says why", test.name, got, test.want)
		}
	}
}

func TestFillValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	whole := New([3]int{40, 40, 40}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range whole.Data {
		whole.Data[i] = float32(r.NormFloat64())
	}
	// Steps as wide as eight voxels: integers that are flat here and there.
	steps := mapped(whole, func(i int, _ float32) float32 { return float32(i%40/8 + i/40%40/8 + i/1600/8) })
	tests := []struct {
		name string
		g    *Grid
		want []float32
	}{
		{"noise", whole, nil},
		{"a region", mapped(whole, func(i int, v float32) float32 { return pick(i%40 < 9, -2, v) }), []float32{-2}},
		{"two regions", mapped(whole, func(i int, v float32) float32 {
			return pick(i%40 < 5, -2, pick(i%40 > 30, 7, v))
		}), []float32{7, -2}},
		{"integers", steps, nil},
		{"integers, masked", mapped(steps, func(i int, v float32) float32 { return pick(i/1600 < 33, -2, v) }), []float32{-2}},
	}
	for _, test := range tests {
		if got := fillValues(test.g); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// What is missing of a map that rises evenly goes on evenly inside, and the
// densities that there are stay.
func TestContinuationOfARamp(t *testing.T) {
	whole := New([3]int{31, 24, 17}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range whole.Data {
		p := whole.Position(i)
		whole.Data[i] = float32(p.X + 2*p.Y - p.Z)
	}
	hole := mapped(whole, func(i int, v float32) float32 {
		p := whole.Position(i)
		return pick(p.X >= 10 && p.X < 16 && p.Y >= 8 && p.Y < 14 && p.Z >= 6 && p.Z < 12, float32(math.NaN()), v)
	})
	c := continued(hole)
	buffer := make([]float32, hole.Size[0])
	for z := range hole.Size[2] {
		for y := range hole.Size[1] {
			for x, got := range c.row(buffer, y, z) {
				want, tolerance := float64(whole.At(x, y, z)), 0.0
				if v := hole.At(x, y, z); v != v {
					tolerance = 4 // of 17 across the hole
				}
				if !(math.Abs(float64(got)-want) <= tolerance) {
					t.Fatalf("(%d, %d, %d): %g, want %g within %g", x, y, z, got, want, tolerance)
				}
			}
		}
	}
	if want := 6. * 6 * 6 / (31 * 24 * 17); !near(c.part, want, 1e-9) {
		t.Errorf("continued %g of the voxels, want %g", c.part, want)
	}
}
