// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// An Overlap tells how much of what a layer was asked to take out a neighbour
// claims as well.
type Overlap struct {
	Contested int // voxels
	Nearer    int // of these, those nearer to an atom of the neighbour
}

// contest counts the voxels of l that the neighbours beside claim, and lists
// them. A voxel is contested if an atom of a neighbour is within the radius of
// the options, or nearer than any atom of the molecule itself. With spare the
// voxels that are nearer to a neighbour are taken out of l: it must have
// neither keep nor less yet.
func (l *Layer) contest(ctx context.Context, g *Grid, points []Point, beside [][]Point, reach float64, spare bool) error {
	l.Overlaps = make([]Overlap, len(beside))
	lo, hi, ok := l.bounds()
	if !ok || len(beside) == 0 {
		return nil
	}
	others := make([]*distances, len(beside))
	touched := false
	for k, b := range beside {
		if !g.isNear(lo, hi, b, reach) {
			continue
		}
		touched = true
		others[k] = newDistances(lo, hi)
		others[k].stamp(g, b, reach)
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("volume: zero: %w", err)
		}
	}
	if !touched {
		return nil
	}
	own := newDistances(lo, hi)
	own.stamp(g, points, reach)
	limit := float32(l.Options.Radius * l.Options.Radius)
	var kept, contested []span32
	l.each(func(voxel int) {
		i, claimed, lost := own.index(g, voxel), false, false
		for k, o := range others {
			if o == nil {
				continue
			}
			d := o.square[i]
			if !(d <= limit || d < own.square[i]) {
				continue
			}
			claimed = true
			l.Overlaps[k].Contested++
			if d < own.square[i] {
				lost = true
				l.Overlaps[k].Nearer++
			}
		}
		if claimed {
			contested = addVoxel(contested, voxel)
			l.Contested++
		}
		switch {
		case lost && spare:
			l.Spared++
		default:
			kept = addVoxel(kept, voxel)
		}
	})
	l.contested = contested
	if spare {
		l.runs = kept
	}
	return nil
}

// isNear tells whether any of the points may be within reach ångström of the
// voxels from lo to hi.
func (g *Grid) isNear(lo, hi [3]int, points []Point, reach float64) bool {
	for _, p := range points {
		v, near := g.Voxel(p.Pos), true
		for k := range 3 {
			r := reach / axis(g.Step, k)
			near = near && axis(v, k) >= float64(lo[k])-r && axis(v, k) <= float64(hi[k])+r
		}
		if near {
			return true
		}
	}
	return false
}

// Recount returns l with what other neighbours claim of the voxels that it
// takes out of g; points are those that it was made of. What it takes out stays.
func (l *Layer) Recount(ctx context.Context, g *Grid, points []Point, beside ...[]Point) (*Layer, error) {
	q := *l
	q.Contested, q.contested = 0, nil
	reach := l.Options.Radius
	if l.Options.Mode != ZeroDistance {
		reach = math.Max(reach, simulateReach*SigmaFactor*l.Options.Resolution)
	}
	if err := q.contest(ctx, g, points, beside, reach, false); err != nil {
		return nil, err
	}
	return &q, nil
}

// inside leaves in l only the voxels where the simulated map sim, whose voxel
// (0, 0, 0) is voxel at of the map, is above level: the molecule's own contour.
func (l *Layer) inside(g, sim *Grid, at [3]int, level float64) {
	limit := below(level)
	var kept []span32
	l.each(func(voxel int) {
		x, y, z := g.at(voxel)
		x, y, z = x-at[0], y-at[1], z-at[2]
		in := x >= 0 && y >= 0 && z >= 0 && x < sim.Size[0] && y < sim.Size[1] && z < sim.Size[2]
		if in && sim.Data[sim.Index(x, y, z)] > limit {
			kept = addVoxel(kept, voxel)
		} else {
			l.Beyond++
		}
	})
	l.runs = kept
}

// each calls do with the index of every voxel of l, in rising order within a run.
func (l *Layer) each(do func(voxel int)) {
	for _, r := range l.runs {
		for i := range int(r.n) {
			do(r.start + i)
		}
	}
}

// addVoxel adds a voxel to runs that end before it.
func addVoxel(runs []span32, voxel int) []span32 {
	if n := len(runs); n > 0 && runs[n-1].start+int(runs[n-1].n) == voxel {
		runs[n-1].n++
		return runs
	}
	return append(runs, span32{voxel, 1})
}

// at returns the voxel of an index of Data.
func (g *Grid) at(i int) (x, y, z int) {
	x, i = i%g.Size[0], i/g.Size[0]
	return x, i % g.Size[1], i / g.Size[1]
}

// bounds returns the box of the voxels of l, lo included and hi not. It is not
// ok if there are none.
func (l *Layer) bounds() (lo, hi [3]int, ok bool) { return boundsOf(l.runs, l.size) }

func boundsOf(runs []span32, size [3]int) (lo, hi [3]int, ok bool) {
	lo = size
	g := &Grid{Size: size}
	for _, r := range runs {
		x, y, z := g.at(r.start)
		for k, v := range [3]int{x, y, z} {
			lo[k], hi[k] = min(lo[k], v), max(hi[k], v+1)
		}
		hi[0] = max(hi[0], x+int(r.n)) // runs do not leave their row
	}
	return lo, hi, len(runs) > 0
}

// A distances value has, for the voxels of a box, the squared distance in Å² to the
// nearest of some points; infinite if none is within reach.
type distances struct {
	lo, size [3]int
	square   []float32
	// owner, where there is one, has the label of the points that were nearest.
	owner []int32
	label int32
}

func newDistances(lo, hi [3]int) *distances {
	n := &distances{lo: lo, size: [3]int{hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]}}
	n.square = make([]float32, n.size[0]*n.size[1]*n.size[2])
	for i := range n.square {
		n.square[i] = float32(math.Inf(1))
	}
	return n
}

// index returns where a voxel of the map is in square.
func (n *distances) index(g *Grid, voxel int) int {
	x, y, z := g.at(voxel)
	return ((z-n.lo[2])*n.size[1]+y-n.lo[1])*n.size[0] + x - n.lo[0]
}

// stamp notes the points; voxels farther than reach from all are left alone.
func (n *distances) stamp(g *Grid, points []Point, reach float64) {
	r := r3.Vec{X: reach / g.Step.X, Y: reach / g.Step.Y, Z: reach / g.Step.Z}
	for _, p := range points {
		c := r3.Sub(g.Voxel(p.Pos), vec(n.lo))
		z0, z1 := within(c.Z, r.Z, n.size[2])
		for z := z0; z < z1; z++ {
			dz := (float64(z) - c.Z) * g.Step.Z
			left := math.Max(0, reach*reach-dz*dz)
			y0, y1 := within(c.Y, math.Sqrt(left)/g.Step.Y, n.size[1])
			for y := y0; y < y1; y++ {
				dy := (float64(y) - c.Y) * g.Step.Y
				left := math.Max(0, left-dy*dy)
				row := n.square[(z*n.size[1]+y)*n.size[0]:][:n.size[0]]
				x0, x1 := within(c.X, math.Sqrt(left)/g.Step.X, n.size[0])
				for x := x0; x < x1; x++ {
					dx := (float64(x) - c.X) * g.Step.X
					if d := float32(dx*dx + dy*dy + dz*dz); d < row[x] {
						row[x] = d
						if n.owner != nil {
							n.owner[(z*n.size[1]+y)*n.size[0]+x] = n.label
						}
					}
				}
			}
		}
	}
}

// Region returns the voxels that l changes as a map for showing, or those of
// them that are contested: 1 there and 0 elsewhere, in a box that has one voxel
// of margin where the map g goes on. It is nil if there are none.
func (l *Layer) Region(g *Grid, contested bool) *Grid {
	runs := l.runs
	if contested {
		runs = l.contested
	}
	lo, hi, ok := boundsOf(runs, l.size)
	if !ok {
		return nil
	}
	for k := range 3 {
		lo[k], hi[k] = lo[k]-1, hi[k]+1
	}
	out := New([3]int{hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]}, g.Step, g.Point(vec(lo)))
	for _, r := range runs {
		x, y, z := g.at(r.start)
		row := out.Data[out.Index(x-lo[0], y-lo[1], z-lo[2]):][:r.n]
		for i := range row {
			row[i] = 1
		}
	}
	return out
}
