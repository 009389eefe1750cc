// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestThreshold(t *testing.T) {
	g := New([3]int{6, 1, 1}, cubic, r3.Vec{})
	copy(g.Data, []float32{-2, 0.5, 0.1, float32(math.NaN()), 0.3, float32(math.Inf(1))})
	if got, want := g.Threshold(0.3).Data, []float32{0, 0.5, 0, 0, 0.3, float32(math.Inf(1))}; !slices.Equal(got, want) {
		t.Errorf("above 0.3, which is below float32(0.3): %v, want %v", got, want)
	}
	if got, want := g.Threshold(float64(float32(0.3))).Data[4], float32(0); got != want {
		t.Errorf("a voxel at the level stays %g", got)
	}
}

func TestNormalize(t *testing.T) {
	g := New([3]int{3, 1, 1}, cubic, r3.Vec{})
	copy(g.Data, []float32{-2, 5, 10})
	got, greatest := Normalize(g)
	if want := []float32{0, 0.5, 1}; !slices.Equal(got.Data, want) || greatest != 10 {
		t.Errorf("%v, maximum %g, want %v, 10", got.Data, greatest, want)
	}
	if _, greatest := Normalize(g.Like()); greatest != 0 {
		t.Errorf("maximum of nothing: %g", greatest)
	}
}

func TestBoundsCropPad(t *testing.T) {
	g, _ := linear([3]int{5, 7, 6})
	h := g.Like()
	h.Data[h.Index(1, 2, 3)], h.Data[h.Index(3, 2, 5)] = 2, 2
	lo, hi, ok := Bounds(h, 1)
	if lo != [3]int{1, 2, 3} || hi != [3]int{4, 3, 6} || !ok {
		t.Errorf("bounds %v to %v, %v", lo, hi, ok)
	}
	if _, _, ok := Bounds(h, 2); ok {
		t.Error("bounds of nothing")
	}
	c := Crop(g, lo, hi)
	p := Pad(c, [3]int{2, 0, 1}, -9)
	if p.Size != [3]int{7, 1, 5} || p.Data[0] != -9 {
		t.Errorf("padded: size %v, corner %g", p.Size, p.Data[0])
	}
	for _, v := range []r3.Vec{{X: 1, Y: 2, Z: 3}, {X: 3, Y: 2, Z: 5}} {
		at := g.Point(v)
		if want := g.Sample(at); c.Sample(at) != want || p.Sample(at) != want {
			t.Errorf("density at %v: %g cropped, %g padded, want %g", at, c.Sample(at), p.Sample(at), want)
		}
	}
}
