// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
)

// AcceptAll accepts all proposals that are significant; where nothing is
// proposed, of all significant placements those that go best together: without a
// clash, and of each structure as many as are expected.
func (co *Composer) AcceptAll() {
	s := co.sh.Doc.State()
	if co.sh.MustWait("Accept all") {
		return
	}
	among, proposals := s.Acceptable(), s.Proposals()
	if len(proposals) > 0 && (len(among) == 0 || slices.ContainsFunc(proposals, func(id document.ClusterID) bool { return doubtOf(s, id) == "" })) {
		co.confirmAll()
		return
	}
	if len(among) == 0 {
		co.sh.Say("Accept all: " + nothingToAccept(s))
		return
	}
	co.sh.Run(&shell.Job{Name: "Accept all"}, func(ctx context.Context) (func(), error) {
		ids, err := work.Together(ctx, s, among)
		return func() { co.acceptThese(ids, len(among)) }, err
	})
}

// nothingToAccept tells why nothing is to be accepted.
func nothingToAccept(s document.State) string {
	if n := len(s.Significant()); n > 0 {
		return fmt.Sprintf("all copies that are expected are placed; %s of the table would be more (panel Inputs, copies)", panel.Plural(n, "row"))
	}
	return "of what is not decided about, no row looks right"
}

// acceptThese accepts placements that were chosen of so many.
func (co *Composer) acceptThese(ids []document.ClusterID, among int) {
	if len(ids) == 0 {
		co.sh.Say(fmt.Sprintf("Accept all: of %s that look right, none is free of clashes with what is accepted", panel.Plural(among, "placement")))
		return
	}
	if err := co.sh.Doc.AcceptAll(ids); err != nil {
		co.sh.Fail("Nothing was accepted", err)
		return
	}
	text := fmt.Sprintf("Accepted %s without a clash", panel.Plural(len(ids), "placement"))
	if left := among - len(ids); left > 0 {
		text += fmt.Sprintf("; in the way of these, or more than are expected: %s", panel.Plural(left, "other"))
	}
	co.sh.Say(text)
}

// A togetherKey tells what a choice is made of.
type togetherKey struct{ base, structures, among, accepted any }

// A choice is among the placements that look right.
type choice struct {
	together []document.ClusterID // what Accept all would accept
	taken    []document.ClusterID // whose places are taken
}

// choose finds out, beside the window, what of the placements that look right goes
// together with what is accepted.
func (co *Composer) choose(s document.State) {
	among := s.Significant()
	if len(among) == 0 {
		co.choice.Forget()
		co.table.SetTaken(nil)
		return
	}
	key := togetherKey{s.Map, work.ListKey(s.Structures), work.ListKey(among), work.ListKey(s.Accepted)}
	co.choice.Make(co.sh, key, func(ctx context.Context) (c choice) {
		c.together, _ = work.Together(ctx, s, s.Acceptable()) // both fail only if they are stopped
		c.taken, _ = work.Taken(ctx, s, among)
		return c
	}, func(c choice) {
		co.table.SetTaken(c.taken)
		co.sh.Enable()
	})
}

// Acceptable returns the placements that Accept all would accept where nothing is
// proposed, and whether that is being found out.
func (co *Composer) Acceptable(s document.State) (ids []document.ClusterID, choosing bool) {
	switch {
	case len(s.Acceptable()) == 0:
		return nil, false
	case !co.choice.Settled():
		return nil, true
	}
	return co.choice.Value.together, false
}

// Explained returns how much of the map above its level the accepted placements
// of s explain, in percent, and how many pairs of them clash; 0 while that is not
// known.
func (co *Composer) Explained(s document.State) (percent float64, clashes int) {
	if co.found == nil || !slices.Equal(co.about.Accepted, s.Accepted) || co.about.Map != s.Map {
		return 0, 0
	}
	return co.found.Part(co.found.Total), co.found.TooNear()
}

// HasToAccept tells whether AcceptAll may find something.
func HasToAccept(s document.State) bool { return len(s.Proposals()) > 0 || len(s.Acceptable()) > 0 }

// confirmAll accepts the proposals that are significant and free of clashes with
// each other and with what is accepted; the others are left for a person to
// decide about one by one.
func (co *Composer) confirmAll() {
	s := co.sh.Doc.State()
	if co.sh.MustWait("Accept all proposals") {
		return
	}
	var good []document.ClusterID
	var doubts []string // about those that are left open
	for _, id := range s.Proposals() {
		if doubt := doubtOf(s, id); doubt != "" {
			doubts = append(doubts, doubt)
		} else {
			good = append(good, id)
		}
	}
	switch {
	case len(good)+len(doubts) == 0:
		co.sh.Say("Nothing is proposed: Complete or Symmetry propose placements")
		return
	case len(good) == 0:
		co.sh.Say("None accepted, " + leftOpen(doubts))
		return
	}
	co.sh.Run(&shell.Job{Name: "Accept all"}, func(ctx context.Context) (func(), error) {
		ids, err := work.WithoutClash(ctx, s, good)
		for range len(good) - len(ids) {
			doubts = append(doubts, "place is not free")
		}
		return func() { co.confirmThese(ids, doubts) }, err
	})
}

// confirmThese accepts proposals; there are doubts about the others.
func (co *Composer) confirmThese(ids []document.ClusterID, doubts []string) {
	if len(ids) == 0 {
		co.sh.Say("None accepted, " + leftOpen(doubts))
		return
	}
	if err := co.sh.Doc.AcceptAll(ids); err != nil {
		co.sh.Fail("Nothing was accepted", err)
		return
	}
	switch {
	case len(doubts) > 0:
		co.nextProposal()
		co.sh.Say(fmt.Sprintf("%d accepted, %s", len(ids), leftOpen(doubts)))
	case len(ids) == 1:
		co.sh.Say("Accepted the proposal")
	default:
		co.sh.Say(fmt.Sprintf("Accepted all %d proposals", len(ids)))
	}
}

// leftOpen tells why proposals, the best first, were not accepted together.
func leftOpen(doubts []string) string {
	if len(doubts) == 1 {
		return "1 left open: its " + doubts[0]
	}
	return fmt.Sprintf("%d left open; of the first of them, %s", len(doubts), doubts[0])
}
