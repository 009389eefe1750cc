// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Where the model is right nothing is left; where it lacks an atom there is
// density, and where it has one too many there is a hole.
func TestSubtract(t *testing.T) {
	frame := New([3]int{40, 30, 30}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	o := SimulateOptions{Resolution: 4, Frame: frame}
	both := []Point{{Pos: r3.Vec{X: 10, Y: 15, Z: 15}, Weight: 6}, {Pos: r3.Vec{X: 14, Y: 15, Z: 15}, Weight: 6}}
	lost := Point{Pos: r3.Vec{X: 28, Y: 15, Z: 15}, Weight: 6}
	ctx := context.Background()
	sim, err := Simulate(ctx, append(both[:2:2], lost), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sim.Data {
		sim.Data[i] *= 3 // maps have units of their own
	}
	r, err := Subtract(ctx, sim, both, 4)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(r.Scale-3) > 1e-3 {
		t.Errorf("scale %g, want 3", r.Scale)
	}
	peak := float64(sim.At(10, 15, 15))
	if d := math.Abs(float64(r.Grid.At(10, 15, 15))) / peak; d > 1e-3 {
		t.Errorf("at a right atom %g of the peak is left", d)
	}
	if d := float64(r.Grid.At(28, 15, 15)) / peak; math.Abs(d-1) > 0.1 { // its neighbours add a little to the peak of the pair
		t.Errorf("at an atom that the model lacks there is %g of the peak, want 1", d)
	}
	wrong := append(both[:2:2], Point{Pos: r3.Vec{X: 20, Y: 24, Z: 15}, Weight: 6})
	if r, err = Subtract(ctx, sim, wrong, 4); err != nil {
		t.Fatal(err)
	}
	if d := float64(r.Grid.At(20, 24, 15)); !(d < -3*r.SD/2) {
		t.Errorf("at an atom without density there is %g, want far below 0 (SD %g)", d, r.SD)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Subtract(stopped, sim, both, 4); err == nil {
		t.Error("it goes on when it is stopped")
	}
}

func TestFrameAround(t *testing.T) {
	g := New([3]int{10, 10, 10}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{X: -5})
	for i := range g.Data {
		g.Data[i] = float32(i)
	}
	part := FrameAround(g, []Point{{Pos: r3.Vec{X: 1, Y: 4, Z: 4}}}, 2)
	if part == nil || part.Size != [3]int{3, 3, 3} {
		t.Fatalf("the part is %v, want 3 voxels each way", part)
	}
	for i, v := range part.Data {
		if want := g.Sample(part.Position(i)); math.Abs(want-float64(v)) > 1e-3 {
			t.Errorf("voxel %d is %g, want %g", i, v, want)
		}
	}
	if FrameAround(g, []Point{{Pos: r3.Vec{X: 100}}}, 2) != nil || FrameAround(g, nil, 2) != nil {
		t.Error("far from the points there is a part")
	}
}

func TestNearestGroup(t *testing.T) {
	groups := [][]r3.Vec{{{X: 0}, {X: 1}}, nil, {{X: 5}}}
	o := NearestGroup(groups, 3)
	counts := map[int]int{}
	for i, got := range o.Of {
		p := r3.Add(o.Origin, r3.Scale(o.Step, r3.Vec{X: float64(i % o.Size[0]), Y: float64(i / o.Size[0] % o.Size[1]), Z: float64(i / o.Size[0] / o.Size[1])}))
		want, near := -1, 3.0
		for k, g := range groups {
			for _, q := range g {
				if d := r3.Norm(r3.Sub(p, q)); d < near-1e-6 {
					want, near = k, d
				}
			}
		}
		if got != want {
			t.Fatalf("%v belongs to %d, want %d", p, got, want)
		}
		counts[got]++
	}
	if counts[0] == 0 || counts[1] != 0 || counts[2] == 0 || counts[0] <= counts[2] {
		t.Errorf("voxels by owner: %v", counts)
	}
	if NearestGroup(nil, 3) != nil || NearestGroup([][]r3.Vec{{}}, 3) != nil {
		t.Error("without places there are owners")
	}
	far := NearestGroup([][]r3.Vec{{{}, {X: 3000, Y: 3000, Z: 3000}}}, 3)
	if n := len(far.Of); n > mostOwned {
		t.Errorf("%d voxels, want at most %d", n, mostOwned)
	}
}
