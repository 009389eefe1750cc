// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render"
)

func TestThePictureFollowsWhatIsNotSeen(t *testing.T) {
	size := fyne.NewSize(400, 300)
	c := render.Camera{Rotation: quat.Number{Real: 1}, Distance: 100, FovY: 0.5}
	height := c.Height() // 51 Å
	tests := []struct {
		name   string
		at     r3.Vec
		radius float64
		slab   float64
		fly    bool
	}{
		{"in the middle", r3.Vec{}, 5, 0, false},
		{"to the side, but seen", r3.Vec{X: 0.4 * height}, 5, 0, false},
		{"outside", r3.Vec{X: 0.9 * height}, 5, 0, true},
		{"above", r3.Vec{Y: 0.45 * height}, 5, 0, true},
		{"behind the eye", r3.Vec{Z: 150}, 5, 0, true},
		{"beyond the slab", r3.Vec{Z: -20}, 5, 10, true},
		{"too large", r3.Vec{X: 2 * height}, 40, 0, true},
	}
	for _, tt := range tests {
		c.Front, c.Back = tt.slab, tt.slab
		to, fly := flight(c, size, tt.at, tt.radius)
		if fly != tt.fly {
			t.Errorf("%s: flies %t, want %t", tt.name, fly, tt.fly)
		}
		if !fly {
			continue
		}
		if x, y, _ := to.Project(tt.at, 400, 300); math.Abs(x-200) > 1e-6 || math.Abs(y-150) > 1e-6 {
			t.Errorf("%s: seen at %g, %g", tt.name, x, y)
		}
		if to.Height() < 2*tt.radius || to.Rotation != c.Rotation {
			t.Errorf("%s: %g Å are seen, want %g at least", tt.name, to.Height(), 2*tt.radius)
		}
	}
}
