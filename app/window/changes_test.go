// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"testing"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/window/stage"
	"difffit/fitting"
	"difffit/render"
)

// A tally counts what the stage asks a composite for: each scene that is made of
// a state, and each derivation that is shown.
type tally struct {
	stage.Composite
	scenes, surveys int
}

func (c *tally) AddTo(scene *render.Scene, s document.State) {
	c.scenes++
	c.Composite.AddTo(scene, s)
}

func (c *tally) Survey(s document.State) {
	c.surveys++
	c.Composite.Survey(s)
}

// What changes decides what is made again.
func TestChangesMakeOnlyWhatIsTheirs(t *testing.T) {
	first := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	tests := []struct {
		name   string
		do     func(b *bench)
		scenes bool // are made
		shown  bool // something derived is
	}{
		{"a note", func(b *bench) { b.must(b.Doc.SetNote(first, "a note")) }, false, false},
		{"a rejection", func(b *bench) { b.must(b.Doc.SetRejected(first, true)) }, false, false},
		{"a level that is dragged", func(b *bench) { b.stage.LevelPanel.OnMove(0.6) }, false, false},
		{"a level that was let go", func(b *bench) { b.stage.LevelPanel.OnDone(0.6) }, true, true},
		{"an accepted placement", func(b *bench) { b.table.Accept() }, true, true},
		{"zeroing", func(b *bench) { b.compose.ZeroOut() }, true, true},
		{"another selection", func(b *bench) { b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2}) }, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			c := &tally{Composite: b.compose}
			b.stage.Connect(b.table, c, b.models, b.inspect)
			tt.do(b)
			settled := b.stage.Settled() && b.compose.Settled() && !b.Busy() // the table counts what is inside of another level
			b.idle()
			if (c.scenes > 0) != tt.scenes || (c.surveys > 0) != tt.shown {
				t.Errorf("%d scenes and %d derivations, want any: %t, %t", c.scenes, c.surveys, tt.scenes, tt.shown)
			}
			// After a rejection others may go together.
			if !tt.shown && tt.name != "another selection" && tt.name != "a rejection" && !settled {
				t.Error("something is being made beside the window")
			}
		})
	}
}

// A level that is dragged is that of the scene, in every picture.
func TestALevelIsDraggedInEveryPicture(t *testing.T) {
	b := pinned(t, 1, 2)
	b.table.SetMode(panel.SideBySide)
	b.idle()
	b.stage.LevelPanel.OnMove(0.6)
	for i, p := range b.table.Seen().Pictures {
		if got := p.View.Scene().Volumes[0].Level; got != 0.6 {
			t.Errorf("picture %d has level %g, want 0.6", i, got)
		}
	}
}

// A picture that is hidden has no scene, and a level that is dragged makes none
// for it: neither of the present state nor of an older one with fewer maps.
func TestALevelIsNotDraggedInHiddenPictures(t *testing.T) {
	b := pinned(t, 1, 2, 3)
	b.table.SetMode(panel.SideBySide)
	b.idle()
	b.table.SetMode(panel.OneAtATime)
	b.stage.ToggleMap(view.Whole)
	b.idle()
	c := &tally{Composite: b.compose}
	b.stage.Connect(b.table, c, b.models, b.inspect)
	for _, level := range []float64{0.6, 0.5, 0.4} {
		b.stage.LevelPanel.OnMove(level)
	}
	if c.scenes > 0 {
		t.Errorf("a level that is dragged by 3 notches makes %d scenes", c.scenes)
	}
	for i, p := range b.table.Seen().Pictures {
		n := len(p.View.Scene().Volumes)
		if i == 0 && n != 2 || i > 0 && n != 0 {
			t.Errorf("picture %d, seen: %t, has %d maps", i, p.Object.Visible(), n)
		}
	}
}

// Options change the rows of the table only if what counts as one cluster does.
func TestOptionsMakeRowsOnlyForTolerances(t *testing.T) {
	tests := []struct {
		name   string
		change func(o *fitting.Options)
		rows   bool // are made
	}{
		{"a seed", func(o *fitting.Options) { o.Seed++ }, false},
		{"a level", func(o *fitting.Options) { level := 0.6; o.Level = &level }, false},
		{"a shift", func(o *fitting.Options) { o.ClusterShift++ }, true},
		{"an angle", func(o *fitting.Options) { o.ClusterAngle++ }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			s := b.Doc.State()
			s.Rounds = nil // of which nobody tells: rows that are made have none
			tt.change(&s.Options)
			b.table.Changed(s, document.OptionsChanged)
			if n, _ := b.table.Results.Rows(); (n == 0) != tt.rows {
				t.Errorf("%d rows are there; want them made: %t", n, tt.rows)
			}
		})
	}
}
