// SPDX-License-Identifier: BSD-3-Clause

package marks

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestAnchor(t *testing.T) {
	a, b, c, d := r3.Vec{X: 1}, r3.Vec{X: 3}, r3.Vec{X: 5, Y: 2}, r3.Vec{X: 90}
	for _, tt := range []struct {
		places []r3.Vec
		want   r3.Vec
	}{{[]r3.Vec{a}, a}, {[]r3.Vec{a, b}, r3.Vec{X: 2}}, {[]r3.Vec{a, b, c}, b}, {[]r3.Vec{a, b, c, d}, r3.Vec{X: 4, Y: 1}}} {
		if got := (Mark{Places: tt.places}).Anchor(); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.places, got, tt.want)
		}
	}
}

// Dashes fill a line, in the size that units have, and are not too many.
func TestDashes(t *testing.T) {
	for _, tt := range []struct {
		length, unit float64
		want         int
	}{{100, 1, 10}, {100, 2, 5}, {3, 1, 1}, {0.5, 1, 0}, {6000, 1, 60}} {
		n, sum := 0, 0.0
		Dashes(0, 0, 0, tt.length, tt.unit, func(x0, y0, x1, y1 float64) {
			n++
			sum += math.Hypot(x1-x0, y1-y0)
		})
		if n != tt.want || n > 1 && math.Abs(sum-0.6*tt.length) > 0.01*tt.length {
			t.Errorf("%g at %g: %d dashes of %g in all, want %d", tt.length, tt.unit, n, sum, tt.want)
		}
	}
}

func TestBoxes(t *testing.T) {
	a := BoxAt(10, 10, 30, 10, 1)
	if b := BoxAt(40, 12, 30, 10, 1); !a.Overlaps(b) || !b.Overlaps(a) {
		t.Errorf("%+v and %+v do not overlap", a, b)
	}
	if b := BoxAt(10, 40, 30, 10, 1); a.Overlaps(b) {
		t.Errorf("%+v and %+v overlap", a, b)
	}
}
