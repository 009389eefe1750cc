// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render/internal/gl"
	"difffit/render/shape"
)

// A body is a molecule in the graphics memory, in its own frame.
type body struct {
	parts  [3]part // by primitive
	center r3.Vec  // coordinates in the memory are small about it
	bounds box
	used   int // when it was last drawn
}

// A primitive is what the device draws.
type primitive int

const (
	sphere primitive = iota
	rod
	triangle
)

// A manner is what programs for molecules differ in.
type manner struct {
	kind        primitive
	ghost, zone bool
}

// shaders has the names of the shaders for primitives.
var shaders = [3]string{"sphere", "cylinder", "mesh"}

// A molecules draws molecules.
type molecules struct {
	gl       *gl.API
	programs map[manner]*program
	square   uint32 // corners of a square
	cube     uint32 // corners of a box
	loaded   map[looks]*body
	chains   map[*mol.Structure]int // how many there are
}

func newMolecules(g *gl.API) (*molecules, error) {
	m := &molecules{
		gl: g, programs: map[manner]*program{}, square: g.NewBuffer(), cube: g.NewBuffer(),
		loaded: map[looks]*body{}, chains: map[*mol.Structure]int{},
	}
	for kind := range primitive(len(shaders)) {
		if _, err := m.program(manner{kind: kind}); err != nil {
			return nil, err
		}
	}
	g.BindBuffer(gl.ArrayBuffer, m.square)
	gl.BufferData(g, gl.ArrayBuffer, []float32{-1, -1, 1, -1, -1, 1, 1, 1})
	g.BindBuffer(gl.ArrayBuffer, m.cube)
	gl.BufferData(g, gl.ArrayBuffer, box36())
	return m, nil
}

// program returns the program of a manner, compiled when it is first used.
func (m *molecules) program(x manner) (*program, error) {
	if p, ok := m.programs[x]; ok {
		return p, nil
	}
	var defines []string
	if x.ghost {
		defines = append(defines, "GHOST")
	}
	if x.zone {
		defines = append(defines, "ZONE")
	}
	name := shaders[x.kind]
	p, err := newPair(m.gl, []string{"zone", name}, []string{"light", "haze", name}, defines...)
	if err == nil {
		m.programs[x] = p
	}
	return p, err
}

// box36 returns the triangles of a box from −1 to 1 in x and y and 0 to 1 in
// z, counter-clockwise when seen from outside.
func box36() []float32 {
	var list []float32
	for axis := range 3 {
		for _, side := range [2]float32{-1, 1} {
			corner := func(u, v float32) {
				p := [3]float32{}
				p[axis], p[(axis+1)%3], p[(axis+2)%3] = side, u*side, v
				list = append(list, p[0], p[1], (p[2]+1)/2)
			}
			for _, c := range [6][2]float32{{-1, -1}, {1, -1}, {1, 1}, {-1, -1}, {1, 1}, {-1, 1}} {
				corner(c[0], c[1])
			}
		}
	}
	return list
}

func (m *molecules) close() {
	for k := range m.loaded {
		m.unload(k)
	}
	m.gl.DeleteBuffer(m.square)
	m.gl.DeleteBuffer(m.cube)
	for _, p := range m.programs {
		p.close()
	}
}

func (m *molecules) unload(k looks) {
	for _, p := range m.loaded[k].parts {
		p.close(m.gl)
	}
	delete(m.loaded, k)
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

// load returns a molecule, from the graphics memory if it is there. It returns
// nil without a structure.
func (m *molecules) load(k looks, now int) *body {
	if k.structure == nil {
		return nil
	}
	b, ok := m.loaded[k]
	if !ok {
		b = m.upload(k.shape())
		m.loaded[k] = b
	}
	b.used = now
	return b
}

func (m *molecules) upload(s *shape.Shape) *body {
	b := &body{bounds: shapeBox(s)}
	if !b.bounds.isEmpty() {
		b.center = r3.Scale(0.5, r3.Add(b.bounds.lo, b.bounds.hi))
	}
	b.parts = [3]part{m.uploadSpheres(s.Spheres, b.center), m.uploadRods(s.Rods, b.center), m.uploadMesh(&s.Mesh, b.center)}
	return b
}

// shapeBox returns a box around a shape.
func shapeBox(s *shape.Shape) box {
	b := emptyBox()
	ball := func(p r3.Vec, radius float64) {
		r := r3.Vec{X: radius, Y: radius, Z: radius}
		b.box(box{r3.Sub(p, r), r3.Add(p, r)})
	}
	for _, a := range s.Spheres {
		ball(a.Center, a.Radius)
	}
	for _, r := range s.Rods {
		ball(r.From, r.Radius)
		ball(r.To, r.Radius)
	}
	for _, v := range s.Mesh.Vertices {
		b.add(v.Position)
	}
	return b
}

// boxes returns the boxes of all copies in the scene.
func (b *body) boxes(motions []geom.Rigid) []box {
	if b.bounds.isEmpty() {
		return nil
	}
	boxes := make([]box, len(motions))
	for i, g := range motions {
		boxes[i] = emptyBox()
		boxes[i].moved(b.bounds.lo, b.bounds.hi, g)
	}
	return boxes
}

// draw draws copies of a molecule, with depth. A ghost is drawn where nothing
// solid is before it. Of zone, if it is not nil, what is near is drawn.
func (m *molecules) draw(b *body, mo *Molecule, f pass, ghost bool, zone *nearby) error {
	for i := range b.parts {
		if b.parts[i].count == 0 {
			continue
		}
		p, err := m.program(manner{primitive(i), ghost, zone != nil})
		if err != nil {
			return err
		}
		p.use()
		var list []texture
		if ghost {
			list = append(list, texture{"solidDepths", gl.Texture2DArray, f.target.linear})
		}
		if zone != nil {
			list = append(list, texture{"zone", gl.Texture3D, zone.texture})
			p.float("zoneRadius", zone.radius)
		}
		p.textures(list...)
		p.matrix("projection", f.view.projection)
		p.flag("parallel", f.view.camera.Ortho)
		p.vec2("slab", f.view.slabNear, f.view.slabFar)
		p.float("alpha", opacity(mo))
		p.vec2("thin", shape.StickRadius, f.view.camera.thin())
		p.light(f)
		p.haze(f, f.direct)
		for _, g := range mo.Motions {
			motion := ofMotion(g, b.center)
			p.matrix("view", f.view.toEye.after(motion).columns())
			at := r3.Sub(g.Inverse().Apply(f.view.camera.Target), b.center)
			p.vec4("ball", [4]float32{float32(at.X), float32(at.Y), float32(at.Z), float32(f.view.camera.Around)})
			if zone != nil {
				p.matrix("toZone", zone.coordinates().after(motion).columns())
			}
			b.parts[i].draw(m.gl, primitive(i))
		}
	}
	return nil
}

// opacity returns the alpha of a molecule: 1 if it is solid.
func opacity(m *Molecule) float64 { return 1 - min(max(m.Transparency, 0), 1) }

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
