// SPDX-License-Identifier: BSD-3-Clause

package surface

import (
	"math"

	"difffit/fitting/volume"
)

// Bricks has the range of densities in cubes of Edge³ voxels. The range covers
// what trilinear interpolation can give anywhere in the brick, which reaches
// half a voxel beyond its voxels' centres: one voxel around it is looked at too.
type Bricks struct {
	Edge     int    // voxels
	Size     [3]int // bricks along x, y, z
	Min, Max []uint16
}

// NewBricks returns the bricks of a map on a scale.
func NewBricks(g *volume.Grid, s Scale, edge int) *Bricks {
	b := &Bricks{Edge: edge}
	for i, n := range g.Size {
		b.Size[i] = (n + edge - 1) / edge
	}
	n := b.Size[0] * b.Size[1] * b.Size[2]
	b.Min, b.Max = make([]uint16, n), make([]uint16, n)
	split(b.Size[2], func(from, to int) {
		w := newWalker(g, s, b)
		for z := from; z < to; z++ {
			w.layer(z)
		}
	})
	return b
}

// A walker finds the ranges of a layer of bricks axis by axis.
type walker struct {
	g        *volume.Grid
	s        Scale
	b        *Bricks
	row      []uint16
	min, max []uint16 // a layer of bricks in x, of voxels in y
}

func newWalker(g *volume.Grid, s Scale, b *Bricks) *walker {
	n := b.Size[0] * g.Size[1]
	return &walker{g, s, b, make([]uint16, g.Size[0]), make([]uint16, n), make([]uint16, n)}
}

// layer finds the ranges of the bricks at bz.
func (w *walker) layer(bz int) {
	for i := range w.min {
		w.min[i], w.max[i] = math.MaxUint16, 0
	}
	nx, ny, bx := w.g.Size[0], w.g.Size[1], w.b.Size[0]
	from, to := span(bz, w.b.Edge, w.g.Size[2])
	for z := from; z < to; z++ {
		for y := range ny {
			w.s.Quantize(w.row, w.g.Data[w.g.Index(0, y, z):][:nx])
			for x := range bx {
				i := y*bx + x
				a, e := span(x, w.b.Edge, nx)
				lo, hi := w.min[i], w.max[i]
				for _, v := range w.row[a:e] {
					lo, hi = min(lo, v), max(hi, v)
				}
				w.min[i], w.max[i] = lo, hi
			}
		}
	}
	for y := range w.b.Size[1] {
		a, e := span(y, w.b.Edge, ny)
		for x := range bx {
			lo, hi := uint16(math.MaxUint16), uint16(0)
			for k := a; k < e; k++ {
				lo, hi = min(lo, w.min[k*bx+x]), max(hi, w.max[k*bx+x])
			}
			i := (bz*w.b.Size[1]+y)*bx + x
			w.b.Min[i], w.b.Max[i] = lo, hi
		}
	}
}

// span returns the voxels of brick i along an axis, with one on each side.
func span(i, edge, n int) (from, to int) { return max(i*edge-1, 0), min((i+1)*edge+1, n) }

// Coarser returns bricks of twice the edge.
func (b *Bricks) Coarser() *Bricks {
	c := &Bricks{Edge: 2 * b.Edge}
	for i, n := range b.Size {
		c.Size[i] = (n + 1) / 2
	}
	n := c.Size[0] * c.Size[1] * c.Size[2]
	c.Min, c.Max = make([]uint16, n), make([]uint16, n)
	for i := range c.Min {
		c.Min[i] = math.MaxUint16
	}
	i := 0
	for z := range b.Size[2] {
		for y := range b.Size[1] {
			row := (z/2*c.Size[1] + y/2) * c.Size[0]
			for x := range b.Size[0] {
				k := row + x/2
				c.Min[k], c.Max[k] = min(c.Min[k], b.Min[i]), max(c.Max[k], b.Max[i])
				i++
			}
		}
	}
	return c
}

// Len returns how many bricks there are.
func (b *Bricks) Len() int { return len(b.Min) }

// Active returns the bricks in which a ray can meet the surface: those that
// have densities below and above level, a position on the scale; and, on the
// faces of the map, those with densities above it, where the surface is cut.
func (b *Bricks) Active(level float32) *Mask {
	at := float64(level) * math.MaxUint16
	m := newMask(b.Size)
	i := 0
	for z := range b.Size[2] {
		for y := range b.Size[1] {
			edge := z == 0 || y == 0 || z == b.Size[2]-1 || y == b.Size[1]-1
			for x := range b.Size[0] {
				edge := edge || x == 0 || x == b.Size[0]-1
				if float64(b.Max[i]) >= at && (edge || float64(b.Min[i]) < at) {
					m.set(x, y, z)
				}
				i++
			}
		}
	}
	return m
}

// Above returns the bricks with densities of the level, a position on the
// scale, or above.
func (b *Bricks) Above(level float32) *Mask {
	at := float64(level) * math.MaxUint16
	m := newMask(b.Size)
	i := 0
	for z := range b.Size[2] {
		for y := range b.Size[1] {
			for x := range b.Size[0] {
				if float64(b.Max[i]) >= at {
					m.set(x, y, z)
				}
				i++
			}
		}
	}
	return m
}
