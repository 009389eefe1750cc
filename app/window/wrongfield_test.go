// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"difffit/fitting"
)

// With a wrong number in the form nothing runs: the status says why, and the
// keyboard is in the field.
func TestNothingRunsWithAWrongNumber(t *testing.T) {
	tests := []struct {
		name, field, text string
		run               func(b *bench)
		want              string
	}{
		{"Fit", "options", "abc", func(b *bench) { b.compose.Fit() }, `Fit did not run: Resolution is "abc", want a number`},
		{"Fit here", "options", "-5", func(b *bench) { b.compose.FitHere() }, "Fit here did not run: Resolution is -5 Å, want 0.5 to 100"},
		{"Next", "options", "NaN", func(b *bench) { b.compose.FitNext() }, `Next did not run: Resolution is "NaN", want a number`},
		{"Complete", "options", "1e99", func(b *bench) { b.compose.CompleteComposite() }, "Complete did not run: Resolution is 1e+99 Å"},
		{"Fit here in no sphere", "compose.sphere", "-9", func(b *bench) { b.compose.FitHere() }, `Cannot fit here: the radius of the sphere is "-9"`},
		{"Complete with no radius", "compose.radius", "-9", func(b *bench) { b.compose.CompleteComposite() }, `Cannot complete: zero-out radius is "-9"`},
	}
	e := &planned{seen: make(chan fitting.Options, 9)}
	b := newBench(t, e)
	b.opened()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			field := b.compose.Options.Resolution()
			if tt.field != "options" {
				field = b.compose.Panel.Named()[tt.field].(fyne.Focusable)
			}
			field.(interface{ SetText(string) }).SetText(tt.text)
			tt.run(b)
			if !strings.HasPrefix(b.Status.Text, tt.want) || b.Canvas().Focused() != field || b.Busy() || b.Dialogs() > 0 {
				t.Errorf("status %q, busy %t, focus in %T", b.Status.Text, b.Busy(), b.Canvas().Focused())
			}
			field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if len(e.seen) > 0 || len(b.Doc.State().Rounds) > 0 {
				t.Error("something ran")
			}
		})
	}
}
