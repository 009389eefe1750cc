// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// An affine is the map x' = m·x + t, m row by row.
type affine struct {
	m [9]float64
	t r3.Vec
}

func (a affine) apply(p r3.Vec) r3.Vec { return r3.Add(a.linear(p), a.t) }

// linear returns m·p.
func (a affine) linear(p r3.Vec) r3.Vec {
	return r3.Vec{
		X: a.m[0]*p.X + a.m[1]*p.Y + a.m[2]*p.Z,
		Y: a.m[3]*p.X + a.m[4]*p.Y + a.m[5]*p.Z,
		Z: a.m[6]*p.X + a.m[7]*p.Y + a.m[8]*p.Z,
	}
}

// after returns the map that does b first and a after it.
func (a affine) after(b affine) affine {
	c := affine{t: a.apply(b.t)}
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				c.m[3*i+j] += a.m[3*i+k] * b.m[3*k+j]
			}
		}
	}
	return c
}

// columns returns the map as OpenGL wants it, column by column.
func (a affine) columns() [16]float32 {
	var c [16]float32
	for i := range 3 {
		for j := range 3 {
			c[4*j+i] = float32(a.m[3*i+j])
		}
	}
	c[12], c[13], c[14], c[15] = float32(a.t.X), float32(a.t.Y), float32(a.t.Z), 1
	return c
}

// ofMotion returns the map that takes coordinates about center, in the frame
// of a structure, to the scene.
func ofMotion(g geom.Rigid, center r3.Vec) affine {
	return affine{g.Matrix(), g.Apply(center)}
}

// ofVoxels returns the map from voxels of the texture of g to the scene. In a
// texture the centre of voxel (0, 0, 0) is at (0.5, 0.5, 0.5).
func ofVoxels(g *volume.Grid) affine {
	s := g.Step
	return affine{[9]float64{s.X, 0, 0, 0, s.Y, 0, 0, 0, s.Z}, r3.Sub(g.Origin, r3.Scale(0.5, s))}
}

// A view is a camera with a picture's size and the range of depths to be seen.
type view struct {
	camera             Camera
	w, h               int
	right, up, forward r3.Vec
	eye                r3.Vec
	toEye              affine      // from the scene to the frame of the eye
	near, far          float64     // of all that can be seen
	slabNear, slabFar  float64     // of what is seen
	radius             float64     // of a sphere around all that can be seen
	projection         [16]float32 // upside down, so that the first row read is the upper one
	fog                [3]float32  // see haze.glsl
	shiftX, shiftY     float64     // of the picture, in halves of its edges
	sample             int         // of a pixel
	phase              float64     // of the steps of rays, 0 to 1
}

// Haze: how much of the background is mixed into what is farthest, and where
// it begins, in radii of the scene before its middle.
const (
	haze      = 0.45
	hazeBegin = 0.5
)

// newView returns the view of everything in the boxes.
func newView(c Camera, w, h int, boxes []box) *view {
	v := &view{camera: c, w: w, h: h}
	v.right, v.up, v.forward, v.eye = c.axes()
	v.toEye.m = [9]float64{
		v.right.X, v.right.Y, v.right.Z,
		v.up.X, v.up.Y, v.up.Z,
		-v.forward.X, -v.forward.Y, -v.forward.Z,
	}
	v.toEye.t = r3.Scale(-1, v.toEye.linear(v.eye))
	all := emptyBox()
	for _, b := range boxes {
		all.box(b)
	}
	if all.lo.X > all.hi.X {
		all = box{c.Target, c.Target}
	}
	radius := r3.Norm(r3.Sub(all.hi, all.lo))/2 + 1
	middle := r3.Dot(r3.Sub(r3.Scale(0.5, r3.Add(all.lo, all.hi)), v.eye), v.forward)
	v.near, v.far = middle-radius, middle+radius
	if !c.Ortho {
		v.far = max(v.far, 1)
		v.near = max(v.near, v.far/2000, 0.05)
	}
	if c.Around > 0 {
		middle, radius = c.Distance, min(radius, c.Around)
	}
	v.radius = radius
	v.fog = [3]float32{float32(middle - hazeBegin*radius), float32(1 / ((1 + hazeBegin) * radius)), haze}
	near, far := c.slab()
	v.slabNear, v.slabFar = max(v.near, near), min(v.far, far)
	v.phase = 1
	v.project()
	return v
}

// at returns the view for sample k of n of each pixel.
func (v *view) at(k, n int) *view {
	s := *v
	x, y := offset(k, n)
	s.shiftX, s.shiftY = 2*x/float64(v.w), 2*y/float64(v.h)
	s.sample, s.phase = k, (float64(k)+0.5)/float64(n)
	s.project()
	return &s
}

// perPixel returns how many ångström a pixel has at depth z: x + y·z.
func (v *view) perPixel() (x, y float64) {
	if v.camera.Ortho {
		return v.camera.Height() / float64(v.h), 0
	}
	return 0, 2 * math.Tan(v.camera.FovY/2) / float64(v.h)
}

func (v *view) project() {
	n, f := v.near, v.far
	aspect := float64(v.w) / float64(v.h)
	p := &v.projection
	if v.camera.Ortho {
		height := v.camera.Height()
		p[0], p[5] = float32(2/(height*aspect)), float32(-2/height)
		p[10], p[14], p[15] = float32(-2/(f-n)), float32(-(f+n)/(f-n)), 1
		p[12], p[13] = float32(v.shiftX), float32(v.shiftY)
		return
	}
	k := 1 / math.Tan(v.camera.FovY/2)
	p[0], p[5] = float32(k/aspect), float32(-k)
	p[10], p[11], p[14] = float32(-(f+n)/(f-n)), -1, float32(-2*f*n/(f-n))
	p[8], p[9] = float32(-v.shiftX), float32(-v.shiftY)
}

// turn returns the rotation from the scene to the eye, column by column.
func (v *view) turn() [9]float32 {
	var c [9]float32
	for i := range 3 {
		for j := range 3 {
			c[3*j+i] = float32(v.toEye.m[3*i+j])
		}
	}
	return c
}

// depths returns the least depth of the corners of a box.
func (v *view) nearestOf(b box) float64 {
	nearest := math.Inf(1)
	for i := range 8 {
		p := b.lo
		if i&1 != 0 {
			p.X = b.hi.X
		}
		if i&2 != 0 {
			p.Y = b.hi.Y
		}
		if i&4 != 0 {
			p.Z = b.hi.Z
		}
		nearest = min(nearest, r3.Dot(r3.Sub(p, v.eye), v.forward))
	}
	return nearest
}

// A bundle is the rays of a picture in voxels of a map: see rays.glsl.
type bundle struct{ from, fromX, fromY, along, alongX, alongY r3.Vec }

func (v *view) rays(g *volume.Grid) bundle {
	voxels := func(d r3.Vec, k float64) r3.Vec {
		return r3.Vec{X: k * d.X / g.Step.X, Y: k * d.Y / g.Step.Y, Z: k * d.Z / g.Step.Z}
	}
	b := bundle{
		from:  r3.Add(g.Voxel(v.eye), r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}),
		along: voxels(v.forward, 1),
	}
	aspect := float64(v.w) / float64(v.h)
	if v.camera.Ortho {
		k := v.camera.Height() / 2
		b.fromX, b.fromY = voxels(v.right, k*aspect), voxels(v.up, -k)
		b.from = r3.Sub(b.from, r3.Add(r3.Scale(v.shiftX, b.fromX), r3.Scale(v.shiftY, b.fromY)))
	} else {
		k := math.Tan(v.camera.FovY / 2)
		b.alongX, b.alongY = voxels(v.right, k*aspect), voxels(v.up, -k)
		b.along = r3.Sub(b.along, r3.Add(r3.Scale(v.shiftX, b.alongX), r3.Scale(v.shiftY, b.alongY)))
	}
	return b
}
