// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/view/palette"
	"difffit/app/window/shell"
	"difffit/fitting"
)

func TestFromFilesToTheNextRound(t *testing.T) {
	b := newBench(t, &planned{})
	if !b.tools.fit.Disabled() || b.welcome.Hidden {
		t.Error("without inputs Fit can be pressed, or nothing welcomes")
	}
	b.fitted()
	if shown, _ := b.table.Results.Rows(); shown != 6 || b.Doc.Selected() != (document.ClusterID{Round: 1, Structure: 1, Rank: 1}) {
		t.Fatalf("%d rows, selected %v", shown, b.Doc.Selected())
	}
	if m := b.stage.View.Scene().Molecules; len(m) != 1 || m[0].Motions[0].Shift.X != 8 || !m[0].Outlined || m[0].Color != palette.Base(1) {
		t.Errorf("the selected placement is not shown: %v", m)
	}
	test.Tap(b.tools.accept)
	if s := b.Doc.State(); len(s.Accepted) != 1 || !b.tools.accept.Disabled() {
		t.Errorf("%d accepted; can accept again: %t", len(s.Accepted), !b.tools.accept.Disabled())
	}
	before := b.stage.View.Scene().Volumes[0].Grid
	level := b.stage.View.Scene().Volumes[0].Level
	b.compose.ZeroOut()
	b.idle()
	after := b.stage.View.Scene().Volumes[0].Grid
	if before == after || slices.Equal(before.Data, after.Data) {
		t.Error("the picture does not show what is left")
	}
	if b.stage.View.Scene().Volumes[0].Level != level {
		t.Error("zeroing moved the level")
	}
	test.Tap(b.tools.fit)
	b.idle()
	if s := b.Doc.State(); len(s.Rounds) != 2 || b.Doc.Selected().Round != 2 {
		t.Errorf("%d rounds, selected %v", len(s.Rounds), b.Doc.Selected())
	}
	for range 2 {
		test.Tap(b.tools.undo)
	}
	b.idle()
	if got := b.stage.View.Scene().Volumes[0].Grid; !slices.Equal(got.Data, before.Data) || len(b.Doc.State().Layers) != 0 {
		t.Error("undo does not bring the map back")
	}
	test.Tap(b.tools.redo)
	b.idle()
	if got := b.stage.View.Scene().Volumes[0].Grid; !slices.Equal(got.Data, after.Data) {
		t.Error("redo does not zero again")
	}
}

func TestZeroOutAcceptsWhatWasNot(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.compose.ZeroOut()
	b.idle()
	s := b.Doc.State()
	if len(s.Accepted) != 1 || len(s.Layers) != 1 || s.Layers[0].Accepted != s.Accepted[0].ID {
		t.Fatalf("%d accepted, %d layers", len(s.Accepted), len(s.Layers))
	}
	b.undo()
	if s := b.Doc.State(); len(s.Accepted)+len(s.Layers) != 0 {
		t.Error("one undo does not take both back")
	}
}

// A fit has the level that is suggested for it, whatever level the map is seen at.
func TestTheFitHasALevelOfItsOwn(t *testing.T) {
	e := &planned{seen: make(chan fitting.Options, 9)}
	b := newBench(t, e)
	b.opened()
	shown := 1.2 * b.shownLevel()
	b.stage.SetLevel(&shown)
	want := b.Targets.Level(b.Doc.State())
	test.Tap(b.tools.fit)
	b.idle()
	for range 2 { // structures of different masses
		if o := <-e.seen; o.Level == nil || *o.Level != want.Value {
			t.Errorf("level %v, want %g", o.Level, want.Value)
		}
	}
	s := b.Doc.State()
	if s.Options.Level != nil {
		t.Errorf("the level is set to %g by a fit, want it suggested as before", *s.Options.Level)
	}
	for _, f := range s.Rounds[0].Fits {
		if got := f.Result.Level; got != want || *f.Options.Level != want.Value || got.Rule == "stated" {
			t.Errorf("%s: level %+v, options %g, want %+v", s.Name(f.Structure), got, *f.Options.Level, want)
		}
	}
	b.compose.ZeroOut()
	b.idle()
	test.Tap(b.tools.fit)
	b.idle()
	if o := <-e.seen; o.Level == nil || *o.Level != want.Value {
		t.Errorf("after zeroing: level %v, want %g", o.Level, want.Value)
	}
	if got := b.shownLevel(); got != shown {
		t.Errorf("the map is seen at %g, want %g as before", got, shown)
	}
}

// A second press on Fit, as of a double click, does no harm: what cancels is
// elsewhere, and F5 does not cancel either.
func TestFitIsCancelledElsewhere(t *testing.T) {
	b := newBench(t, &planned{gate: make(chan struct{})})
	b.opened()
	test.Tap(b.tools.fit)
	if b.tools.fit.Text != "Fit" || !b.tools.fit.Disabled() || !b.tools.open.Disabled() || !b.Cancel.Visible() {
		t.Errorf("while it runs the button says %q, Cancel is shown: %t", b.tools.fit.Text, b.Cancel.Visible())
	}
	b.until("live rows are there", func() bool { n, _ := b.table.Results.Rows(); return n == 2 })
	if !b.Progress.Visible() || !strings.HasPrefix(b.Progress.TextFormatter(), "1 of 2, ") {
		t.Errorf("progress says %q", b.Progress.TextFormatter())
	}
	test.Tap(b.tools.fit)
	b.key(fyne.KeyF5)
	if !b.Busy() || b.Stopping() || !strings.Contains(b.Status.Text, "Escape") {
		t.Fatalf("a second press stops the fit; status %q", b.Status.Text)
	}
	test.Tap(b.Cancel)
	b.idle()
	s := b.Doc.State()
	if len(s.Rounds) != 1 || !s.Rounds[0].Fits[0].Partial || len(s.Rounds[0].Fits) != 2 {
		t.Fatalf("what was found before is not kept: %+v", s.Rounds)
	}
	if b.tools.fit.Disabled() || b.Progress.Visible() || b.Cancel.Visible() {
		t.Error("after it nothing can be fitted, or Cancel is shown still")
	}
	if !strings.Contains(b.Log.Text(), "cancelled") || b.Dialogs() != 0 {
		t.Errorf("log %q, %d dialogs", b.Log.Text(), b.Dialogs())
	}
}

func TestErrorsAreShownInFull(t *testing.T) {
	b := newBench(t, &planned{fault: errors.New("fitting: option starts is −1\nsecond line of it")})
	b.opened()
	test.Tap(b.tools.fit)
	b.idle()
	if said := b.said(); !strings.Contains(said, "alpha: option starts is −1") || !strings.Contains(said, "second line") {
		t.Errorf("the dialog says %q", said)
	}
	if len(b.Doc.State().Rounds) != 0 { // nothing was found
		t.Errorf("%d rounds", len(b.Doc.State().Rounds))
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.Dialogs() != 0 {
		t.Error("Escape does not close the dialog")
	}
}

func TestDropSortsOut(t *testing.T) {
	b := newBench(t, &planned{})
	b.must(os.WriteFile(b.path0("notes.txt"), []byte("x"), 0o600))
	b.must(os.Mkdir(b.path0("empty"), 0o700))
	tests := []struct {
		name  string
		paths []string
		want  string
	}{
		{"unknown ending", []string{"notes.txt"}, "the ending tells no map"},
		{"two maps", []string{"density.mrc", "density.mrc"}, "One map is fitted into"},
		{"session that is gone, and more", []string{"a.difffit", "alpha.pdb"}, "no such file"},
		{"empty folder", []string{"empty"}, "there are no structures and no maps in this folder"},
		{"missing", []string{"gone.pdb"}, "no such file"},
		{"no map", []string{"broken.mrc"}, "broken.mrc"},
	}
	b.must(os.WriteFile(b.path0("broken.mrc"), make([]byte, 100), 0o600))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var paths []string
			for _, p := range tt.paths {
				paths = append(paths, b.path0(p))
			}
			b.files.Dropped(paths)
			b.idle()
			if said := b.said(); !strings.Contains(said, tt.want) {
				t.Errorf("the dialog says %q, want %q", said, tt.want)
			}
			for b.Dialogs() > 0 {
				b.Escape()
			}
		})
	}
	b.files.Dropped([]string{b.data}) // the folder has two maps and two structures
	test.Tap(b.named("map.ok"))
	b.idle()
	if n := len(b.Doc.State().Structures); n != 2 {
		t.Errorf("a folder gave %d structures, want 2", n)
	}
}

func TestUndoInATextFieldIsForTheText(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	steps, _ := b.Doc.Depth()
	e := b.stage.LevelPanel.Entry().(fyne.Focusable)
	b.Canvas().Focus(e)
	if !b.writing() {
		t.Fatal("a text field with the focus does not count as being written in")
	}
	e.TypedRune('1')
	b.undo()
	if n, _ := b.Doc.Depth(); n != steps {
		t.Error("undo in a text field took back a step of the document")
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.undo()
	if n, _ := b.Doc.Depth(); n != steps-1 {
		t.Error("undo in a field in which nothing is pending did nothing")
	}
	b.Canvas().Unfocus()
	b.redo()
	if n, _ := b.Doc.Depth(); n != steps {
		t.Error("redo outside of a text field did nothing")
	}
}

// Function keys are the window's wherever the keyboard is.
func TestHelpFromAField(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	for name, o := range map[string]fyne.CanvasObject{"level": b.stage.LevelPanel.Entry(), "histogram": b.stage.LevelPanel.Histogram(), "filter": b.table.Results.Filter(), "tree": b.compose.Panel.Named()["compose.tree"]} {
		b.Tabs.Select(b.Tabs.Items[2]) // with the tree
		b.Canvas().Focus(o.(fyne.Focusable))
		b.typed(fyne.KeyF1, 0)
		if b.Dialogs() != 1 {
			t.Errorf("F1 in the %s: %d dialogs, want the help", name, b.Dialogs())
			continue
		}
		b.Escape()
	}
}

func TestKeysRestWhileADialogIsOpen(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.help.ShowHelp()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.menus.accept.Action()
	if len(b.Doc.State().Accepted) != 0 {
		t.Error("a key reached the window behind a dialog")
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(b.Doc.State().Accepted) != 1 {
		t.Error("Space does not accept")
	}
}

func TestDemoIsFittedAndShown(t *testing.T) {
	b := newBench(t, &planned{})
	b.config.Demo = true
	b.begin()
	b.until("the demo is fitted", func() bool { return len(b.Doc.State().Rounds) == 1 })
	b.idle()
	if s := b.Doc.State(); len(s.Structures) < 2 || len(b.stage.View.Scene().Molecules) != 1 {
		t.Errorf("%d structures, %d shown", len(s.Structures), len(b.stage.View.Scene().Molecules))
	}
	path := b.path0("demo.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	if _, err := session.Open(t.Context(), path, b.files.Reader()); err != nil {
		t.Errorf("a session of the demo: %v", err)
	}
}

// The level that is seen moves by a person's hand alone: not by what is opened,
// fitted, zeroed or undone.
func TestTheSeenLevelStays(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	first, structure := b.shownLevel(), b.Doc.State().Structures[0]
	steps := []struct {
		name string
		do   func()
	}{
		{"another structure", func() { b.must(b.Doc.AddStructures(structure)) }},
		{"a structure less", func() { b.must(b.Doc.RemoveStructures(b.Doc.State().Structures[2].ID)) }},
		{"accepting", b.table.Accept},
		{"zeroing", b.compose.ZeroOut},
		{"a level of the fit", func() { o := b.Doc.State().Options; v := 0.3; o.Level = &v; b.must(b.Doc.SetOptions("level", o)) }},
		{"undo", func() { b.undo(); b.undo(); b.undo() }},
	}
	for _, s := range steps {
		s.do()
		b.idle()
		if got := b.shownLevel(); got != first || float64(b.stage.View.Scene().Volumes[0].Level) != float64(float32(first)) {
			t.Errorf("%s: the level is %g, want %g", s.name, got, first)
		}
	}
	v := first * 1.1
	b.stage.SetLevel(&v)
	b.idle()
	before, _ := b.Doc.Depth()
	b.undo()
	b.idle()
	if got := b.shownLevel(); got != v {
		t.Errorf("undo took the level back to %g, want %g", got, v)
	}
	if n, _ := b.Doc.Depth(); n == before {
		t.Error("undo took nothing back")
	}
	b.stage.SetLevel(nil)
	b.idle()
	if !b.stage.LevelPanel.Offered() {
		t.Errorf("level %g is not the one that is offered", b.shownLevel())
	}
}

// Undo of another map shows the first at the level at which it was seen.
func TestTheLevelComesBackWithItsMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	v := b.shownLevel() * 1.1
	b.stage.SetLevel(&v)
	other := *b.Doc.State().Map
	g := other.Grid.Like()
	for i, x := range other.Grid.Data {
		g.Data[i] = 1000 * x
	}
	other.Grid = g
	b.must(b.Doc.SetMap(&other))
	b.idle()
	if got := b.shownLevel(); got < 100*v {
		t.Errorf("a map of 1000 times the density is seen at %g", got)
	}
	b.undo()
	b.idle()
	if got := b.shownLevel(); got != v {
		t.Errorf("the first map is seen at %g, want %g", got, v)
	}
}

// A level at which nothing is seen is refused, and said; so is a map without density.
func TestLevelsAtWhichNothingIsSeen(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	first := b.shownLevel()
	for _, v := range []float64{5000, -5000, math.NaN()} {
		b.stage.SetLevel(&v)
		if got := b.shownLevel(); got != first || !strings.Contains(b.Status.Text, "densities, want") {
			t.Errorf("%g: the level is %g, want %g; said: %q", v, got, first, b.Status.Text)
		}
	}
	flat := *b.Doc.State().Map
	flat.Grid = flat.Grid.Like()
	b.must(b.Doc.SetMap(&flat))
	b.idle()
	if !strings.Contains(b.Log.Text(), "want densities that differ") || len(b.stage.View.Scene().Volumes) != 0 {
		t.Errorf("a map of zeros: %d maps are seen, log %q", len(b.stage.View.Scene().Volumes), b.Log.Text())
	}
}

func TestEscapeClosesTheDialogsOfPaths(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	for name, ask := range map[string]func(){"open.path": b.files.AskOpen, "save.path": b.files.SaveAs} {
		ask()
		field := b.Named[name].(*shell.PathField)
		if b.Canvas().Focused() != fyne.Focusable(field) {
			t.Errorf("%s does not have the keyboard", name)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if n := b.Dialogs(); n != 0 {
			t.Fatalf("%s: Escape leaves %d dialogs", name, n)
		}
	}
}
