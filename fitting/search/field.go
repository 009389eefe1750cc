// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"context"

	"difffit/fitting/geom"
	"difffit/fitting/internal/kept"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/internal/prepare"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Field is a scalar field with its frame.
type Field struct {
	*kernel.Field
	Step   [3]float64 // ångström
	Origin [3]float64 // ångström
}

// fields are a field at full resolution and what the early stages do with:
// half of it, or the same.
type fields struct{ full, half *Field }

// Bytes returns how much memory f takes. See kept.Sized.
func (f fields) Bytes() int {
	n := len(f.full.Bytes())
	if f.half != f.full {
		n += len(f.half.Bytes())
	}
	return n
}

type cellsKey struct{ prepare.FieldKey }

// newFields makes a field of the problem, or finds it in the target's cache.
func newFields(ctx context.Context, p *prepare.Problem, kind prepare.FieldKind) (fields, error) {
	return kept.Make(ctx, p.Target.Kept(), cellsKey{p.FieldKey(kind)}, func() (fields, error) {
		g, threads := p.Field(kind), Threads(p.Options)
		full, err := NewField(g, threads)
		if err != nil || kind == prepare.Paper {
			return fields{full, full}, err
		}
		half := p.Half(g)
		if half == g {
			return fields{full, full}, nil
		}
		f, err := NewField(half, threads)
		return fields{full, f}, err
	})
}

// NewField makes a field of the densities of g.
func NewField(g *volume.Grid, threads int) (*Field, error) {
	cells, err := kernel.NewField(g.Size, g.Data, threads)
	if err != nil {
		return nil, err
	}
	return &Field{cells, [3]float64{g.Step.X, g.Step.Y, g.Step.Z}, [3]float64{g.Origin.X, g.Origin.Y, g.Origin.Z}}, nil
}

// Transform returns what takes an atom, by its offset from the centroid in
// ångström, to voxel indices: a row-major matrix, then a shift. ok is false
// where g is not finite.
func (f *Field) Transform(g geom.Rigid) (t [12]float32, ok bool) {
	m, h := g.Matrix(), f.Step
	for row, p := range [3]float64{g.Shift.X, g.Shift.Y, g.Shift.Z} {
		for col := range 3 {
			t[3*row+col] = float32(m[3*row+col] / h[row])
		}
		t[9+row] = float32((p - f.Origin[row]) / h[row])
	}
	return t, (*kernel.Transform)(&t).Finite()
}

// Mean returns the mean over n atoms of what Eval sums: the field, its gradient
// per ångström of shift, and per radian of turning about the centroid.
func (f *Field) Mean(sum float64, gradient [3]float64, moment [6]float64, n int) (value float64, shift, turn r3.Vec) {
	h, k := f.Step, 1/float64(n)
	shift = r3.Vec{X: gradient[0] / h[0] * k, Y: gradient[1] / h[1] * k, Z: gradient[2] / h[2] * k}
	turn = r3.Vec{ // Σ (R·a) × gradient, from products in voxels
		X: (h[1]/h[2]*moment[0] - h[2]/h[1]*moment[1]) * k,
		Y: (h[2]/h[0]*moment[2] - h[0]/h[2]*moment[3]) * k,
		Z: (h[0]/h[1]*moment[4] - h[1]/h[0]*moment[5]) * k,
	}
	return sum * k, shift, turn
}
