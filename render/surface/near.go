// SPDX-License-Identifier: BSD-3-Clause

package surface

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// mostNear is how many voxels a grid of distances has at most.
const mostNear = 1 << 22

// Near returns the distances, in ångström, to the next of some places, on a
// grid around them that holds all that is within radius, and the largest
// distance on it, far: beyond that, all are far.
//
// The grid is finer than a quarter of the radius if it need not be large:
// interpolated, a distance is wrong by less than an eighth of a voxel's edge
// where it is near the radius.
func Near(places []r3.Vec, radius float64) (distances *volume.Grid, far float64) {
	radius = max(radius, 0.1)
	inf := r3.Vec{X: math.Inf(1), Y: math.Inf(1), Z: math.Inf(1)}
	lo, hi := inf, r3.Scale(-1, inf)
	for _, p := range places {
		lo = r3.Vec{X: min(lo.X, p.X), Y: min(lo.Y, p.Y), Z: min(lo.Z, p.Z)}
		hi = r3.Vec{X: max(hi.X, p.X), Y: max(hi.Y, p.Y), Z: max(hi.Z, p.Z)}
	}
	if len(places) == 0 {
		lo, hi = r3.Vec{}, r3.Vec{}
	}
	step := min(radius/4, 1)
	var size [3]int
	for ; ; step *= 1.26 { // twice as many voxels each time
		margin := radius + 2*step
		size = [3]int{
			int((hi.X-lo.X+2*margin)/step) + 2,
			int((hi.Y-lo.Y+2*margin)/step) + 2,
			int((hi.Z-lo.Z+2*margin)/step) + 2,
		}
		if size[0]*size[1]*size[2] <= mostNear {
			break
		}
	}
	margin, far := radius+2*step, radius+3*step
	g := volume.New(size, r3.Vec{X: step, Y: step, Z: step}, r3.Sub(lo, r3.Vec{X: margin, Y: margin, Z: margin}))
	for i := range g.Data {
		g.Data[i] = float32(far)
	}
	for _, p := range places {
		lower(g, p, far)
	}
	return g, far
}

// lower makes the distances of a grid at most those to p.
func lower(g *volume.Grid, p r3.Vec, far float64) {
	v, reach := g.Voxel(p), far/g.Step.X
	from := [3]int{max(0, int(v.X-reach)), max(0, int(v.Y-reach)), max(0, int(v.Z-reach))}
	to := [3]int{min(g.Size[0]-1, int(v.X+reach)+1), min(g.Size[1]-1, int(v.Y+reach)+1), min(g.Size[2]-1, int(v.Z+reach)+1)}
	for z := from[2]; z <= to[2]; z++ {
		for y := from[1]; y <= to[1]; y++ {
			row := g.Data[g.Index(0, y, z):]
			yz := (float64(y)-v.Y)*(float64(y)-v.Y) + (float64(z)-v.Z)*(float64(z)-v.Z)
			for x := from[0]; x <= to[0]; x++ {
				d := float32(g.Step.X * math.Sqrt(yz+(float64(x)-v.X)*(float64(x)-v.X)))
				row[x] = min(row[x], d)
			}
		}
	}
}
