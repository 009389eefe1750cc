// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/render"
)

// All that is proposed is seen, the best first, and the first is selected.
func TestProposalsAreSeen(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	before := len(b.stage.View.Scene().Molecules)
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	s := b.Doc.State()
	ids := s.Proposals()
	if b.Doc.Selected() != ids[0] || ids[0] != document.Order(2, s.Rounds[1].Fits)[0] {
		t.Errorf("selected is %v, the first is %v", b.Doc.Selected(), document.Order(2, s.Rounds[1].Fits)[0])
	}
	thin := 0
	for _, m := range b.stage.View.Scene().Molecules {
		if m.Style == render.Tube {
			thin++
		}
	}
	if n := len(b.stage.View.Scene().Molecules); n != before+3 || thin != 2 {
		t.Errorf("%d molecules, %d of them thin, want %d and 2", n, thin, before+3)
	}
}

// A fit of what has not changed says so, and is done again with another seed only
// if a person wants it.
func TestNothingHasChanged(t *testing.T) {
	changes := []struct {
		name string
		do   func(b *bench)
		same bool
	}{
		{"nothing", func(*bench) {}, true},
		{"a note", func(b *bench) { b.must(b.Doc.SetNote(alpha(1), "a note")) }, true},
		{"an accepted placement", func(b *bench) { b.must(b.Doc.Accept(alpha(1))) }, true},
		{"fewer structures", func(b *bench) { b.must(b.Doc.SetFits(false, 2)) }, true},
		{"a seed", func(b *bench) { b.setOption(func(o *fitting.Options) { o.Seed = 7 }) }, false},
		{"a level", func(b *bench) { b.setOption(func(o *fitting.Options) { l := 0.7; o.Level = &l }) }, false},
		{"a layer", func(b *bench) { b.compose.ZeroOut(); b.idle() }, false},
		{"a layer that was taken back", func(b *bench) { b.compose.ZeroOut(); b.idle(); b.undo(); b.idle() }, true},
	}
	for _, tt := range changes {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			tt.do(b)
			began := b.compose.Fit()
			b.idle()
			if began == tt.same || strings.Contains(b.said(), "Nothing has changed since round 1") != tt.same {
				t.Errorf("a fit began: %t, the window says %q", began, b.said())
			}
		})
	}
}

// With another seed it is another fit.
func TestFitAgainWithAnotherSeed(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	test.Tap(b.tools.fit)
	b.tapText("Fit with seed 2")
	b.until("the next round", func() bool { return !b.Busy() && len(b.Doc.State().Rounds) == 2 })
	if s := b.Doc.State(); s.Options.Seed != 2 || s.Rounds[1].Fits[0].Options.Seed != 2 {
		t.Errorf("the seed is %d, that of the round %d, want 2", s.Options.Seed, s.Rounds[1].Fits[0].Options.Seed)
	}
}

// tapText taps the button of a dialog that has a text.
func (b *bench) tapText(text string) {
	b.t.Helper()
	var walk func(fyne.CanvasObject) bool
	walk = func(o fyne.CanvasObject) bool {
		if button, ok := o.(*widget.Button); ok && button.Text == text {
			test.Tap(button)
			return true
		}
		switch o := o.(type) {
		case *fyne.Container:
			return slices.ContainsFunc(o.Objects, walk)
		case fyne.Widget:
			return slices.ContainsFunc(test.WidgetRenderer(o).Objects(), walk)
		}
		return false
	}
	if !slices.ContainsFunc(b.Canvas().Overlays().List(), walk) {
		b.t.Fatalf("no button says %q; the dialog says %q", text, b.said())
	}
}

// Several rows are accepted, rejected and pinned at once, and are all in the
// picture.
func TestSeveralRowsAtOnce(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	ids := []document.ClusterID{alpha(1), alpha(3), {Round: 1, Structure: 2, Rank: 1}}
	b.table.Results.SelectRows(ids)
	if n := len(b.stage.View.Scene().Molecules); n != 3 {
		t.Errorf("%d molecules, want all three that are selected", n)
	}
	b.table.Accept()
	if s := b.Doc.State(); len(s.Accepted) != 3 || b.Doc.UndoLabel() != "Accept 3 placements" {
		t.Errorf("%d accepted, the step is %q", len(s.Accepted), b.Doc.UndoLabel())
	}
	b.table.Accept()
	if !strings.Contains(b.Status.Text, "accepted already") {
		t.Errorf("the status says %q", b.Status.Text)
	}
	b.table.Reject()
	if s := b.Doc.State(); len(s.Accepted) != 0 || !s.Mark(ids[2]).Rejected || b.Doc.UndoLabel() != "Reject 3 placements" {
		t.Errorf("%d accepted after rejecting, the step is %q", len(s.Accepted), b.Doc.UndoLabel())
	}
	b.table.TogglePin()
	if n := len(b.Doc.State().Pins()); n != 3 {
		t.Errorf("%d pinned, want 3", n)
	}
	b.idle()
}

// What accepts a proposal accepts all whose rows are selected, by either key.
func TestSelectedProposalsAreAcceptedTogether(t *testing.T) {
	for name, press := range map[string]func(*bench){
		"the key of proposals":  func(b *bench) { b.compose.ConfirmProposal() },
		"the key of placements": func(b *bench) { b.table.Accept() },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			b.table.Accept()
			b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
			b.press("compose.propose")
			ids := b.Doc.State().Proposals()
			if len(ids) != 3 {
				t.Fatalf("%d proposals, want 3", len(ids))
			}
			b.table.Results.SelectRows(ids[:2])
			press(b)
			s := b.Doc.State()
			if len(s.Accepted) != 3 || s.AcceptedFrom(ids[0]) == nil || s.AcceptedFrom(ids[1]) == nil || b.Doc.UndoLabel() != "Accept 2 placements" {
				t.Errorf("%d accepted, the step is %q, the status says %q", len(s.Accepted), b.Doc.UndoLabel(), b.Status.Text)
			}
			b.undo()
			b.table.Results.SelectRows(ids[1:])
			b.press("compose.skip")
			if s := b.Doc.State(); len(s.Proposals()) != 1 || !s.Mark(ids[2]).Rejected || b.Doc.UndoLabel() != "Reject 2 placements" {
				t.Errorf("proposals %v, the step is %q", s.Proposals(), b.Doc.UndoLabel())
			}
			b.idle()
		})
	}
}
