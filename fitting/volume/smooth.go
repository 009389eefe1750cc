// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/internal/parallel"
)

// Smooth5 returns g smoothed by a separable Gaussian of five weights, σ = 1
// voxel along each axis, mirrored at the centres of the outermost voxels. This
// is the smoothing of the paper's program.
func Smooth5(g *Grid, threads int) *Grid {
	w := gaussWeights(1, 2)
	var axes [3]operator
	for k, n := range g.Size {
		axes[k] = newOperator(n, n, reflect, w, 0, 1)
	}
	data, _ := separable(g.Data, g.Size, axes, threads)
	return g.WithData(data)
}

// Halve returns g at half the resolution: every second voxel of g along each
// axis, the first included, after the filter 1:4:6:4:1, which keeps what the
// coarser grid can hold. Voxel centres stay where they are, so the origin does
// too; a last voxel that would fall out of an even axis gets one beyond it.
// Outside the box the filter sees the outermost voxels again.
func Halve(g *Grid, threads int) *Grid {
	w := []float64{1. / 16, 4. / 16, 6. / 16, 4. / 16, 1. / 16}
	var axes [3]operator
	for k, n := range g.Size {
		axes[k] = newOperator(n, n/2+1, Replicate, w, 0, 2)
	}
	data, size := separable(g.Data, g.Size, axes, threads)
	return &Grid{size, r3.Scale(2, g.Step), g.Origin, data}
}

// gaussRadius is where Gaussians are cut, in σ: 5·10⁻⁴ of the weight is beyond.
const gaussRadius = 3.5

// Gauss returns g smoothed by a Gaussian of the given σ in ångström, cut at
// 3.5 σ and normalised. A σ that is not positive returns g itself.
//
// From 4 voxels on, the smoothed density is computed at every d-th voxel only,
// d the whole part of σ/2 voxels, and interpolated between them with six
// points an axis: a point's image is then off by up to 0.4 % of its maximum.
func Gauss(g *Grid, sigma float64, border Border, threads int) *Grid {
	if !(sigma > 0) || math.IsInf(sigma, 0) {
		return g
	}
	var down, up [3]operator
	interpolate := false
	for k, n := range g.Size {
		s := sigma / axis(g.Step, k)
		d := max(1, int(s/2))
		down[k], up[k] = gaussAxis(n, s, d, border)
		interpolate = interpolate || d > 1
	}
	data, size := separable(g.Data, g.Size, down, threads)
	if interpolate {
		data, _ = separableBack(data, size, up, threads)
	}
	return g.WithData(data)
}

// gaussAxis returns the Gaussian of σ voxels for an axis of n, at every d-th
// voxel, and the interpolation back to all. Both are whole if d is 1.
func gaussAxis(n int, sigma float64, d int, border Border) (down, up operator) {
	radius := int(math.Ceil(gaussRadius * sigma))
	w := gaussWeights(sigma, radius)
	if d == 1 {
		unit := []float64{1}
		return newOperator(n, n, border, w, 0, 1),
			newOperator(n, n, border, unit, 0, 1)
	}
	const margin = 2 // coarse points before voxel 0, and three after the last
	m := (n-1)/d + 1 + margin + 3
	down = newOperator(n, m, border, w, -margin*d, d)
	phases := make([][]float32, d)
	for p := range phases {
		phases[p] = lagrange6(float64(p) / float64(d))
	}
	up = operator{n: m, rows: make([]taps, n), period: d}
	for i := range up.rows {
		up.rows[i] = taps{i/d + margin - 2, phases[i%d]}
		if i%d == 0 {
			up.rows[i] = taps{i/d + margin, []float32{1}}
		}
	}
	return down, up
}

// lagrange6 returns the weights of the points −2 … 3 for the value at t in 0…1.
func lagrange6(t float64) []float32 {
	w := make([]float32, 6)
	for i := range w {
		v := 1.0
		for j := range w {
			if i != j {
				v *= (t + 2 - float64(j)) / float64(i-j)
			}
		}
		w[i] = float32(v)
	}
	return w
}

// separableBack is separable in the order z, y, x, which is the cheaper one
// where the axes become longer.
func separableBack(data []float32, size [3]int, axes [3]operator, threads int) ([]float32, [3]int) {
	nx, ny := size[0], size[1]
	mx, my, mz := len(axes[0].rows), len(axes[1].rows), len(axes[2].rows)
	tall := make([]float32, nx*ny*mz)
	all(ny, 1, threads, func(_, y, _, _ int) {
		axes[2].across(tall[y*nx:], nx*ny, data[y*nx:], nx*ny, nx)
	})
	out := make([]float32, mx*my*mz)
	shelf := make([]scratch, parallel.Workers(threads))
	all(mz, 1, threads, func(worker, z, _, _ int) {
		s := &shelf[worker]
		plane := room(&s.plane, nx*my)
		axes[1].across(plane, nx, tall[z*nx*ny:], nx, nx)
		for y := range my {
			axes[0].row(out[(z*my+y)*mx:][:mx], plane[y*nx:][:nx], s)
		}
	})
	return out, [3]int{mx, my, mz}
}

// LocalNormalize returns how much each voxel stands out of its surroundings:
// (V − local mean)/(local SD + floor), where V is g or a smoothed copy of it in
// the same frame, and mean and SD are those of g under a Gaussian of the given
// σ in ångström, which must be positive. The floor, in the units of the map,
// keeps noise down where there is no density. Weak subunits beside strong ones
// become as visible as these.
func LocalNormalize(v, g *Grid, sigma, floor float64, threads int) *Grid {
	if !(sigma > 0) || !(floor > 0) {
		panic(fmt.Sprintf("volume: local normalisation with σ %g, floor %g", sigma, floor))
	}
	mean := Gauss(g, sigma, Replicate, threads)
	square := make([]float32, len(g.Data))
	all(len(square), block, threads, func(_, _, lo, hi int) {
		m, from, dst := mean.Data[lo:hi], g.Data[lo:hi], square[lo:hi]
		for i := range dst {
			d := from[i] - m[i]
			dst[i] = d * d
		}
	})
	variance := Gauss(g.WithData(square), sigma, Replicate, threads)
	f := float32(floor)
	all(len(square), block, threads, func(_, _, lo, hi int) {
		m, s, from := mean.Data[lo:hi], variance.Data[lo:hi], v.Data[lo:hi]
		for i := range m {
			sd := float32(math.Sqrt(float64(max(s[i], 0)))) // interpolation may dip below zero
			m[i] = (from[i] - m[i]) / (sd + f)
		}
	})
	return mean
}
