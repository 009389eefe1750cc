// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
)

// An outliner draws lines around molecules, over all that is before them.
type outliner struct {
	gl      *gl.API
	program *program
	empty   uint32 // vertex array without anything
}

func newOutliner(g *gl.API) (*outliner, error) {
	p, err := newProgram(g, "screen", []string{"outline"})
	if err != nil {
		return nil, err
	}
	return &outliner{g, p, g.NewVertexArray()}, nil
}

func (o *outliner) close() {
	o.program.close()
	o.gl.DeleteVertexArray(o.empty)
}

// The width of outlines: that of the bright line in parts of the height of the
// picture, less from near, where sticks are thinner too, and in pixels at least;
// that of all of it in parts of that. What is surrounded by the molecule within a
// part of the height of the picture is a gap of it, and gets no line.
const (
	outlinePart  = 1. / 420
	outlineLeast = 1.5
	outlineWhole = 1.7
	outlineGap   = 0.06
)

// outlineColors returns the colours of an outline, and of what is around it, on
// a ground: a green that no structure has, or of what is marked a magenta, and what
// sets it off from the ground.
func outlineColors(ground color.NRGBA, marked bool) (core, edge [4]float32) {
	light := !IsDark(ground)
	switch {
	case marked && light:
		return [4]float32{0.9, 0, 0.75, 1}, [4]float32{0.85, 0.85, 0.85, 0.85}
	case marked:
		return [4]float32{1, 0.3, 0.9, 1}, [4]float32{0, 0, 0, 0.8}
	case light:
		return [4]float32{0.25, 0.9, 0, 1}, [4]float32{0, 0.12 * 0.85, 0, 0.85}
	}
	return [4]float32{0.5, 1, 0.2, 1}, [4]float32{0, 0, 0, 0.8}
}

// outlines draws the lines around the molecules of a scene that are to have them,
// and over those the lines around what is marked.
func (r *Renderer) outlines(s *Scene, p parts, f pass) error {
	if err := r.outline(s, p, f, false); err != nil {
		return err
	}
	return r.outline(s, p, f, true)
}

// outline draws one kind of these lines: where they are is drawn into a mask,
// without regard to what is before.
func (r *Renderer) outline(s *Scene, p parts, f pass, marked bool) error {
	all := emptyBox2()
	for i, b := range p.bodies {
		if m := &s.Molecules[i]; b == nil || m.Marked != marked || !m.Marked && !m.Outlined {
			continue
		}
		if all.isEmpty() {
			r.begin()
			r.gl.Disable(gl.DepthTest)
			f.target.useMask()
		}
		if err := r.molecules.draw(b, &s.Molecules[i], f, false, p.zones[i]); err != nil {
			return err
		}
		for _, x := range b.boxes(s.Molecules[i].Motions) {
			if zone := p.zones[i]; marked && zone != nil {
				x = zone.box
			}
			f.view.cover(x, &all)
		}
	}
	if all.isEmpty() {
		return nil
	}
	core := max(outlinePart*float64(f.target.h)*max(f.view.camera.thin(), 0.6), outlineLeast)
	bright, edge := outlineColors(s.Background, marked)
	r.outliner.draw(f, bright, edge, all.grow(outlineWhole*core+1), core)
	return nil
}

// draw draws the line around what is in the mask, in a part of the picture.
func (o *outliner) draw(f pass, bright, edge [4]float32, part box2, core float64) {
	g := o.gl
	f.target.useShown(f.direct)
	g.Disable(gl.DepthTest)
	g.Enable(gl.Blend)
	g.BlendFunc(gl.One, gl.OneMinusSrcAlpha)
	g.Enable(gl.ScissorTest)
	x, y := max(int(part.x0), 0), max(int(part.y0), 0)
	g.Scissor(int32(x), int32(y), int32(max(min(int(part.x1)+1, f.target.w)-x, 0)), int32(max(min(int(part.y1)+1, f.target.h)-y, 0)))
	p := o.program
	p.use()
	p.textures(texture{"mask", gl.Texture2D, f.target.mask})
	p.vec("width", r3.Vec{X: outlineWhole * core, Y: core, Z: outlineGap * float64(f.target.h)})
	p.vec4("core", bright)
	p.vec4("edge", edge)
	g.Uniform2i(p.place("corner"), int32(f.target.w-1), int32(f.target.h-1))
	g.BindVertexArray(o.empty)
	g.DrawArrays(gl.Triangles, 0, 3)
	g.Disable(gl.ScissorTest)
	g.Disable(gl.Blend)
}

// A box2 is a part of a picture, in pixels as the device has them.
type box2 struct{ x0, y0, x1, y1 float64 }

func emptyBox2() box2 {
	return box2{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (b box2) isEmpty() bool { return b.x0 > b.x1 }

func (b box2) grow(by float64) box2 { return box2{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by} }

// cover makes b cover the place of a box in the picture, at most all of that.
func (v *view) cover(x box, b *box2) {
	for i := range 8 {
		p := x.lo
		if i&1 != 0 {
			p.X = x.hi.X
		}
		if i&2 != 0 {
			p.Y = x.hi.Y
		}
		if i&4 != 0 {
			p.Z = x.hi.Z
		}
		w, h := float64(v.w), float64(v.h)
		px, py, depth := v.camera.Project(p, w, h)
		if depth <= v.near && !v.camera.Ortho { // beside or behind the eye
			*b = box2{0, 0, w, h}
			return
		}
		px, py = min(max(px, 0), w), min(max(py, 0), h)
		*b = box2{min(b.x0, px), min(b.y0, py), max(b.x1, px), max(b.y1, py)}
	}
}
