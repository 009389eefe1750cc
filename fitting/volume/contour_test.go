// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Of the molecule next to nothing is left above the level, and next to nothing
// of its neighbour goes, though the two share a face.
func TestContourLeavesNoCrust(t *testing.T) {
	g, one, two, _ := touching(t)
	const level = 0.1
	for _, o := range []ZeroOptions{{ZeroDistance, 2, 0, 0}, {ZeroContour, 2, 6, level}} {
		l, err := Zero(context.Background(), g, one, o)
		if err != nil {
			t.Fatal(err)
		}
		left := Apply(g, l)
		crust, was, lost, all := 0, 0, 0.0, 0.0
		for i, v := range g.Data {
			x := g.Position(i)
			d := least(x, one)
			if v <= level || d > 5 || d > least(x, two) {
				continue
			}
			was++
			if left.Data[i] > level {
				crust++
			}
		}
		for _, p := range two {
			all += g.Sample(p.Pos)
			lost += g.Sample(p.Pos) - left.Sample(p.Pos)
		}
		part := float64(crust) / float64(was)
		if o.Mode == ZeroContour && (part > 0.03 || lost > 0.04*all) {
			t.Errorf("contour: %.3f of the molecule is left, %.3f of its neighbour is lost", part, lost/all)
		}
		if o.Mode == ZeroDistance && part < 0.1 {
			t.Errorf("distance: %.3f of the molecule is left: this map has no crust to speak of", part)
		}
	}
}

// The level that is used is told, and one that is higher takes out less.
func TestContourLevel(t *testing.T) {
	g, one, _ := placed(t)
	suggested := zero(t, g, one, DefaultZeroOptions())
	if o := suggested.Options; !(o.Level > 0) || !(o.Resolution > 0) {
		t.Errorf("made with %+v, want a level and a resolution", o)
	}
	if again := zero(t, g, one, suggested.Options); again.ZeroSummary != suggested.ZeroSummary {
		t.Errorf("with what was used it takes out %+v, want %+v", again.ZeroSummary, suggested.ZeroSummary)
	}
	high := zero(t, g, one, ZeroOptions{ZeroContour, 2, 6, 10})
	if near := zero(t, g, one, ZeroOptions{ZeroDistance, 2, 0, 0}); high.ZeroSummary != near.ZeroSummary {
		t.Errorf("above the maximum there is no crust: %+v, want %+v", high.ZeroSummary, near.ZeroSummary)
	}
	if suggested.Voxels <= high.Voxels {
		t.Errorf("%d voxels with a crust, %d without", suggested.Voxels, high.Voxels)
	}
}

// Distances are those of a search by hand, on voxels of three sizes.
func TestSquaredDistances(t *testing.T) {
	size, step := [3]int{9, 7, 5}, [3]float64{1, 1.5, 0.7}
	tests := []struct {
		name string
		set  [][3]int
	}{
		{"none", nil},
		{"one", [][3]int{{4, 3, 2}}},
		{"a corner and an edge", [][3]int{{0, 0, 0}, {8, 6, 1}, {8, 6, 2}}},
		{"a row", [][3]int{{0, 2, 2}, {1, 2, 2}, {2, 2, 2}, {5, 2, 2}}},
	}
	g := New(size, r3.Vec{X: step[0], Y: step[1], Z: step[2]}, r3.Vec{})
	for _, test := range tests {
		set := make([]bool, len(g.Data))
		for _, v := range test.set {
			set[g.Index(v[0], v[1], v[2])] = true
		}
		for i, got := range squaredDistances(set, size, step) {
			want := math.Inf(1)
			for _, v := range test.set {
				want = math.Min(want, r3.Norm2(r3.Sub(g.Position(i), g.Point(vec(v)))))
			}
			if math.Abs(float64(got)-want) > 1e-4 {
				t.Errorf("%s: at voxel %d %g, want %g", test.name, i, got, want)
			}
		}
	}
}
