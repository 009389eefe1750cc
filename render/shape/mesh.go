// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// A Vertex is a corner of triangles.
type Vertex struct {
	Position r3.Vec // ångström
	Normal   r3.Vec // unit vector, outwards
	Color    color.NRGBA
	Atom     int // index in Structure.Atoms of the atom that it stands for
}

// A Mesh is closed surfaces of triangles: three indices each, counter-clockwise
// when seen from outside.
type Mesh struct {
	Vertices  []Vertex
	Triangles []uint32
}

// Detail says how fine meshes are.
type Detail uint8

// Details.
const (
	Fine  Detail = iota
	Rough        // for while things move
)

// steps returns the parts of a residue along and those of half a ring.
func (d Detail) steps() (along, cap int) {
	if d == Rough {
		return 3, 3
	}
	return 8, 7
}

// A section is a cross-section of a ribbon: a rectangle with round ends.
type section struct {
	center               r3.Vec
	tangent, wide, thick r3.Vec  // unit vectors at right angles
	w, t                 float64 // half width with the round ends and half thickness, ångström; w ≥ t
	color                color.NRGBA
	atom                 int
}

// ring adds the vertices of a section and returns the first of them; flat, if
// not zero, is the normal of all of them.
func (m *Mesh) ring(s section, cap int, flat r3.Vec) uint32 {
	first := uint32(len(m.Vertices))
	reach := max(s.w-s.t, 0)
	for k := range 2 * cap {
		side, i := 1.0, k
		if k >= cap {
			side, i = -1, k-cap
		}
		angle := math.Pi * (float64(i)/float64(cap-1) - 0.5)
		c, z := side*math.Cos(angle), side*math.Sin(angle)
		normal := r3.Add(r3.Scale(c, s.wide), r3.Scale(z, s.thick))
		p := r3.Add(s.center, r3.Add(r3.Scale(side*reach, s.wide), r3.Scale(s.t, normal)))
		if flat != (r3.Vec{}) {
			normal = flat
		}
		m.Vertices = append(m.Vertices, Vertex{p, normal, s.color, s.atom})
	}
	return first
}

// join adds the triangles between two rings of n vertices.
func (m *Mesh) join(a, b, n uint32) {
	for i := range n {
		j := (i + 1) % n
		m.Triangles = append(m.Triangles, a+i, a+j, b+j, a+i, b+j, b+i)
	}
}

// lid closes a ring of n vertices; the first ring of a ribbon is turned round.
func (m *Mesh) lid(a, n uint32, begin bool) {
	for i := uint32(1); i+1 < n; i++ {
		if begin {
			m.Triangles = append(m.Triangles, a, a+i+1, a+i)
		} else {
			m.Triangles = append(m.Triangles, a, a+i, a+i+1)
		}
	}
}

// sweep adds a closed ribbon through sections. Where two neighbours are at the
// same place, the step between them is flat.
func (m *Mesh) sweep(list []section, cap int) {
	n := uint32(2 * cap)
	first, last := list[0], list[len(list)-1]
	m.lid(m.ring(first, cap, r3.Scale(-1, first.tangent)), n, true)
	before := m.ring(first, cap, r3.Vec{})
	for i := 1; i < len(list); i++ {
		s := list[i]
		if s.center == list[i-1].center {
			back := r3.Scale(-1, s.tangent)
			m.join(m.ring(list[i-1], cap, back), m.ring(s, cap, back), n)
			before = m.ring(s, cap, r3.Vec{})
			continue
		}
		next := m.ring(s, cap, r3.Vec{})
		m.join(before, next, n)
		before = next
	}
	m.lid(m.ring(last, cap, last.tangent), n, false)
}
