// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// The line leads through the main job, and stays away when it is closed.
func TestHintsLeadThroughTheJob(t *testing.T) {
	b := newBench(t, &planned{})
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
	test.Tap(b.tools.zero)
	b.idle()
	says("Ctrl+S saves")
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
