// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/window/shell"
)

// What follows zeroing is forgotten where zeroing does not begin: nothing starts
// a fit later by itself.
func TestFitNextLeavesNoOrderBehind(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.idle()
	b.compose.Panel.Named()["compose.radius"].(interface{ SetText(string) }).SetText("bad")
	b.compose.FitNext()
	if said := b.said(); b.Dialogs() != 1 || !strings.Contains(said, "bad") {
		t.Fatalf("%d dialogs, which say %q", b.Dialogs(), said)
	}
	b.Escape()
	b.must(b.Doc.SetNote(document.ClusterID{Round: 1, Structure: 1, Rank: 1}, "a note"))
	b.idle()
	if s := b.Doc.State(); b.Busy() || len(s.Rounds) != 1 {
		t.Errorf("a note began a fit: %d rounds; status %q", len(s.Rounds), b.Status.Text)
	}
}

// After a job comes what belongs to it, and only if it did what it should.
func TestWhatFollowsAJob(t *testing.T) {
	tests := []struct {
		name  string
		fault error
		want  int
	}{
		{"done", nil, 1},
		{"failed", os.ErrInvalid, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			n := 0
			b.Run(&shell.Job{Name: "Job", Then: func() { n++ }}, job(tt.fault))
			b.idle()
			b.Run(&shell.Job{Name: "Another"}, job(nil))
			b.idle()
			if n != tt.want {
				t.Errorf("%d times, want %d", n, tt.want)
			}
		})
	}
}

// job is work that ends with an error, or without.
func job(err error) func(context.Context) (func(), error) {
	return func(context.Context) (func(), error) { return nil, err }
}

// A fit that runs is not lost without a question, also in a session that was
// saved; what it has found when it is stopped is kept.
func TestNothingEndsAFitUnasked(t *testing.T) {
	other := func(b *bench) string {
		path := b.path0("other.difffit")
		b.must(session.Save(path, document.New().State(), "test"))
		return path
	}
	tests := []struct {
		name string
		do   func(b *bench)
		done func(b *bench) bool
	}{
		{"quit", func(b *bench) { b.quit() }, func(b *bench) bool { return b.Quitting }},
		{"another session", func(b *bench) { b.files.Open([]string{other(b)}) }, func(b *bench) bool { return strings.HasSuffix(b.files.Path(), "other.difffit") }},
		{"the demo", func(b *bench) { b.files.OpenDemo(false) }, func(b *bench) bool { return b.files.Path() == "" && b.Doc.State().Map != nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{gate: make(chan struct{})})
			b.opened()
			b.files.SaveTo(b.path0("work.difffit"), nil)
			b.idle()
			test.Tap(b.tools.fit)
			b.until("something is found", func() bool { return b.table.IsLive() && b.Progress.Value > 0.1 })
			tt.do(b)
			if !strings.Contains(b.said(), "Fit of 2 structures is running") || b.Quitting || !b.Busy() || b.Stopping() {
				t.Fatalf("says %q, quitting %t, stopping %t", b.said(), b.Quitting, b.Stopping())
			}
			b.Escape()
			if !b.Busy() || b.Stopping() {
				t.Fatal("Cancel stops it")
			}
			tt.do(b)
			test.Tap(button(b, "Stop"))
			b.until("the fit has ended", func() bool { return !b.Busy() })
			if s := b.Doc.State(); len(s.Rounds) != 1 || tt.done(b) {
				t.Fatalf("%d rounds, done unasked: %t", len(s.Rounds), tt.done(b))
			}
			test.Tap(b.named("modified.drop"))
			b.until("it is done", func() bool { return tt.done(b) })
		})
	}
}

// button returns the button of the latest dialog that has a text.
func button(b *bench, text string) fyne.Tappable {
	b.t.Helper()
	overlays := b.Canvas().Overlays().List()
	var found fyne.Tappable
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Button:
			if o.Text == text {
				found = o
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(overlays[len(overlays)-1])
	if found == nil {
		b.t.Fatalf("there is no button %q", text)
	}
	return found
}
