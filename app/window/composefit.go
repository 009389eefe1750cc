// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/propose"
	"difffit/fitting"
	"difffit/fitting/compose"
)

// fitNext zeroes the density of what is accepted, and then fits the structures
// of which copies are missing in what is left.
func (w *window) fitNext() {
	s := w.doc.State()
	open := s.Open()
	if w.job != nil {
		return
	}
	if s.Map == nil || len(open) == 0 {
		w.say("Nothing to fit next: all copies are placed, or no structure takes part")
		return
	}
	todo := zeroings(s.Unzeroed())
	if len(todo) == 0 {
		w.fitThese(open, s.Options)
		return
	}
	before := w.doc.Revision()
	w.afterJob = func() {
		if now := w.doc.State(); w.doc.Revision() != before {
			w.fitThese(now.Open(), now.Options)
		}
	}
	w.zero(todo)
}

// fitHere fits within a sphere about the centre of view.
func (w *window) fitHere() {
	s := w.doc.State()
	if w.job != nil {
		return
	}
	b, err := w.sphereHere(s)
	if err != nil {
		w.fail("Cannot fit here", err)
		return
	}
	w.holdCamera()
	w.composer.sphere = &b
	o := s.Options
	o.Sphere = b
	w.showScene()
	if !w.fitThese(s.Fitted(), o) {
		w.composer.sphere = nil
		w.showScene()
	}
}

// completeComposite looks for all copies that are missing, without a person,
// and proposes what it finds.
func (w *window) completeComposite() {
	s := w.doc.State()
	if w.job != nil {
		return
	}
	if s.Map == nil || len(s.Open()) == 0 {
		w.say("Nothing to complete: all copies are placed, or no structure takes part")
		return
	}
	zero, err := w.compose.ZeroOptions()
	if err != nil {
		w.fail("Cannot complete", err)
		return
	}
	var last time.Time
	report := func(p compose.Progress) {
		if time.Since(last) > 100*time.Millisecond {
			last = time.Now()
			phase := fitting.Phase(fmt.Sprintf("round %d, %d placed: %s", p.Round, p.Placed, p.Phase))
			w.do(func() { w.showProgress(fitting.Progress{Phase: phase, Fraction: p.Fraction}) })
		}
	}
	w.runProposal(&job{name: "Complete", fit: true}, propose.Work{State: s, Engine: w.engine(), Report: report}, propose.CompositeOf(s, zero))
}

// proposeSymmetry finds the symmetry of the accepted placements, or takes the
// one that was written, and proposes the copies that are missing.
func (w *window) proposeSymmetry() {
	s := w.doc.State()
	if w.job != nil {
		return
	}
	if s.Map == nil || len(s.Accepted) == 0 {
		w.say("Symmetry needs accepted placements: two to find it, one if it is stated")
		return
	}
	engine, err := propose.Refining(w.engine(), w.config.Engines)
	if err != nil {
		w.fail("No symmetry", err)
		return
	}
	say := func(text string) { w.do(func() { w.note(text) }) }
	w.runProposal(&job{name: "Symmetry"}, propose.Work{State: s, Engine: engine, Say: say}, propose.SymmetryOf(s, w.compose.Symmetry()))
}

// runProposal computes what is proposed from a basis, at the level that is seen,
// and adds it.
func (w *window) runProposal(j *job, work propose.Work, from *document.Basis) {
	began := time.Now().UTC().Truncate(time.Second)
	work.Threads = w.threaded(work.State.Options).Threads
	w.run(j, func(ctx context.Context) (func(), error) {
		level := w.doc.Level(work.State)
		from.Options.Level = &level.Value
		work.Target = w.doc.Target(document.State{Map: work.State.Map})
		p, err := work.Make(ctx, from)
		for i := range p.Fits {
			p.Fits[i].Program, p.Fits[i].Began = w.program(), began
			p.Fits[i].Result.Level = level // with the rule that it was found by
		}
		if err != nil && len(p.Fits) == 0 {
			return nil, err
		}
		return func() { w.propose(p, work.Engine, from) }, err
	})
}

// propose adds placements to confirm, and selects the first.
func (w *window) propose(p propose.Proposal, engine fitting.Engine, from *document.Basis) {
	open, rejected := w.doc.State().Undecided(p.Fits)
	switch {
	case len(p.Fits) == 0:
		w.say(fmt.Sprintf("Nothing to propose by %s: %s", p.By, p.Reason))
		return
	case open == 0 && rejected > 0:
		w.say(fmt.Sprintf("Nothing to propose by %s: %d left out, rejected before", p.By, rejected))
		return
	case open == 0:
		w.say(fmt.Sprintf("Nothing to propose by %s: what it found is accepted already", p.By))
		return
	}
	number, err := w.doc.AddProposals(p.By, engine.Info(), p.Fits, from)
	if err != nil {
		w.fail("Nothing was proposed", err)
		return
	}
	out := ""
	if rejected > 0 {
		out = fmt.Sprintf("; %d left out: rejected before", rejected)
	}
	w.say(fmt.Sprintf("Round %d: %s proposed by %s (%s)%s: accept or reject each in the panel Compose", number, counted(open, "placement"), p.By, p.Reason, out))
	w.nextProposal()
}

// nextProposal selects the first proposal that is still to be confirmed.
func (w *window) nextProposal() {
	if ids := w.doc.State().Proposals(); len(ids) > 0 {
		w.doc.Select(ids[0])
	}
	w.showProposals()
}

// proposal returns the one that a person decides about now: the selected one,
// else the first.
func (w *window) proposal() (document.ClusterID, int) {
	ids := w.doc.State().Proposals()
	for _, id := range ids {
		if id == w.doc.Selected() {
			return id, len(ids)
		}
	}
	if len(ids) > 0 {
		return ids[0], len(ids)
	}
	return document.ClusterID{}, 0
}

// showProposals tells in the panel what is to be confirmed.
func (w *window) showProposals() { w.compose.SetProposals(w.toConfirm()) }

// toConfirm tells what is to be confirmed, "" if nothing is.
func (w *window) toConfirm() string {
	s := w.doc.State()
	id, n := w.proposal()
	c, ok := s.Cluster(id)
	if !ok {
		return ""
	}
	below := ""
	if c.Score < compose.MinScore {
		below = fmt.Sprintf(" (below %g)", compose.MinScore)
	}
	return fmt.Sprintf("%d to confirm: %s, score %.3f%s, z %.1f", n, s.PlaceName(id), c.Score, below, c.SignificanceZ)
}

// decide does something about the present proposal and goes on to the next.
func (w *window) decide(what string, do func(document.ClusterID) error) {
	id, n := w.proposal()
	if n == 0 || w.job != nil {
		w.say("Nothing is proposed: Complete or Symmetry propose placements")
		return
	}
	name := w.doc.State().PlaceName(id)
	if err := do(id); err != nil {
		w.fail("The proposal is still open", err)
		return
	}
	w.nextProposal()
	w.say(fmt.Sprintf("%s the proposed %s; %d left", what, name, n-1))
}

func (w *window) confirmProposal() { w.decide("Accepted", w.doc.Accept) }

func (w *window) skipProposal() {
	w.decide("Rejected", func(id document.ClusterID) error { return w.doc.SetRejected(id, true) })
}

// confirmAll accepts the proposals that are significant; the others are left
// for a person to decide about one by one.
func (w *window) confirmAll() {
	s := w.doc.State()
	if w.job != nil {
		return
	}
	var good []document.ClusterID
	var weak []float64 // scores
	for _, id := range s.Proposals() {
		if c, _ := s.Cluster(id); c.Score < compose.MinScore {
			weak = append(weak, c.Score)
		} else {
			good = append(good, id)
		}
	}
	switch {
	case len(good)+len(weak) == 0:
		w.fail("Nothing was accepted", errors.New("nothing is proposed"))
		return
	case len(good) == 0:
		w.say("None accepted, " + leftOpen(weak))
		return
	}
	if err := w.doc.AcceptAll(good); err != nil {
		w.fail("Nothing was accepted", err)
		return
	}
	switch {
	case len(weak) > 0:
		w.nextProposal()
		w.say(fmt.Sprintf("%d accepted, %s", len(good), leftOpen(weak)))
	case len(good) == 1:
		w.say("Accepted the proposal")
	default:
		w.say(fmt.Sprintf("Accepted all %d proposals", len(good)))
	}
}

// leftOpen tells why proposals with some scores were not accepted together.
func leftOpen(scores []float64) string {
	if len(scores) == 1 {
		return fmt.Sprintf("1 left open: its score %.3f is below %g", scores[0], compose.MinScore)
	}
	return fmt.Sprintf("%d left open: their scores, up to %.3f, are below %g", len(scores), slices.Max(scores), compose.MinScore)
}
