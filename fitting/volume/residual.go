// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
)

// A Residual is what a map has beyond a model, and a model beyond a map.
type Residual struct {
	Grid *Grid // map − Scale·simulated, in the frame of the map
	// Scale is the factor of the simulated map: ⟨u, v⟩/⟨v, v⟩ over the voxels
	// above the level that encloses 95 % of its mass; 0 if nothing is like it.
	Scale float64
	// SD is the standard deviation of the densities of Grid inside the contour
	// of the simulated map and of the map, the scale on which peaks are judged.
	SD float64
}

// Subtract returns the residual of g after the density of points, simulated at a
// resolution in ångström, is taken away. The simulated map is scaled by least
// squares within its contour (which is the idea of minRms in
// ChimeraX's volume subtract), so that what is left is zero on average where
// the model is right: positive where the map has more, negative where the
// model has atoms without density. Unlike Zero in mode subtract nothing is
// clamped.
func Subtract(ctx context.Context, g *Grid, points []Point, resolution float64) (*Residual, error) {
	sim, err := Simulate(ctx, points, SimulateOptions{Resolution: resolution, Frame: g})
	if err != nil {
		return nil, fmt.Errorf("volume: subtract: %w", err)
	}
	r := less(g, sim)
	return r, ctx.Err()
}

// less is Subtract of a map that is simulated already, in the frame of g.
func less(g, sim *Grid) *Residual {
	level := MassLevel(sim, massPart)
	r := &Residual{Grid: g.Like()}
	if level > 0 {
		r.Scale = math.Max(0, scaleOf(g, sim, [3]int{}, level))
	}
	n, sum, squares := 0.0, 0.0, 0.0
	limit := below(level)
	for i, v := range g.Data {
		d := v - float32(r.Scale)*sim.Data[i]
		if d != d {
			continue // a voxel without a value stays at 0
		}
		r.Grid.Data[i] = d
		if sim.Data[i] > limit {
			n, sum, squares = n+1, sum+float64(d), squares+float64(d)*float64(d)
		}
	}
	if n > 1 {
		r.SD = math.Sqrt(math.Max(0, squares/n-sum*sum/(n*n)))
	}
	if r.SD == 0 { // no model, or one that explains all
		r.SD = NewProfile(r.Grid).SD
	}
	return r
}

// Negated returns the grid with the sign of its densities turned, so that what
// is lacking can be shown as a surface.
func Negated(g *Grid) *Grid {
	out := g.Like()
	for i, v := range g.Data {
		out.Data[i] = -v
	}
	return out
}

// FrameAround returns the part of g within a margin, in ångström, of points,
// with its densities; nil if they are nowhere near.
func FrameAround(g *Grid, points []Point, margin float64) *Grid {
	lo, hi, err := span(points)
	if err != nil {
		return nil
	}
	p, q := g.Voxel(lo), g.Voxel(hi)
	var from, to [3]int
	for k := range 3 {
		m := margin / axis(g.Step, k)
		a := math.Max(0, math.Floor(axis(p, k)-m))
		b := math.Min(float64(g.Size[k]-1), math.Ceil(axis(q, k)+m))
		if !(a <= b) {
			return nil
		}
		from[k], to[k] = int(a), int(b)+1
	}
	return Crop(g, from, to)
}
