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
)

// The line leads through the main job, and stays away when it is closed.
func TestHintsLeadThroughTheJob(t *testing.T) {
	e := &planned{}
	b := newBench(t, e)
	says := func(want string) {
		t.Helper()
		if text, _ := b.help.Hint(); !b.help.Bar.Visible() || !strings.Contains(text, want) {
			t.Errorf("the line says %q (shown %t), want %q", text, b.help.Bar.Visible(), want)
		}
	}
	says("Drop a map")
	b.files.Dropped([]string{b.path0("density.mrc")})
	b.idle()
	says("open a structure")
	b.files.Dropped([]string{b.path0("alpha.pdb")})
	b.idle()
	says("Next: Fit (F5). The resolution, ")
	test.Tap(b.tools.fit)
	b.idle()
	says("Next: Accept (Space) alpha placement 1, if you agree: its numbers look right.") // the others are in its way
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 3})
	says("Next: Accept all (Ctrl+Shift+A): the one row that looks right and is free of clashes.")
	b.compose.AcceptAll()
	b.idle()
	says("Next (F6) zeroes out what is accepted and looks for further copies of alpha.")
	e.weak = 0.75
	test.Tap(b.tools.next)
	b.until("the next round", func() bool { return !b.Busy() && len(b.Doc.State().Rounds) == 2 })
	b.idle()
	says("Nothing more is found that looks right. Done: save (Ctrl+S) / report (Ctrl+Shift+R).")
	b.must(b.Doc.SetCopies(1, 1))
	says("All copies that are expected are placed; 46.7 % of the map is explained. Done: save (Ctrl+S) / report (Ctrl+Shift+R).")
	_, shut := b.help.Hint()
	test.Tap(shut.(fyne.Tappable))
	if b.help.Bar.Visible() || b.preferences().Hints {
		t.Error("the line cannot be closed")
	}
	b.undo()
	b.idle()
	if b.help.Bar.Visible() {
		t.Error("the line comes back by itself")
	}
	s := b.preferences()
	s.Hints = true
	b.must(b.setPreferences(s))
	if !b.help.Bar.Visible() {
		t.Error("the preferences do not bring it back")
	}
}

// The button of what comes next stands out, and no other; what has none above has
// one beside the hint.
func TestButtonOfTheNextStepStandsOut(t *testing.T) {
	b := newBench(t, &planned{})
	high := func() (names []string) {
		for _, o := range []*widget.Button{b.tools.open, b.tools.save, b.tools.fit, b.tools.accept, b.tools.next, b.tools.complete, b.tools.symmetry, b.help.Button()} {
			if o.Importance == widget.HighImportance && o.Visible() {
				names = append(names, o.Text)
			}
		}
		return names
	}
	check := func(what string, want ...string) {
		t.Helper()
		if got := high(); !slices.Equal(got, want) {
			hint, _ := b.help.Hint()
			t.Errorf("%s: %q stand out, want %q; the hint is %q", what, got, want, hint)
		}
	}
	check("nothing is open", "Open")
	b.opened()
	check("all is open", "Fit")
	b.fitted()
	b.idle()
	check("there are rows", "Accept all")
	test.Tap(b.help.Button())
	b.idle()
	if len(b.Doc.State().Accepted) == 0 {
		t.Error("the button beside the hint accepts nothing")
	}
	b.help.SetHints(false)
	if b.help.Bar.Visible() {
		t.Error("hints are closed and seen")
	}
}
