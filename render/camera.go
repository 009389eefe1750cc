// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A Camera is a point of view. It looks at Target from Distance away.
//
// Methods that take x, y, w, h speak of the point (x, y) in a picture of w by h,
// from its upper left corner, in any unit.
type Camera struct {
	Target   r3.Vec      // the centre of rotation, ångström
	Rotation quat.Number // takes the camera's axes (right, up, backward) to those of the scene
	Distance float64     // from the eye to Target, ångström
	FovY     float64     // angle between the upper and the lower edge of the picture, radians
	Ortho    bool        // parallel projection; FovY and Distance then say how much is seen

	// Front and Back make a slab: how far before and behind Target anything is
	// seen, in ångström. If both are 0 there is none.
	Front, Back float64
	// Follow, if it is not 0, clips what is so many heights of the picture (see
	// Height) before Target: the nearer the eye comes, the less is before it.
	Follow float64
	// Around, if it is not 0, lets of isosurfaces and molecules only what is so
	// near to Target be seen, in ångström.
	Around float64
}

// slab returns the depths between which anything is seen.
func (c Camera) slab() (near, far float64) {
	near, far = math.Inf(-1), math.Inf(1)
	if c.hasSlab() {
		near, far = c.Distance-c.Front, c.Distance+c.Back
	}
	if c.Follow > 0 {
		near = max(near, c.Distance-c.Follow*c.Height())
	}
	return near, far
}

// hasSlab tells whether planes that were set cut anything off.
func (c Camera) hasSlab() bool { return c.Front != 0 || c.Back != 0 }

// ball returns a box around what Around lets be seen, and whether it does.
func (c Camera) ball() (box, bool) {
	if !(c.Around > 0) {
		return box{}, false
	}
	r := r3.Vec{X: c.Around, Y: c.Around, Z: c.Around}
	return box{r3.Sub(c.Target, r), r3.Add(c.Target, r)}, true
}

// thin returns what radii of sticks are multiplied by: from near they would be
// as thick as pencils. Where 60 Å are seen, a stick is a 136th of the height.
func (c Camera) thin() float64 { return min(1, math.Pow(c.Height()/thinBelow, 2./3)) }

const thinBelow = 60 // ångström of the height of the picture

// Limits of Distance, ångström: a bond, and beyond the largest complexes.
const (
	nearest  = 1
	farthest = 1e6
)

// fovY is the angle of view of a new camera: about 30°, as a person sees a
// hand-held object.
const fovY = 0.52

// axes returns the camera's axes in the scene and the position of the eye.
func (c Camera) axes() (right, up, forward, eye r3.Vec) {
	turn := geom.NewRigid(c.Rotation, r3.Vec{})
	right = turn.Apply(r3.Vec{X: 1})
	up = turn.Apply(r3.Vec{Y: 1})
	forward = turn.Apply(r3.Vec{Z: -1})
	return right, up, forward, r3.Sub(c.Target, r3.Scale(c.Distance, forward))
}

// Axes returns the directions to the right, upwards and to the eye, in the scene.
func (c Camera) Axes() (right, up, backward r3.Vec) {
	right, up, forward, _ := c.axes()
	return right, up, r3.Scale(-1, forward)
}

// Height returns how much of the plane through Target is seen, from the lower
// to the upper edge of the picture, in ångström.
func (c Camera) Height() float64 { return 2 * c.Distance * math.Tan(c.FovY/2) }

// Orbit turns the scene about Target: its front by dx radians to the right and
// by dy radians downwards.
func (c *Camera) Orbit(dx, dy float64) {
	c.turn(geom.Exp(r3.Vec{X: -dy, Y: -dx}))
}

// Roll turns the scene about the line of sight, counter-clockwise, in radians.
func (c *Camera) Roll(angle float64) { c.turn(geom.Exp(r3.Vec{Z: -angle})) }

func (c *Camera) turn(q quat.Number) { c.Rotation = geom.Unit(quat.Mul(c.Rotation, q)) }

// Pan moves the scene to the right and upwards, in heights of the picture.
func (c *Camera) Pan(right, up float64) {
	x, y, _, _ := c.axes()
	k := -c.Height()
	c.Target = r3.Add(c.Target, r3.Add(r3.Scale(k*right, x), r3.Scale(k*up, y)))
}

// Zoom makes what is at Target factor times larger.
func (c *Camera) Zoom(factor float64) {
	if factor > 0 && !math.IsInf(factor, 0) {
		c.Distance = min(max(c.Distance/factor, nearest), farthest)
	}
}

// ZoomTo is Zoom about the point (x, y) of a picture of w by h: what is seen
// there, as far away as Target, stays there.
func (c *Camera) ZoomTo(factor, x, y, w, h float64) {
	before := c.onTargetPlane(x, y, w, h)
	c.Zoom(factor)
	c.Target = r3.Add(c.Target, r3.Sub(before, c.onTargetPlane(x, y, w, h)))
}

// onTargetPlane returns the point seen at (x, y) on the plane through Target
// across the line of sight.
func (c Camera) onTargetPlane(x, y, w, h float64) r3.Vec {
	right, up, _, _ := c.axes()
	dx, dy := (x-w/2)/h*c.Height(), (h/2-y)/h*c.Height()
	return r3.Add(c.Target, r3.Add(r3.Scale(dx, right), r3.Scale(dy, up)))
}

// Ray returns where the line of sight through (x, y) starts and its direction,
// a unit vector.
func (c Camera) Ray(x, y, w, h float64) (from, direction r3.Vec) {
	_, _, forward, eye := c.axes()
	p := c.onTargetPlane(x, y, w, h)
	if c.Ortho {
		return r3.Sub(p, r3.Scale(c.Distance, forward)), forward
	}
	return eye, r3.Unit(r3.Sub(p, eye))
}

// Project returns where p is seen in a picture of w by h and its distance from
// the eye along the line of sight, in ångström. A point at depth 0 or less is
// not seen.
func (c Camera) Project(p r3.Vec, w, h float64) (x, y, depth float64) {
	right, up, forward, eye := c.axes()
	d := r3.Sub(p, eye)
	depth = r3.Dot(d, forward)
	height := c.Height()
	if !c.Ortho {
		height *= depth / c.Distance
	}
	return w/2 + r3.Dot(d, right)/height*h, h/2 - r3.Dot(d, up)/height*h, depth
}

// Frame moves the camera, without turning it, so that it shows a box: all of
// its corners now, and most of it however it is turned then.
func (c *Camera) Frame(lo, hi r3.Vec) {
	c.Target = r3.Scale(0.5, r3.Add(lo, hi))
	half := r3.Scale(0.5, r3.Sub(hi, lo))
	right, up, forward, _ := c.axes()
	slope := math.Tan(c.FovY / 2)
	// The corners of a box are mostly empty: let a turned box lose some.
	distance := 0.72 * max(r3.Norm(half), 1) / math.Sin(c.FovY/2)
	for i := range 8 {
		p := r3.Vec{X: half.X * float64(2*(i&1)-1), Y: half.Y * float64(i&2-1), Z: half.Z * float64(i/2&2-1)}
		reach := 1.05 * max(math.Abs(r3.Dot(p, right)), math.Abs(r3.Dot(p, up))) / slope
		if !c.Ortho {
			reach -= r3.Dot(p, forward)
		}
		distance = max(distance, reach)
	}
	c.Distance = min(max(distance, nearest), farthest)
}

// Fit returns a camera that shows all of a scene, from the front: x to the
// right, y upwards.
func Fit(s *Scene) Camera {
	c := Camera{Rotation: quat.Number{Real: 1}, FovY: fovY, Distance: 100}
	if lo, hi, ok := Bounds(s); ok {
		c.Frame(lo, hi)
	}
	return c
}
