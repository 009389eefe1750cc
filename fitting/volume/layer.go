// SPDX-License-Identifier: BSD-3-Clause

package volume

import "fmt"

// A Layer is what one zeroing takes out of a map: the voxels and what happens
// to each. It is never changed, and the map it was made for is not either:
// Apply makes the remaining map of the map and the layers that are switched
// on, so that leaving one out restores the densities bit by bit.
//
// As JSON a layer is its options and its summary. The voxels follow from the
// map, the points and the options, and are computed again by Zero.
type Layer struct {
	Options     ZeroOptions `json:"options"` // with the resolution that was used
	ZeroSummary `json:"summary"`
	// Overlaps tell what each neighbour claims, in the order given to Zero.
	Overlaps []Overlap `json:"-"`

	size      [3]int
	runs      []span32
	contested []span32 // also those that are spared
	// keep and less have one value per voxel of runs, one of them or neither:
	// the voxel becomes v·keep, or v−less but not below min(v, 0), or zero.
	keep, less []float32
}

// A ZeroSummary tells what a layer takes out of the map that it was made for.
type ZeroSummary struct {
	Voxels  int     `json:"voxels"`
	Volume  float64 `json:"volume"`  // Å³
	Removed float64 `json:"removed"` // density times volume, in the units of the map · Å³
	// Contested is how many voxels a neighbour claims too, Spared how many of
	// them were left to it, Beyond how many of those within the radius were left
	// because they are outside the molecule's own contour: both in mode own only.
	Contested int `json:"contested,omitempty"`
	Spared    int `json:"spared,omitempty"`
	Beyond    int `json:"beyond,omitempty"`
	// Scale is the factor of the simulated map in mode subtract.
	Scale float64 `json:"scale,omitempty"`
}

// A span32 is n voxels from Data[start] on.
type span32 struct {
	start int
	n     int32
}

// Apply returns g after the layers, in their order. Without layers it is g
// itself. It panics if a layer was made for a map of another size.
func Apply(g *Grid, layers ...*Layer) *Grid {
	if len(layers) == 0 {
		return g
	}
	out := g.Like()
	all(len(g.Data), block, 0, func(_, _, lo, hi int) { copy(out.Data[lo:hi], g.Data[lo:hi]) })
	for _, l := range layers {
		l.apply(out)
	}
	return out
}

// apply changes g.
func (l *Layer) apply(g *Grid) {
	if l.size != g.Size {
		panic(fmt.Sprintf("volume: layer for a map of %v on one of %v", l.size, g.Size))
	}
	at := 0
	for _, r := range l.runs {
		voxels := g.Data[r.start:][:r.n]
		switch {
		case l.keep != nil:
			for i, k := range l.keep[at:][:r.n] {
				voxels[i] *= k
			}
		case l.less != nil:
			for i, d := range l.less[at:][:r.n] {
				voxels[i] = max(voxels[i]-d, min(voxels[i], 0))
			}
		default:
			clear(voxels)
		}
		at += int(r.n)
	}
}

// summarize counts what l takes out of g.
func (l *Layer) summarize(g *Grid) {
	removed, at := 0.0, 0
	for _, r := range l.runs {
		for i, v := range g.Data[r.start:][:r.n] {
			d := float64(v)
			switch {
			case v != v:
				d = 0
			case l.keep != nil:
				d -= d * float64(l.keep[at+i])
			case l.less != nil:
				d -= float64(max(v-l.less[at+i], min(v, 0)))
			}
			removed += d
		}
		at += int(r.n)
	}
	l.Voxels = at
	l.Volume = float64(at) * g.VoxelVolume()
	l.Removed = removed * g.VoxelVolume()
}
