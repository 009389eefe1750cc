// SPDX-License-Identifier: BSD-3-Clause

// Package search finds placements, on whatever device they climb: rounds of
// the halving search, the plain method, scores and progress. It knows the
// fields that fitting prepares, but not how a device sums over atoms.
package search

import (
	"context"
	"fmt"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/parallel"
	"difffit/fitting/internal/prepare"
)

// An Engine is a fitting.Engine but for Close, which depends on its device.
type Engine struct {
	device Device
}

// NewEngine returns an engine on a device.
func NewEngine(d Device) Engine { return Engine{d} }

// Info says what the device is. See fitting.Engine.
func (e *Engine) Info() fitting.Info { return e.device.Info() }

// Fit finds the placements of a structure in a map. See fitting.Engine.
func (e *Engine) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	r := newRun(ctx, e.device, report)
	defer r.watch.stop()
	defer r.end()
	if err := r.prepare(p); err != nil {
		return r.finish(), err
	}
	var err error
	if p.Options.Method == fitting.DiffFit {
		err = r.paper()
	} else {
		err = r.search()
	}
	return r.finish(), err
}

// Refine moves placements to the nearest optima. See fitting.Refiner.
func (e *Engine) Refine(ctx context.Context, p *fitting.Problem, starts ...geom.Rigid) (*fitting.Result, error) {
	r := newRun(ctx, e.device, nil)
	defer r.watch.stop()
	defer r.end()
	if err := r.prepare(p); err != nil {
		return r.finish(), err
	}
	began := time.Now()
	f, err := newFields(ctx, r.p, prepare.Smoothed)
	if err != nil {
		return r.finish(), err
	}
	m := r.p.Molecule
	o, err := r.session.Objective(ctx, f.full, m.Offsets)
	if err != nil {
		return r.finish(), err
	}
	defer o.Close()
	ends := make([]geom.Rigid, len(starts))
	for i, start := range starts {
		ends[i] = m.ToCenter(start)
	}
	err = o.Polish(ctx, ends, polishing(m.Gyration, refineSteps))
	r.result.Seconds.Search = time.Since(began).Seconds()
	r.result.Starts = len(starts)
	for i, found := range r.correlateHere(ends) {
		r.pool = append(r.pool, &candidate{at: ends[i], found: found, hits: 1})
	}
	return r.finish(), err
}

// Measure returns how good placements are where they are, motions of the
// structure as it is in its file, in their order; their Hits are 0. No device is
// needed for that.
func Measure(ctx context.Context, p *fitting.Problem, at ...geom.Rigid) ([]fitting.Placement, error) {
	prepared, err := prepare.New(ctx, p)
	if err != nil {
		return nil, err
	}
	r := run{ctx: ctx, p: prepared, threads: Threads(p.Options)}
	if err := r.scorers(); err != nil {
		return nil, err
	}
	out := make([]fitting.Placement, len(at))
	if err := Each(ctx, r.threads, len(at), func(i int) {
		g := prepared.Molecule.ToCenter(at[i])
		out[i] = fitting.Placement{Motion: at[i], Metrics: r.scorer.Metrics(g, r.scorer.Correlate(g))}
	}); err != nil {
		return nil, err
	}
	r.inWhole(out)
	return out, nil
}

// Threads returns how many processors a fit may use.
func Threads(o fitting.Options) int {
	return parallel.Workers(o.Threads)
}

// A candidate is a placement about the centroid that may be in the result.
type candidate struct {
	at     geom.Rigid
	found  prepare.Correlation
	hits   int
	rounds int // in how many independent rounds it was found
	last   int // the last of them
}

// A run is one fit.
type run struct {
	ctx     context.Context
	device  Device
	p       *prepare.Problem
	threads int
	session Session
	scorer  *prepare.Scorer
	whole   *prepare.Scorer // in the map as it was opened; nil if that is the same
	pool    []*candidate    // best first; of a refinement in the order of its starts
	result  *fitting.Result
	watch   *watch
}

func newRun(ctx context.Context, d Device, report func(fitting.Progress)) *run {
	return &run{ctx: ctx, device: d, result: &fitting.Result{}, watch: newWatch(report)}
}

// prepare makes everything that placements are found and measured with.
func (r *run) prepare(p *fitting.Problem) error {
	began := time.Now()
	defer func() { r.result.Seconds.Prepare = time.Since(began).Seconds() }()
	r.watch.phase(fitting.Preparing, 0)
	if err := r.ctx.Err(); err != nil {
		return fmt.Errorf("search: fit stopped: %w", err)
	}
	prepared, err := prepare.New(r.ctx, p)
	if err != nil {
		return err
	}
	r.p, r.threads = prepared, Threads(p.Options)
	r.session = r.device.Begin(r.threads)
	m := prepared.Molecule
	r.result.Level, r.result.Resolution = prepared.Level, prepared.Resolution
	r.result.AtomsUsed, r.result.Excluded = len(m.Offsets), m.Excluded
	r.watch.phase(fitting.Preparing, 0.05)
	err = r.scorers()
	r.watch.phase(fitting.Preparing, 0.1)
	return err
}

// scorers makes what placements are measured with.
func (r *run) scorers() (err error) {
	if r.scorer, err = r.p.Scorer(r.ctx); err != nil {
		return err
	}
	if t := r.p.Target.Whole(); t != r.p.Target {
		r.whole, err = r.scorer.In(r.ctx, t, r.threads)
	}
	return err
}

// end gives the device back.
func (r *run) end() {
	if r.session != nil {
		r.session.End()
	}
}

// finish measures what was found and ranks it.
func (r *run) finish() *fitting.Result {
	began := time.Now()
	if r.scorer != nil && len(r.pool) > 0 {
		r.watch.phase(fitting.Scoring, 0.95)
		r.result.Placements = r.placements(r.pool)
		r.inWhole(r.result.Placements)
		o := r.p.Options
		r.result.Clusters = fitting.Group(r.result.Placements, r.p.Molecule.Center, o.ClusterShift, o.ClusterAngle)
	}
	r.result.Engine = r.device.Info()
	if r.session != nil {
		r.result.Note = r.session.Note()
	}
	r.result.Seconds.Score += time.Since(began).Seconds()
	r.watch.done(r.result.Clusters)
	return r.result
}

// placements measures candidates, in their order.
func (r *run) placements(from []*candidate) []fitting.Placement {
	out := make([]fitting.Placement, len(from))
	_ = Each(context.Background(), r.threads, len(from), func(i int) {
		c := from[i]
		motion := r.p.Molecule.ToFile(c.at)
		out[i] = fitting.Placement{
			Motion: geom.NewRigid(motion.Rotation, motion.Shift), Hits: c.hits, Metrics: r.scorer.Metrics(c.at, c.found),
		}
	})
	return out
}

// inWhole measures placements in the map as it was opened, if they were found in
// what is left of it.
func (r *run) inWhole(placements []fitting.Placement) {
	if r.whole == nil {
		return
	}
	_ = Each(context.Background(), r.threads, len(placements), func(i int) {
		at := r.p.Molecule.ToCenter(placements[i].Motion)
		m := r.whole.Metrics(at, r.whole.Correlate(at))
		placements[i].Whole = &m
	})
}

// Each calls do for 0 to n−1 from several goroutines and stops early when ctx
// is done. What do(i) does may depend on i alone, so that the result is the
// same for any number of threads.
func Each(ctx context.Context, threads, n int, do func(i int)) error {
	if err := parallel.Chunks(ctx, n, 1, threads, func(_, i, _, _ int) { do(i) }); err != nil {
		return fmt.Errorf("search: fit stopped: %w", err)
	}
	return nil
}
