// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// maxGrowth is how many times more voxels a straightened map may have. Cells
// as they occur need less than 3; needles in very skewed cells need more.
const maxGrowth = 16

// straighten resamples g, whose voxels lie on the skewed frame f, onto the
// orthogonal grid that covers it. The new voxels are as large as the old ones
// and layers keep their place, since the first two edges of a cell are in the
// plane of x and y: it interpolates within layers only, and in cells with one
// skewed angle along x only. Outside the data the density is 0.
func (d *decoder) straighten(g *volume.Grid, f *frame) (*volume.Grid, error) {
	step := f.step()
	lo, hi := box(f.edges, g.Size)
	count := func(span, step float64) float64 { return math.Ceil(span/step-1e-6) + 1 }
	want := [3]float64{count(hi.X-lo.X, step.X), count(hi.Y-lo.Y, step.Y), float64(g.Size[2])}
	if n := want[0] * want[1] * want[2]; !(n <= maxGrowth*float64(len(g.Data))) {
		return nil, UnsupportedError(fmt.Sprintf("header word 14: cell angles are %g, %g, %g°: an orthogonal grid around the map would have %.3g voxels for %d",
			f.angles[0], f.angles[1], f.angles[2], n, len(g.Data)))
	}
	if d.Warn == nil {
		return nil, UnsupportedError(fmt.Sprintf("header word 14: cell angles are %g, %g, %g°, want 90", f.angles[0], f.angles[1], f.angles[2]))
	}
	out := volume.New([3]int{int(want[0]), int(want[1]), g.Size[2]}, step, r3.Add(f.origin, lo))
	for z := range out.Size[2] {
		for y := range out.Size[1] {
			// The voxel (0, y, z) of out in voxels of g; along x both go in equal steps.
			j := snap((lo.Y + float64(y)*step.Y - float64(z)*f.edges[2].Y) / step.Y)
			i := snap((lo.X - j*f.edges[1].X - float64(z)*f.edges[2].X) / step.X)
			if j < 0 || j > float64(g.Size[1]-1) {
				continue
			}
			j0 := min(int(j), max(g.Size[1]-2, 0))
			row := out.Data[out.Index(0, y, z):][:out.Size[0]]
			near := g.Data[g.Index(0, j0, z):][:g.Size[0]]
			fj := float32(j - float64(j0))
			addRow(row, near, i, 1-fj)
			if fj > 0 {
				addRow(row, g.Data[g.Index(0, j0+1, z):][:g.Size[0]], i, fj)
			}
		}
	}
	d.Warn(fmt.Sprintf("mrc: header word 14: cell angles are %g, %g, %g°; resampled from %d×%d×%d voxels onto an orthogonal grid of %d×%d×%d",
		f.angles[0], f.angles[1], f.angles[2], g.Size[0], g.Size[1], g.Size[2], out.Size[0], out.Size[1], out.Size[2]))
	return out, nil
}

// box returns the corners of the box around voxels on a skewed frame, from its first voxel.
func box(edges [3]r3.Vec, size [3]int) (lo, hi r3.Vec) {
	for i, e := range edges {
		v := r3.Scale(float64(size[i]-1), e)
		lo = r3.Add(lo, r3.Vec{X: min(v.X, 0), Y: min(v.Y, 0), Z: min(v.Z, 0)})
		hi = r3.Add(hi, r3.Vec{X: max(v.X, 0), Y: max(v.Y, 0), Z: max(v.Z, 0)})
	}
	return lo, hi
}

// snap rounds what is a whole number but for rounding errors.
func snap(v float64) float64 {
	if r := math.Round(v); math.Abs(v-r) < 1e-6 {
		return r
	}
	return v
}

// addRow adds to dst[x] weight times src at x + shift, interpolated; nothing
// where that is not within src.
func addRow(dst, src []float32, shift float64, weight float32) {
	whole := math.Floor(shift)
	f := float32(shift - whole)
	k, last := int(whole), len(src)-1 // x + k is the voxel at or before the place
	for x := max(0, -k); x < len(dst) && x+k <= last; x++ {
		v := (1 - f) * src[x+k]
		if f > 0 {
			if x+k == last {
				return
			}
			v += f * src[x+k+1]
		}
		dst[x] += weight * v
	}
}
