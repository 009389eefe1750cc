// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/internal/pearson"
)

// blob returns n points in a ball, about as dense as protein (one atom per 18 Å³).
func blob(n int, center r3.Vec, seed uint64) []Point {
	r := rand.New(rand.NewPCG(seed, 1))
	radius := math.Cbrt(18 * float64(n) * 3 / (4 * math.Pi))
	var points []Point
	for len(points) < n {
		p := r3.Vec{X: 2*r.Float64() - 1, Y: 2*r.Float64() - 1, Z: 2*r.Float64() - 1}
		if r3.Norm(p) <= 1 {
			points = append(points, Point{r3.Add(center, r3.Scale(radius, p)), []float64{6, 7, 8}[len(points)%3]})
		}
	}
	return points
}

func TestSimulateMatchesFormula(t *testing.T) {
	points := blob(20, r3.Vec{X: 3, Y: -8, Z: 40}, 1)
	g, err := Simulate(context.Background(), points, SimulateOptions{Resolution: 6})
	if err != nil {
		t.Fatal(err)
	}
	if g.Step != (r3.Vec{X: 2, Y: 2, Z: 2}) {
		t.Errorf("voxel %v, want 2 Å", g.Step)
	}
	lo, hi, _ := span(points)
	if d := r3.Sub(lo, g.Origin); d != (r3.Vec{X: 18, Y: 18, Z: 18}) {
		t.Errorf("margin %v, want 18 Å", d)
	}
	if end := g.Point(vec([3]int{g.Size[0] - 1, g.Size[1] - 1, g.Size[2] - 1})); end.X < hi.X+18 || end.X >= hi.X+20 {
		t.Errorf("ends at %v, want 18 to 20 Å after %v", end, hi)
	}
	sigma := 6 / (math.Pi * math.Sqrt2)
	total := 0.0
	for i, v := range g.Data {
		x, want := g.Position(i), 0.0
		for _, p := range points {
			d := r3.Sub(x, p.Pos)
			if max(math.Abs(d.X), math.Abs(d.Y), math.Abs(d.Z)) <= 5*sigma {
				want += p.Weight * math.Exp(-r3.Norm2(d)/(2*sigma*sigma))
			}
		}
		want *= math.Pow(2*math.Pi, -1.5) * math.Pow(sigma, -3)
		if math.Abs(float64(v)-want) > 1e-6*(1+want) {
			t.Fatalf("voxel %d: %g, want %g", i, v, want)
		}
		total += float64(v) * g.VoxelVolume()
	}
	weight := 0.0
	for _, p := range points {
		weight += p.Weight
	}
	if !near(total, weight, 1e-3) { // a sampled Gaussian keeps its integral
		t.Errorf("integral %g, want %g", total, weight)
	}
}

func TestSimulateInFrame(t *testing.T) {
	frame := noise([3]int{20, 24, 18}, 0, 1, 1)
	inside, outside := frame.Point(r3.Vec{X: 10, Y: 11, Z: 9}), frame.Point(r3.Vec{X: 300})
	g, err := Simulate(context.Background(), []Point{{inside, 6}, {outside, 6}}, SimulateOptions{Resolution: 5, Frame: frame})
	if err != nil || g.Size != frame.Size || g.Origin != frame.Origin {
		t.Fatalf("frame %v %v, %v", g.Size, g.Origin, err)
	}
	sigma := 5 * SigmaFactor
	if want := 6 * math.Pow(2*math.Pi, -1.5) / (sigma * sigma * sigma); !near(float64(g.At(10, 11, 9)), want, 1e-6) {
		t.Errorf("peak %g, want %g", g.At(10, 11, 9), want)
	}
}

func TestSimulateRefuses(t *testing.T) {
	one := []Point{{r3.Vec{}, 6}}
	tests := []struct {
		name   string
		points []Point
		o      SimulateOptions
		want   string
	}{
		{"no points", nil, SimulateOptions{Resolution: 5}, "volume: simulate: no points"},
		{"no resolution", one, SimulateOptions{}, "volume: simulate: resolution is 0, want 0.1 to 200"},
		{"not a number", []Point{{r3.Vec{X: math.NaN()}, 6}}, SimulateOptions{Resolution: 5}, "volume: simulate: point 1 is at"},
		{"too large", []Point{{r3.Vec{}, 6}, {r3.Vec{X: 1e5, Y: 1e5, Z: 1e5}, 6}}, SimulateOptions{Resolution: 3}, "volume: simulate: 1e+15 voxels of 1 Å"},
	}
	for _, tt := range tests {
		if _, err := Simulate(context.Background(), tt.points, tt.o); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Simulate(ctx, one, SimulateOptions{Resolution: 5}); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}

func TestMassLevel(t *testing.T) {
	g := New([3]int{100, 10, 1}, cubic, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(i + 1)
	}
	// The voxels above v hold (1000² − v²)/1000² of the sum; 0.95 is v = 223.6.
	if got := MassLevel(g, 0.95); math.Abs(got-223.6) > 1 {
		t.Errorf("level of 95 %%: %g, want 223.6", got)
	}
	if got := MassLevel(g.Like(), 0.95); got != 0 {
		t.Errorf("of nothing: %g", got)
	}
}

func TestAddNoise(t *testing.T) {
	g := New([3]int{60, 60, 60}, cubic, r3.Vec{})
	a, b, c := AddNoise(g, 2, 1), AddNoise(g, 2, 1), AddNoise(g, 2, 2)
	p := NewProfile(a)
	if math.Abs(p.Mean) > 0.02 || math.Abs(p.SD-2) > 0.02 { // 4 standard errors of 216 000 numbers
		t.Errorf("mean %g, SD %g, want 0, 2", p.Mean, p.SD)
	}
	if !slices.Equal(a.Data, b.Data) {
		t.Error("the same seed gave other noise")
	}
	if r := correlation(a.Data, c.Data); math.Abs(r) > 0.01 {
		t.Errorf("noise of two seeds correlates by %g", r)
	}
	// Blocks have streams of their own.
	if r := correlation(a.Data[:block], a.Data[block:2*block]); math.Abs(r) > 0.02 {
		t.Errorf("two blocks correlate by %g", r)
	}
}

// correlation is that about zero.
func correlation(a, b []float32) float64 {
	var s pearson.Sums
	s.Add(a, b)
	return s.AboutZero()
}

func BenchmarkSimulate(b *testing.B) {
	points := blob(4200, r3.Vec{}, 1)
	for b.Loop() {
		if _, err := Simulate(context.Background(), points, SimulateOptions{Resolution: 4}); err != nil {
			b.Fatal(err)
		}
	}
}
