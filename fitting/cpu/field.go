// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"math"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// A field is a scalar field with its frame.
type field struct {
	cells  *kernel.Field
	step   [3]float64 // ångström
	origin [3]float64 // ångström
}

type cellsKey struct{ fitting.FieldKey }

// newField makes a field of the problem, or finds it in the target's cache.
func newField(ctx context.Context, p *fitting.Prepared, kind fitting.FieldKind, half bool) (*field, error) {
	v, err := p.Target.Cached(ctx, cellsKey{p.FieldKey(kind, half)}, func() (any, error) {
		return fieldOf(p.Field(kind, half), threadsOf(p.Options))
	})
	if err != nil {
		return nil, err
	}
	return v.(*field), nil
}

func fieldOf(g *volume.Grid, threads int) (*field, error) {
	cells, err := kernel.NewField(g.Size, g.Data, threads)
	if err != nil {
		return nil, err
	}
	return &field{cells, [3]float64{g.Step.X, g.Step.Y, g.Step.Z}, [3]float64{g.Origin.X, g.Origin.Y, g.Origin.Z}}, nil
}

// An objective is the mean of a field over some atoms of the molecule, as a
// function of the placement about the centroid.
type objective struct {
	field *field
	atoms *kernel.Atoms
}

func newObjective(f *field, offsets []r3.Vec) *objective {
	xyz := make([][3]float32, len(offsets))
	for i, o := range offsets {
		xyz[i] = [3]float32{float32(o.X), float32(o.Y), float32(o.Z)}
	}
	return &objective{f, kernel.NewAtoms(xyz)}
}

// at returns the objective at g, its gradient per ångström of shift, and its
// gradient per radian of turning about the centroid. Where g is not finite the
// value is −∞ and the gradients are zero.
func (o *objective) at(g geom.Rigid) (value float64, shift, turn r3.Vec) {
	var t kernel.Transform
	m, h := g.Matrix(), o.field.step
	for row, p := range [3]float64{g.Shift.X, g.Shift.Y, g.Shift.Z} {
		for col := range 3 {
			t[3*row+col] = float32(m[3*row+col] / h[row])
		}
		t[9+row] = float32((p - o.field.origin[row]) / h[row])
	}
	if !t.Finite() {
		return math.Inf(-1), r3.Vec{}, r3.Vec{}
	}
	s := o.field.cells.Eval(o.atoms, &t)
	k := 1 / float64(o.atoms.N)
	shift = r3.Vec{X: s.Gradient[0] / h[0] * k, Y: s.Gradient[1] / h[1] * k, Z: s.Gradient[2] / h[2] * k}
	turn = r3.Vec{ // Σ (R·a) × gradient, from products in voxels
		X: (h[1]/h[2]*s.Moment[0] - h[2]/h[1]*s.Moment[1]) * k,
		Y: (h[2]/h[0]*s.Moment[2] - h[0]/h[2]*s.Moment[3]) * k,
		Z: (h[0]/h[1]*s.Moment[4] - h[1]/h[0]*s.Moment[5]) * k,
	}
	return s.Value * k, shift, turn
}

// turned returns g turned further by the rotation vector v (radians) and
// shifted by d.
func turned(g geom.Rigid, v, d r3.Vec) geom.Rigid {
	// The small rotation as a quaternion of whatever length: (1, v/2·k) with
	// tan(|v|/2) = k·|v|/2. Quaternions here are far from overflow.
	half := 0.5
	if angle := math.Sqrt(r3.Norm2(v)); angle > 1e-4 {
		half = math.Tan(math.Min(angle, 3)/2) / angle
	}
	q := quat.Mul(quat.Number{Real: 1, Imag: half * v.X, Jmag: half * v.Y, Kmag: half * v.Z}, g.Rotation)
	k := 1 / math.Sqrt(q.Real*q.Real+q.Imag*q.Imag+q.Jmag*q.Jmag+q.Kmag*q.Kmag)
	return geom.Rigid{Rotation: quat.Scale(k, q), Shift: r3.Add(g.Shift, d)}
}
