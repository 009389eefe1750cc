// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// Bounds returns the corners, in ångström, of a box around everything visible
// in a scene: for maps around what is above the contour level, or the whole
// map if nothing is. Molecules that are Aside count only if there is nothing
// else. It returns false if nothing is visible.
func Bounds(s *Scene) (lo, hi r3.Vec, ok bool) {
	b, aside := emptyBox(), emptyBox()
	for _, v := range s.Volumes {
		if v.Visible && v.Grid != nil {
			if near := v.Zone.part(above(v.Grid, v.Level)); !near.isEmpty() {
				b.box(near)
			}
		}
	}
	for _, m := range s.Molecules {
		if m.Visible && m.Structure != nil {
			all := emptyBox()
			for _, g := range m.Motions {
				all.atoms(m.Structure.Atoms, g)
			}
			if near := m.Zone.part(all); near.isEmpty() {
				continue
			} else if m.Aside {
				aside.box(near)
			} else {
				b.box(near)
			}
		}
	}
	if b.isEmpty() {
		b = aside
	}
	return b.lo, b.hi, b.lo.X <= b.hi.X
}

// part returns the part of a box that is in the box around a zone; all of it
// without a zone.
func (z *Zone) part(b box) box {
	if z == nil {
		return b
	}
	all := emptyBox()
	for _, p := range z.Places {
		all.add(p)
	}
	r := r3.Vec{X: z.Radius, Y: z.Radius, Z: z.Radius}
	return b.within(box{r3.Sub(all.lo, r), r3.Add(all.hi, r)})
}

// atomSize is more than the radius of most atoms.
var atomSize = r3.Vec{X: 2, Y: 2, Z: 2}

type box struct{ lo, hi r3.Vec }

func emptyBox() box {
	inf := r3.Vec{X: math.Inf(1), Y: math.Inf(1), Z: math.Inf(1)}
	return box{inf, r3.Scale(-1, inf)}
}

func (b box) isEmpty() bool { return b.lo.X > b.hi.X || b.lo.Y > b.hi.Y || b.lo.Z > b.hi.Z }

// within returns what b and c have in common.
func (b box) within(c box) box {
	return box{
		r3.Vec{X: max(b.lo.X, c.lo.X), Y: max(b.lo.Y, c.lo.Y), Z: max(b.lo.Z, c.lo.Z)},
		r3.Vec{X: min(b.hi.X, c.hi.X), Y: min(b.hi.Y, c.hi.Y), Z: min(b.hi.Z, c.hi.Z)},
	}
}

func (b *box) add(p r3.Vec) {
	b.lo = r3.Vec{X: min(b.lo.X, p.X), Y: min(b.lo.Y, p.Y), Z: min(b.lo.Z, p.Z)}
	b.hi = r3.Vec{X: max(b.hi.X, p.X), Y: max(b.hi.Y, p.Y), Z: max(b.hi.Z, p.Z)}
}

func (b *box) box(c box) {
	b.add(c.lo)
	b.add(c.hi)
}

// atoms adds atoms after a motion. Of large structures it looks at some only.
func (b *box) atoms(atoms []mol.Atom, g geom.Rigid) {
	const enough = 1 << 13
	move := g.Mover()
	for i := 0; i < len(atoms); i += 1 + len(atoms)/enough {
		p := move(atoms[i].Pos)
		b.add(r3.Sub(p, atomSize))
		b.add(r3.Add(p, atomSize))
	}
}

// moved adds the corners of a box after a motion.
func (b *box) moved(lo, hi r3.Vec, g geom.Rigid) {
	move := g.Mover()
	for i := range 8 {
		p := lo
		if i&1 != 0 {
			p.X = hi.X
		}
		if i&2 != 0 {
			p.Y = hi.Y
		}
		if i&4 != 0 {
			p.Z = hi.Z
		}
		b.add(move(p))
	}
}

// gridBox returns the box between the centres of the outermost voxels.
func gridBox(g *volume.Grid) box {
	last := r3.Vec{X: float64(g.Size[0] - 1), Y: float64(g.Size[1] - 1), Z: float64(g.Size[2] - 1)}
	return box{g.Point(r3.Vec{}), g.Point(last)}
}

// above returns a box around the voxels at or above level. In large maps it
// looks at some voxels only and widens the box by what it may have missed.
func above(g *volume.Grid, level float32) box {
	const enough = 1 << 20 // voxels that are looked at
	stride := 1
	for len(g.Data)/(stride*stride*stride) > enough {
		stride++
	}
	lo, hi := g.Size, [3]int{-1, -1, -1}
	for z := 0; z < g.Size[2]; z += stride {
		for y := 0; y < g.Size[1]; y += stride {
			row := g.Data[g.Index(0, y, z):][:g.Size[0]]
			for x := 0; x < len(row); x += stride {
				if row[x] >= level {
					p := [3]int{x, y, z}
					for i := range p {
						lo[i], hi[i] = min(lo[i], p[i]), max(hi[i], p[i])
					}
				}
			}
		}
	}
	all := gridBox(g)
	if hi[0] < 0 {
		return all
	}
	corner := func(p [3]int, by int) r3.Vec {
		return g.Point(r3.Vec{X: float64(p[0] + by), Y: float64(p[1] + by), Z: float64(p[2] + by)})
	}
	b := box{corner(lo, -stride), corner(hi, stride)}
	b.lo = r3.Vec{X: max(b.lo.X, all.lo.X), Y: max(b.lo.Y, all.lo.Y), Z: max(b.lo.Z, all.lo.Z)}
	b.hi = r3.Vec{X: min(b.hi.X, all.hi.X), Y: min(b.hi.Y, all.hi.Y), Z: min(b.hi.Z, all.hi.Z)}
	return b
}
