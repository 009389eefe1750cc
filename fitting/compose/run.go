// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A run is one composite on the way.
type run struct {
	ctx    context.Context
	engine fitting.Engine
	whole  *fitting.Target // the map as it was given
	o      Options
	parts  []*part
	pool   []*candidate    // all that were significant when they were found
	fixed  []*body         // of Options.Fixed
	cuts   []*volume.Layer // what they take out of the map
	made   []fitting.Info  // of each fit, what made it
	result *Result
	watch  *watch
}

// A part is a Part with what is known about it.
type part struct {
	Part
	PartResult
	atoms   int          // that take part
	moments geom.Moments // of all atoms
}

// Run builds the composite of parts in a map. It needs no person: in each
// round every structure of which copies are missing is searched for in what is
// left of the map; what is found is measured in the whole map; of all that was
// found so far, and is significant, those are chosen that go best together;
// their density is taken out. So a choice is not for ever: what a later round
// finds may displace what an earlier one accepted. It ends when all copies are
// placed or a round changes nothing.
//
// When ctx is done, Run returns soon, with what the fits that were finished
// amount to (never nil) and an error that wraps ctx.Err(). The result does not
// depend on the number of threads. Run calls report, if it is not nil, from
// one goroutine at a time.
func Run(ctx context.Context, engine fitting.Engine, target *fitting.Target, parts []Part, o Options, report func(Progress)) (*Result, error) {
	r := &run{
		ctx: ctx, engine: engine, whole: target, o: o, watch: &watch{report: report},
		result: &Result{Remaining: target.Grid(), Exact: true},
	}
	if err := r.begin(parts); err != nil {
		return r.result, err
	}
	left, err := r.fix()
	if err == nil {
		err = r.rounds(left)
	}
	r.finish()
	if err == nil {
		r.watch.tell(r.result.Rounds, fitting.Done, 1)
	}
	return r.result, err
}

// begin checks the input and settles what holds in all rounds.
func (r *run) begin(parts []Part) error {
	if err := r.o.Validate(); err != nil {
		return err
	}
	if len(parts) == 0 {
		return errors.New("compose: no structure is given, want at least one")
	}
	var masses []float64
	for i, p := range parts {
		if p.Copies < 0 {
			return fmt.Errorf("compose: structure %d (%s): %d copies are wanted, want 1 or more, or 0 for as many as are significant", i+1, p.Structure.Name, p.Copies)
		}
		atoms, _ := p.Structure.Count(r.o.Fit.Atoms)
		if atoms == 0 {
			return fmt.Errorf("compose: structure %d (%s): none of its %d atoms takes part", i+1, p.Structure.Name, len(p.Structure.Atoms))
		}
		masses = append(masses, p.Structure.Mass(mol.AllAtoms))
		r.parts = append(r.parts, &part{Part: p, PartResult: PartResult{Wanted: p.Copies}, atoms: atoms, moments: mol.Moments(p.Structure.Atoms)})
	}
	fit := &r.o.Fit
	if fit.Level == nil {
		r.result.Level = r.whole.Level(masses...)
		fit.Level = &r.result.Level.Value
	} else {
		r.result.Level = volume.StatedLevel(*fit.Level)
	}
	r.result.Resolution = volume.StatedResolution(fit.Resolution)
	if fit.Resolution == 0 {
		r.result.Resolution = r.whole.Resolution()
	}
	return nil
}

// rounds does rounds until there is a reason to stop.
func (r *run) rounds(left *fitting.Target) error {
	for round := 1; ; round++ {
		var open []*part
		for _, p := range r.parts {
			if p.Wanted == 0 || p.Placed < p.Wanted {
				open = append(open, p)
			}
		}
		switch {
		case len(open) == 0:
			r.result.Reason = Complete
			return nil
		case round > r.o.MaxRounds:
			r.result.Reason = RoundLimit
			return nil
		}
		r.result.Rounds = round
		searchErr := r.search(round, open, left)
		changed := r.choose(round) // of what the finished fits found, whatever came of the others
		var err error
		left, err = r.zeroed(left, changed)
		switch {
		case r.ctx.Err() != nil:
			r.result.Reason = Interrupted
			return fmt.Errorf("compose: stopped in round %d: %w", round, r.ctx.Err())
		case errors.Is(searchErr, fitting.ErrEmpty):
			r.result.Reason = Empty
			return nil
		case searchErr != nil:
			return searchErr
		case err != nil:
			return err
		case !changed:
			r.result.Reason = Exhausted
			return nil
		}
	}
}

// search fits the open parts in what is left of the map and adds what they
// find to the pool. Several parts are fitted at once with fewer threads each.
func (r *run) search(round int, open []*part, left *fitting.Target) error {
	threads := r.o.Fit.Threads
	if threads == 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	o := r.o.Fit
	o.Threads = max(1, threads/len(open))
	o.Seed += uint64(round - 1) // another round, other starts
	r.watch.begin(round, len(open))
	found := make([][]*candidate, len(open))
	errs := make([]error, len(open))
	next := make(chan int, len(open))
	for i := range open {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	var mu sync.Mutex // of the result
	for range min(threads, len(open)) {
		wg.Go(func() {
			for i := range next {
				var result *fitting.Result
				result, errs[i] = r.engine.Fit(r.ctx, &fitting.Problem{Target: left, Structure: open[i].Structure, Options: o}, r.watch.of(i))
				if errs[i] == nil {
					found[i] = r.candidates(open[i], result)
				}
				if result != nil {
					mu.Lock()
					r.account(open[i], result)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for _, some := range found {
		r.add(some)
	}
	return verdict(errs)
}

// verdict is what the faults of the fits of a round amount to: the first real
// one, or that nothing is left to fit into if all say so.
func verdict(errs []error) error {
	empty := 0
	for _, err := range errs {
		switch {
		case errors.Is(err, fitting.ErrEmpty):
			empty++
		case err != nil:
			return err
		}
	}
	if empty == len(errs) {
		return errs[0]
	}
	return nil
}

func (r *run) account(p *part, result *fitting.Result) {
	r.made = append(r.made, result.Engine)
	p.Starts += result.Starts
	if p.First == nil {
		p.First = result
	}
	s := &r.result.Seconds
	s.Prepare += result.Seconds.Prepare
	s.Search += result.Seconds.Search
	s.Score += result.Seconds.Score
}

// zeroed returns what is left of the map after the chosen placements; left
// itself if that did not change.
func (r *run) zeroed(left *fitting.Target, changed bool) (*fitting.Target, error) {
	if !changed {
		return left, nil
	}
	began := time.Now()
	defer func() { r.result.Seconds.Prepare += time.Since(began).Seconds() }()
	r.result.Layers = nil
	for _, c := range r.chosen() {
		if c.layer == nil {
			var err error
			if c.layer, err = r.cut(r.parts[c.Part].Structure, c.Motion); err != nil {
				return left, err
			}
		}
		r.result.Layers = append(r.result.Layers, c.layer)
	}
	left = r.whole.Without(slices.Concat(r.cuts, r.result.Layers)...)
	r.result.Remaining = left.Grid()
	return left, nil
}

// cut makes the layer of a placement. It does so though the run is stopped, so
// that the result is whole.
func (r *run) cut(s *mol.Structure, g geom.Rigid) (*volume.Layer, error) {
	atoms, _ := s.Moved(g.Mover()).Select(mol.AllAtoms)
	o := r.o.Zero
	if o.Resolution == 0 {
		o.Resolution = r.result.Resolution.Value
	}
	if o.Level == 0 {
		o.Level = r.result.Level.Value
	}
	layer, err := volume.Zero(context.WithoutCancel(r.ctx), r.whole.Grid(), fitting.Points(atoms), o)
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	return layer, nil
}

// fix takes the fixed placements out of the map, and returns what is left.
func (r *run) fix() (*fitting.Target, error) {
	if len(r.o.Fixed) == 0 {
		return r.whole, nil
	}
	for _, f := range r.o.Fixed {
		cut, err := r.cut(f.Structure, f.Motion)
		if err != nil {
			return nil, err
		}
		r.cuts = append(r.cuts, cut)
		r.fixed = append(r.fixed, newBody(f.Structure, f.Motion))
	}
	left := r.whole.Without(r.cuts...)
	r.result.Remaining = left.Grid()
	return left, nil
}

// chosen returns the chosen candidates in order of acceptance.
func (r *run) chosen() []*candidate {
	chosen := slices.DeleteFunc(slices.Clone(r.pool), func(c *candidate) bool { return c.Round == 0 })
	slices.SortStableFunc(chosen, func(a, b *candidate) int {
		if a.Round != b.Round {
			return a.Round - b.Round
		}
		return cmp.Compare(b.weight(r.parts), a.weight(r.parts))
	})
	return chosen
}

// finish numbers the copies and measures their clashes.
func (r *run) finish() {
	if r.result.Engine = fitting.MadeBy(r.made...); len(r.made) == 0 {
		r.result.Engine = r.engine.Info()
	}
	chosen := r.chosen()
	copies := make([]int, len(r.parts))
	for i, c := range chosen {
		copies[c.Part]++
		c.Copy = copies[c.Part]
		c.Clash = 0
		for j, d := range chosen {
			if i != j {
				c.Clash = math.Max(c.Clash, clash(c.body, d.body))
			}
		}
		r.result.Placements = append(r.result.Placements, c.Placement)
	}
	for _, p := range r.parts {
		r.result.Parts = append(r.result.Parts, p.PartResult)
	}
}
