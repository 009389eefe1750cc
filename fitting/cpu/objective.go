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
	t, ok := o.field.Transform(g)
	if !ok {
		return math.Inf(-1), r3.Vec{}, r3.Vec{}
	}
	s := o.field.Eval(o.atoms, (*kernel.Transform)(&t))
	return o.field.Mean(s.Value, s.Gradient, s.Moment, o.atoms.N)
}
