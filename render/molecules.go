// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"unsafe"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render/internal/gl"
	"difffit/render/shape"
)

// A looks is what the spheres in the graphics memory depend on. Motions are
// not part of it: moving a molecule uploads nothing.
type looks struct {
	structure *mol.Structure
	style     Style
	paint     shape.Paint
}

// looksOf returns the looks of the molecules of a scene. Chains of different
// structures get different colours.
func (m *molecules) looksOf(list []Molecule) []looks {
	all := make([]looks, len(list))
	first := map[*mol.Structure]int{}
	next := 0
	for i, mo := range list {
		if mo.Structure == nil {
			continue
		}
		if _, seen := first[mo.Structure]; !seen {
			first[mo.Structure] = next
			next += m.chainsOf(mo.Structure)
		}
		paint := shape.Paint{Colors: colorsOf(mo.Coloring)}
		switch mo.Coloring {
		case ByChain:
			paint.First = first[mo.Structure]
		case Uniform:
			paint.One = mo.Color
		}
		all[i] = looks{mo.Structure, mo.Style, paint}
	}
	return all
}

// chainsOf returns how many chains a structure has, counted once.
func (m *molecules) chainsOf(s *mol.Structure) int {
	n, ok := m.chains[s]
	if !ok {
		if len(m.chains) > 8*kept {
			clear(m.chains) // do not hold what nobody else does
		}
		n = len(s.Chains())
		m.chains[s] = n
	}
	return n
}

// An instance is a sphere in the graphics memory.
type instance struct {
	center [3]float32 // about spheres.center
	radius float32
	color  [4]uint8
}

// spheres are the atoms of a structure in the graphics memory.
type spheres struct {
	array, buffer uint32
	count         int
	center        r3.Vec // in the frame of the structure; coordinates are small about it
	bounds        box    // in the frame of the structure, with radii
	used          int    // when it was last drawn
}

// A molecules draws molecules.
type molecules struct {
	gl      *gl.API
	program *program
	square  uint32
	loaded  map[looks]*spheres
	chains  map[*mol.Structure]int // how many there are
}

func newMolecules(g *gl.API) (*molecules, error) {
	p, err := newProgram(g, "sphere", "sphere")
	if err != nil {
		return nil, err
	}
	m := &molecules{gl: g, program: p, square: g.NewBuffer(), loaded: map[looks]*spheres{}, chains: map[*mol.Structure]int{}}
	g.BindBuffer(gl.ArrayBuffer, m.square)
	gl.BufferData(g, gl.ArrayBuffer, []float32{-1, -1, 1, -1, -1, 1, 1, 1})
	return m, nil
}

func (m *molecules) close() {
	for k := range m.loaded {
		m.unload(k)
	}
	m.gl.DeleteBuffer(m.square)
	m.program.close()
}

func (m *molecules) unload(k looks) {
	s := m.loaded[k]
	m.gl.DeleteBuffer(s.buffer)
	m.gl.DeleteVertexArray(s.array)
	delete(m.loaded, k)
}

// load returns the spheres of a molecule, from the graphics memory if they are
// there. It returns nil without a structure.
func (m *molecules) load(k looks, now int) *spheres {
	if k.structure == nil {
		return nil
	}
	s, ok := m.loaded[k]
	if !ok {
		s = m.upload(shape.Spheres(k.structure, sizeOf(k.style), k.paint))
		m.loaded[k] = s
	}
	s.used = now
	return s
}

func (m *molecules) upload(list []shape.Sphere) *spheres {
	s := &spheres{count: len(list), bounds: emptyBox(), array: m.gl.NewVertexArray(), buffer: m.gl.NewBuffer()}
	for _, a := range list {
		r := r3.Vec{X: a.Radius, Y: a.Radius, Z: a.Radius}
		s.bounds.box(box{r3.Sub(a.Center, r), r3.Add(a.Center, r)})
	}
	if s.count > 0 {
		s.center = r3.Scale(0.5, r3.Add(s.bounds.lo, s.bounds.hi))
	}
	data := make([]instance, len(list))
	for i, a := range list {
		p := r3.Sub(a.Center, s.center)
		data[i] = instance{
			[3]float32{float32(p.X), float32(p.Y), float32(p.Z)},
			float32(a.Radius),
			[4]uint8{a.Color.R, a.Color.G, a.Color.B, 255},
		}
	}
	g := m.gl
	const stride = int32(unsafe.Sizeof(instance{}))
	g.BindVertexArray(s.array)
	g.BindBuffer(gl.ArrayBuffer, m.square)
	g.EnableVertexAttribArray(0)
	g.VertexAttrib(0, 2, gl.Float, false, 0, 0)
	g.BindBuffer(gl.ArrayBuffer, s.buffer)
	gl.BufferData(g, gl.ArrayBuffer, data)
	g.EnableVertexAttribArray(1)
	g.VertexAttrib(1, 4, gl.Float, false, stride, 0)
	g.VertexAttribDivisor(1, 1)
	g.EnableVertexAttribArray(2)
	g.VertexAttrib(2, 4, gl.UnsignedByte, true, stride, unsafe.Offsetof(instance{}.color))
	g.VertexAttribDivisor(2, 1)
	return s
}

// boxes returns the boxes of all copies in the scene.
func (s *spheres) boxes(motions []geom.Rigid) []box {
	if s.count == 0 {
		return nil
	}
	boxes := make([]box, len(motions))
	for i, g := range motions {
		boxes[i] = emptyBox()
		boxes[i].moved(s.bounds.lo, s.bounds.hi, g)
	}
	return boxes
}

// draw draws copies of a molecule, with depth.
func (m *molecules) draw(s *spheres, motions []geom.Rigid, v *view, background [3]float32) {
	if s.count == 0 {
		return
	}
	p := m.program
	p.use()
	p.matrix("projection", v.projection)
	p.flag("parallel", v.camera.Ortho)
	p.light(v, background)
	m.gl.BindVertexArray(s.array)
	for _, g := range motions {
		p.matrix("view", v.toEye.after(ofMotion(g, s.center)).columns())
		m.gl.DrawArraysInstanced(gl.TriangleStrip, 0, 4, int32(s.count))
	}
}

// kept is how many structures stay in the graphics memory beyond those that
// are seen, so that going back and forth between fits uploads nothing.
const kept = 32

// tidy forgets what was not seen for longest.
func (m *molecules) tidy(now int) {
	for len(m.loaded) > kept {
		var oldest looks
		age := 0
		for k, s := range m.loaded {
			if now-s.used > age {
				oldest, age = k, now-s.used
			}
		}
		if age == 0 {
			return // all of them are seen
		}
		m.unload(oldest)
	}
}
