// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	paperStarts    = 1000 // starts of the paper: 10 positions × 100 rotations
	paperRotations = 100  // rotations at each position
	logEvery       = 10   // steps between looks at the value
)

// paper is the plain method of the paper: Adam (Kingma and Ba, ICLR 2015;
// β 0.9/0.999, ε 1e-8) on shift and quaternion, each number for itself, for a
// fixed number of steps; the best of every tenth state represents a start.
func (r *run) paper() error {
	began := time.Now()
	f, err := newFields(r.ctx, r.p, prepare.Paper)
	r.result.Seconds.Prepare += time.Since(began).Seconds()
	if err != nil {
		return err
	}
	began = time.Now()
	defer func() { r.result.Seconds.Search = time.Since(began).Seconds() }()
	n := r.p.Options.Starts
	if n == 0 {
		n = paperStarts
	}
	o, err := r.session.Objective(r.ctx, f.full, r.p.Molecule.Offsets)
	if err != nil {
		return err
	}
	defer o.Close()
	ends := make([]Climber, n)
	var finished atomic.Int64
	err = o.Follow(r.ctx, n, r.paperStart, r.paperAdam(), func(i int, end Climber) {
		ends[i] = end
		ends[i].start = uint64(i) + 1
		r.watch.phase(fitting.Searching, 0.1+0.8*float64(finished.Add(1))/float64(n))
	})
	ends = slices.DeleteFunc(ends, func(c Climber) bool { return c.start == 0 })
	r.result.Starts = len(ends)
	ends = r.within(ends)
	slices.SortFunc(ends, func(a, b Climber) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.start, b.start))
	})
	for _, c := range ends {
		r.join(c)
	}
	places := make([]geom.Rigid, len(r.pool))
	for i, c := range r.pool {
		places[i] = c.at
	}
	for i, c := range r.correlate(places) {
		r.pool[i].found = c
	}
	byScore(r.pool)
	return err
}

// correlate scores places, on the device if it can. It does so also when the
// fit was stopped: what is finished counts.
func (r *run) correlate(places []geom.Rigid) []prepare.Correlation {
	if m, ok := r.session.(Measurer); ok && r.ctx.Err() == nil {
		if found := m.Correlate(r.ctx, r.scorer, places); found != nil {
			return found
		}
	}
	return r.correlateHere(places)
}

// correlateHere scores places on the processors.
func (r *run) correlateHere(places []geom.Rigid) []prepare.Correlation {
	found := make([]prepare.Correlation, len(places))
	_ = Each(context.Background(), r.threads, len(places), func(i int) { found[i] = r.scorer.Correlate(places[i]) })
	return found
}

// join adds an end to the pool, or to the hits of one that is nearly the same:
// finer than clusters are, so that clusters can still be chosen.
func (r *run) join(c Climber) {
	const shift, angle = 1, 2 // ångström, degrees
	for _, d := range r.pool {
		if r3.Norm(r3.Sub(c.Shift, d.at.Shift)) <= shift && geom.Angle(c.Rotation, d.at.Rotation) <= angle {
			d.hits++
			return
		}
	}
	r.pool = append(r.pool, &candidate{at: c.Rigid, hits: 1})
}

// paperStart returns the i-th start: a hundred random rotations at each of
// the random voxels above the level.
func (r *run) paperStart(i int) geom.Rigid {
	voxels, position := r.p.Starts()
	seed := r.p.Options.Seed
	where := rand.New(rand.NewPCG(seed, 1<<60|uint64(i/paperRotations)))
	return geom.Rigid{Rotation: geom.Random(rand.New(rand.NewPCG(seed, uint64(i)))), Shift: position(where.IntN(voxels))}
}

// paperAdam returns the rates of the plain method.
func (r *run) paperAdam() Adam {
	opts, e := r.p.Options, r.p.Target.Grid().Extent()
	return Adam{
		Steps: opts.Iterations, Look: logEvery,
		ShiftRate: opts.ShiftRate * (e.X + e.Y + e.Z) / 3, RotationRate: opts.RotationRate,
	}
}
