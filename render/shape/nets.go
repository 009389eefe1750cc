// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// mesh returns the surface where the numbers of a lattice are zero, positive
// inside, by surface nets (S. F. F. Gibson, MICCAI 1998): a vertex in each
// cell that the surface crosses, in the middle of where it crosses the edges,
// and a quadrangle across each edge that it crosses.
func (l *lattice) mesh(s *mol.Structure, colors []color.NRGBA) Mesh {
	var m Mesh
	cells := make([]int32, len(l.value)) // vertices by the cell's first corner, −1 for none
	for i := range cells {
		cells[i] = -1
	}
	for z := range l.size[2] - 1 {
		for y := range l.size[1] - 1 {
			for x := range l.size[0] - 1 {
				if p, ok := l.crossing(x, y, z); ok {
					cells[l.index(x, y, z)] = int32(len(m.Vertices))
					m.Vertices = append(m.Vertices, l.vertex(p, s, colors))
				}
			}
		}
	}
	strides := [3]int{1, l.size[0], l.size[0] * l.size[1]}
	for z := 1; z+1 < l.size[2]; z++ {
		for y := 1; y+1 < l.size[1]; y++ {
			for x := 1; x+1 < l.size[0]; x++ {
				i := l.index(x, y, z)
				for axis, along := range strides {
					in, next := l.value[i] > 0, l.value[i+along] > 0
					if in == next {
						continue
					}
					u, v := strides[(axis+1)%3], strides[(axis+2)%3]
					a, b, c, d := cells[i], cells[i-u], cells[i-u-v], cells[i-v]
					if !in {
						b, d = d, b
					}
					m.Triangles = append(m.Triangles, uint32(a), uint32(b), uint32(c), uint32(a), uint32(c), uint32(d))
				}
			}
		}
	}
	return m
}

// crossing returns the middle of the places where the surface crosses the
// edges of a cell, in steps of the lattice; not ok if it crosses none.
func (l *lattice) crossing(x, y, z int) (r3.Vec, bool) {
	var at [8]float32
	inside := 0
	for k := range at {
		at[k] = l.value[l.index(x+k&1, y+k>>1&1, z+k>>2)]
		if at[k] > 0 {
			inside++
		}
	}
	if inside == 0 || inside == 8 {
		return r3.Vec{}, false
	}
	var sum r3.Vec
	n := 0.0
	for k := range at {
		for axis := range 3 {
			j := k | 1<<axis
			if j == k || (at[k] > 0) == (at[j] > 0) {
				continue
			}
			p := [3]float64{float64(k & 1), float64(k >> 1 & 1), float64(k >> 2)}
			p[axis] = float64(at[k] / (at[k] - at[j]))
			sum = r3.Add(sum, r3.Vec{X: p[0], Y: p[1], Z: p[2]})
			n++
		}
	}
	return r3.Add(r3.Vec{X: float64(x), Y: float64(y), Z: float64(z)}, r3.Scale(1/n, sum)), true
}

// vertex returns the vertex at a place, in steps of the lattice, with the
// normal against the gradient and the colour of the nearest atom.
func (l *lattice) vertex(p r3.Vec, s *mol.Structure, colors []color.NRGBA) Vertex {
	const h = 0.5
	slope := r3.Vec{
		X: l.at(p.X+h, p.Y, p.Z) - l.at(p.X-h, p.Y, p.Z),
		Y: l.at(p.X, p.Y+h, p.Z) - l.at(p.X, p.Y-h, p.Z),
		Z: l.at(p.X, p.Y, p.Z+h) - l.at(p.X, p.Y, p.Z-h),
	}
	v := Vertex{Normal: r3.Vec{Z: 1}}
	if n := r3.Norm(slope); n > 0 {
		v.Normal = r3.Scale(-1/n, slope)
		// The middle of chords lies below a curved surface: up to it.
		p = r3.Add(p, r3.Scale(min(max(l.at(p.X, p.Y, p.Z)/n, -h), h), v.Normal))
	}
	v.Position = r3.Add(l.origin, r3.Scale(l.step, p))
	v.Atom = l.nearest(p, v.Position, s)
	v.Color = colors[v.Atom]
	return v
}

// at returns the number at a place, interpolated.
func (l *lattice) at(x, y, z float64) float64 {
	i, j, k := int(x), int(y), int(z)
	i, j, k = min(max(i, 0), l.size[0]-2), min(max(j, 0), l.size[1]-2), min(max(k, 0), l.size[2]-2)
	x, y, z = x-float64(i), y-float64(j), z-float64(k)
	row := func(j, k int) float64 {
		n := l.index(i, j, k)
		return float64(l.value[n]) + x*float64(l.value[n+1]-l.value[n])
	}
	plane := func(k int) float64 { return row(j, k) + y*(row(j+1, k)-row(j, k)) }
	return plane(k) + z*(plane(k+1)-plane(k))
}

// nearest returns the atom whose van der Waals sphere is nearest to a place:
// of those that are nearest to the corners of its cell.
func (l *lattice) nearest(p, at r3.Vec, s *mol.Structure) int {
	x, y, z := int(p.X), int(p.Y), int(p.Z)
	best, least := 0, 1e9
	for k := range 8 {
		a := l.atom[l.index(x+k&1, y+k>>1&1, z+k>>2)]
		if a < 0 {
			continue
		}
		if d := r3.Norm(r3.Sub(at, s.Atoms[a].Pos)) - Radius(s.Atoms[a].Element); d < least {
			best, least = int(a), d
		}
	}
	return best
}
