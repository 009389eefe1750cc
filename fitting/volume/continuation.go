// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"
	"slices"
)

// A continuation is a map that goes on smoothly where it has no density of its
// own: where something was cut out, outside a mask, where a voxel has no value.
// What is steep at such places was made by a computer and tells nothing about
// the map: ADR 0017.
type continuation struct {
	g     *Grid
	fill  float32   // the most frequent value of voxels without a density of their own, NaN if there is none
	fills []float32 // others
	// coarse are the means over cubes of 2, 4, 8… voxels, the cubes without a
	// voxel of density continued from the next; none if all voxels, or none,
	// have a density of their own.
	coarse []*Grid
	rows   []stretch
	part   float64 // of the voxels, that were continued
	mean   float64 // of the map with its continuation
}

// A stretch tells where in a row the densities are that a map has of its own:
// n voxels from lo to hi.
type stretch struct{ lo, hi, n int32 }

// continued returns the continuation of g.
func continued(g *Grid) continuation {
	c := continuation{g: g, fill: float32(math.NaN())}
	values := fillValues(g)
	if len(values) == 0 {
		var n int
		if c.mean, n = finiteMean(g); n == len(g.Data) {
			return c
		}
	} else {
		c.fill, c.fills = values[0], values[1:]
	}
	first, known := c.halve()
	if known == 0 { // a map of nothing but fills: as it is
		mean, _ := finiteMean(g)
		return continuation{g: g, fill: float32(math.NaN()), mean: mean}
	}
	c.part = 1 - float64(known)/float64(len(g.Data))
	c.coarse = []*Grid{first}
	for q := first; max(q.Size[0], q.Size[1], q.Size[2]) > 1; c.coarse = append(c.coarse, q) {
		half := continuation{g: q, fill: float32(math.NaN())}
		q, _ = half.halve()
	}
	for i := len(c.coarse) - 2; i >= 0; i-- {
		c.coarse[i].goOn(c.coarse[i+1])
	}
	c.mean, _ = finiteMean(first)
	return c
}

// Bounds on what is taken for a fill value. A value is counted where it is the
// same in a voxel and its next along x, y and z: densities that were measured
// are not, but in maps of few different values.
const (
	fillSample = 1 << 21 // voxels that are looked at, in whole rows
	fillLeast  = 27      // how often a fill value is found, at least
	fillMost   = 8       // more values than that are the steps of a map of integers …
	fillTimes  = 8       // … and then only one so many times as frequent as the next is a fill value
)

// fillValues returns the values that fill regions of a map.
func fillValues(g *Grid) []float32 {
	nx, ny, nz := g.Size[0], g.Size[1], g.Size[2]
	count := make(map[float32]int)
	last, times := float32(0), 0
	every := 1 + len(g.Data)/fillSample
	for r := 0; r < (nz-1)*ny; r += every {
		if r%ny == ny-1 {
			continue
		}
		row := g.Data[r*nx:][:nx]
		right, above := g.Data[(r+1)*nx:][:nx], g.Data[(r+ny)*nx:][:nx]
		for x, v := range row[:nx-1] {
			if v != row[x+1] || v != right[x] || v != above[x] {
				continue
			}
			if v != last {
				count[last] += times
				last, times = v, 0
			}
			times++
		}
	}
	count[last] += times
	var values []float32
	for v, n := range count {
		if n >= fillLeast {
			values = append(values, v)
		}
	}
	slices.SortFunc(values, func(a, b float32) int { return count[b] - count[a] })
	if len(values) <= fillMost {
		return values
	}
	if count[values[0]] >= fillTimes*count[values[1]] {
		return values[:1]
	}
	return nil
}

// finiteMean returns the mean of the finite voxels, and how many they are.
func finiteMean(g *Grid) (mean float64, n int) {
	type part struct {
		sum float64
		n   int
	}
	parts := make([]part, (len(g.Data)+block-1)/block)
	all(len(g.Data), block, 0, func(_, i, lo, hi int) {
		p := part{}
		for _, v := range g.Data[lo:hi] {
			if v-v == 0 {
				p.sum += float64(v)
				p.n++
			}
		}
		parts[i] = p
	})
	total := part{}
	for _, p := range parts {
		total.sum += p.sum
		total.n += p.n
	}
	return total.sum / float64(max(1, total.n)), total.n
}

// own tells whether v is a density that the map has of its own.
func (c *continuation) own(v float32) bool {
	return v-v == 0 && v != c.fill && (len(c.fills) == 0 || !slices.Contains(c.fills, v))
}

// halve notes where in rows the densities of the map's own are. It returns
// their means over cubes of two voxels, NaN where there are none, and how many
// there are.
func (c *continuation) halve() (*Grid, int) {
	g := c.g
	size := [3]int{(g.Size[0] + 1) / 2, (g.Size[1] + 1) / 2, (g.Size[2] + 1) / 2}
	q := &Grid{Size: size, Step: g.Step, Data: make([]float32, size[0]*size[1]*size[2])}
	c.rows = make([]stretch, g.Size[1]*g.Size[2])
	known := make([]int, size[2])
	all(size[2], 1, 0, func(_, z, _, _ int) {
		n := make([]float32, size[0])
		for y := range size[1] {
			sum := q.Data[q.Index(0, y, z):][:size[0]]
			clear(n)
			for from := range 4 {
				if y, z := 2*y+from%2, 2*z+from/2; y < g.Size[1] && z < g.Size[2] {
					s := c.sumPairs(sum, n, g.Data[g.Index(0, y, z):][:g.Size[0]])
					c.rows[z*g.Size[1]+y] = s
					known[z/2] += int(s.n)
				}
			}
			for x, k := range n {
				sum[x] /= k // 0/0 is NaN
			}
		}
	})
	total := 0
	for _, k := range known {
		total += k
	}
	return q, total
}

// sumPairs adds the densities of the map's own in a row to sum, two voxels to
// one, and their number to n.
func (c *continuation) sumPairs(sum, n, row []float32) stretch {
	lo, hi, fill := 0, len(row), c.fill
	for lo < hi && (row[lo] == fill || !c.own(row[lo])) {
		lo++
	}
	for hi > lo && (row[hi-1] == fill || !c.own(row[hi-1])) {
		hi--
	}
	total := 0
	for x := lo; x < hi; x++ {
		if v := row[x]; c.own(v) {
			sum[x/2] += v
			n[x/2]++
			total++
		}
	}
	return stretch{int32(lo), int32(hi), int32(total)}
}

// goOn gives the voxels of g without a value that of the map coarse, in which
// voxels are twice as wide. It changes g.
func (g *Grid) goOn(coarse *Grid) {
	all(g.Size[2], 1, 0, func(_, z, _, _ int) {
		between := make([]float32, g.Size[0])
		for y := range g.Size[1] {
			coarse.interpolate(between, y, z, 0, len(between))
			row := g.Data[g.Index(0, y, z):][:len(between)]
			for x, v := range row {
				if v != v {
					row[x] = between[x]
				}
			}
		}
	})
}

// row returns a row of the map with its continuation: as it lies in the map, or
// in the buffer, which is as long.
func (c *continuation) row(buffer []float32, y, z int) []float32 {
	row := c.g.Data[c.g.Index(0, y, z):][:len(buffer)]
	if len(c.coarse) == 0 {
		return row
	}
	s := c.rows[z*c.g.Size[1]+y]
	lo, hi := int(s.lo), int(s.hi)
	switch int(s.n) {
	case len(row):
		return row
	case hi - lo:
		c.coarse[0].interpolate(buffer, y, z, 0, lo)
		c.coarse[0].interpolate(buffer, y, z, hi, len(buffer))
		copy(buffer[lo:hi], row[lo:hi])
	default:
		c.coarse[0].interpolate(buffer, y, z, 0, len(buffer))
		for x, v := range row[lo:hi] {
			if c.own(v) {
				buffer[lo+x] = v
			}
		}
	}
	return buffer
}

// interpolate writes voxels lo to hi, and perhaps the next, of row (y, z) of the
// map of voxels half as wide as those of g, trilinearly, and beyond the outer
// centres as there.
func (g *Grid) interpolate(row []float32, y, z, lo, hi int) {
	if lo >= hi {
		return
	}
	near := func(i, n int) (int, int) { // 3/4 of the first and 1/4 of the second
		return i / 2, min(n-1, max(0, i/2-1+i%2*2))
	}
	y0, y1 := near(y, g.Size[1])
	z0, z1 := near(z, g.Size[2])
	n := g.Size[0]
	a, b := g.Data[g.Index(0, y0, z0):][:n], g.Data[g.Index(0, y1, z0):][:n]
	d, e := g.Data[g.Index(0, y0, z1):][:n], g.Data[g.Index(0, y1, z1):][:n]
	at := func(x int) float32 { return (9*a[x] + 3*(b[x]+d[x]) + e[x]) * (1. / 16) }
	left, here := at(max(0, lo/2-1)), at(lo/2)
	for x := lo / 2; x < (hi+1)/2; x++ {
		right := here
		if x+1 < n {
			right = at(x + 1)
		}
		row[2*x] = 0.75*here + 0.25*left
		if 2*x+1 < len(row) {
			row[2*x+1] = 0.75*here + 0.25*right
		}
		left, here = here, right
	}
}
