// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// A ZeroMode says what is taken out of a map where a structure was placed.
type ZeroMode string

// Modes.
const (
	ZeroDistance ZeroMode = "distance" // the voxels within a radius of an atom
	ZeroMass     ZeroMode = "mass"     // those above the level that encloses 95 % of the simulated map's mass
	ZeroSoft     ZeroMode = "soft"     // times 1 − simulated/(its 95 % level), not below 0
	ZeroSubtract ZeroMode = "subtract" // minus the simulated map scaled by least squares, not below min(v, 0)
	// ZeroOwn takes the voxels within a radius of an atom, but spares those that
	// are nearer to an atom of a neighbour, and those outside the molecule's own
	// contour: the level that encloses 95 % of the simulated map's mass.
	ZeroOwn ZeroMode = "own"
	// ZeroContour takes the voxels within a radius of an atom, and about these
	// what is above the contour level and no other molecule's, so that no crust
	// of the molecule's density stays.
	ZeroContour ZeroMode = "contour"
)

// ZeroOptions say how density is taken out. Start from DefaultZeroOptions.
type ZeroOptions struct {
	Mode ZeroMode `json:"mode"`
	// Radius about the centres of atoms in ångström, for the modes distance, own
	// and contour. At 2.0 Å it takes about the volume of the molecule. In all
	// modes what is within it of a neighbour is contested.
	Radius float64 `json:"radius"`
	// Resolution of the simulated map in ångström, for all modes but
	// distance; 0 estimates it from the map.
	Resolution float64 `json:"resolution"`
	// Level is the contour level for the mode contour, in the units of the map;
	// 0 is the one that is suggested for the molecule.
	Level float64 `json:"level,omitempty"`
}

// DefaultZeroOptions take out what is within 2 Å of an atom, and the crust about
// that.
func DefaultZeroOptions() ZeroOptions { return ZeroOptions{Mode: ZeroContour, Radius: 2} }

// Validate reports everything that is wrong with o, as one joined error.
func (o ZeroOptions) Validate() error {
	var errs []error
	switch o.Mode {
	case ZeroDistance, ZeroMass, ZeroSoft, ZeroSubtract, ZeroOwn, ZeroContour:
	default:
		errs = append(errs, fmt.Errorf("volume: zero: mode is %q, want %q, %q, %q, %q, %q or %q",
			o.Mode, ZeroContour, ZeroDistance, ZeroMass, ZeroSoft, ZeroSubtract, ZeroOwn))
	}
	if !(o.Radius > 0 && o.Radius <= 50) {
		errs = append(errs, fmt.Errorf("volume: zero: radius is %g Å, want above 0 and up to 50", o.Radius))
	}
	if o.Resolution != 0 && !IsResolution(o.Resolution) {
		errs = append(errs, fmt.Errorf("volume: zero: resolution is %g Å, want 0.5 to 100, or 0 to estimate it", o.Resolution))
	}
	if math.IsNaN(o.Level) || math.IsInf(o.Level, 0) {
		errs = append(errs, fmt.Errorf("volume: zero: level is %g, want a number", o.Level))
	}
	return errors.Join(errs...)
}

// massPart is the part of a simulated map's mass inside its contour.
const massPart = 0.95

// faint is the part of the contour level of the simulated map below which the
// modes soft and subtract leave voxels alone.
const faint = 0.005

// Zero returns the layer that takes the density of points out of g. Points
// beside the map take out nothing; a layer may have no voxels at all. Of
// neighbours, of which any number may be given, it is told what they claim
// (Layer.Overlaps); the mode own spares what is nearer to them.
func Zero(ctx context.Context, g *Grid, points []Point, o ZeroOptions, beside ...[]Point) (*Layer, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if _, _, err := span(points); err != nil {
		return nil, fmt.Errorf("volume: zero: %w", err)
	}
	l := &Layer{Options: o, size: g.Size}
	reach := o.Radius
	if o.Mode != ZeroDistance {
		if o.Resolution == 0 {
			l.Options.Resolution = EstimateResolution(g).Value
		}
		reach = math.Max(reach, simulateReach*SigmaFactor*l.Options.Resolution)
	}
	if err := l.choose(ctx, g, points); err != nil {
		return nil, err
	}
	if err := l.contest(ctx, g, points, beside, reach, o.Mode == ZeroOwn); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("volume: zero: %w", err)
	}
	l.summarize(g)
	return l, nil
}

// choose selects the voxels of l, whatever neighbours claim, and says what
// happens to them.
func (l *Layer) choose(ctx context.Context, g *Grid, points []Point) error {
	o := l.Options
	if o.Mode == ZeroContour {
		return l.contour(ctx, g, points)
	}
	if o.Mode == ZeroDistance || o.Mode == ZeroOwn {
		l.near(g, points, o.Radius)
	}
	if o.Mode == ZeroDistance {
		return nil
	}
	frame, at, err := lattice(g, points, simulateReach*SigmaFactor*o.Resolution)
	if err != nil {
		return err
	}
	sim, err := Simulate(ctx, points, SimulateOptions{Resolution: o.Resolution, Frame: frame})
	if err != nil {
		return err
	}
	if o.Mode == ZeroOwn {
		l.inside(g, sim, at, MassLevel(sim, massPart))
		return nil
	}
	l.under(g, sim, at)
	return nil
}

// lattice returns a frame on the voxels of g that holds the points and a
// margin in ångström, inside g or not, and where in g it begins.
func lattice(g *Grid, points []Point, margin float64) (*Grid, [3]int, error) {
	p, q, err := span(points)
	if err != nil {
		return nil, [3]int{}, fmt.Errorf("volume: zero: %w", err)
	}
	p, q = g.Voxel(p), g.Voxel(q)
	var at, size [3]int
	voxels := 1.0
	for k := range 3 {
		m := margin / axis(g.Step, k)
		lo, hi := math.Floor(axis(p, k)-m), math.Ceil(axis(q, k)+m)
		if voxels *= hi - lo + 1; voxels > maxSimulated || math.Abs(lo) > math.MaxInt32 {
			return nil, at, fmt.Errorf("volume: zero: the structure spans %.3g voxels from %v on, want at most %.3g", voxels, p, float64(maxSimulated))
		}
		at[k], size[k] = int(lo), int(hi-lo)+1
	}
	return New(size, g.Step, g.Point(vec(at))), at, nil
}

// near selects the voxels of g whose centre is within radius of a point.
func (l *Layer) near(g *Grid, points []Point, radius float64) {
	r := r3.Vec{X: radius / g.Step.X, Y: radius / g.Step.Y, Z: radius / g.Step.Z}
	lo, hi := g.Size, [3]int{}
	for _, p := range points {
		c := g.Voxel(p.Pos)
		for k := range 3 {
			a, b := within(axis(c, k), axis(r, k), g.Size[k])
			if a < b {
				lo[k], hi[k] = min(lo[k], a), max(hi[k], b)
			}
		}
	}
	if lo[0] >= hi[0] || lo[1] >= hi[1] || lo[2] >= hi[2] {
		return
	}
	nx, ny := hi[0]-lo[0], hi[1]-lo[1]
	marked := make([]bool, nx*ny*(hi[2]-lo[2]))
	for _, p := range points {
		c := g.Voxel(p.Pos)
		z0, z1 := within(c.Z, r.Z, g.Size[2])
		for z := z0; z < z1; z++ {
			dz := (float64(z) - c.Z) / r.Z
			left := 1 - dz*dz
			y0, y1 := within(c.Y, r.Y*math.Sqrt(math.Max(0, left)), g.Size[1])
			for y := y0; y < y1; y++ {
				dy := (float64(y) - c.Y) / r.Y
				x0, x1 := within(c.X, r.X*math.Sqrt(math.Max(0, left-dy*dy)), g.Size[0])
				for x := x0; x < x1; x++ {
					marked[((z-lo[2])*ny+y-lo[1])*nx+x-lo[0]] = true
				}
			}
		}
	}
	for row := range len(marked) / nx {
		start := g.Index(lo[0], lo[1]+row%ny, lo[2]+row/ny)
		l.addRuns(start, marked[row*nx:][:nx])
	}
}

// within returns the indices from first (included) to last (not included) of
// 0…n−1 that are up to r from c.
func within(c, r float64, n int) (first, last int) {
	lo, hi := math.Max(0, math.Ceil(c-r)), math.Min(float64(n-1), math.Floor(c+r))
	if !(lo <= hi) {
		return 0, 0
	}
	return int(lo), int(hi) + 1
}

// addRuns adds the marked voxels of a row that begins at Data[start].
func (l *Layer) addRuns(start int, marked []bool) {
	for x := 0; x < len(marked); x++ {
		if !marked[x] {
			continue
		}
		first := x
		for x < len(marked) && marked[x] {
			x++
		}
		l.runs = append(l.runs, span32{start + first, int32(x - first)})
	}
}

// under selects the voxels of g where the simulated map, whose voxel (0, 0, 0)
// is voxel at of g, asks for it, and says what happens to them.
func (l *Layer) under(g, sim *Grid, at [3]int) {
	level := MassLevel(sim, massPart)
	if !(level > 0) {
		return
	}
	if l.Options.Mode == ZeroSubtract {
		l.Scale = math.Max(0, scaleOf(g, sim, at, level))
		if l.Scale == 0 {
			return // nothing there that looks like it
		}
	}
	limit := float32(level)
	if l.Options.Mode != ZeroMass {
		limit *= faint
	}
	marked := make([]bool, sim.Size[0])
	eachRow(g, sim, at, func(start int, s []float32) {
		marked := marked[:len(s)]
		for x, v := range s {
			marked[x] = v > limit
			if !marked[x] {
				continue
			}
			switch l.Options.Mode {
			case ZeroSoft:
				l.keep = append(l.keep, float32(1-math.Min(1, float64(v)/level)))
			case ZeroSubtract:
				l.less = append(l.less, float32(l.Scale*float64(v)))
			}
		}
		l.addRuns(start, marked)
	})
}

// scaleOf returns ⟨u, v⟩/⟨v, v⟩ for the densities u of g and v of sim over the
// voxels where v is above level.
func scaleOf(g, sim *Grid, at [3]int, level float64) float64 {
	uv, vv := 0.0, 0.0
	limit := below(level)
	eachRow(g, sim, at, func(start int, s []float32) {
		for x, v := range s {
			if u := g.Data[start+x]; v > limit && u-u == 0 {
				uv += float64(u) * float64(v)
				vv += float64(v) * float64(v)
			}
		}
	})
	if vv == 0 {
		return 0
	}
	return uv / vv
}

// eachRow calls do for the rows that g and sim share: where the row begins in
// g.Data, and the densities of sim.
func eachRow(g, sim *Grid, at [3]int, do func(start int, s []float32)) {
	var lo, hi [3]int // in sim
	for k := range 3 {
		lo[k], hi[k] = max(0, -at[k]), min(sim.Size[k], g.Size[k]-at[k])
		if lo[k] >= hi[k] {
			return
		}
	}
	for z := lo[2]; z < hi[2]; z++ {
		for y := lo[1]; y < hi[1]; y++ {
			do(g.Index(at[0]+lo[0], at[1]+y, at[2]+z), sim.Data[sim.Index(lo[0], y, z):][:hi[0]-lo[0]])
		}
	}
}
