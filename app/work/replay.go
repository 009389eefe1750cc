// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
)

// A Replay computes the rounds of a document again, from what it keeps of them,
// and compares.
type Replay struct {
	State document.State
	// Engine returns the engine that computes again what another one computed.
	Engine func(was fitting.Info) (fitting.Engine, error)
	// Others are engines that may refine placements where that one cannot.
	Others  []fitting.Engine
	Threads int // 0: all; does not change the result
	// MinScore is the score below which placements are not compared; nil is 0, and
	// fitting.MinScore where another kernel computes: that rounds otherwise, and weak
	// places wander.
	MinScore *float64
	// Report, if not nil, is told how far it is, from one goroutine at a time.
	Report func(Progress)
	// Say, if not nil, is told what a person should know.
	Say func(string)
}

// fits returns how many fits there are to compute again.
func (r Replay) fits() int {
	n := 0
	for _, q := range r.State.Rounds {
		n += len(q.Fits)
	}
	return n
}

// Run computes all rounds again and compares them. When something cannot be
// computed, or ctx is done, it returns what was compared until then and why
// there is no more.
func (r Replay) Run(ctx context.Context) ([]Replayed, error) {
	p := &replaying{Replay: r, engines: map[string]*remembering{}, tally: newTally(r.Report, max(1, r.fits()))}
	err := p.rounds(ctx)
	return p.rows, err
}

// replaying is a Replay on the way.
type replaying struct {
	Replay
	targets Targets
	whole   *fitting.Target // the map as it was opened; nil without one
	engines map[string]*remembering
	done    int // fits
	tally   *tally
	rows    []Replayed
}

func (p *replaying) say(format string, args ...any) {
	if p.Say != nil {
		p.Say(fmt.Sprintf(format, args...))
	}
}

// report tells how far the present fit is.
func (p *replaying) report(q fitting.Progress) { p.tally.report(p.done, p.done, q) }

// rounds computes all rounds again and reports on them.
func (p *replaying) rounds(ctx context.Context) error {
	p.whole = p.targets.Whole(p.State.Map)
	if n := p.homeless(); n > 0 {
		p.say("accepted placements that come from no round of the session: %d; they are not compared", n)
	}
	for _, round := range p.State.Rounds {
		if round.Proposed != "" {
			rows, err := p.proposal(ctx, round)
			p.rows = append(p.rows, rows...)
			if err != nil {
				return err
			}
			for range round.Fits {
				p.finished()
			}
			continue
		}
		for i := range round.Fits {
			row, err := p.fit(ctx, &round.Fits[i], round)
			if err != nil {
				return err
			}
			p.rows = append(p.rows, row)
			p.finished()
		}
	}
	return nil
}

// homeless counts the accepted placements of rounds that are not there: they
// were removed, or an older program did not keep them.
func (p *replaying) homeless() int {
	n := 0
	for _, a := range p.State.Accepted {
		if p.State.Round(a.Cluster.Round) == nil {
			n++
		}
	}
	return n
}

func (p *replaying) finished() {
	p.tally.finished(p.done, p.done)
	p.done++
}

// row begins the report on a fit, which is not compared yet.
func (p *replaying) row(round *document.Round, fit *document.Fit) Replayed {
	return Replayed{
		Round: round.Number, Proposed: round.Proposed, Structure: p.State.Name(fit.Structure), Was: fit.Result.Engine, WasProgram: fit.Program,
		Seed: fit.Options.Seed, Recorded: len(fit.Result.Placements), Verdict: NotCompared,
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
func (p *replaying) fit(ctx context.Context, fit *document.Fit, round *document.Round) (Replayed, error) {
	row := p.row(round, fit)
	switch {
	case fit.Partial:
		row.Differences = []string{wasCancelled}
		return row, nil
	case fit.LayersGone > 0:
		row.Differences = []string{hasLost}
		return row, nil
	case p.whole == nil:
		row.Differences = []string{hasNoMap}
		return row, nil
	}
	engine, err := p.engineFor(fit.Result.Engine)
	if err != nil {
		return row, err
	}
	o := fit.Options
	o.Threads = p.Threads
	target := p.whole
	if len(fit.Layers) > 0 {
		target = p.targets.Of(document.State{Map: p.State.Map, Layers: fit.Layers})
	}
	model := p.State.Structure(fit.Structure).Model
	began := time.Now()
	result, err := p.again(ctx, engine, fit, &fitting.Problem{Target: target, Structure: model, Options: o})
	if errors.Is(err, fitting.ErrEmpty) {
		result, err = &fitting.Result{}, nil
	}
	if err = wrong(ctx, err, round, row.Structure); err != nil {
		return row, err
	}
	row.Seconds = time.Since(began).Seconds()
	p.compare(&row, result.Engine, fit, result)
	return row, nil
}

// again searches, or fits locally, as a fit has.
func (p *replaying) again(ctx context.Context, engine *remembering, fit *document.Fit, problem *fitting.Problem) (*fitting.Result, error) {
	if fit.Start == nil {
		return engine.Fit(ctx, problem, p.report)
	}
	e, err := Refining(engine.Engine, p.Others)
	if err != nil {
		return nil, err
	}
	return e.(fitting.Refiner).Refine(ctx, problem, *fit.Start)
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
func (p *replaying) compare(row *Replayed, engine fitting.Info, fit *document.Fit, again *fitting.Result) {
	row.Engine = engine
	if p.MinScore != nil {
		row.MinScore = *p.MinScore
	} else {
		row.MinScore = 0
		if row.Engine.Name != row.Was.Name || row.Engine.Kernel != row.Was.Kernel {
			row.MinScore = fitting.MinScore
			p.say("round %d, %s: was computed by %s %s; placements below a score of %g are not compared", row.Round, row.Structure, row.Was.Name, row.Was.Kernel, fitting.MinScore)
		}
	}
	row.compare(p.State.Structure(fit.Structure).Model, fit, p.State.Options, again)
	for _, a := range p.State.Accepted {
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
func (p *replaying) proposal(ctx context.Context, round *document.Round) ([]Replayed, error) {
	rows := make([]Replayed, len(round.Fits))
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
	work := Proposer{State: p.State, Target: p.whole, Threads: p.Threads}
	var err error
	if work.Engine, err = p.proposer(round); err != nil {
		return nil, err
	}
	work.Report = func(q compose.Progress) { p.report(fitting.Progress{Phase: q.Phase, Fraction: q.Fraction}) }
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
	return p.compareProposal(round, rows, again, document.MadeBy(again.Fits)), nil
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
func (p *replaying) compareProposal(round *document.Round, rows []Replayed, again Proposal, engine fitting.Info) []Replayed {
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
	engine, err := p.engineFor(round.Fits[0].Result.Engine)
	if err != nil || round.Basis.Symmetry == nil {
		return engine, err
	}
	return Refining(engine.Engine, p.Others)
}

// engineFor returns the engine that computes again what another one computed.
func (p *replaying) engineFor(was fitting.Info) (*remembering, error) {
	e, err := p.Engine(was)
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
	if slices.ContainsFunc(p.State.Rounds, func(r *document.Round) bool {
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
