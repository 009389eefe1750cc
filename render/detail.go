// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/surface"
)

// A detail is the part of a map at all its resolution, in the graphics memory
// beside the whole at less.
type detail struct {
	*field
	lo, hi [3]int // voxels of the map, hi not included
}

// Bounds of details.
const (
	mostDetail = 1 << 26 // voxels
	detailEdge = 2       // voxels around what is seen: interpolation and gradients
	detailMore = 0.1     // of its edges, so that a little motion needs no other one
)

// seenBox returns a box around what a slab lets be seen in a picture, and
// whether there is a slab.
func seenBox(c Camera, w, h int) (box, bool) {
	near, far := c.slab()
	if math.IsInf(near, 0) || math.IsInf(far, 0) {
		return box{}, false
	}
	right, up, forward, eye := c.axes()
	b := emptyBox()
	for _, depth := range [2]float64{max(near, 0), max(far, 0)} {
		half := c.Height() / 2
		if !c.Ortho {
			half *= depth / c.Distance
		}
		wide := half * float64(w) / float64(h)
		for i := range 4 {
			p := r3.Add(eye, r3.Scale(depth, forward))
			p = r3.Add(p, r3.Scale(wide*float64(2*(i&1)-1), right))
			b.add(r3.Add(p, r3.Scale(half*float64(i&2-1), up)))
		}
	}
	return b, true
}

// detail returns the part of a map that is in a box, with all its voxels, or
// nil where that is too much. A draft takes what is there.
func (f *fields) detail(g *volume.Grid, m *field, seen box, draft bool, now int) (*field, error) {
	lo, hi, ok := voxelsIn(g, seen, detailEdge)
	if !ok {
		return nil, nil
	}
	if d := m.part; d != nil && holds(d, lo, hi) {
		d.used = now
		return d.field, nil
	}
	if draft || !f.fits(lo, hi) {
		return nil, nil
	}
	more := r3.Scale(detailMore, r3.Sub(seen.hi, seen.lo))
	if l, h, ok := voxelsIn(g, box{r3.Sub(seen.lo, more), r3.Add(seen.hi, more)}, detailEdge); ok && f.fits(l, h) {
		lo, hi = l, h
	}
	if m.part != nil {
		m.part.close(f.gl)
		m.part = nil
	}
	crop := volume.Crop(g, lo, hi)
	part, err := f.make(crop, surface.NewScale(crop))
	if err != nil {
		return nil, err
	}
	part.grid, part.colours, part.ground, part.used = frameOf(crop), m.colours, m.ground, now
	m.part = &detail{part, lo, hi}
	return part, nil
}

func holds(d *detail, lo, hi [3]int) bool {
	for i := range 3 {
		if lo[i] < d.lo[i] || hi[i] > d.hi[i] {
			return false
		}
	}
	return true
}

// fits reports whether so many voxels can be shown beside the whole map.
func (f *fields) fits(lo, hi [3]int) bool {
	n := 1
	for i := range 3 {
		n *= hi[i] - lo[i]
		if hi[i]-lo[i] > f.limit {
			return false
		}
	}
	return n <= mostDetail && 2*n <= f.most
}

// voxelsIn returns the voxels, lo included and hi not, of a map in a box and
// some around; not ok if there are none.
func voxelsIn(g *volume.Grid, b box, around float64) (lo, hi [3]int, ok bool) {
	first, last := g.Voxel(b.lo), g.Voxel(b.hi)
	from, to := [3]float64{first.X, first.Y, first.Z}, [3]float64{last.X, last.Y, last.Z}
	for i, n := range g.Size {
		lo[i] = int(min(max(math.Floor(from[i]-around), 0), float64(n)))
		hi[i] = int(min(max(math.Ceil(to[i]+around)+1, 0), float64(n)))
		if hi[i]-lo[i] < 2 {
			return lo, hi, false
		}
	}
	return lo, hi, true
}
