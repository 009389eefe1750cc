// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
)

// What the mode contour takes for the molecule's own, all in ångström:
// docs/adr/0020-zeroing.md has the measurements.
const (
	// otherFrom is how far from the nearest atom density above the level is
	// another's at least: half of the resolution where that is more, as an atom
	// reaches as far.
	otherFrom = 4
	// crustReach is how much farther than that the mode takes anything.
	crustReach = 1
	// crustLeast and crustMost bound how deep inside another's density a voxel
	// must lie so that it is no crust: one voxel of the map.
	crustLeast, crustMost = 1.5, 2.5
	// otherPart is how much nearer to another's density than to the molecule a
	// voxel must be to stay.
	otherPart = 3
)

// contour selects the voxels within the radius of an atom, and the crust: those
// above the contour level about these, but not what is nearer to the density
// of another molecule. Which that is nobody has said: it is what is above the
// level too far from the molecule to be its own, and thicker than a crust.
func (l *Layer) contour(ctx context.Context, g *Grid, points []Point) error {
	o := &l.Options
	if o.Level == 0 {
		o.Level = NewProfile(g).SuggestLevel(massOf(points)).Value
	}
	others := math.Max(otherFrom, o.Resolution/2)
	reach := math.Max(o.Radius, others+crustReach)
	lo, hi, ok, err := g.around(points, reach+otherPart*(reach-o.Radius)+2*crustMost)
	if err != nil || !ok {
		return err
	}
	own := newDistances(lo, hi)
	own.stamp(g, points, reach)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("volume: zero: %w", err)
	}
	w, limit := Window(g, lo, hi), below(o.Level)
	thick := math.Max(crustLeast, math.Min(crustMost, math.Max(g.Step.X, math.Max(g.Step.Y, g.Step.Z))))
	other := w.bulk(own, limit, others, thick)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("volume: zero: %w", err)
	}
	marked := make([]bool, len(w.Data))
	all(len(marked), block, 0, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			d := math.Sqrt(float64(own.square[i])) // infinite out of reach
			marked[i] = d <= o.Radius ||
				d <= reach && w.Data[i] > limit && math.Sqrt(float64(other[i]))-thick > otherPart*(d-o.Radius)
		}
	})
	for row := range w.Size[1] * w.Size[2] {
		l.addRuns(g.Index(lo[0], lo[1]+row%w.Size[1], lo[2]+row/w.Size[1]), marked[row*w.Size[0]:][:w.Size[0]])
	}
	return nil
}

// bulk returns for each voxel of a window the squared distance in Å² to the
// inside of what is above the limit and farther than from ångström from all
// atoms of own; inside is deeper than thick ångström.
func (g *Grid) bulk(own *distances, limit float32, from, thick float64) []float32 {
	step := [3]float64{g.Step.X, g.Step.Y, g.Step.Z}
	far, deep := float32(from*from), float32(thick*thick)
	set := make([]bool, len(g.Data))
	all(len(set), block, 0, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			set[i] = !(g.Data[i] > limit && own.square[i] > far)
		}
	})
	depth := squaredDistances(set, g.Size, step)
	all(len(set), block, 0, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			set[i] = depth[i] > deep
		}
	})
	return squaredDistances(set, g.Size, step)
}

// massOf returns about the mass in dalton of atoms that weigh as many electrons
// as they have: twice as much.
func massOf(points []Point) float64 {
	electrons := 0.0
	for _, p := range points {
		electrons += p.Weight
	}
	return 2 * electrons
}

// around returns the box of voxels of g, lo included and hi not, that holds the
// points and a margin in ångström. It is not ok if they are beside the map.
func (g *Grid) around(points []Point, margin float64) (lo, hi [3]int, ok bool, err error) {
	p, q, err := span(points)
	if err != nil {
		return lo, hi, false, fmt.Errorf("volume: zero: %w", err)
	}
	p, q = g.Voxel(p), g.Voxel(q)
	for k := range 3 {
		m, n := margin/axis(g.Step, k), float64(g.Size[k])
		lo[k] = int(math.Max(0, math.Min(n, math.Floor(axis(p, k)-m))))
		hi[k] = int(math.Max(0, math.Min(n, math.Ceil(axis(q, k)+m)+1)))
	}
	return lo, hi, lo[0] < hi[0] && lo[1] < hi[1] && lo[2] < hi[2], nil
}
