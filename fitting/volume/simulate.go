// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/internal/parallel"
)

// SigmaFactor is σ of a simulated atom over the resolution: 1/(π√2), for which
// the Fourier transform falls to 1/e at the wavelength of the resolution.
const SigmaFactor = 1 / (math.Pi * math.Sqrt2)

// simulateReach is where simulated atoms are cut, in σ: a box about each.
const simulateReach = 5

// maxSimulated is how many voxels a simulated map may have: 4 GB of densities.
const maxSimulated = 1 << 30

// SimulateOptions say how a map is simulated.
type SimulateOptions struct {
	Resolution float64 // ångström
	Factor     float64 // σ over the resolution; 0 is SigmaFactor
	Spacing    float64 // voxel edge, ångström; 0 is a third of the resolution
	Padding    float64 // empty margin about the points, ångström; 0 is three resolutions
	// Frame, if it is not nil, lends its size, step and origin; its densities
	// do not matter. Spacing and Padding are without effect then.
	Frame *Grid
}

// Validate reports everything that is wrong with o, as one joined error.
func (o SimulateOptions) Validate() error {
	var errs []error
	within := func(name string, v, lo, hi float64, zero bool) {
		if !(v >= lo && v <= hi) && !(zero && v == 0) {
			errs = append(errs, fmt.Errorf("volume: simulate: %s is %g, want %g to %g", name, v, lo, hi))
		}
	}
	within("resolution", o.Resolution, 0.1, 200, false)
	within("factor", o.Factor, 0.01, 2, true)
	within("spacing", o.Spacing, 0.01, 100, true)
	within("padding", o.Padding, 0.01, 1000, true)
	return errors.Join(errs...)
}

// Simulate returns the density of points seen at a resolution R: a Gaussian of
// σ = Factor·R per point, times the weight of the point (the atomic number),
//
//	ρ(x) = (2π)^(−3/2) σ^(−3) Σ weight·exp(−|x − point|²/2σ²),
//
// each cut to the box of ±5σ. This is ChimeraX's molmap. Where there is no
// Frame, the grid begins Padding before the least coordinates and ends at or
// after Padding beyond the greatest.
func Simulate(ctx context.Context, points []Point, o SimulateOptions) (*Grid, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.Factor == 0 {
		o.Factor = SigmaFactor
	}
	g, err := simulationFrame(points, o)
	if err != nil {
		return nil, err
	}
	sigma := o.Factor * o.Resolution
	slab := max(4, (g.Size[2]+15)/16)
	err = parallel.Chunks(ctx, g.Size[2], slab, 0, func(_, _, z0, z1 int) { splat(ctx, g, points, sigma, z0, z1) })
	if err == nil {
		err = ctx.Err() // a slab may have been left half done
	}
	if err != nil {
		return nil, fmt.Errorf("volume: simulate: %w", err)
	}
	return g, nil
}

// simulationFrame returns the empty map that o asks for.
func simulationFrame(points []Point, o SimulateOptions) (*Grid, error) {
	lo, hi, err := span(points)
	if err != nil {
		return nil, fmt.Errorf("volume: simulate: %w", err)
	}
	if o.Frame != nil {
		return o.Frame.Like(), nil
	}
	if o.Spacing == 0 {
		o.Spacing = o.Resolution / 3
	}
	if o.Padding == 0 {
		o.Padding = 3 * o.Resolution
	}
	margin := r3.Vec{X: o.Padding, Y: o.Padding, Z: o.Padding}
	lo, hi = r3.Sub(lo, margin), r3.Add(hi, margin)
	var size [3]int
	voxels := 1.0
	for k := range size {
		n := math.Ceil((axis(hi, k)-axis(lo, k))/o.Spacing) + 1
		voxels *= n
		size[k] = int(math.Min(n, maxSimulated))
	}
	if voxels > maxSimulated {
		e := r3.Sub(hi, lo)
		return nil, fmt.Errorf("volume: simulate: %.3g voxels of %.3g Å for a box of %.0f × %.0f × %.0f Å, want at most %.3g: choose a wider spacing",
			voxels, o.Spacing, e.X, e.Y, e.Z, float64(maxSimulated))
	}
	return New(size, r3.Vec{X: o.Spacing, Y: o.Spacing, Z: o.Spacing}, lo), nil
}

// span returns the corners of the box that holds the points.
func span(points []Point) (lo, hi r3.Vec, err error) {
	if len(points) == 0 {
		return lo, hi, errors.New("no points")
	}
	lo, hi = points[0].Pos, points[0].Pos
	for i, p := range points {
		if s := p.Pos.X + p.Pos.Y + p.Pos.Z + p.Weight; math.IsNaN(s) || math.IsInf(s, 0) {
			return lo, hi, fmt.Errorf("point %d is at %v with weight %g, want finite numbers", i+1, p.Pos, p.Weight)
		}
		lo = r3.Vec{X: math.Min(lo.X, p.Pos.X), Y: math.Min(lo.Y, p.Pos.Y), Z: math.Min(lo.Z, p.Pos.Z)}
		hi = r3.Vec{X: math.Max(hi.X, p.Pos.X), Y: math.Max(hi.Y, p.Pos.Y), Z: math.Max(hi.Z, p.Pos.Z)}
	}
	return lo, hi, nil
}

// splat adds the points' Gaussians to planes z0 to z1. A voxel gets its terms
// in the order of the points, however the planes are shared out.
func splat(ctx context.Context, g *Grid, points []Point, sigma float64, z0, z1 int) {
	amplitude := math.Pow(2*math.Pi, -1.5) / (sigma * sigma * sigma)
	var bell [3][]float32
	limit := [3][2]int{{0, g.Size[0]}, {0, g.Size[1]}, {z0, z1}}
points:
	for i, p := range points {
		if i%1024 == 0 && ctx.Err() != nil {
			return
		}
		c := g.Voxel(p.Pos)
		var lo [3]int
		for k := 2; k >= 0; k-- { // z first: it rules most out
			s := sigma / axis(g.Step, k)
			var ok bool
			if lo[k], bell[k], ok = gaussian(bell[k][:0], axis(c, k), s, limit[k]); !ok {
				continue points
			}
		}
		a := float32(p.Weight * amplitude)
		for iz, wz := range bell[2] {
			for iy, wy := range bell[1] {
				addRow(g.Data[g.Index(lo[0], lo[1]+iy, lo[2]+iz):][:len(bell[0])], a*wz*wy, bell[0])
			}
		}
	}
}

// gaussian appends exp(−(i − center)²/2σ²) for the indices i within ±5σ and
// limit, and returns the first of them; not ok if there are none. From one
// index to the next the value changes by a factor that itself changes by
// exp(−1/σ²): two exponentials do for all.
func gaussian(bell []float32, center, sigma float64, limit [2]int) (int, []float32, bool) {
	lo := math.Max(float64(limit[0]), math.Ceil(center-simulateReach*sigma))
	hi := math.Min(float64(limit[1]-1), math.Floor(center+simulateReach*sigma))
	if !(lo <= hi) {
		return 0, bell, false
	}
	h := 1 / sigma
	d := (lo - center) * h
	v, factor, change := math.Exp(-0.5*d*d), math.Exp(-h*(d+0.5*h)), math.Exp(-h*h)
	for i := int(lo); i <= int(hi); i++ {
		bell = append(bell, float32(v))
		v *= factor
		factor *= change
	}
	return int(lo), bell, true
}

// MassLevel returns the level above which the voxels hold the given part of
// the sum of all that is positive. For 0.95 it is the contour at which
// simulated maps are shown.
func MassLevel(g *Grid, part float64) float64 {
	greatest := float64(g.Greatest())
	if greatest == 0 {
		return 0
	}
	const bins = 1 << 14
	scale := bins / greatest
	var sums [bins]float64
	total := 0.0
	for _, v := range g.Data {
		if v > 0 {
			d := float64(v)
			sums[min(bins-1, int(d*scale))] += d
			total += d
		}
	}
	above := 0.0
	for i := bins - 1; i >= 0; i-- {
		if s := sums[i]; s > 0 && above+s >= part*total {
			return (float64(i) + 1 - (part*total-above)/s) / scale
		}
		above += sums[i]
	}
	return 0
}

// addRow adds w·a to out.
func addRow(out []float32, w float32, a []float32) {
	a = a[:len(out)]
	for x := range out {
		out[x] += w * a[x]
	}
}
