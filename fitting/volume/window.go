// SPDX-License-Identifier: BSD-3-Clause

package volume

import "gonum.org/v1/gonum/spatial/r3"

// Window returns the voxels from lo to hi (exclusive) of g, which may reach
// beyond it; there it is zero.
func Window(g *Grid, lo, hi [3]int) *Grid {
	size := [3]int{hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]}
	w := New(size, g.Step, g.Point(r3.Vec{X: float64(lo[0]), Y: float64(lo[1]), Z: float64(lo[2])}))
	copyOverlap(w, g, [3]int{-lo[0], -lo[1], -lo[2]})
	return w
}

// Place copies the voxels of part, which lie on the lattice of g, into g,
// where they overlap, and returns g. It changes g.
func Place(g, part *Grid) *Grid {
	v := g.Voxel(part.Origin)
	copyOverlap(g, part, [3]int{nearest(v.X), nearest(v.Y), nearest(v.Z)})
	return g
}

func nearest(x float64) int {
	if x < 0 {
		return -int(0.5 - x)
	}
	return int(x + 0.5)
}

// copyOverlap copies src into dst, with voxel (0, 0, 0) of src at voxel at of
// dst.
func copyOverlap(dst, src *Grid, at [3]int) {
	var from, to [3]int // in dst
	for i := range at {
		from[i], to[i] = max(0, at[i]), min(dst.Size[i], at[i]+src.Size[i])
	}
	if from[0] >= to[0] {
		return
	}
	for z := from[2]; z < to[2]; z++ {
		for y := from[1]; y < to[1]; y++ {
			d := dst.Data[dst.Index(from[0], y, z):][:to[0]-from[0]]
			copy(d, src.Data[src.Index(from[0]-at[0], y-at[1], z-at[2]):])
		}
	}
}
