// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/app/document"
)

// The line leads through the main job, and stays away when it is closed.
func TestHintsLeadThroughTheJob(t *testing.T) {
	e := &planned{}
	b := newBench(t, e)
	says := func(want string) {
		t.Helper()
		if b.hints.bar.Hidden || !strings.Contains(b.hints.text.Text, want) {
			t.Errorf("the line says %q (hidden %t), want %q", b.hints.text.Text, b.hints.bar.Hidden, want)
		}
	}
	says("Drop a map")
	b.dropped([]string{b.path0("density.mrc")})
	b.idle()
	says("open a structure")
	b.dropped([]string{b.path0("alpha.pdb")})
	b.idle()
	says("press Fit")
	test.Tap(b.tools.fit)
	b.idle()
	says("Space accepts")
	b.accept()
	says("Delete takes the density")
	first := b.doc.Selected()
	b.doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 3})
	says("Fit next (Ctrl+1) takes the density") // Delete is about the selected one
	b.accept()
	b.idle()
	says("Fit next (Ctrl+1) takes the density")
	test.Tap(b.tools.zero)
	b.idle()
	says("Fit next (Ctrl+1) takes the density")
	b.doc.Select(first)
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
	b.must(b.doc.SetCopies(1, 2))
	says("All copies are placed")
	test.Tap(b.hints.shut)
	if !b.hints.bar.Hidden || b.preferences().Hints {
		t.Error("the line cannot be closed")
	}
	b.undo()
	b.idle()
	if !b.hints.bar.Hidden {
		t.Error("the line comes back by itself")
	}
	s := b.preferences()
	s.Hints = true
	b.must(b.setPreferences(s))
	if b.hints.bar.Hidden {
		t.Error("the preferences do not bring it back")
	}
}
