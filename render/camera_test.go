// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

func someCamera(ortho bool) Camera {
	c := Camera{Target: r3.Vec{X: 10, Y: -20, Z: 30}, Rotation: geom.Exp(r3.Vec{X: 0.3, Y: -1, Z: 2}), Distance: 80, FovY: 0.5, Ortho: ortho}
	return c
}

func TestProjectAndRayAreInverse(t *testing.T) {
	for _, ortho := range []bool{false, true} {
		c := someCamera(ortho)
		for _, at := range [][2]float64{{0, 0}, {320, 240}, {100, 50}, {639, 1}} {
			from, dir := c.Ray(at[0], at[1], 640, 480)
			if math.Abs(r3.Norm(dir)-1) > 1e-12 {
				t.Errorf("Ray at %v: direction of length %g", at, r3.Norm(dir))
			}
			x, y, depth := c.Project(sight{from: from, dir: dir}.at(70), 640, 480)
			if math.Hypot(x-at[0], y-at[1]) > 1e-9 || depth <= 0 {
				t.Errorf("ortho=%t: ray through %v comes to (%g, %g), depth %g", ortho, at, x, y, depth)
			}
		}
	}
}

func TestCameraMoves(t *testing.T) {
	const w, h = 640, 480
	toEye := func(c Camera) r3.Vec { _, _, f, _ := c.axes(); return r3.Scale(-10, f) }
	right := func(c Camera) r3.Vec { r, _, _, _ := c.axes(); return r3.Scale(10, r) }
	tests := []struct {
		name   string
		point  func(c Camera) r3.Vec // from Target, as seen before the move
		move   func(c *Camera)
		dx, dy float64 // the sense in which the point must move in the picture
	}{
		{"orbit right", toEye, func(c *Camera) { c.Orbit(0.1, 0) }, 1, 0},
		{"orbit down", toEye, func(c *Camera) { c.Orbit(0, 0.1) }, 0, 1},
		{"roll", right, func(c *Camera) { c.Roll(0.1) }, 0, -1},
		{"pan right", toEye, func(c *Camera) { c.Pan(0.1, 0) }, 1, 0},
		{"pan up", toEye, func(c *Camera) { c.Pan(0, 0.1) }, 0, -1},
		{"zoom", right, func(c *Camera) { c.Zoom(2) }, 1, 0},
	}
	for _, tt := range tests {
		for _, ortho := range []bool{false, true} {
			c := someCamera(ortho)
			p := r3.Add(c.Target, tt.point(c))
			x0, y0, _ := c.Project(p, w, h)
			tt.move(&c)
			x, y, _ := c.Project(p, w, h)
			moved := func(d, want float64) bool { return want*d > 5 || want == 0 && math.Abs(d) < 5 }
			if !moved(x-x0, tt.dx) || !moved(y-y0, tt.dy) {
				t.Errorf("%s, ortho=%t: moved by (%.2f, %.2f), want the sense of (%g, %g)", tt.name, ortho, x-x0, y-y0, tt.dx, tt.dy)
			}
			if math.Abs(math.Hypot(math.Hypot(c.Rotation.Real, c.Rotation.Imag), math.Hypot(c.Rotation.Jmag, c.Rotation.Kmag))-1) > 1e-12 {
				t.Errorf("%s: %v is no rotation", tt.name, c.Rotation)
			}
		}
	}
}

func TestPanFollowsThePointer(t *testing.T) {
	c := someCamera(false)
	x0, y0, _ := c.Project(c.Target, 640, 480)
	p := c.Target
	c.Pan(96.0/480, -48.0/480)
	x, y, _ := c.Project(p, 640, 480)
	if math.Abs(x-x0-96) > 1e-9 || math.Abs(y-y0-48) > 1e-9 {
		t.Errorf("Pan by (96, 48) pixels: moved by (%g, %g)", x-x0, y-y0)
	}
}

func TestZoomToKeepsThePlace(t *testing.T) {
	for _, ortho := range []bool{false, true} {
		c := someCamera(ortho)
		p := c.onTargetPlane(500, 100, 640, 480)
		c.ZoomTo(1.7, 500, 100, 640, 480)
		x, y, _ := c.Project(p, 640, 480)
		if math.Abs(x-500) > 1e-9 || math.Abs(y-100) > 1e-9 {
			t.Errorf("ortho=%t: the place under the pointer comes to (%g, %g)", ortho, x, y)
		}
	}
	c := someCamera(false)
	for _, factor := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if c.Zoom(factor); c.Distance != 80 {
			t.Errorf("Zoom(%g): distance %g, want it as it was", factor, c.Distance)
		}
	}
	c.Zoom(1e12)
	if c.Distance != nearest {
		t.Errorf("Zoom(1e12): distance %g, want %d", c.Distance, nearest)
	}
}

func TestFitShowsEverything(t *testing.T) {
	g := volume.New([3]int{30, 30, 30}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{X: -100, Y: 50, Z: 7})
	for z := 10; z < 20; z++ {
		for y := 5; y < 12; y++ {
			for x := 3; x < 28; x++ {
				g.Data[g.Index(x, y, z)] = 1
			}
		}
	}
	m := Molecule{
		Structure: &mol.Structure{Atoms: []mol.Atom{{}, {Pos: r3.Vec{X: 5}}}}, Visible: true,
		Motions: []geom.Rigid{geom.NewRigid(geom.Identity().Rotation, r3.Vec{X: -70, Y: 70, Z: 80})},
	}
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Visible: true}}, Molecules: []Molecule{m}}
	lo, hi, ok := Bounds(s)
	want := box{r3.Vec{X: -96, Y: 58, Z: 25}, r3.Vec{X: -44, Y: 74, Z: 82}} // half a voxel is nothing here
	if !ok || r3.Norm(r3.Sub(lo, want.lo)) > 3.5 || r3.Norm(r3.Sub(hi, want.hi)) > 3.5 {
		t.Errorf("Bounds %v %v, want about %v", lo, hi, want)
	}
	c := Fit(s)
	for i := range 8 {
		p := r3.Vec{X: [2]float64{lo.X, hi.X}[i&1], Y: [2]float64{lo.Y, hi.Y}[i>>1&1], Z: [2]float64{lo.Z, hi.Z}[i>>2]}
		if x, y, d := c.Project(p, 100, 100); x < 0 || y < 0 || x > 100 || y > 100 || d <= 0 {
			t.Errorf("corner %v at (%g, %g), depth %g", p, x, y, d)
		}
	}
	s.Volumes[0].Visible, s.Molecules[0].Visible = false, false
	if _, _, ok := Bounds(s); ok {
		t.Error("Bounds of a scene in which nothing is visible: ok")
	}
}

// A large map is looked at in steps; what is above must not be cut off.
func TestBoundsOfLargeMaps(t *testing.T) {
	g := volume.New([3]int{160, 160, 160}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for z := 51; z < 78; z++ {
		for y := 51; y < 78; y++ {
			for x := 51; x < 78; x++ {
				g.Data[g.Index(x, y, z)] = 1
			}
		}
	}
	lo, hi, _ := Bounds(&Scene{Volumes: []Volume{{Grid: g, Level: 1, Visible: true}}})
	if !(lo.X <= 51 && hi.X >= 77 && lo.X > 45 && hi.X < 83) {
		t.Errorf("Bounds %v %v, want a little more than 51 to 77", lo, hi)
	}
}
