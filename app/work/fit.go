// SPDX-License-Identifier: BSD-3-Clause

// Package work has what is done to a document: fits of one or many structures,
// proposals, what is taken out of the map, what a composite amounts to, and
// computing all of it again. A work is a pure function of what it is given and
// an engine; it changes no document, but returns an Outcome that says what it
// was made from, and the document decides whether that still fits. The window,
// the commands and replay all call it, so that they cannot drift apart. It
// knows neither windows nor command lines, and writes no files.
package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Subject is a structure that is to be placed.
type Subject struct {
	// Name is what messages call it.
	Name string
	// Read returns the structure. It is called by several goroutines at once,
	// for different subjects, and again for a subject whose structure was too
	// large to be kept: see Fit.
	Read func(context.Context) (*mol.Structure, error)
}

// Held returns the subject of a structure that is in memory.
func Held(s *mol.Structure) Subject {
	return Subject{s.Name, func(context.Context) (*mol.Structure, error) { return s, nil }}
}

// A Fit is a search for the places of one or several structures in one map.
// Several are fitted at one contour level, side by side; a library is searched
// in passes (docs/adr/0005-libraries.md).
type Fit struct {
	Engine  fitting.Engine
	Target  *fitting.Target // what is fitted into
	Options fitting.Options // a level that is not stated is chosen, one for all
	Threads int             // processors to use; 0: as Options say, which does not change the result
	// Level is the level of all, with the rule that it was found by, where Options
	// state none; nil for the suggestion for the subjects.
	Level *volume.Level
	// Start, if not nil, is a motion of all subjects, as they are in their files,
	// whose nearest optimum is all that is looked for.
	Start *geom.Rigid
	// Placements says what is kept of the results: all distinct ends, from which
	// clusters can be made anew, or the clusters alone, which is less for large
	// libraries.
	Placements bool
	// Report, if not nil, is told how far the fit is, from one goroutine at a
	// time. The fit waits for it.
	Report func(Progress)
	// Say, if not nil, is told what a person should know, by any goroutine.
	Say func(string)
}

// Found is what a fit found for one subject.
type Found struct {
	Result *fitting.Result // nil if Err is not
	// Options are those that the engine had: with the level of all, and the
	// starts of the last pass.
	Options fitting.Options
	Partial bool        // ctx ended before the search for it did
	Start   *geom.Rigid // where it began: that of the Fit
	Err     error       // why it could not be read or fitted
	// Unassessed is why the result has no null distribution; nil if it has.
	Unassessed error
	Sampled    int // wrong placements that were sampled, also where they were too few
}

// Progress tells how far a fit is.
type Progress struct {
	Subject  int               // whose fit goes on, by index
	Phase    fitting.Phase     // of that fit
	Clusters []fitting.Cluster // of that fit so far, best first; nil where there is nothing new
	Done     int               // searches that came to their end, of All
	All      int               // searches, those of later passes too; as far as one can know
	Fraction float64           // of the whole, 0 to 1; never falls
	Left     time.Duration     // estimated time to the end, 0 if unknown
}

// keepAtoms is how many atoms of structures that can be read again are kept in
// memory (about 200 bytes each).
const keepAtoms = 600_000

// ErrNotSearched is why there is nothing of a subject whose turn never came.
var ErrNotSearched = errors.New("work: it was not searched for")

// Run fits the subjects. There is one Found for each, in their order. What is
// wrong with one subject is in its Found. When ctx is done, Run returns within
// half a second what is finished so far, and an error that wraps ctx.Err().
func (f Fit) Run(ctx context.Context, subjects []Subject) ([]Found, error) {
	r := &fitRun{Fit: f, subjects: make([]subject, len(subjects)), found: make([]Found, len(subjects))}
	for i, s := range subjects {
		r.subjects[i].Subject = s
		r.found[i].Err = ErrNotSearched
	}
	r.tally = newTally(f.Report, len(r.subjects)+r.more())
	r.read(ctx)
	r.settle()
	if len(r.subjects) > 1 {
		r.tally.weigh(r.costs())
	}
	r.fitAll(ctx)
	r.assess(ctx)
	if ctx.Err() != nil {
		return r.found, fmt.Errorf("work: stopped: %w", ctx.Err())
	}
	return r.found, nil
}

// fitRun is a Fit on the way.
type fitRun struct {
	Fit
	subjects []subject
	found    []Found
	tally    *tally
	at       volume.Level // the contour level of all, with the rule that it was found by

	mu   sync.Mutex
	kept int // atoms of structures in memory
}

// subject is a Subject with its structure, if that is kept.
type subject struct {
	Subject
	structure *mol.Structure
	mass      float64 // dalton
	failed    error
}

func (r *fitRun) threads() int {
	if n := cmp.Or(r.Threads, r.Options.Threads); n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// each calls f for some subjects, as many at once as there are processors.
func (r *fitRun) each(of []int, f func(i int)) {
	var g errgroup.Group
	g.SetLimit(max(1, min(r.threads(), len(of))))
	for _, i := range of {
		g.Go(func() error { f(i); return nil })
	}
	_ = g.Wait() // faults belong to their subjects
}

// shared returns options with an equal part of the processors for n fits at
// once: that wastes less than many processors for one, and the result is the
// same.
func (r *fitRun) shared(o fitting.Options, n int) fitting.Options {
	o.Threads = r.threads()
	if n > 1 {
		o.Threads = max(1, o.Threads/n)
	}
	return o
}

// read reads all subjects once, for the level and for faults.
func (r *fitRun) read(ctx context.Context) {
	r.each(all(len(r.subjects)), func(i int) {
		if ctx.Err() == nil {
			_, _ = r.structure(ctx, i) // a fault is kept with it
		}
	})
}

// settle finds the one contour level of all (docs/adr/0014-level.md).
func (r *fitRun) settle() {
	if l := r.Options.Level; l != nil {
		r.at = volume.StatedLevel(*l)
		return
	}
	if r.Level != nil {
		r.at = *r.Level
		r.Options.Level = &r.at.Value
		return
	}
	var masses []float64
	for _, s := range r.subjects {
		if s.mass > 0 {
			masses = append(masses, s.mass)
		}
	}
	if len(masses) > 0 {
		r.at = r.Target.Level(masses...)
		r.Options.Level = &r.at.Value
	}
}

// all returns the indices of n things.
func all(n int) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	return of
}

// structure returns the structure of a subject, read again if it was not kept.
func (r *fitRun) structure(ctx context.Context, i int) (*mol.Structure, error) {
	s := &r.subjects[i]
	if s.structure != nil || s.failed != nil {
		return s.structure, s.failed
	}
	m, err := s.Read(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.failed = err
			r.found[i].Err = err
		}
		return nil, err
	}
	s.mass = m.Mass(mol.AllAtoms)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept+len(m.Atoms) <= keepAtoms || len(r.subjects) == 1 {
		r.kept += len(m.Atoms)
		s.structure = m
	}
	return m, nil
}

// fit searches for one subject, in a pass of a screen with starts for it, else
// with 0. What an earlier pass found stays if this one is interrupted or fails,
// which is told.
func (r *fitRun) fit(ctx context.Context, i int, o fitting.Options, starts, task int) {
	f := &r.found[i]
	before := *f
	*f = r.search(ctx, i, o, starts, func(p fitting.Progress) { r.tally.report(task, i, p) })
	if before.Result == nil {
		return
	}
	if f.Err != nil || f.Partial {
		if f.Err != nil && ctx.Err() == nil {
			r.say(r.subjects[i].Name, fmt.Sprintf("what %d starts found stays, for more of them failed: %v", before.Result.Starts, f.Err))
		}
		*f = before
		return
	}
	t, was := &f.Result.Seconds, before.Result.Seconds
	t.Prepare, t.Search, t.Score = t.Prepare+was.Prepare, t.Search+was.Search, t.Score+was.Score
}

func (r *fitRun) search(ctx context.Context, i int, o fitting.Options, starts int, report func(fitting.Progress)) Found {
	s, err := r.structure(ctx, i)
	if err != nil {
		return Found{Err: err}
	}
	if left := taking(s, o.Atoms); left != nil {
		return Found{Err: left}
	}
	if starts > 0 {
		o.Starts = r.startsFor(starts, r.subjects[i].mass)
	}
	result, err := r.ask(ctx, &fitting.Problem{Target: r.Target, Structure: s, Options: o}, report)
	if errors.Is(err, fitting.ErrEmpty) {
		result, err = r.nothing(s, o, err), nil
	}
	o.Threads = r.Options.Threads
	switch {
	case result == nil && err == nil:
		return Found{Err: errors.New("the engine returned nothing")}
	case result == nil || err != nil && ctx.Err() == nil:
		return Found{Err: err}
	}
	if result.Note != "" {
		r.say(r.subjects[i].Name, result.Note)
	}
	kept := *result
	if !r.at.IsStated() {
		kept.Level = r.at // with the rule that it was found by
	}
	if (kept.Engine == fitting.Info{}) {
		kept.Engine = r.Engine.Info()
	}
	if !r.Placements {
		kept.Placements = nil
	}
	return Found{Result: &kept, Options: o, Partial: err != nil, Start: r.Start}
}

// ask has the engine search, or refine.
func (r *fitRun) ask(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	if r.Start == nil {
		return r.Engine.Fit(ctx, p, report)
	}
	refiner, ok := r.Engine.(fitting.Refiner)
	if !ok {
		return nil, fmt.Errorf("work: the engine %s cannot refine placements", r.Engine.Info().Name)
	}
	return refiner.Refine(ctx, p, *r.Start)
}

// nothing is the result of a fit into a map that has nothing above the level.
func (r *fitRun) nothing(s *mol.Structure, o fitting.Options, why error) *fitting.Result {
	used, left := s.Count(o.Atoms)
	n := &fitting.Result{AtomsUsed: used, Excluded: left, Level: r.at, Resolution: r.Target.Resolution(), Note: why.Error()}
	if o.Resolution > 0 {
		n.Resolution = volume.StatedResolution(o.Resolution)
	}
	return n
}

// ErrNoAtoms is wrapped where none of the atoms of a structure takes part.
var ErrNoAtoms = errors.New("no atom takes part")

// taking tells why no atom takes part; nil if any does.
func taking(s *mol.Structure, part mol.Selection) error {
	n, left := s.Count(part)
	if n > 0 {
		return nil
	}
	return fmt.Errorf("%w (%d atoms; left out: %d of water, %d hydrogens, %d not of the backbone)",
		ErrNoAtoms, len(s.Atoms), left.Water, left.Hydrogens, left.NotBackbone)
}

func (r *fitRun) say(name, text string) {
	if r.Say != nil {
		r.Say(name + ": " + text)
	}
}
