// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"fmt"
	"time"

	"difffit/app/document"
	"difffit/fitting"
)

// A Round is a fit of structures of a document into what is left of its map.
type Round struct {
	State      document.State        // its map, layers and options count
	Structures []*document.Structure // that are fitted, of the state
	Targets    *Targets
	Engine     fitting.Engine
	Threads    int            // processors to use: see Fit
	Program    string         // that makes it, with its version
	Report     func(Progress) // see Fit
	Say        func(string)   // see Fit
}

// Make computes the round. What is wrong with single structures is in faults.
// When ctx is done, it returns soon what is finished so far, which may be
// nothing, and an error that wraps ctx.Err().
func (r Round) Make(ctx context.Context) (o document.Outcome, faults []error, err error) {
	began := time.Now()
	fit := Fit{
		Engine: r.Engine, Target: r.Targets.Of(r.State), Options: r.State.Options, Threads: r.Threads, Placements: true, Report: r.Report, Say: r.Say,
	}
	if fit.Options.Level == nil {
		// What is seen is what is fitted: the level for all that take part.
		level := r.Targets.Level(r.State)
		fit.Level = &level
	}
	subjects := make([]Subject, len(r.Structures))
	for i, t := range r.Structures {
		subjects[i] = Held(t.Model)
	}
	found, err := fit.Run(ctx, subjects)
	for i := range found {
		f, name := &found[i], r.Structures[i].Model.Name
		switch {
		case f.Result != nil && f.Result.Starts == 0 && !f.Partial: // there was nothing to fit into
			faults = append(faults, fmt.Errorf("%s: %w", name, nothingLeft(f.Result.Note)))
			f.Result = nil
		case f.Err != nil && !errors.Is(f.Err, ErrNotSearched) && ctx.Err() == nil:
			faults = append(faults, fmt.Errorf("%s: %w", name, f.Err))
		case ctx.Err() == nil && isFault(f.Unassessed):
			faults = append(faults, fmt.Errorf("%s: %w", name, f.Unassessed))
		}
	}
	return Collect(r.State, r.Structures, found, r.Program, began), faults, err
}

// nothingLeft is why there was nothing to fit into: an ErrEmpty.
type nothingLeft string

func (e nothingLeft) Error() string { return string(e) }

// Is makes e an ErrEmpty.
func (e nothingLeft) Is(target error) bool { return target == fitting.ErrEmpty }
