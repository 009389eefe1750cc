// SPDX-License-Identifier: BSD-3-Clause

// Package prepare makes of a problem what its search needs: the molecule about
// its centroid, the voxels to start from, fields to climb in, and the scorer
// that measures placements. What depends on the map alone, or on the molecule
// alone, is made once and kept with the target. It does not know how placements
// are found.
package prepare

import (
	"context"
	"errors"

	"difffit/fitting"
	"difffit/fitting/internal/kept"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Problem is one that an engine can start with.
type Problem struct {
	Target     *fitting.Target
	Molecule   *Molecule
	Options    fitting.Options
	Level      volume.Level
	Resolution volume.Resolution

	model  modelKey
	mask   *mask
	starts []int32 // voxels of the mask that a placement may start from
}

// New checks a problem, chooses what its options leave open, and finds
// what is inside the contour level. It changes nothing in p.
func New(ctx context.Context, p *fitting.Problem) (*Problem, error) {
	if err := p.Options.Validate(); err != nil {
		return nil, err
	}
	if p.Target == nil || p.Structure == nil {
		return nil, errors.New("fitting: problem: has no target or no structure, want both")
	}
	if err := p.Target.Validate(); err != nil {
		return nil, err
	}
	m, err := moleculeOf(ctx, p)
	if err != nil {
		return nil, err
	}
	q := &Problem{Target: p.Target, Molecule: m, Options: p.Options}
	if o := p.Options.Level; o != nil {
		q.Level = volume.StatedLevel(*o)
	} else {
		q.Level = p.Target.Level(p.Structure.Mass(mol.AllAtoms)) // whatever part of them is fitted
	}
	if r := p.Options.Resolution; r > 0 {
		q.Resolution = volume.StatedResolution(r)
	} else {
		q.Resolution = p.Target.Resolution()
	}
	q.model = modelKey{keyOf(p), q.Resolution.Value}
	key := q.maskKey()
	q.mask, err = kept.Make(ctx, p.Target.Kept(), key, func() (*mask, error) {
		return newMask(p.Target, key, p.Options.Threads)
	})
	if err != nil {
		return nil, err
	}
	q.starts, err = q.mask.startsIn(p.Options.Sphere)
	return q, err
}

// Starts returns the number of voxels that a placement may start from, and
// the position of the i-th, in ångström.
func (p *Problem) Starts() (n int, position func(i int) r3.Vec) {
	return len(p.starts), func(i int) r3.Vec { return p.mask.density.Position(int(p.starts[i])) }
}
