// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bytes"
	"context"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
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
	if said := b.Status.Text; b.Dialogs() != 0 || !strings.Contains(said, "bad") {
		t.Fatalf("%d dialogs, status %q", b.Dialogs(), said)
	}
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
	walkButtons(overlays[len(overlays)-1], func(o *widget.Button) {
		if o.Text == text {
			found = o
		}
	})
	if found == nil {
		b.t.Fatalf("there is no button %q", text)
	}
	return found
}

// walkButtons calls f with each button in an object.
func walkButtons(o fyne.CanvasObject, f func(*widget.Button)) {
	switch o := o.(type) {
	case *widget.Button:
		f(o)
	case *fyne.Container:
		for _, c := range o.Objects {
			walkButtons(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walkButtons(c, f)
		}
	}
}

// What is done while a fit runs neither harms the session nor what the fit
// finds, whatever it is, whether the fit ends by itself or is cancelled; and what
// has to wait for the end of the fit says so.
func TestWhateverIsDoneWhileAFitRuns(t *testing.T) {
	browser(t, "0")                                   // the guide is asked for, too
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a third of the time else
	e := &planned{}
	b := newBench(t, e)
	base := composed(b)
	for _, d := range deeds(b) {
		t.Run(d.name, func(t *testing.T) {
			b.t = t
			for _, cancel := range []bool{false, true} {
				b.restore(base)
				e.gate = make(chan struct{})
				test.Tap(b.tools.fit)
				b.until("something is found", func() bool { return b.table.IsLive() && b.Progress.Value > 0.1 && b.Settled() })
				b.Doc.Select(selectedWhile)
				b.Status.SetText("")
				before, off := b.impression(), d.off != nil && d.off()
				d.do(b)
				nothing := !off && b.impression() == before
				if b.Busy() && !b.table.IsLive() {
					t.Error("what the fit finds is shown no more")
				}
				if cancel {
					b.Stop()
				} else {
					b.answerYes()
					close(e.gate)
				}
				b.idle()
				b.hasFound(2)
				b.isWhole()
				e.gate = nil
				if nothing && !cancel && b.doesAtRest(base, d) {
					t.Error("it is not done while a fit runs, and nothing says why")
				}
			}
		})
	}
}

// doesAtRest tells whether a person sees that something is done where no job runs.
func (b *bench) doesAtRest(base document.State, d deed) bool {
	b.restore(base)
	before := b.impression()
	d.do(b)
	b.idle()
	return b.impression() != before
}

// selectedWhile is selected while the fit runs.
var selectedWhile = document.ClusterID{Round: 1, Structure: 1, Rank: 2}

// composed has something of all there can be in a document: rounds, accepted
// placements, a layer, proposals, marks.
func composed(b *bench) document.State {
	b.must(session.Save(b.path0("other.difffit"), document.New().State(), "test"))
	b.fitted()
	b.compose.ZeroOut() // and accept
	b.idle()
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 2, Rank: 3})
	b.table.Accept()
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	b.must(b.Doc.SetPinned(selectedWhile, true))
	b.must(b.Doc.SetPinned(document.ClusterID{Round: 1, Structure: 2, Rank: 3}, true))
	b.must(b.Doc.SetNote(selectedWhile, "a note"))
	b.idle()
	s := b.stage.WithView(b.Doc.State())
	if len(s.Rounds) != 2 || len(s.Accepted) != 2 || len(s.Layers) != 1 || len(s.Proposals()) == 0 || len(s.Pins()) != 2 {
		b.t.Fatalf("%d rounds, %d accepted, %d layers, proposals %v, pins %v; says %q", len(s.Rounds), len(s.Accepted), len(s.Layers), s.Proposals(), s.Pins(), b.said())
	}
	return s
}

// restore opens a state as if it were a session that has changed since it was saved.
func (b *bench) restore(s document.State) {
	for b.Dialogs() > 0 {
		b.Escape()
	}
	if b.table.Mode() != panel.OneAtATime {
		b.table.SetMode(panel.OneAtATime)
	}
	if b.table.Cloud() != panel.FirstCloud() {
		b.table.SetCloud(panel.FirstCloud())
	}
	for b.inspect.End() { // a way of measuring, which clicks are for
	}
	b.Tabs.SelectIndex(0)
	b.stage.TakeView(s)
	b.Doc.Replace(s)
	b.Doc.MarkSaved(-1)
	b.idle()
	b.Doc.Select(selectedWhile)
	b.compose.Panel.Select(panel.Node{Kind: panel.LayerNode, ID: s.Layers[0].ID})
	b.Canvas().Unfocus()
	b.idle()
	b.Status.SetText("")
	b.Log = panel.NewLog() // one that nobody sees is laid out by nobody
}

// An impression is what a person can see of what was done.
type impression struct {
	status, job       string
	revision, dialogs int
	stopping          bool
}

func (b *bench) impression() impression {
	return impression{b.Status.Text, b.JobName(), b.Doc.Revision(), len(b.Canvas().Overlays().List()), b.Stopping()}
}

// answerYes presses the button of a dialog that does what it asks about, and so
// on, and closes the rest.
func (b *bench) answerYes() {
	for range 3 {
		overlays := b.Canvas().Overlays().List()
		if len(overlays) == 0 {
			return
		}
		var yes *widget.Button
		walkButtons(overlays[len(overlays)-1], func(o *widget.Button) {
			if o.Importance == widget.HighImportance && o.Text != "Save" {
				yes = o
			}
		})
		if yes == nil {
			break
		}
		test.Tap(yes)
	}
	for b.Dialogs() > 0 {
		b.Escape()
	}
}

// hasFound wants the latest round to have what the fit found of all structures
// that are there, of n at first, and what is not there to be told.
func (b *bench) hasFound(n int) {
	b.t.Helper()
	s, said := b.Doc.State(), strings.TrimSpace(b.Log.Text())
	latest := s.Rounds[len(s.Rounds)-1]
	if latest.Proposed != "" || latest.Number <= 2 || len(latest.Fits) == 0 {
		b.t.Errorf("the latest round is %d, proposed %q, with %d fits; the log says %q", latest.Number, latest.Proposed, len(latest.Fits), said)
	}
	for id := 1; id <= n; id++ {
		found := slices.ContainsFunc(latest.Fits, func(f document.Fit) bool { return f.Structure == id })
		if !found && s.Structure(id) != nil && !strings.Contains(said, "(cancelled: not all was searched)") ||
			s.Structure(id) == nil && !strings.Contains(said, "left out, for it was removed meanwhile") {
			b.t.Errorf("the fit of structure %d is not there, and nothing says so; the log says %q", id, said)
		}
	}
}

// isWhole wants the document to be one that can be saved and opened.
func (b *bench) isWhole() {
	b.t.Helper()
	var text bytes.Buffer
	b.must(session.Encode(&text, b.stage.WithView(b.Doc.State()), b.data, "test"))
	if _, err := session.Decode(b.t.Context(), &text, b.data, b.files.Reader()); err != nil {
		b.t.Errorf("the session cannot be opened: %v", err)
	}
}
