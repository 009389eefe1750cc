// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// touching returns a map of two molecules with a common face, and a third that
// is far away.
func touching(t *testing.T) (g *Grid, one, two, far []Point) {
	t.Helper()
	one, two = blob(300, r3.Vec{X: 24, Y: 26, Z: 26}, 1), blob(300, r3.Vec{X: 44, Y: 26, Z: 26}, 2)
	far = blob(50, r3.Vec{X: 90, Y: 26, Z: 26}, 3)
	frame := New([3]int{72, 38, 38}, r3.Vec{X: 1.4, Y: 1.4, Z: 1.4}, r3.Vec{})
	g, err := Simulate(context.Background(), slices.Concat(one, two, far), SimulateOptions{Resolution: 6, Frame: frame})
	if err != nil {
		t.Fatal(err)
	}
	return g, one, two, far
}

// least returns the distance from a point to the nearest of some.
func least(x r3.Vec, points []Point) float64 {
	d := math.Inf(1)
	for _, p := range points {
		d = math.Min(d, r3.Norm(r3.Sub(x, p.Pos)))
	}
	return d
}

// changed lists the voxels that a layer changes.
func changed(g *Grid, l *Layer) []int {
	var out []int
	after := Apply(g, l)
	for i, v := range g.Data {
		if after.Data[i] != v {
			out = append(out, i)
		}
	}
	return out
}

// The numbers are those of a search by hand, voxel by voxel.
func TestContestedVoxels(t *testing.T) {
	g, one, two, far := touching(t)
	for _, radius := range []float64{2, 4.5} {
		o := ZeroOptions{ZeroDistance, radius, 0, 0}
		l, err := Zero(context.Background(), g, one, o, far, two)
		if err != nil {
			t.Fatal(err)
		}
		want := Overlap{}
		for i := range g.Data {
			x := g.Position(i)
			a, b := least(x, one), least(x, two)
			if a > radius || b > radius && b >= a {
				continue
			}
			want.Contested++
			if b < a {
				want.Nearer++
			}
		}
		if l.Overlaps[0] != (Overlap{}) || l.Overlaps[1] != want || l.Contested != want.Contested || want.Nearer == 0 {
			t.Errorf("radius %g: %+v, contested %d, want none and %+v", radius, l.Overlaps, l.Contested, want)
		}
		if l.Spared != 0 || !slices.Equal(changed(g, l), changed(g, zero(t, g, one, o))) {
			t.Errorf("radius %g: in mode distance neighbours changed what is taken", radius)
		}
		region := l.Region(g, true)
		n := 0
		for i, v := range region.Data {
			x := region.Position(i)
			if v == 0 {
				continue
			}
			n++
			if least(x, one) > radius+1e-6 || least(x, two) > radius+1e-6 {
				t.Fatalf("radius %g: %v is shown as contested", radius, x)
			}
		}
		if n != want.Contested {
			t.Errorf("radius %g: %d contested voxels are shown, want %d", radius, n, want.Contested)
		}
	}
}

// The mode own leaves to the neighbour what is nearer to it, and takes nothing
// outside the contour of the molecule alone.
func TestZeroOwnSpares(t *testing.T) {
	g, one, two, far := touching(t)
	const radius = 5
	o := ZeroOptions{ZeroOwn, radius, 6, 0}
	l, err := Zero(context.Background(), g, one, o, two, far)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := Simulate(context.Background(), one, SimulateOptions{Resolution: 6, Frame: g})
	if err != nil {
		t.Fatal(err)
	}
	level := MassLevel(alone, massPart)
	var want []int
	spared, beyond := 0, 0
	for i := range g.Data {
		x := g.Position(i)
		a := least(x, one)
		switch {
		case a > radius:
		case float64(alone.Data[i]) <= level:
			beyond++
		case least(x, two) < a:
			spared++
		default:
			want = append(want, i)
		}
	}
	if got := changed(g, l); !slices.Equal(got, want) || l.Voxels != len(want) {
		t.Errorf("%d voxels are taken (the layer says %d), want %d", len(got), l.Voxels, len(want))
	}
	if l.Spared != spared || l.Beyond != beyond || spared == 0 || beyond == 0 {
		t.Errorf("spared %d, beyond the contour %d, want %d and %d", l.Spared, l.Beyond, spared, beyond)
	}
	both := zero(t, g, two, ZeroOptions{ZeroDistance, radius, 0, 0})
	if n := l.Voxels; n >= zero(t, g, one, both.Options).Voxels {
		t.Errorf("own takes %d voxels, distance not more", n)
	}
}

// What the mode own leaves of a neighbour is worth more than what distance does.
func TestZeroOwnKeepsTheNeighbour(t *testing.T) {
	g, one, two, _ := touching(t)
	left := func(o ZeroOptions) float64 {
		l, err := Zero(context.Background(), g, one, o, two)
		if err != nil {
			t.Fatal(err)
		}
		after, sum, all := Apply(g, l), 0.0, 0.0
		for _, p := range two {
			sum += after.Sample(p.Pos)
			all += g.Sample(p.Pos)
		}
		return sum / all
	}
	own, distance := left(ZeroOptions{ZeroOwn, 4, 6, 0}), left(ZeroOptions{ZeroDistance, 4, 0, 0})
	if own < distance+0.02 || own < 0.93 {
		t.Errorf("of the neighbour is left %.3f in mode own, %.3f in mode distance", own, distance)
	}
}

func TestRegionOfNothing(t *testing.T) {
	g, _, two, far := touching(t)
	l, err := Zero(context.Background(), g, far, ZeroOptions{ZeroDistance, 2, 0, 0}, two)
	if err != nil {
		t.Fatal(err)
	}
	if r := l.Region(g, true); r != nil || l.Contested != 0 {
		t.Errorf("far away %d voxels are contested", l.Contested)
	}
	r := l.Region(g, false)
	n := 0
	for i, v := range r.Data {
		if v == 1 {
			n++
			if least(r.Position(i), far) > 2+1e-6 {
				t.Fatalf("%v is shown, but is not near", r.Position(i))
			}
		}
	}
	if n != l.Voxels {
		t.Errorf("%d voxels are shown, want %d", n, l.Voxels)
	}
}
