// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestMask(t *testing.T) {
	g := New([3]int{21, 19, 23}, r3.Vec{X: 1, Y: 1.2, Z: 0.8}, r3.Vec{X: -10, Y: -11, Z: -9})
	points := []Point{{Pos: r3.Vec{}, Weight: 6}, {Pos: r3.Vec{X: 2.5, Y: -1}, Weight: 6}, {Pos: r3.Vec{X: 200}, Weight: 6}}
	o := MaskOptions{Radius: 2, Edge: 3}
	m, err := Mask(context.Background(), g, points, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range m.Data {
		d := math.Inf(1)
		for _, p := range points {
			d = min(d, r3.Norm(r3.Sub(m.Position(i), p.Pos)))
		}
		want := 0.0
		switch {
		case d <= 2:
			want = 1
		case d < 5:
			want = (1 + math.Cos(math.Pi*(d-2)/3)) / 2
		}
		if math.Abs(float64(got)-want) > 1e-5 { // distances are kept as float32
			t.Fatalf("at %.2f Å from an atom the mask is %g, want %g", d, got, want)
		}
	}
	if _, err := Mask(context.Background(), g, points, MaskOptions{Radius: 0, Edge: -1}); err == nil {
		t.Error("Mask took a radius of 0 and an edge of −1")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Mask(ctx, g, points, o); !errors.Is(err, context.Canceled) {
		t.Errorf("Mask: %v, want that it was cancelled", err)
	}
	sharp, err := Mask(context.Background(), g, points, MaskOptions{Radius: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range sharp.Data {
		if v != 0 && v != 1 {
			t.Fatalf("without an edge the mask has %g", v)
		}
	}
}
