// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
)

// Dust is looked for among the voxels with the highest densities: dustPart of
// all, but in large maps no more than dustVoxels or leastDustPart.
const (
	dustPart      = 0.3
	dustVoxels    = 2 << 20
	leastDustPart = 0.1
)

// dustFloor is the density above which dust is looked for.
func dustFloor(g *Grid) float64 {
	p := NewProfile(g)
	n := float64(p.Voxels)
	part := math.Max(leastDustPart, math.Min(dustPart, dustVoxels/n))
	floor := p.LevelOfVolume(part * n * g.VoxelVolume())
	if 2*p.NonZero < p.Voxels { // a mask: nothing below zero is seen
		floor = math.Max(floor, 0)
	}
	return floor
}

// DustVolume is the volume in Å³ below which an island is dust in a map of the
// given resolution: twice the cube of the resolution, as noise has little more extent
// than that; of two voxels where these are longer. docs/adr/0020-zeroing.md has
// the measurements.
func DustVolume(g *Grid, resolution float64) float64 {
	edge := math.Max(resolution, 2*math.Cbrt(g.VoxelVolume()))
	return 2 * edge * edge * edge
}

// WithoutDust returns g without its dust, at whatever level it is seen: what is
// above any level in it is what is above that level in g, less the islands
// smaller than least, in Å³. An island is a set of voxels that touch by faces.
// Levels that enclose three tenths of the map and more (a tenth in large maps) keep their dust.
//
// It is the opening by area of L. Vincent, Grayscale area openings and closings
// (1993): a voxel gets the highest density at which its island is large enough.
// The islands grow from the highest voxel to the lowest in one pass with
// union-find (A. Meijster and M. Wilkinson, IEEE PAMI 24 (2002) 484).
func WithoutDust(ctx context.Context, g *Grid, least float64) (*Grid, error) {
	if len(g.Data) > math.MaxInt32 {
		return nil, fmt.Errorf("volume: dust: %d voxels, want at most %d", len(g.Data), math.MaxInt32)
	}
	floor := dustFloor(g)
	need := math.Min(math.Ceil(least/g.VoxelVolume()), math.MaxInt32/2)
	o := opening{g: g, need: int32(need), order: descending(g, floor)}
	if err := o.grow(ctx); err != nil {
		return nil, fmt.Errorf("volume: dust: %w", err)
	}
	return o.flatten(floor), nil
}

// An opening grows islands from the highest voxel to the lowest.
type opening struct {
	g     *Grid
	need  int32   // voxels of an island that is no dust
	order []int32 // indices of Data from the highest density to the lowest
	// parent has for each voxel of g the one by which its island became what it
	// is; at the last of these, less the voxels of the island; unreached before.
	parent []int32
}

const unreached = math.MinInt32

func (o *opening) grow(ctx context.Context) error {
	o.parent = make([]int32, len(o.g.Data))
	for i := range o.parent {
		o.parent[i] = unreached
	}
	n, dy, dz := o.g.Size, o.g.Size[0], o.g.Size[0]*o.g.Size[1]
	for k, i := range o.order {
		if k%block == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		o.parent[i] = -1
		x, y, z := o.g.at(int(i))
		for _, q := range [6]struct {
			in   bool
			step int
		}{{x > 0, -1}, {x+1 < n[0], 1}, {y > 0, -dy}, {y+1 < n[1], dy}, {z > 0, -dz}, {z+1 < n[2], dz}} {
			if !q.in {
				continue
			}
			if j := int(i) + q.step; o.parent[j] != unreached {
				o.join(o.last(int32(j)), i)
			}
		}
	}
	return nil
}

// last returns the voxel that stands for the island of one, and shortens the
// way to it.
func (o *opening) last(i int32) int32 {
	for o.parent[i] >= 0 {
		if next := o.parent[o.parent[i]]; next >= 0 {
			o.parent[i] = next
		}
		i = o.parent[i]
	}
	return i
}

// join makes an island that is too small, or as high, part of that of voxel i.
// One that is large enough stays as it is, and what touches it is large enough.
func (o *opening) join(island, i int32) {
	size := -o.parent[island]
	switch {
	case island == i:
	case size < o.need || o.g.Data[island] == o.g.Data[i]:
		o.parent[i] = -min(o.need, size-o.parent[i])
		o.parent[island] = i
	default:
		o.parent[i] = -max(1, o.need)
	}
}

// flatten returns the map in which each voxel has the density of the one that
// stands for its island, and dust to the last the floor.
func (o *opening) flatten(floor float64) *Grid {
	out := o.g.Like()
	all(len(out.Data), block, 0, func(_, _, lo, hi int) { copy(out.Data[lo:hi], o.g.Data[lo:hi]) })
	for k := len(o.order) - 1; k >= 0; k-- {
		i := o.order[k]
		switch p := o.parent[i]; {
		case p >= 0:
			out.Data[i] = out.Data[p]
		case -p < o.need:
			out.Data[i] = min(out.Data[i], float32(floor))
		}
	}
	return out
}

// descending returns the indices of the voxels above floor, from the highest
// density to the lowest; of equals in rising order.
func descending(g *Grid, floor float64) []int32 {
	limit := below(floor)
	var keys []uint32
	var order []int32
	for i, v := range g.Data {
		if v > limit && !math.IsInf(float64(v), 0) {
			keys, order = append(keys, falling(v)), append(order, int32(i))
		}
	}
	spareKeys, spare := make([]uint32, len(keys)), make([]int32, len(order))
	const digit = 11
	for shift := 0; shift < 32; shift += digit {
		var at [1<<digit + 1]int
		for _, k := range keys {
			at[k>>shift&(1<<digit-1)+1]++
		}
		for d := range 1 << digit {
			at[d+1] += at[d]
		}
		for i, k := range keys {
			to := &at[k>>shift&(1<<digit-1)]
			spareKeys[*to], spare[*to] = k, order[i]
			*to++
		}
		keys, spareKeys, order, spare = spareKeys, keys, spare, order
	}
	return order
}

// falling returns a number that is the lower the higher v is.
func falling(v float32) uint32 {
	b := math.Float32bits(v)
	if b>>31 == 0 {
		return ^(b | 1<<31)
	}
	return b
}
