// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"fmt"
	"slices"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Proposer computes placements that a person did not ask for one by one: the
// composite, and the copies that a symmetry lacks. What they are made from is a
// document.Basis, and nothing else beside the map and the structures, so that
// they can be computed again.
type Proposer struct {
	State   document.State  // its map and structures; the rest does not count
	Target  *fitting.Target // the map as it was opened
	Engine  fitting.Engine
	Threads int // 0: all; does not change the result
	// Report, if not nil, is told how far a composite is, from one goroutine at
	// a time.
	Report func(compose.Progress)
	// Say, if not nil, is told what a person should know.
	Say func(string)
}

// A Proposal is what was found.
type Proposal struct {
	By     string         // as document.Round has it
	Fits   []document.Fit // without program and time; none if nothing was found
	Reason string         // what it rests on, or why there is no more
}

// errLost reports that a structure of a basis is no longer in the document.
var errLost = &document.GoneError{What: []string{"a structure that took part"}}

// Make computes the proposal of a basis. When ctx is done, it returns soon,
// with an error that wraps ctx.Err(), and what was found of a composite.
func (w Proposer) Make(ctx context.Context, b *document.Basis) (Proposal, error) {
	if b.Symmetry != nil {
		return w.symmetry(ctx, b)
	}
	r, err := w.Composite(ctx, b)
	if r == nil {
		return Proposal{By: ByComposite}, err
	}
	return Proposal{ByComposite, CompositeFits(b, r, err != nil), whyEnded(r.Reason)}, err
}

// ByComposite tells, in a round of a document, that a composite is proposed.
const ByComposite = "composite"

// CompositeBasis returns what a composite of the structures of s of which copies
// are missing is made from; zero is how density is taken out. A number that is
// assumed counts as one that was stated: it is seen in the list of structures, and
// what is found is proposed to a person, as Next finds it.
func CompositeBasis(s document.State, zero volume.ZeroOptions) *document.Basis {
	if zero.Mode == volume.ZeroOwn {
		zero.Mode = volume.ZeroDistance // what comes next is no neighbour yet
	}
	var wanted []document.Wanted
	for _, t := range s.Open() {
		copies, _ := s.Missing(t.ID)
		wanted = append(wanted, document.Wanted{Structure: t.ID, Copies: copies})
	}
	o := compose.DefaultOptions()
	o.Fit, o.Zero = s.Options, zero
	b := CompositeFrom(o, wanted)
	b.Accepted = s.FixedPlacements()
	return b
}

// AtLevel returns the basis of a composite with the level of the fits of its
// document, which holds for all structures that take part and in all rounds
// (docs/adr/0014-level.md): that of those alone of which copies are missing would
// be another one, and small structures were not found at theirs.
func AtLevel(b *document.Basis, level volume.Level) *document.Basis {
	if b.Composite == nil || b.Options.Level != nil {
		return b
	}
	at := *b
	at.Options.Level = &level.Value
	return &at
}

// CompositeFrom returns what a composite of wanted structures is made from, where
// nothing is accepted yet.
func CompositeFrom(o compose.Options, wanted []document.Wanted) *document.Basis {
	o.Fit.Threads = 0
	return &document.Basis{Options: o.Fit, Composite: &document.CompositeBasis{Wanted: wanted, MaxClash: o.MaxClash, MaxRounds: o.MaxRounds, Zero: o.Zero}}
}

// Composite computes the composite of a basis; see compose.Run. The result is
// nil if the basis does not fit the state.
func (w Proposer) Composite(ctx context.Context, b *document.Basis) (*compose.Result, error) {
	if !b.IsWhole() {
		return nil, errLost
	}
	c := b.Composite
	o := compose.Options{Fit: b.Options, MaxClash: c.MaxClash, MaxRounds: c.MaxRounds, Zero: c.Zero}
	o.Fit.Threads = w.Threads
	for _, p := range b.Accepted {
		o.Fixed = append(o.Fixed, compose.Placed{Structure: w.model(p.Structure), Motion: p.Motion})
	}
	var parts []compose.Part
	for _, p := range c.Wanted {
		parts = append(parts, compose.Part{Structure: w.model(p.Structure), Copies: p.Copies, Assumed: p.Assumed})
	}
	return compose.Run(ctx, w.Engine, w.Target, parts, o, w.Report)
}

func (w Proposer) model(structure int) *mol.Structure { return w.State.Structure(structure).Model }

// CompositeFits returns what a document keeps of the composite of a basis: the copies of
// each structure of which any was placed. partial: it was stopped.
func CompositeFits(b *document.Basis, r *compose.Result, partial bool) []document.Fit {
	var fits []document.Fit
	for i, w := range b.Composite.Wanted {
		q := &fitting.Result{Engine: r.Engine, Level: r.Level, Resolution: r.Resolution, RoundsAgreed: true}
		if i < len(r.Parts) {
			q.Starts = r.Parts[i].Starts
			if first := r.Parts[i].First; first != nil {
				q.AtomsUsed, q.Excluded, q.Seconds = first.AtomsUsed, first.Excluded, first.Seconds
			}
		}
		for _, p := range r.Placements {
			if p.Part == i {
				q.Placements = append(q.Placements, p.Placement)
				q.Clusters = append(q.Clusters, fitting.Cluster{Rank: p.Copy, Placement: p.Placement})
				q.RoundsAgreed = q.RoundsAgreed && p.Agreed
			}
		}
		if len(q.Clusters) > 0 {
			fits = append(fits, document.Fit{Structure: w.Structure, Options: b.Options, Result: q, Partial: partial})
		}
	}
	return fits
}

// whyEnded tells why the program looked for no more copies.
func whyEnded(r compose.Reason) string {
	switch r {
	case compose.Complete:
		return "all copies that are expected"
	case compose.Exhausted:
		return "no other looks right and is free of clashes"
	case compose.Empty:
		return "nothing is left above the level"
	case compose.RoundLimit:
		return "the limit of rounds"
	}
	return "stopped before the end"
}

// Refining returns engine if it can refine placements, as symmetry wants it,
// else the first of others that can.
func Refining(engine fitting.Engine, others []fitting.Engine) (fitting.Engine, error) {
	can := func(e fitting.Engine) bool { _, ok := e.(fitting.Refiner); return ok }
	if can(engine) {
		return engine, nil
	}
	if i := slices.IndexFunc(others, can); i >= 0 {
		return others[i], nil
	}
	return nil, fmt.Errorf("work: no engine can refine placements, %s cannot", engine.Info().Name)
}

// Outcome is Make for the document whose state w has: at a contour level that
// holds for all its fits, made by a program.
func (w Proposer) Outcome(ctx context.Context, b *document.Basis, level volume.Level, program string) (Proposal, document.Outcome, error) {
	began := time.Now().UTC().Truncate(time.Second)
	from := *b
	from.Options.Level = &level.Value
	p, err := w.Make(ctx, &from)
	for i := range p.Fits {
		f := &p.Fits[i]
		result := *f.Result
		result.Level = level // with the rule that it was found by
		f.Program, f.Began, f.Result = program, began, &result
	}
	return p, document.Outcome{From: w.State, Found: &document.Found{Fits: p.Fits, Proposed: p.By, Basis: &from}}, err
}
