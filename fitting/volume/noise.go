// SPDX-License-Identifier: BSD-3-Clause

package volume

import "math/rand/v2"

// AddNoise returns g with normally distributed noise of the given standard
// deviation added, independent from voxel to voxel. The same seed gives the
// same noise on every machine.
func AddNoise(g *Grid, sd float64, seed uint64) *Grid {
	out := g.Like()
	all(len(g.Data), block, 0, func(_, i, lo, hi int) {
		r := rand.New(rand.NewPCG(seed, uint64(i))) // a stream per block
		dst := out.Data[lo:hi]
		for k, v := range g.Data[lo:hi] {
			dst[k] = v + float32(sd*r.NormFloat64())
		}
	})
	return out
}
