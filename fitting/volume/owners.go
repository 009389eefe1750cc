// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Owners tell which of several groups of places explains what is where.
type Owners struct {
	Size   [3]int // voxels along x, y, z
	Step   float64
	Origin r3.Vec // position of the centre of voxel (0, 0, 0), ångström
	Of     []int  // for each voxel the group of the nearest place within reach, from 0; −1 if none is
}

// mostOwned is how many voxels Owners have at most.
const mostOwned = 1 << 22

// NearestGroup returns the owners around groups of places. A place reaches as
// far as reach, in ångström; where several groups reach, the nearest place
// counts. The voxels are as fine as a third of the reach if they need not be
// too many, and a margin of them, at least one wide, has no owner. It is nil
// without a place.
func NearestGroup(groups [][]r3.Vec, reach float64) *Owners {
	lo, hi, n := r3.Vec{}, r3.Vec{}, 0
	for _, g := range groups {
		for _, p := range g {
			if n++; n == 1 {
				lo, hi = p, p
			}
			lo = r3.Vec{X: math.Min(lo.X, p.X), Y: math.Min(lo.Y, p.Y), Z: math.Min(lo.Z, p.Z)}
			hi = r3.Vec{X: math.Max(hi.X, p.X), Y: math.Max(hi.Y, p.Y), Z: math.Max(hi.Z, p.Z)}
		}
	}
	if n == 0 || !(reach > 0) {
		return nil
	}
	o := &Owners{Step: reach / 3}
	for ; ; o.Step *= 1.26 { // half as many voxels each time
		margin := reach + 2*o.Step
		o.Origin = r3.Sub(lo, r3.Vec{X: margin, Y: margin, Z: margin})
		voxels := 1.0
		for k := range 3 {
			edge := math.Ceil((axis(hi, k)-axis(lo, k)+2*margin)/o.Step) + 1
			voxels *= edge
			o.Size[k] = int(math.Min(edge, mostOwned))
		}
		if voxels <= mostOwned {
			break
		}
	}
	o.Of = make([]int, o.Size[0]*o.Size[1]*o.Size[2])
	square := make([]float32, len(o.Of))
	for i := range o.Of {
		o.Of[i], square[i] = -1, float32(reach*reach)
	}
	for i, g := range groups {
		for _, p := range g {
			o.claim(square, i, p, reach)
		}
	}
	return o
}

// claim gives group the voxels to which p is nearer than any place before.
func (o *Owners) claim(square []float32, group int, p r3.Vec, reach float64) {
	var lo, hi [3]int
	at, r := r3.Scale(1/o.Step, r3.Sub(p, o.Origin)), reach/o.Step
	for k := range 3 {
		lo[k] = max(0, int(math.Ceil(axis(at, k)-r)))
		hi[k] = min(o.Size[k]-1, int(math.Floor(axis(at, k)+r)))
	}
	for z := lo[2]; z <= hi[2]; z++ {
		for y := lo[1]; y <= hi[1]; y++ {
			dy, dz := float64(y)-at.Y, float64(z)-at.Z
			row := (z*o.Size[1] + y) * o.Size[0]
			for x := lo[0]; x <= hi[0]; x++ {
				dx := float64(x) - at.X
				if d := float32((dx*dx + dy*dy + dz*dz) * o.Step * o.Step); d < square[row+x] {
					square[row+x], o.Of[row+x] = d, group
				}
			}
		}
	}
}
