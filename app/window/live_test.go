// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/cpu"
)

// knob returns a slider of the panel Fit.
func (b *bench) knob(name string) *widget.Slider {
	return b.compose.Options.Named()[name].(*widget.Slider)
}

// dragTo drags a slider through places, and lets it go at the last; after each
// the window does what comes up by itself.
func (b *bench) dragTo(s *widget.Slider, places ...float64) {
	b.t.Helper()
	for _, p := range places {
		moved(s, p)
		b.until("the fit has followed", b.compose.Settled)
	}
	s.OnChangeEnded(s.Value)
	b.idle()
}

// moved is what a slider does while it is dragged.
func moved(s *widget.Slider, to float64) {
	s.Value = to
	s.OnChanged(to)
}

// liveDemo opens two chains of the demo, fits one, and has the table follow.
func liveDemo(t *testing.T) *bench {
	b := newBench(t, cpu.New())
	b.compose.LiveTime = time.Hour // however busy the machine is
	density, chains := b.demoIn(b.data)
	b.files.Dropped([]string{density, chains[0], chains[1]})
	b.idle()
	b.must(b.Doc.SetFits(false, 2))
	test.Tap(b.tools.fit)
	b.idle()
	b.compose.Options.Named()["fit.live"].(*widget.Check).SetChecked(true)
	b.idle()
	if !b.compose.IsLive() || len(b.Doc.State().Rounds) != 1 {
		t.Fatalf("live %t, %d rounds; status %q", b.compose.IsLive(), len(b.Doc.State().Rounds), b.Status.Text)
	}
	return b
}

// What is dragged is fitted as it is dragged, is one step, and comes to the same,
// to the last byte, as that which Fit finds with these values.
func TestLiveFindsWhatFitFinds(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *bench)
	}{
		{"the level", func(b *bench) { b.dragTo(b.knob("fit.level"), 60, 90, 100) }},
		{"the resolution", func(b *bench) { b.dragTo(b.knob("fit.resolution"), 120, 90) }},
		{"a tick", func(b *bench) { b.files.Inputs.OnFit([]int{2}, true); b.idle() }},
		{"a field", func(b *bench) { b.setOption(func(o *fitting.Options) { o.Resolution = 7 }); b.idle() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := liveDemo(t)
			before, _ := b.Doc.Depth()
			tt.do(b)
			s := b.Doc.State()
			if n, _ := b.Doc.Depth(); n != before+1 || len(s.Rounds) != 2 || b.table.Results.Round() != 2 {
				t.Fatalf("%d steps, %d rounds, round %d is shown; status %q", n-before, len(s.Rounds), b.table.Results.Round(), b.Status.Text)
			}
			if id := b.Doc.Selected(); id.Round != 2 {
				t.Errorf("selected is %v", id)
			}
			live := csv(t, s, 2)
			b.compose.SetLive(false)
			b.undo()
			b.idle()
			if u := b.Doc.State(); len(u.Rounds) != 1 || u.Options != b.first().Options || len(u.Fitted()) != 1 {
				t.Errorf("undone: %d rounds, %+v", len(u.Rounds), u.Options)
			}
			b.setOption(func(o *fitting.Options) { *o = s.Options })
			b.must(b.Doc.SetFits(s.Structure(2).Fit, 2))
			test.Tap(b.tools.fit)
			b.idle()
			s = b.Doc.State()
			same(t, live, csv(t, s, s.Rounds[len(s.Rounds)-1].Number))
		})
	}
}

// first is a document that nobody has changed the options of.
func (b *bench) first() document.State { return document.New().State() }

// A second drag is another step, and takes the place of the first in the table;
// what is undone is not fitted again.
func TestLiveDragsAreSteps(t *testing.T) {
	b := liveDemo(t)
	before, _ := b.Doc.Depth()
	b.dragTo(b.knob("fit.level"), 70, 80)
	first := b.Doc.State()
	b.dragTo(b.knob("fit.level"), 120, 110)
	if n, _ := b.Doc.Depth(); n != before+2 || len(b.Doc.State().Rounds) != 2 {
		t.Fatalf("%d steps, %d rounds", n-before, len(b.Doc.State().Rounds))
	}
	b.undo()
	b.idle()
	if s := b.Doc.State(); s.Rounds[1] != first.Rounds[1] || *s.Options.Level != *first.Options.Level {
		t.Errorf("undone: level %g, want %g and its round", *s.Options.Level, *first.Options.Level)
	}
	b.undo()
	b.idle()
	if s := b.Doc.State(); len(s.Rounds) != 1 || s.Options.Level != nil {
		t.Errorf("undone twice: %d rounds", len(s.Rounds))
	}
	b.dragTo(b.knob("fit.level"), 90)
	b.table.Accept()
	b.dragTo(b.knob("fit.level"), 100)
	if s := b.Doc.State(); b.compose.IsLive() && len(s.Rounds) != 3 {
		t.Errorf("a round that somebody accepted from was replaced: %d rounds", len(s.Rounds))
	}
}

// While a fit runs that follows, what is asked for meanwhile waits; only the last
// of it is fitted then.
func TestLiveNeverPilesUp(t *testing.T) {
	e := &planned{}
	b := newBench(t, e)
	b.fitted()
	b.compose.SetLive(true)
	b.idle()
	e.gate, e.seen = make(chan struct{}), make(chan fitting.Options, 100)
	s := b.knob("fit.level")
	for i := range 50 {
		moved(s, 50+float64(i))
	}
	s.OnChangeEnded(s.Value)
	close(e.gate)
	b.idle()
	last := *b.Doc.State().Options.Level
	n, seen := 0, 0.0
	for len(e.seen) > 0 {
		o := <-e.seen
		n, seen = n+1, *o.Level
	}
	if n < 2 || n > 10 || seen != last { // two structures each; more where the machine is so slow that a fit has had its time
		t.Errorf("%d searches for 50 values, the last at %g, want it at %g", n, seen, last)
	}
	if b.compose.Following() {
		t.Error("it is still on its way")
	}
}

// Where a fit cannot be live, the form says why.
func TestNotLive(t *testing.T) {
	b := newBench(t, &planned{})
	c := b.compose.Options.Named()["fit.live"].(*widget.Check)
	if !c.Disabled() {
		t.Error("without a map it can be switched on")
	}
	b.opened()
	if c.Disabled() {
		t.Error("with a map and structures it cannot be switched on")
	}
	b.setOption(func(o *fitting.Options) { o.Method = fitting.DiffFit })
	b.idle()
	if !c.Disabled() {
		t.Error("the slow method can be live")
	}
}

// What is selected of a running fit is in the picture, whatever else changes
// there; before, the best so far is.
func TestRunningFitIsSeen(t *testing.T) {
	b := newBench(t, &planned{gate: make(chan struct{})})
	b.opened()
	seen := func(outlined bool) (n int) {
		for _, m := range b.stage.View.Scene().Molecules {
			if m.Outlined == outlined && m.ID > 0 && m.Motions[0].Shift.X == 8 {
				n++
			}
		}
		return n
	}
	test.Tap(b.tools.fit)
	b.until("something is found", func() bool { return b.table.IsLive() && b.Progress.Value > 0.1 })
	if seen(false) != 1 {
		t.Errorf("the best so far is seen %d times", seen(false))
	}
	b.table.Results.Table().(interface{ TypedKey(*fyne.KeyEvent) }).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	level := b.shownLevel() * 1.01
	b.stage.SetLevel(&level)
	if seen(true) != 1 || seen(false) != 0 {
		t.Errorf("selected is seen %d times, others %d times", seen(true), seen(false))
	}
	b.Stop()
	b.idle()
	if seen(false) > 0 {
		t.Error("it is still seen when the fit has ended")
	}
}
