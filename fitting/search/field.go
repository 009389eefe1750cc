// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"context"

	"difffit/fitting"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/volume"
)

// A Field is a scalar field with its frame.
type Field struct {
	*kernel.Field
	Step   [3]float64 // ångström
	Origin [3]float64 // ångström
}

type cellsKey struct{ fitting.FieldKey }

// newField makes a field of the problem, or finds it in the target's cache.
func newField(ctx context.Context, p *fitting.Prepared, kind fitting.FieldKind, half bool) (*Field, error) {
	v, err := p.Target.Cached(ctx, cellsKey{p.FieldKey(kind, half)}, func() (any, error) {
		return NewField(p.Field(kind, half), threadsOf(p.Options))
	})
	if err != nil {
		return nil, err
	}
	return v.(*Field), nil
}

// NewField makes a field of the densities of g.
func NewField(g *volume.Grid, threads int) (*Field, error) {
	cells, err := kernel.NewField(g.Size, g.Data, threads)
	if err != nil {
		return nil, err
	}
	return &Field{cells, [3]float64{g.Step.X, g.Step.Y, g.Step.Z}, [3]float64{g.Origin.X, g.Origin.Y, g.Origin.Z}}, nil
}
