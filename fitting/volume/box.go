// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Bounds returns the voxel box, lo included and hi not, of the voxels above
// level. It is not ok if there are none.
func Bounds(g *Grid, level float64) (lo, hi [3]int, ok bool) {
	limit := below(level)
	nx, ny, nz := g.Size[0], g.Size[1], g.Size[2]
	planes := make([][2][3]int, nz)
	all(nz, 1, 0, func(_, z, _, _ int) {
		l, h := [3]int{nx, ny, nz}, [3]int{}
		for y := range ny {
			row := g.Data[g.Index(0, y, z):][:nx]
			first := 0
			for first < nx && !(row[first] > limit) {
				first++
			}
			if first == nx {
				continue
			}
			last := nx - 1
			for !(row[last] > limit) {
				last--
			}
			l = [3]int{min(l[0], first), min(l[1], y), z}
			h = [3]int{max(h[0], last+1), y + 1, z + 1}
		}
		planes[z] = [2][3]int{l, h}
	})
	lo = g.Size
	for _, p := range planes {
		for k := range 3 {
			lo[k], hi[k] = min(lo[k], p[0][k]), max(hi[k], p[1][k])
		}
	}
	if hi[0] == 0 {
		return [3]int{}, [3]int{}, false
	}
	return lo, hi, true
}

// Crop returns a copy of the voxels from lo (included) to hi (not included).
// It panics if the box is empty or not inside g.
func Crop(g *Grid, lo, hi [3]int) *Grid {
	var size [3]int
	for k := range 3 {
		if lo[k] < 0 || lo[k] >= hi[k] || hi[k] > g.Size[k] {
			panic(fmt.Sprintf("volume: crop %v to %v of a grid of %v", lo, hi, g.Size))
		}
		size[k] = hi[k] - lo[k]
	}
	out := New(size, g.Step, g.Point(vec(lo)))
	for z := range size[2] {
		for y := range size[1] {
			copy(out.Data[out.Index(0, y, z):][:size[0]], g.Data[g.Index(lo[0], lo[1]+y, lo[2]+z):])
		}
	}
	return out
}

// Pad returns g with margin more voxels of the given value on either side of
// each axis. Positions stay: the origin moves. It panics if a margin is negative.
func Pad(g *Grid, margin [3]int, value float32) *Grid {
	var size [3]int
	for k, m := range margin {
		if m < 0 {
			panic(fmt.Sprintf("volume: pad by %v", margin))
		}
		size[k] = g.Size[k] + 2*m
	}
	out := New(size, g.Step, g.Point(r3.Scale(-1, vec(margin))))
	if value != 0 {
		for i := range out.Data {
			out.Data[i] = value
		}
	}
	for z := range g.Size[2] {
		for y := range g.Size[1] {
			copy(out.Data[out.Index(margin[0], margin[1]+y, margin[2]+z):], g.Data[g.Index(0, y, z):][:g.Size[0]])
		}
	}
	return out
}

func vec(v [3]int) r3.Vec { return r3.Vec{X: float64(v[0]), Y: float64(v[1]), Z: float64(v[2])} }

// below returns the greatest float32 that is not above level, so that v > level
// and v > below(level) are the same for every float32 v.
func below(level float64) float32 {
	f := float32(level)
	if float64(f) > level {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}
