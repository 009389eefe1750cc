// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/fitting"
)

// weakened has alpha, of which so many copies are expected, accepted once, and
// nothing more of it found in the next round.
func weakened(t *testing.T, copies int) *bench {
	e := &planned{}
	b := newBench(t, e)
	b.files.Dropped([]string{b.path0("density.mrc"), b.path0("alpha.pdb")})
	b.idle()
	b.must(b.Doc.SetCopies(1, copies))
	test.Tap(b.tools.fit)
	b.idle()
	b.table.Accept()
	e.weak = 0.75
	test.Tap(b.tools.next)
	b.until("the next round", func() bool { return !b.Busy() && len(b.Doc.State().Rounds) == 2 })
	b.idle()
	return b
}

// What is wrong is not selected, nor seen, where something is accepted.
func TestNothingWrongIsSelected(t *testing.T) {
	b := weakened(t, 2)
	if id := b.Doc.Selected(); !id.IsZero() {
		t.Errorf("%v is selected, with a score of 0.15", id)
	}
	if n := len(b.stage.View.Scene().Molecules); n != 1 {
		t.Errorf("%d molecules are seen, want the accepted one", n)
	}
	if !strings.Contains(b.Status.Text, "no placement looks right (best: alpha, ") {
		t.Errorf("the status line says %q", b.Status.Text)
	}
}

// That zeroing has left nothing to look in is an end, and no failure.
func TestNothingIsLeft(t *testing.T) {
	e := &planned{}
	b := newBench(t, e)
	b.files.Dropped([]string{b.path0("density.mrc"), b.path0("alpha.pdb")})
	b.idle()
	test.Tap(b.tools.fit)
	b.idle()
	b.table.Accept()
	e.fault = fitting.ErrEmpty
	test.Tap(b.tools.next)
	b.until("the fit has ended", func() bool { return !b.Busy() && strings.Contains(b.Status.Text, "Nothing is left of the map") })
	b.idle()
	if b.Dialogs() != 0 || len(b.Doc.State().Rounds) != 1 {
		t.Errorf("%d rounds, a dialog says %q", len(b.Doc.State().Rounds), b.said())
	}
	if text, _ := b.help.Hint(); !strings.Contains(text, "Done: save") {
		t.Errorf("the line says %q", text)
	}
}

// Where copies are missing the way is not at its end: the hint names them, why
// that may be, and has a button that helps.
func TestHintsTellWhatIsMissing(t *testing.T) {
	b := weakened(t, 3)
	says := func(want, deed string) {
		t.Helper()
		text, _ := b.help.Hint()
		if d := b.help.Button(); !strings.Contains(text, want) || strings.Contains(text, "Done") || d.Hidden || d.Text != deed {
			t.Errorf("the line says %q, its button %q (hidden %t), want %q and %q", text, d.Text, d.Hidden, want, deed)
		}
	}
	says("Not placed: alpha (1 of 3 is). The resolution, ", "Resolution…")
	test.Tap(b.help.Button())
	if b.Canvas().Focused() != b.compose.Options.Resolution() {
		t.Error("the button does not lead to the resolution")
	}
	b.setOption(func(o *fitting.Options) { o.Resolution = 5 })
	test.Tap(b.tools.fit)
	b.idle()
	says("Not placed: alpha (1 of 3 is). The level of the fit may be too high", "Level…")
	test.Tap(b.help.Button())
	if b.Canvas().Focused() != b.compose.Options.Level() {
		t.Error("the button does not lead to the level")
	}
	b.must(b.Doc.SetCopies(1, 1))
	if text, _ := b.help.Hint(); !strings.Contains(text, "Done: save") || !b.help.Button().Hidden {
		t.Errorf("with all copies the line says %q", text)
	}
}

// A symmetry that is written says how many copies there are; that they are more
// than were expected is told.
func TestStatedSymmetryBeforeCounts(t *testing.T) {
	for _, copies := range []int{1, 2} {
		b := newBench(t, &planned{})
		b.fitted()
		b.must(b.Doc.SetCopies(1, copies))
		b.table.Accept()
		b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
		b.press("compose.propose")
		if n := len(b.Doc.State().Proposals()); n != 3 || !strings.Contains(b.Status.Text, "with these alpha has 4 copies; ") {
			t.Errorf("%d expected: %d proposals; the status line says %q", copies, n, b.Status.Text)
		}
	}
}
