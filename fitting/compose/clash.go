// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"gonum.org/v1/gonum/spatial/r3"
)

// Contact is the distance, in ångström, below which two atoms of different
// placements clash: bonded atoms are nearer than 2.1, hydrogen bonds and
// stacked rings are longer than 2.5.
const Contact = 2.5

// Clash returns how much two placed structures are in each other's way: the
// fraction of the atoms of one that are nearer than 2.5 Å to an atom of the
// other, the larger of the two fractions. It is symmetric, 0 for structures
// that keep apart, and 1 for a small one inside of a large one. Water and
// hydrogens do not count.
func Clash(a, b *mol.Structure) float64 {
	return clash(newBody(a, geom.Identity()), newBody(b, geom.Identity()))
}

// A body is a placed structure in a cell list.
type body struct {
	lo, hi r3.Vec // corners of the box that holds the atoms
	size   [3]int // cells
	edge   float64
	first  []int32  // where in atoms each cell begins, and the end
	atoms  []r3.Vec // by cell
}

// maxCells bounds the memory for structures with atoms far apart: their cells
// are larger.
const maxCells = 1 << 21

// newBody sorts the atoms of s, moved by g, into cells no smaller than Contact.
func newBody(s *mol.Structure, g geom.Rigid) *body {
	atoms, _ := s.Select(mol.AllAtoms)
	move := g.Mover()
	points := make([]r3.Vec, len(atoms))
	for i := range atoms {
		atoms[i].Pos = move(atoms[i].Pos)
		points[i] = atoms[i].Pos
	}
	b := &body{edge: Contact, size: [3]int{1, 1, 1}}
	if len(points) == 0 {
		b.first = make([]int32, 2)
		return b
	}
	b.lo, b.hi = mol.Bounds(atoms)
	for e := r3.Sub(b.hi, b.lo); ; b.edge *= 2 {
		x, y, z := math.Floor(e.X/b.edge)+1, math.Floor(e.Y/b.edge)+1, math.Floor(e.Z/b.edge)+1
		if x*y*z <= maxCells {
			b.size = [3]int{int(x), int(y), int(z)}
			break
		}
	}
	b.sort(points)
	return b
}

// sort is a counting sort of the points by cell.
func (b *body) sort(points []r3.Vec) {
	cell := make([]int, len(points))
	b.first = make([]int32, b.size[0]*b.size[1]*b.size[2]+1)
	for i, p := range points {
		c := b.cell(p)
		cell[i] = (c[2]*b.size[1]+c[1])*b.size[0] + c[0]
		b.first[cell[i]+1]++
	}
	for i := 1; i < len(b.first); i++ {
		b.first[i] += b.first[i-1]
	}
	next := append([]int32(nil), b.first...)
	b.atoms = make([]r3.Vec, len(points))
	for i, p := range points {
		b.atoms[next[cell[i]]] = p
		next[cell[i]]++
	}
}

// cell returns the cell of a point, which may be outside the box.
func (b *body) cell(p r3.Vec) [3]int {
	return [3]int{int(math.Floor((p.X - b.lo.X) / b.edge)), int(math.Floor((p.Y - b.lo.Y) / b.edge)), int(math.Floor((p.Z - b.lo.Z) / b.edge))}
}

// clash is Clash of bodies.
func clash(a, b *body) float64 {
	if a.isApart(b) {
		return 0
	}
	all := max(len(a.atoms), len(b.atoms))
	return math.Max(float64(a.near(b, all))/float64(len(b.atoms)), float64(b.near(a, all))/float64(len(a.atoms)))
}

// clashes tells whether the clash of two bodies is above a limit. It stops to
// count when that is clear.
func clashes(a, b *body, limit float64) bool {
	if a.isApart(b) {
		return false
	}
	over := func(a, b *body) bool {
		n := float64(len(b.atoms))
		return float64(a.near(b, int(limit*n)+1)) > limit*n
	}
	return over(a, b) || over(b, a)
}

// isApart tells whether the boxes of two bodies, or that one has no atoms, say
// that they cannot touch.
func (b *body) isApart(o *body) bool {
	return len(b.atoms) == 0 || len(o.atoms) == 0 ||
		b.lo.X > o.hi.X+Contact || b.lo.Y > o.hi.Y+Contact || b.lo.Z > o.hi.Z+Contact ||
		o.lo.X > b.hi.X+Contact || o.lo.Y > b.hi.Y+Contact || o.lo.Z > b.hi.Z+Contact
}

// near returns how many atoms of o are within Contact of an atom of b, counting
// no further than most.
func (b *body) near(o *body, most int) (n int) {
	for _, p := range o.atoms {
		if p.X > b.lo.X-Contact && p.Y > b.lo.Y-Contact && p.Z > b.lo.Z-Contact &&
			p.X < b.hi.X+Contact && p.Y < b.hi.Y+Contact && p.Z < b.hi.Z+Contact && b.touches(p) {
			if n++; n == most {
				break
			}
		}
	}
	return n
}

// touches tells whether an atom of b is within Contact of p.
func (b *body) touches(p r3.Vec) bool {
	c := b.cell(p)
	for z := max(0, c[2]-1); z <= min(b.size[2]-1, c[2]+1); z++ {
		for y := max(0, c[1]-1); y <= min(b.size[1]-1, c[1]+1); y++ {
			row := (z*b.size[1] + y) * b.size[0]
			lo, hi := max(0, c[0]-1), min(b.size[0]-1, c[0]+1)
			if lo > hi {
				continue
			}
			for _, q := range b.atoms[b.first[row+lo]:b.first[row+hi+1]] {
				if r3.Norm2(r3.Sub(p, q)) < Contact*Contact {
					return true
				}
			}
		}
	}
	return false
}
