// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
)

// explainPlanes is how many planes of a map are looked at together: it bounds
// the memory.
const explainPlanes = 32

// Explain counts the voxels of g above level, and which of them placed
// molecules explain: a voxel belongs to the molecule whose atom is nearest, if
// that is within reach ångström; to the first of equals. Voxels are counted
// once, so the parts add up.
func Explain(ctx context.Context, g *Grid, level float64, placed [][]Point, reach float64) (above int, of []int, err error) {
	of = make([]int, len(placed))
	limit := below(level)
	for z := 0; z < g.Size[2]; z += explainPlanes {
		if err := ctx.Err(); err != nil {
			return 0, nil, fmt.Errorf("volume: explain: %w", err)
		}
		lo, hi := [3]int{0, 0, z}, [3]int{g.Size[0], g.Size[1], min(z+explainPlanes, g.Size[2])}
		var slab *distances // nil: no molecule reaches these planes
		for i, points := range placed {
			if !g.isNear(lo, hi, points, reach) {
				continue
			}
			if slab == nil {
				slab = newDistances(lo, hi)
				slab.owner = make([]int32, len(slab.square))
			}
			slab.label = int32(i) + 1
			slab.stamp(g, points, reach)
		}
		for i, v := range g.Data[g.Index(0, 0, z):][:g.Size[0]*g.Size[1]*(hi[2]-z)] {
			if !(v > limit) {
				continue
			}
			above++
			if slab != nil && slab.owner[i] > 0 {
				of[slab.owner[i]-1]++
			}
		}
	}
	return above, of, nil
}

// ExplainReach is how far from its atoms, in ångström, a molecule explains
// density in a map of the given resolution: half of it, where the density of an
// atom has fallen to an eighth, and at least 2 Å and half of a voxel's diagonal.
func ExplainReach(g *Grid, resolution float64) float64 {
	diagonal := math.Sqrt(g.Step.X*g.Step.X + g.Step.Y*g.Step.Y + g.Step.Z*g.Step.Z)
	return math.Max(2, math.Max(resolution/2, diagonal/2))
}
