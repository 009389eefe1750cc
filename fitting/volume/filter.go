// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"
)

// A FilterKind says what a Filter does, in a word.
type FilterKind string

// Kinds of filters.
const (
	GaussianFilter FilterKind = "gaussian"   // smoothed by a Gaussian of σ = Value, Å
	InvertFilter   FilterKind = "invert"     // −density; Value is 0
	ResampleFilter FilterKind = "resample"   // the same density on voxels with an edge of Value, Å
	VoxelFilter    FilterKind = "voxel size" // the same voxels, of which an edge is said to be Value, Å
)

// FilterKinds are all of them.
var FilterKinds = []FilterKind{GaussianFilter, InvertFilter, ResampleFilter, VoxelFilter}

// A Filter makes another map of one.
type Filter struct {
	Kind  FilterKind `json:"kind"`
	Value float64    `json:"value,omitempty"`
}

// String tells what a filter does: "gaussian 2 Å".
func (f Filter) String() string {
	switch f.Kind {
	case InvertFilter:
		return "inverted"
	case ResampleFilter:
		return fmt.Sprintf("resampled to %.4g Å", f.Value)
	}
	return fmt.Sprintf("%s %.4g Å", f.Kind, f.Value)
}

// mostFiltered is how many voxels a map has at most that is made by resampling.
const mostFiltered = 1 << 29

// Limits of lengths that filters have, ångström.
const leastLength, mostLength = 0.01, 100.

// Validate tells what is wrong with a filter.
func (f Filter) Validate() error {
	low, high, unit := leastLength, mostLength, "Å"
	switch {
	case !slices.Contains(FilterKinds, f.Kind):
		return fmt.Errorf("volume: filter: kind is %q, want one of %q", f.Kind, FilterKinds)
	case f.Kind == InvertFilter:
		low, high, unit = 0, 0, "for nothing is to be said"
	}
	if !(f.Value >= low && f.Value <= high) {
		return fmt.Errorf("volume: filter %s: value is %g, want %g to %g %s", f.Kind, f.Value, low, high, unit)
	}
	return nil
}

// Apply returns what the filter makes of g, which is not changed.
//
// Before it is resampled on larger voxels, a map is smoothed so that what these
// cannot hold does not appear as something else: σ is half of the root of the
// difference of the squares of the edges. Between voxels densities are
// interpolated linearly. A voxel size that is stated scales the map about the
// origin of coordinates, as a header does that states it.
func (f Filter) Apply(ctx context.Context, g *Grid, threads int) (*Grid, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	switch f.Kind {
	case GaussianFilter:
		return Gauss(g, f.Value, Replicate, threads), ctx.Err()
	case InvertFilter:
		data := make([]float32, len(g.Data))
		all(len(data), block, threads, func(_, _, lo, hi int) {
			for i := lo; i < hi; i++ {
				data[i] = 0 - g.Data[i] // no negative zero
			}
		})
		return g.WithData(data), nil
	case ResampleFilter:
		return g.resampled(ctx, f.Value, threads)
	}
	scale := f.Value / g.Step.X // of all edges: of a map whose voxels are no cubes it is that along x
	return &Grid{g.Size, r3.Scale(scale, g.Step), r3.Scale(scale, g.Origin), g.Data}, nil
}

// resampled returns g on voxels with another edge, from the same first voxel on.
func (g *Grid) resampled(ctx context.Context, edge float64, threads int) (*Grid, error) {
	var size [3]int
	voxels := 1.0
	for k, n := range g.Size {
		size[k] = int(math.Floor(float64(n-1)*axis(g.Step, k)/edge+1e-6)) + 1
		voxels *= float64(size[k])
	}
	if voxels > mostFiltered {
		return nil, fmt.Errorf("volume: filter %s: edge is %g Å, which makes %.0f voxels, want %d at most", ResampleFilter, edge, voxels, mostFiltered)
	}
	from := g
	if old := math.Cbrt(g.VoxelVolume()); edge > old {
		from = Gauss(g, 0.5*math.Sqrt(edge*edge-old*old), Replicate, threads)
	}
	out := New(size, r3.Vec{X: edge, Y: edge, Z: edge}, g.Origin)
	all(size[2], 1, threads, func(_, z, _, _ int) {
		if ctx.Err() != nil {
			return
		}
		for y := range size[1] {
			for x := range size[0] {
				i := out.Index(x, y, z)
				out.Data[i] = float32(from.Sample(out.Position(i)))
			}
		}
	})
	return out, ctx.Err()
}

// Filtered returns what filters make of g, one after the other.
func Filtered(ctx context.Context, g *Grid, threads int, filters ...Filter) (*Grid, error) {
	for _, f := range filters {
		var err error
		if g, err = f.Apply(ctx, g, threads); err != nil {
			return nil, err
		}
	}
	return g, nil
}
