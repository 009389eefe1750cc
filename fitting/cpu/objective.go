// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

// An objective is the mean of a field over some atoms of the molecule, as a
// function of the placement about the centroid.
type objective struct {
	field   *search.Field
	atoms   *kernel.Atoms
	threads int
}

func newObjective(f *search.Field, offsets []r3.Vec, threads int) *objective {
	xyz := make([][3]float32, len(offsets))
	for i, o := range offsets {
		xyz[i] = [3]float32{float32(o.X), float32(o.Y), float32(o.Z)}
	}
	return &objective{f, kernel.NewAtoms(xyz), threads}
}

// at returns the objective at g, its gradient per ångström of shift, and its
// gradient per radian of turning about the centroid. Where g is not finite the
// value is −∞ and the gradients are zero.
func (o *objective) at(g geom.Rigid) (value float64, shift, turn r3.Vec) {
	var t kernel.Transform
	m, h := g.Matrix(), o.field.Step
	for row, p := range [3]float64{g.Shift.X, g.Shift.Y, g.Shift.Z} {
		for col := range 3 {
			t[3*row+col] = float32(m[3*row+col] / h[row])
		}
		t[9+row] = float32((p - o.field.Origin[row]) / h[row])
	}
	if !t.Finite() {
		return math.Inf(-1), r3.Vec{}, r3.Vec{}
	}
	s := o.field.Eval(o.atoms, &t)
	k := 1 / float64(o.atoms.N)
	shift = r3.Vec{X: s.Gradient[0] / h[0] * k, Y: s.Gradient[1] / h[1] * k, Z: s.Gradient[2] / h[2] * k}
	turn = r3.Vec{ // Σ (R·a) × gradient, from products in voxels
		X: (h[1]/h[2]*s.Moment[0] - h[2]/h[1]*s.Moment[1]) * k,
		Y: (h[2]/h[0]*s.Moment[2] - h[0]/h[2]*s.Moment[3]) * k,
		Z: (h[0]/h[1]*s.Moment[4] - h[1]/h[0]*s.Moment[5]) * k,
	}
	return s.Value * k, shift, turn
}
