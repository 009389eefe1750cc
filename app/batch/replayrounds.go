// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"difffit/app/document"
	"difffit/app/propose"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
)

// replaying is a session that is computed again.
type replaying struct {
	*run
	flags   replayFlags
	state   document.State
	doc     *document.Document // keeps targets
	whole   *fitting.Target    // the map as it was opened; nil without one
	engines map[string]*remembering
	bar     *progress
	done    int // fits
	report  *replayReport
}

// rounds computes all rounds again and reports on them.
func (p *replaying) rounds(ctx context.Context) error {
	p.whole = p.doc.Target(document.State{Map: p.state.Map})
	if n := p.homeless(); n > 0 {
		p.bar.message("accepted placements that come from no round of the session: %d; they are not compared", n)
	}
	for _, round := range p.state.Rounds {
		if round.Proposed != "" {
			rows, err := p.proposal(ctx, round)
			p.report.Fits = append(p.report.Fits, rows...)
			if err != nil {
				return err
			}
			for range round.Fits {
				p.finished()
			}
			continue
		}
		for i := range round.Fits {
			row, err := p.fit(ctx, round, &round.Fits[i])
			if err != nil {
				return err
			}
			p.report.Fits = append(p.report.Fits, row)
			p.finished()
		}
	}
	return nil
}

// homeless counts the accepted placements of rounds that are not there: they
// were removed, or an older program did not keep them.
func (p *replaying) homeless() int {
	n := 0
	for _, a := range p.state.Accepted {
		if p.state.Round(a.Cluster.Round) == nil {
			n++
		}
	}
	return n
}

func (p *replaying) finished() {
	p.bar.finished(p.done)
	p.done++
}

// row begins the report on a fit, which is not compared yet.
func (p *replaying) row(round *document.Round, fit *document.Fit) replayed {
	return replayed{
		Round: round.Number, Proposed: round.Proposed, Structure: p.state.Name(fit.Structure), Was: round.Engine, WasProgram: fit.Program,
		Seed: fit.Options.Seed, Recorded: len(fit.Result.Placements), Verdict: notCompared,
	}
}

// Why a fit is not compared.
const (
	wasCancelled = "it was cancelled: what it had found depends on the moment"
	hasNoMap     = "the session has no map"
	hasNoBasis   = "the session does not say what it was proposed from: an older program made it"
	hasLost      = "a structure that took part was removed from the session since"
)

// fit computes one fit again.
func (p *replaying) fit(ctx context.Context, round *document.Round, fit *document.Fit) (replayed, error) {
	row := p.row(round, fit)
	switch {
	case fit.Partial:
		row.Differences = []string{wasCancelled}
		return row, nil
	case p.whole == nil:
		row.Differences = []string{hasNoMap}
		return row, nil
	}
	engine, err := p.engineFor(round.Engine)
	if err != nil {
		return row, err
	}
	o := fit.Options
	o.Threads = p.flags.threads
	target := p.whole
	if len(fit.Layers) > 0 {
		target = p.doc.Target(document.State{Map: p.state.Map, Layers: fit.Layers})
	}
	model := p.state.Structure(fit.Structure).Model
	began := time.Now()
	result, err := engine.Fit(ctx, &fitting.Problem{Target: target, Structure: model, Options: o}, p.bar.of(p.done))
	if errors.Is(err, fitting.ErrEmpty) {
		result, err = &fitting.Result{}, nil
	}
	if err = wrong(ctx, err, round, row.Structure); err != nil {
		return row, err
	}
	row.Seconds = time.Since(began).Seconds()
	p.compare(&row, fitting.MadeBy(engine, result.Engine), fit, result)
	return row, nil
}

// wrong tells what went wrong when something was computed again; nil if nothing did.
func wrong(ctx context.Context, err error, round *document.Round, what string) error {
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; what was compared until then is above: %w", ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("round %d, %s: %w", round.Number, what, err)
	}
	return nil
}

// compare fills in how a fit came out again on an engine.
func (p *replaying) compare(row *replayed, engine fitting.Info, fit *document.Fit, again *fitting.Result) {
	row.Engine = engine
	if row.MinScore = p.flags.minScore; row.MinScore < 0 {
		row.MinScore = 0
		if row.Engine.Name != row.Was.Name || row.Engine.Kernel != row.Was.Kernel {
			row.MinScore = weak
			p.bar.message("round %d, %s: was computed by %s %s; placements below a score of %g are not compared", row.Round, row.Structure, row.Was.Name, row.Was.Kernel, weak)
		}
	}
	row.compare(p.state.Structure(fit.Structure).Model, fit, p.state.Options, again)
	for _, a := range p.state.Accepted {
		from := func(q fitting.Placement) bool {
			return q.Motion == a.Placement.Motion && q.Metrics.Score == a.Placement.Score
		}
		if a.Cluster.Round == row.Round && a.Structure == fit.Structure && !slices.ContainsFunc(fit.Result.Placements, from) {
			row.differ("the accepted placement %d is none of its %d placements", a.ID, len(fit.Result.Placements))
		}
	}
}

// proposal computes again what was proposed, and compares it structure by
// structure.
func (p *replaying) proposal(ctx context.Context, round *document.Round) ([]replayed, error) {
	rows := make([]replayed, len(round.Fits))
	for i := range round.Fits {
		rows[i] = p.row(round, &round.Fits[i])
	}
	if len(rows) == 0 {
		return nil, nil
	}
	if reason := p.unrepeatable(round); reason != "" {
		for i := range rows {
			rows[i].Differences = []string{reason}
		}
		return rows, nil
	}
	work := propose.Work{State: p.state, Target: p.whole, Threads: p.flags.threads}
	var err error
	if work.Engine, err = p.proposer(round); err != nil {
		return nil, err
	}
	show := p.bar.of(p.done)
	work.Report = func(q compose.Progress) { show(fitting.Progress{Phase: q.Phase, Fraction: q.Fraction}) }
	began := time.Now()
	again, err := work.Make(ctx, round.Basis)
	if round.Basis.Symmetry != nil && err != nil && ctx.Err() == nil {
		for i := range rows {
			rows[i].Engine = work.Engine.Info()
			rows[i].differ("it is not proposed again: %v", err)
		}
		return rows, nil
	}
	if err = wrong(ctx, err, round, round.Proposed); err != nil {
		return nil, err
	}
	rows[0].Seconds = time.Since(began).Seconds()
	return p.compareProposal(round, rows, again, document.MadeBy(work.Engine, again.Fits)), nil
}

// unrepeatable tells why what was proposed cannot be computed again, "" if it
// can.
func (p *replaying) unrepeatable(round *document.Round) string {
	switch {
	case slices.ContainsFunc(round.Fits, func(f document.Fit) bool { return f.Partial }):
		return wasCancelled
	case round.Basis == nil:
		return hasNoBasis
	case !round.Basis.IsWhole():
		return hasLost
	case p.whole == nil:
		return hasNoMap
	}
	return ""
}

// compareProposal compares what was proposed again with the rows of a round,
// and adds rows for structures that the round does not have.
func (p *replaying) compareProposal(round *document.Round, rows []replayed, again propose.Proposal, engine fitting.Info) []replayed {
	of := func(fits []document.Fit, structure int) int {
		return slices.IndexFunc(fits, func(f document.Fit) bool { return f.Structure == structure })
	}
	for i := range rows {
		fit := &round.Fits[i]
		result := &fitting.Result{Level: fit.Result.Level, Resolution: fit.Result.Resolution} // nothing found
		if k := of(again.Fits, fit.Structure); k >= 0 {
			result = again.Fits[k].Result
		}
		p.compare(&rows[i], engine, fit, result)
		if again.By != round.Proposed {
			rows[i].differ("it is proposed by %s now, was by %s", again.By, round.Proposed)
		}
	}
	for _, fit := range again.Fits {
		if of(round.Fits, fit.Structure) >= 0 {
			continue
		}
		none := fit
		none.Result = &fitting.Result{Level: fit.Result.Level, Resolution: fit.Result.Resolution}
		row := p.row(round, &none)
		p.compare(&row, engine, &none, fit.Result)
		rows = append(rows, row)
	}
	return rows
}

// proposer returns the engine that computes again what was proposed.
func (p *replaying) proposer(round *document.Round) (fitting.Engine, error) {
	engine, err := p.engineFor(round.Engine)
	if err != nil || round.Basis.Symmetry == nil {
		return engine, err
	}
	return propose.Refining(engine.Engine, p.program.Engines)
}

// engineFor returns the engine that computes again what another one computed.
func (p *replaying) engineFor(was fitting.Info) (*remembering, error) {
	e, err := p.engineOf(p.flags.engine, was, p.bar.message)
	if err != nil {
		return nil, err
	}
	name := e.Info().Name
	if p.engines[name] == nil {
		p.engines[name] = &remembering{Engine: e, of: p.begun()}
	}
	return p.engines[name], nil
}

// begun returns the target in which composites of the session began; nil if
// none began in the map as it was opened.
func (p *replaying) begun() *fitting.Target {
	if slices.ContainsFunc(p.state.Rounds, func(r *document.Round) bool {
		return r.Basis != nil && r.Basis.Composite != nil && len(r.Basis.Accepted) == 0
	}) {
		return p.whole
	}
	return nil
}

// remembering is an engine that does not fit twice in one target: the first
// round of a composite often has been a round of its session before.
type remembering struct {
	fitting.Engine
	of *fitting.Target

	mu   sync.Mutex
	kept []remembered
}

type remembered struct {
	structure *mol.Structure
	options   fitting.Options
	result    *fitting.Result
}

// Fit returns what it found before, or asks the engine.
func (e *remembering) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	if p.Target != e.of || ctx.Err() != nil {
		return e.Engine.Fit(ctx, p, report)
	}
	o := p.Options
	o.Threads = 0 // they do not change the result
	if r := e.recall(p.Structure, o); r != nil {
		if report != nil {
			report(fitting.Progress{Phase: fitting.Done, Fraction: 1})
		}
		return r, nil
	}
	r, err := e.Engine.Fit(ctx, p, report)
	if err == nil {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.kept = append(e.kept, remembered{p.Structure, o, r})
	}
	return r, err
}

func (e *remembering) recall(s *mol.Structure, o fitting.Options) *fitting.Result {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, k := range e.kept {
		if k.structure == s && reflect.DeepEqual(k.options, o) {
			return k.result
		}
	}
	return nil
}
