// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/volume"
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
	var todo []zeroing
	for _, a := range s.Accepted {
		if s.LayerOf(a.ID) == nil {
			todo = append(todo, ofAccepted(a))
		}
	}
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
	open := s.Open()
	if w.job != nil {
		return
	}
	if s.Map == nil || len(open) == 0 {
		w.say("Nothing to complete: all copies are placed, or no structure takes part")
		return
	}
	zero, err := w.compose.ZeroOptions()
	if err != nil {
		w.fail("Cannot complete", err)
		return
	}
	o := compose.DefaultOptions()
	o.Fit, o.Zero = s.Options, zero
	level := w.doc.Level(s)
	o.Fit.Level = &level.Value
	if o.Zero.Mode == volume.ZeroOwn {
		o.Zero.Mode = volume.ZeroDistance // what comes next is no neighbour yet
	}
	var parts []compose.Part
	for _, t := range open {
		copies := 0
		if t.Copies > 0 {
			copies = t.Copies - s.Placed(t.ID)
		}
		parts = append(parts, compose.Part{Structure: t.Model, Copies: copies})
	}
	for _, a := range s.Accepted {
		o.Fixed = append(o.Fixed, compose.Placed{Structure: s.Structure(a.Structure).Model, Motion: a.Placement.Motion})
	}
	engine, began := w.engine(), time.Now()
	kept := o // the document does not keep how many threads there were
	o.Fit = w.threaded(o.Fit)
	w.run(&job{name: "Complete", fit: true}, func(ctx context.Context) (func(), error) {
		var last time.Time
		r, err := compose.Run(ctx, engine, w.doc.Target(document.State{Map: s.Map}), parts, o, func(p compose.Progress) {
			if time.Since(last) > 100*time.Millisecond {
				last = time.Now()
				phase := fitting.Phase(fmt.Sprintf("round %d, %d placed: %s", p.Round, p.Placed, p.Phase))
				w.do(func() { w.showProgress(fitting.Progress{Phase: phase, Fraction: p.Fraction}) })
			}
		})
		if r != nil {
			r.Level = level // with the rule that it was found by
		}
		return func() { w.propose("composite", engine, w.compositeFits(open, r, kept, began), whyEnded(r.Reason)) }, err
	})
}

// whyEnded tells why the program looked for no more copies.
func whyEnded(r compose.Reason) string {
	switch r {
	case compose.Complete:
		return "all copies that are expected"
	case compose.Exhausted:
		return "no other is significant and free of clashes"
	case compose.Empty:
		return "nothing is left above the level"
	case compose.RoundLimit:
		return "the limit of rounds"
	}
	return "stopped before the end"
}

// compositeFits makes what the document keeps of a composite.
func (w *window) compositeFits(open []*document.Structure, r *compose.Result, o compose.Options, began time.Time) []document.Fit {
	var fits []document.Fit
	for i, t := range open {
		q := &fitting.Result{Level: r.Level, Resolution: r.Resolution}
		if i < len(r.Parts) {
			q.Starts = r.Parts[i].Starts
			if first := r.Parts[i].First; first != nil {
				q.AtomsUsed, q.Left, q.Seconds = first.AtomsUsed, first.Left, first.Seconds
			}
		}
		q.RoundsAgreed = true
		for _, p := range r.Placements {
			if p.Part == i {
				q.Placements = append(q.Placements, p.Placement)
				q.Clusters = append(q.Clusters, fitting.Cluster{Rank: len(q.Clusters) + 1, Placement: p.Placement})
				q.RoundsAgreed = q.RoundsAgreed && p.Agreed
			}
		}
		if len(q.Clusters) > 0 {
			fits = append(fits, document.Fit{Structure: t.ID, Options: o.Fit, Result: q, Program: w.program(), Began: began.UTC().Truncate(time.Second)})
		}
	}
	return fits
}

// propose adds placements to confirm, and selects the first.
func (w *window) propose(by string, engine fitting.Engine, fits []document.Fit, reason string) {
	if len(fits) == 0 {
		w.say(fmt.Sprintf("Nothing to propose by %s: %s", by, reason))
		return
	}
	number, err := w.doc.AddProposals(by, engine.Info(), fits)
	if err != nil {
		w.fail("Nothing was proposed", err)
		return
	}
	n := len(w.doc.State().Proposals())
	what := "placements"
	if n == 1 {
		what = "placement"
	}
	w.say(fmt.Sprintf("Round %d: %d %s proposed by %s (%s): accept or reject each in the panel Compose", number, n, what, by, reason))
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
func (w *window) showProposals() {
	s := w.doc.State()
	id, n := w.proposal()
	text := ""
	if c, ok := s.Cluster(id); ok {
		text = fmt.Sprintf("%d to confirm: %s, score %.3f, z %.1f", n, s.Name(id.Structure), c.Score, c.SignificanceZ)
	}
	w.compose.SetProposals(text)
}

// decide does something about the present proposal and goes on to the next.
func (w *window) decide(what string, do func(document.ClusterID) error) {
	id, n := w.proposal()
	if n == 0 || w.job != nil {
		w.say("Nothing is proposed: Complete or Symmetry propose placements")
		return
	}
	name := w.doc.State().Name(id.Structure)
	if err := do(id); err != nil {
		w.fail("The proposal is still open", err)
		return
	}
	w.nextProposal()
	w.say(fmt.Sprintf("%s the proposed %s, cluster %d; %d left", what, name, id.Rank, n-1))
}

func (w *window) confirmProposal() { w.decide("Accepted", w.doc.Accept) }

func (w *window) skipProposal() {
	w.decide("Rejected", func(id document.ClusterID) error { return w.doc.SetRejected(id, true) })
}

func (w *window) confirmAll() {
	ids := w.doc.State().Proposals()
	if w.job != nil {
		return
	}
	if len(ids) == 0 {
		w.fail("Nothing was accepted", errors.New("nothing is proposed"))
		return
	}
	if err := w.doc.AcceptAll(ids); err != nil {
		w.fail("Nothing was accepted", err)
		return
	}
	w.say(fmt.Sprintf("Accepted %s", map[bool]string{true: "the proposal", false: fmt.Sprintf("all %d proposals", len(ids))}[len(ids) == 1]))
}
