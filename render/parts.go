// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"
	"unsafe"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
	"difffit/render/shape"
)

// A part is the primitives of one kind of a molecule in the graphics memory.
type part struct {
	array, buffer, indices uint32
	count                  int // spheres, rods, or indices of triangles
}

func (p *part) close(g *gl.API) {
	if p.count > 0 {
		g.DeleteBuffer(p.buffer)
		g.DeleteBuffer(p.indices)
		g.DeleteVertexArray(p.array)
	}
}

// draw draws the part with the program that is in use.
func (p *part) draw(g *gl.API, kind primitive) {
	g.BindVertexArray(p.array)
	switch kind {
	case sphere:
		g.DrawArraysInstanced(gl.TriangleStrip, 0, 4, int32(p.count))
	case rod: // the far sides: the near plane cuts nothing off them
		g.Enable(gl.Culling)
		g.CullFace(gl.Back) // the picture is upside down, which turns all faces round
		g.DrawArraysInstanced(gl.Triangles, 0, 36, int32(p.count))
		g.Disable(gl.Culling)
	case triangle:
		g.DrawElements(gl.Triangles, int32(p.count), gl.UnsignedInt)
	}
}

// sphereData is a sphere in the graphics memory.
type sphereData struct {
	center [3]float32 // about body.center
	radius float32
	color  [4]uint8
}

func bytes4(c color.NRGBA) [4]uint8 { return [4]uint8{c.R, c.G, c.B, 255} }

func floats(p, center r3.Vec) [3]float32 {
	p = r3.Sub(p, center)
	return [3]float32{float32(p.X), float32(p.Y), float32(p.Z)}
}

func (m *molecules) uploadSpheres(list []shape.Sphere, center r3.Vec) part {
	if len(list) == 0 {
		return part{}
	}
	data := make([]sphereData, len(list))
	for i, a := range list {
		data[i] = sphereData{floats(a.Center, center), float32(a.Radius), bytes4(a.Color)}
	}
	p := m.instances(m.square, 2, len(data))
	gl.BufferData(m.gl, gl.ArrayBuffer, data)
	const stride = int32(unsafe.Sizeof(sphereData{}))
	m.attribute(1, 4, gl.Float, stride, 0)
	m.attribute(2, 4, gl.UnsignedByte, stride, unsafe.Offsetof(sphereData{}.color))
	return p
}

// rodData is a rod in the graphics memory.
type rodData struct {
	from               [3]float32
	radius             float32
	to                 [3]float32
	colorFrom, colorTo [4]uint8
}

func (m *molecules) uploadRods(list []shape.Rod, center r3.Vec) part {
	if len(list) == 0 {
		return part{}
	}
	data := make([]rodData, len(list))
	for i, r := range list {
		data[i] = rodData{floats(r.From, center), float32(r.Radius), floats(r.To, center), bytes4(r.ColorFrom), bytes4(r.ColorTo)}
	}
	p := m.instances(m.cube, 3, len(data))
	gl.BufferData(m.gl, gl.ArrayBuffer, data)
	const stride = int32(unsafe.Sizeof(rodData{}))
	m.attribute(1, 4, gl.Float, stride, 0)
	m.attribute(2, 3, gl.Float, stride, unsafe.Offsetof(rodData{}.to))
	m.attribute(3, 4, gl.UnsignedByte, stride, unsafe.Offsetof(rodData{}.colorFrom))
	m.attribute(4, 4, gl.UnsignedByte, stride, unsafe.Offsetof(rodData{}.colorTo))
	return p
}

// instances makes a part of count copies of what a buffer has: corners of so
// many numbers. The buffer of the part is bound.
func (m *molecules) instances(corners uint32, numbers int32, count int) part {
	p := part{array: m.gl.NewVertexArray(), buffer: m.gl.NewBuffer(), count: count}
	m.gl.BindVertexArray(p.array)
	m.gl.BindBuffer(gl.ArrayBuffer, corners)
	m.gl.EnableVertexAttribArray(0)
	m.gl.VertexAttrib(0, numbers, gl.Float, false, 0, 0)
	m.gl.BindBuffer(gl.ArrayBuffer, p.buffer)
	return p
}

// attribute says how an attribute of each copy lies in the bound buffer.
func (m *molecules) attribute(index uint32, size int32, kind uint32, stride int32, offset uintptr) {
	m.gl.EnableVertexAttribArray(index)
	m.gl.VertexAttrib(index, size, kind, kind == gl.UnsignedByte, stride, offset)
	m.gl.VertexAttribDivisor(index, 1)
}

// vertexData is a vertex in the graphics memory.
type vertexData struct {
	position [3]float32
	normal   [4]int16
	color    [4]uint8
}

func (m *molecules) uploadMesh(mesh *shape.Mesh, center r3.Vec) part {
	if len(mesh.Triangles) == 0 {
		return part{}
	}
	short := func(x float64) int16 { return int16(math.Round(math.MaxInt16 * min(max(x, -1), 1))) }
	data := make([]vertexData, len(mesh.Vertices))
	for i, v := range mesh.Vertices {
		n := v.Normal
		data[i] = vertexData{floats(v.Position, center), [4]int16{short(n.X), short(n.Y), short(n.Z)}, bytes4(v.Color)}
	}
	g := m.gl
	p := part{array: g.NewVertexArray(), buffer: g.NewBuffer(), indices: g.NewBuffer(), count: len(mesh.Triangles)}
	g.BindVertexArray(p.array)
	g.BindBuffer(gl.ArrayBuffer, p.buffer)
	gl.BufferData(g, gl.ArrayBuffer, data)
	g.BindBuffer(gl.ElementArrayBuffer, p.indices)
	gl.BufferData(g, gl.ElementArrayBuffer, mesh.Triangles)
	const stride = int32(unsafe.Sizeof(vertexData{}))
	for i, a := range []struct {
		size   int32
		kind   uint32
		offset uintptr
	}{{3, gl.Float, 0}, {3, gl.Short, unsafe.Offsetof(vertexData{}.normal)}, {4, gl.UnsignedByte, unsafe.Offsetof(vertexData{}.color)}} {
		g.EnableVertexAttribArray(uint32(i))
		g.VertexAttrib(uint32(i), a.size, a.kind, a.kind != gl.Float, stride, a.offset)
	}
	return p
}
