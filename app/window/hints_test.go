// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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
	says("press Fit")
	test.Tap(b.tools.fit)
	b.idle()
	says("Space accepts")
	b.table.Accept()
	says("Delete takes the density")
	first := b.Doc.Selected()
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 3})
	says("Fit next (Ctrl+1) takes the density") // Delete is about the selected one
	b.table.Accept()
	b.idle()
	says("Fit next (Ctrl+1) takes the density")
	test.Tap(b.tools.zero)
	b.idle()
	says("Fit next (Ctrl+1) takes the density")
	b.Doc.Select(first)
	says("Delete takes the density")
	test.Tap(b.tools.zero)
	b.idle()
	says("Fit (F5) goes on in what is left")
	test.Tap(b.tools.fit)
	b.idle()
	says("Space accepts")
	e.weak = 0.75
	test.Tap(b.tools.fit)
	b.idle()
	says("Nothing significant is left")
	b.must(b.Doc.SetCopies(1, 2))
	says("All copies are placed")
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
