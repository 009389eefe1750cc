// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/compose"
)

// FitHere fits within the sphere that is shown, else within one about the centre
// of view.
func (co *Composer) FitHere() {
	if co.sh.MustWait("Fit here") || co.refused("Fit here") {
		return
	}
	s := co.sh.Doc.State()
	b, err := co.sphereHere(s)
	if err != nil {
		co.wrong("Cannot fit here", false, err)
		return
	}
	co.setSphere(&b)
	o := s.Options
	o.Sphere = b
	if !co.fitThese(s.Fitted(), o) {
		co.endSphere()
	}
}

// CompleteComposite looks for all copies that are missing, without a person,
// and proposes what it finds.
func (co *Composer) CompleteComposite() {
	if co.sh.MustWait("Complete") || co.refused("Complete") {
		return
	}
	s := co.sh.Doc.State()
	if s.Map == nil || len(s.Open()) == 0 {
		co.sh.Say("Complete: " + nothingOpen(s))
		return
	}
	zero, err := co.Panel.ZeroOptions()
	if err != nil {
		co.wrong("Cannot complete", true, err)
		return
	}
	var last time.Time
	report := func(p compose.Progress) {
		if time.Since(last) > 100*time.Millisecond {
			last = time.Now()
			phase := fitting.Phase(fmt.Sprintf("round %d, %d placed: %s", p.Round, p.Placed, p.Phase))
			co.sh.Do(func() { co.sh.ShowProgress(fitting.Progress{Phase: phase, Fraction: p.Fraction}) })
		}
	}
	co.runProposal(&shell.Job{Name: "Complete", Structures: idsOf(s.Open())}, work.Proposer{State: s, Engine: co.sh.Engine(), Report: report}, work.CompositeBasis(s, zero))
}

// ProposeSymmetry finds the symmetry of the accepted and the significant
// placements, or takes the one that was written, and proposes the copies that are
// missing.
func (co *Composer) ProposeSymmetry() {
	s := co.sh.Doc.State()
	if co.sh.MustWait("Symmetry") {
		return
	}
	if !CanProposeSymmetry(s) {
		co.sh.Say("Symmetry: nothing was found yet that could have one; Fit first")
		return
	}
	engine, err := work.Refining(co.sh.Engine(), co.sh.Engines)
	if err != nil {
		co.sh.Fail("No symmetry", err)
		return
	}
	say := func(text string) { co.sh.Do(func() { co.sh.Note(text) }) }
	co.runProposal(&shell.Job{Name: "Symmetry"}, work.Proposer{State: s, Engine: engine, Say: say}, work.SymmetryBasis(s, co.Panel.Symmetry()))
}

// runProposal computes what is proposed from a basis, at the level of fits,
// and adds it.
func (co *Composer) runProposal(j *shell.Job, by work.Proposer, from *document.Basis) {
	by.Threads = co.sh.Threaded(by.State.Options).Threads
	co.sh.Run(j, func(ctx context.Context) (func(), error) {
		by.Target = co.sh.Targets.Whole(by.State.Map)
		level := co.sh.Targets.Level(by.State)
		p, o, err := by.Outcome(ctx, work.AtLevel(from, level), level, co.sh.Program())
		if err != nil && len(p.Fits) == 0 {
			return nil, err
		}
		return func() { co.propose(p, o) }, err
	})
}

// propose adds placements to confirm, and selects the first.
func (co *Composer) propose(p work.Proposal, o document.Outcome) {
	open, rejected := co.sh.Doc.State().Undecided(p.Fits)
	switch {
	case len(p.Fits) == 0: // what was seen
		co.sh.Say(fmt.Sprintf("Nothing to propose by %s: %s", p.By, p.Reason))
		return
	case open == 0 && rejected > 0:
		co.sh.Say(fmt.Sprintf("Nothing to propose by %s: %d left out, rejected before", p.By, rejected))
		return
	case open == 0:
		co.sh.Say(fmt.Sprintf("Nothing to propose by %s: what it found is accepted already", p.By))
		return
	}
	added, err := co.sh.Doc.Apply(o)
	if err != nil {
		co.sh.Fail("Nothing was proposed", err)
		return
	}
	out := ""
	if rejected > 0 {
		out = fmt.Sprintf("; %d left out: rejected before", rejected)
	}
	co.sh.Say(fmt.Sprintf("Round %d: %s proposed by %s (%s)%s: all are shown, as thin tubes; Space accepts the selected one, X rejects it", added.Round, panel.Plural(open, "placement"), p.By, p.Reason, out) + leftOut(added))
	co.nextProposal()
}

// nextProposal selects the first proposal that is still to be confirmed.
func (co *Composer) nextProposal() {
	if ids := co.sh.Doc.State().Proposals(); len(ids) > 0 {
		co.sh.Doc.Select(ids[0])
	}
	co.showProposals()
}

// proposal returns the one that a person decides about now: the selected one,
// else the first.
func (co *Composer) proposal() (document.ClusterID, int) {
	ids := co.sh.Doc.State().Proposals()
	for _, id := range ids {
		if id == co.sh.Doc.Selected() {
			return id, len(ids)
		}
	}
	if len(ids) > 0 {
		return ids[0], len(ids)
	}
	return document.ClusterID{}, 0
}

// showProposals tells in the panel what is to be confirmed.
func (co *Composer) showProposals() { co.Panel.SetProposals(co.ToConfirm()) }

// ToConfirm tells what is to be confirmed, "" if nothing is.
func (co *Composer) ToConfirm() string {
	s := co.sh.Doc.State()
	id, n := co.proposal()
	c, ok := s.Cluster(id)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d to confirm: %s, %s", n, s.PlaceName(id), panel.Judged(c.Placement, s.Fit(id).Result.Resolution.Value))
}

// doubtOf tells why a placement is not believable by itself, "" if it is.
func doubtOf(s document.State, id document.ClusterID) string {
	c, _ := s.Cluster(id)
	return c.Doubt(s.Fit(id).Result.Resolution.Value)
}

// decide does something about the present proposal, or about all that are
// selected, and goes on to the next.
func (co *Composer) decide(what string, do func([]document.ClusterID) error) {
	if co.sh.MustWait("Proposals") {
		return
	}
	s := co.sh.Doc.State()
	id, n := co.proposal()
	if n == 0 {
		co.sh.Say("Nothing is proposed: Complete or Symmetry propose placements")
		return
	}
	ids, name := []document.ClusterID{id}, s.PlaceName(id)
	if several := co.selectedProposals(s); len(several) > 1 {
		ids, name = several, panel.Plural(len(several), "placement")
	}
	if err := do(ids); err != nil {
		co.sh.Fail("The proposal is still open", err)
		return
	}
	co.nextProposal()
	co.sh.Say(fmt.Sprintf("%s the proposed %s; %d left", what, name, n-len(ids)))
}

// selectedProposals returns the proposals whose rows are selected, the best first.
func (co *Composer) selectedProposals(s document.State) []document.ClusterID {
	selected := co.table.Selection()
	return slices.DeleteFunc(s.Proposals(), func(id document.ClusterID) bool { return !slices.Contains(selected, id) })
}

// ConfirmProposal accepts the present proposal, or those that are selected.
func (co *Composer) ConfirmProposal() { co.decide("Accepted", co.sh.Doc.AcceptAll) }

// SkipProposal rejects the present proposal, or those that are selected.
func (co *Composer) SkipProposal() {
	co.decide("Rejected", func(ids []document.ClusterID) error { return co.sh.Doc.SetRejectedAll(ids, true) })
}
