// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/render"
)

// Clicks with keys held.
const (
	shiftClick = fyne.KeyModifierShift
	ctrlClick  = fyne.KeyModifierShortcutDefault
)

// hitOf returns what a click on an atom of a structure that stands in the picture
// hits.
func (b *bench) hitOf(id, atom int) render.Hit {
	b.t.Helper()
	for i, m := range b.stage.View.Scene().Molecules {
		if m.ID == id && m.Visible && m.Part == nil {
			return render.Hit{IsAtom: true, Molecule: i, ID: id, Atom: atom, Volume: -1, Position: m.Motions[0].Apply(m.Structure.Atoms[atom].Pos)}
		}
	}
	b.t.Fatalf("structure %d is not in the picture", id)
	return render.Hit{}
}

// click clicks on an atom with keys held.
func (b *bench) click(id, atom int, held fyne.KeyModifier) {
	b.t.Helper()
	if hit := b.hitOf(id, atom); held == 0 {
		b.stage.View.OnPick(hit, true)
	} else {
		b.stage.View.OnPickWith(hit, true, held)
	}
}

// overlaid returns the words that lie over the picture.
func (b *bench) overlaid() string {
	var words []string
	for _, m := range b.stage.View.Marks() {
		words = append(words, m.Words)
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

// lined returns of how many copies residues have a line around them.
func (b *bench) lined() int {
	n := 0
	for _, m := range b.stage.View.Scene().Molecules {
		if m.Marked {
			n++
		}
	}
	return n
}

func TestResiduesAreSelected(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	steps := []struct {
		name  string
		do    func()
		count int
		words string
		lines int
	}{
		{"Ctrl+click", func() { b.click(1, 1, ctrlClick) }, 1, "ALA 2", 1},
		{"another, alone", func() { b.click(1, 2, ctrlClick) }, 1, "ALA 3", 1},
		{"one more", func() { b.click(1, 0, ctrlClick|shiftClick) }, 2, "ALA 1, ALA 3", 1},
		{"it no longer", func() { b.click(1, 0, ctrlClick|shiftClick) }, 1, "ALA 3", 1},
		{"of another structure", func() { b.click(2, 4, ctrlClick|shiftClick) }, 2, "ALA 3, ALA 5", 2},
		{"no names", func() { b.typed(fyne.KeyL, 'l') }, 2, "", 2},
		{"names", func() { b.typed(fyne.KeyL, 'l') }, 2, "ALA 3, ALA 5", 2},
		{"undo leaves them", func() { b.click(1, 2, ctrlClick) }, 1, "ALA 3", 1},
		// The two lie over each other: an atom at 3 Å has neighbours at 1.5 and 4.5.
		{"what is near", func() { b.inspect.Near(1.6) }, 6, "ALA 2, ALA 2, ALA 3, ALA 3, ALA 4, ALA 4", 2},
		{"the chains", func() { b.inspect.Chains() }, 9, "ALA 1, ALA 1, ALA 2, ALA 2, ALA 3, ALA 3, ALA 4, ALA 4, ALA 5", 2},
		{"Escape", func() { b.typed(fyne.KeyEscape, 0) }, 0, "", 0},
		{"beside everything", func() {
			b.click(1, 1, ctrlClick)
			b.stage.View.OnPickWith(render.Hit{}, false, ctrlClick)
		}, 0, "", 0},
		{"of a structure that is removed", func() {
			b.click(2, 1, ctrlClick)
			b.must(b.Doc.RemoveStructures(2))
		}, 0, "", 0},
	}
	for _, s := range steps {
		s.do()
		b.idle()
		if n, words, lines := b.inspect.Count(), b.overlaid(), b.lined(); n != s.count || words != s.words || lines != s.lines {
			t.Errorf("%s: %d selected, named %q, %d lines; want %d, %q, %d; status %q", s.name, n, words, lines, s.count, s.words, s.lines, b.Status.Text)
		}
	}
	before := b.stage.View.Camera()
	b.click(1, 3, ctrlClick)
	b.stage.View.Jump = true
	b.typed(fyne.KeyF, 'f')
	if c := b.stage.View.Camera(); c.Target != b.hitOf(1, 3).Position || c.Distance >= before.Distance {
		t.Errorf("F looks at %v from %g Å, want the residue", c.Target, c.Distance)
	}
}

// Distances and angles are measured by clicks, follow a model that is moved, and
// are removed.
func TestMeasures(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	steps := []struct {
		name  string
		do    func()
		words string
	}{
		{"Shift before any click", func() { b.stage.View.OnPickWith(render.Hit{}, false, shiftClick) }, ""},
		{"click, Shift+click", func() { b.click(1, 0, 0); b.click(1, 2, shiftClick) }, "3.00 Å"},
		{"and on", func() { b.click(1, 3, shiftClick) }, "1.50 Å, 3.00 Å"},
		{"the last removed", func() { b.inspect.RemoveLast() }, "3.00 Å"},
		{"D, one click", func() { b.typed(fyne.KeyD, 'd'); b.click(1, 0, 0) }, "1, 3.00 Å"},
		{"the second", func() { b.click(2, 4, 0) }, "3.00 Å, 6.00 Å"},
		{"Escape", func() { b.typed(fyne.KeyEscape, 0); b.click(1, 0, 0); b.click(1, 1, 0) }, "3.00 Å, 6.00 Å"},
		{"an angle", func() {
			b.inspect.ToggleAngle()
			b.click(1, 0, 0)
			b.click(1, 1, 0)
			b.click(1, 2, 0)
			b.inspect.ToggleAngle()
		}, "180.0°, 3.00 Å, 6.00 Å"},
		{"one of them removed", func() { b.inspect.Remove(1) }, "180.0°, 3.00 Å"},
		{"A and I begin and end", func() {
			b.typed(fyne.KeyA, 'a')
			b.click(1, 0, 0)
			b.typed(fyne.KeyI, 'i')
			if !b.inspect.MeasuresTorsion() || b.inspect.MeasuresAngle() {
				t.Error("I does not measure torsions")
			}
			b.typed(fyne.KeyI, 'i')
		}, "180.0°, 3.00 Å"},
		{"from the list", func() {
			b.inspect.ShowMeasures()
			test.Tap(b.named("measures.remove.0"))
			b.Escape()
		}, "180.0°"},
		{"all removed", func() { b.inspect.RemoveAll() }, ""},
	}
	for _, s := range steps {
		s.do()
		if words := b.overlaid(); words != s.words {
			t.Errorf("%s: %q over the picture, want %q; status %q", s.name, words, s.words, b.Status.Text)
		}
	}
}

// The strip of the sequence comes and goes with Q, has the structure that is
// selected, and what is dragged over in it is selected.
func TestSequenceIsShown(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	height := b.stage.View.Size().Height
	b.typed(fyne.KeyQ, 'q')
	if !b.inspect.Sequence.Visible() || b.stage.View.Size().Height >= height {
		t.Fatalf("shown %t, the picture is %g high, was %g", b.inspect.Sequence.Visible(), b.stage.View.Size().Height, height)
	}
	b.inspect.Sequence.OnSelect(1, 2, false, true)
	if b.inspect.Count() != 2 || b.overlaid() != "ALA 2, ALA 3" {
		t.Errorf("dragged over two: %d are selected, named %q", b.inspect.Count(), b.overlaid())
	}
	if !strings.HasSuffix(b.Status.Text, "2 residues of alpha, chain A, ALA 2 to ALA 3") {
		t.Errorf("says %q", b.Status.Text)
	}
	b.stage.View.Jump = true
	b.inspect.Sequence.OnCentre(0, true)
	if c := b.stage.View.Camera(); b.inspect.Count() != 3 || c.Target != b.hitOf(1, 0).Position {
		t.Errorf("clicked on another: %d are selected, looks at %v", b.inspect.Count(), c.Target)
	}
	test.Tap(b.inspect.Sequence.Places()["sequence.close"].(*widget.Button))
	if b.inspect.Sequence.Visible() || b.stage.View.Size().Height != height {
		t.Errorf("closed: shown %t, the picture is %g high", b.inspect.Sequence.Visible(), b.stage.View.Size().Height)
	}
}

// The map is shown near the selected residues alone, where that is wanted.
func TestMapNearResidues(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	b.click(1, 1, ctrlClick)
	b.stage.ToggleZone()
	b.idle()
	for _, v := range b.stage.View.Scene().Volumes {
		if v.Zone == nil || len(v.Zone.Places) != 1 || v.Zone.Places[0] != b.hitOf(1, 1).Position {
			t.Fatalf("a map is shown near %+v, want the one atom", v.Zone)
		}
	}
	b.inspect.Clear()
	b.idle()
	if v := b.stage.View.Scene().Volumes[0]; v.Zone != nil {
		t.Errorf("with nothing selected: %+v", v.Zone)
	}
}

// A filter makes a further map, which is seen in place of the one that it was made
// of, saved with the session, and undone.
func TestFilteredMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	whole := slices.IndexFunc(b.stage.Maps().Maps, func(m view.Map) bool { return m.Kind == view.Whole })
	ask := func(kind, value string) {
		b.stage.MapsPanel.OnFilter(whole)
		b.Named["filter.kind"].(*widget.Select).SetSelected(kind)
		entryOf(b.Named["filter.value"]).SetText(value)
		test.Tap(b.named("filter.ok"))
	}
	ask("Smooth (Gaussian)", "0")
	if said := b.said(); !strings.Contains(said, "want 0.01 to 100 Å") || b.Dialogs() != 1 {
		t.Errorf("σ = 0: %q", said)
	}
	b.Escape()
	ask("Smooth (Gaussian)", "2")
	b.idle()
	has := func(when string) {
		t.Helper()
		s := b.Doc.State()
		if b.uses() != "filtered map density, gaussian 2 Å" || s.Others[0].Map.Grid.At(10, 10, 10) >= s.Map.Grid.At(10, 10, 10) {
			t.Fatalf("%s: has %q; status %q", when, b.uses(), b.Status.Text)
		}
	}
	has("made")
	maps := b.stage.Maps().Maps
	if maps[whole].Visible || !maps[len(maps)-1].Visible {
		t.Errorf("the map is seen %t, the smooth one %t", maps[whole].Visible, maps[len(maps)-1].Visible)
	}
	path := b.path0("filtered.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	b.undo()
	b.idle()
	if maps := b.stage.Maps().Maps; len(b.Doc.State().Others) != 0 || !maps[whole].Visible {
		t.Errorf("undone: has %q, the map is seen %t", b.uses(), maps[whole].Visible)
	}
	b.files.OpenSession(path)
	if b.Dialogs() > 0 {
		test.Tap(b.named("modified.drop"))
	}
	b.idle()
	has("opened again")
}

// What is selected and measured is in the session, as it was.
func TestResiduesAreSaved(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	b.click(1, 0, 0)
	b.click(2, 4, shiftClick)
	b.click(1, 1, ctrlClick)
	b.click(2, 4, ctrlClick|shiftClick)
	want := b.overlaid()
	path := b.path0("looked.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	c := newBench(t, &planned{})
	c.files.OpenSession(path)
	c.idle()
	if got := c.overlaid(); got != want || c.inspect.Count() != 2 || c.lined() != 2 || c.inspect.Measures() != 1 {
		t.Errorf("%q over the picture, want %q; %d selected, %d measures", got, want, c.inspect.Count(), c.inspect.Measures())
	}
	c.inspect.RemoveAll()
	c.inspect.Clear()
	c.files.SaveTo(path, nil)
	c.idle()
	b.files.OpenSession(path)
	b.idle()
	if b.inspect.Count() != 0 || b.inspect.Measures() != 0 {
		t.Errorf("of a session with nothing: %d selected, %d measures", b.inspect.Count(), b.inspect.Measures())
	}
}

// A measure goes along with the copy that its atoms are of, though there are others.
func TestMeasuresGoAlong(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.files.Inputs.Select(1)
	b.files.Inputs.OnSelect()
	b.idle()
	scene := b.stage.View.Scene()
	var hits []render.Hit
	for i, m := range scene.Molecules {
		if m.ID == 1 && m.Visible && !m.Marked {
			hits = append(hits, render.Hit{IsAtom: true, Molecule: i, ID: 1, Atom: 0, Volume: -1})
		}
	}
	if len(hits) != 2 {
		t.Fatalf("%d copies are seen, want the accepted one and the model", len(hits))
	}
	b.stage.View.OnPickWith(hits[0], true, ctrlClick)
	b.stage.View.OnPickWith(hits[1], true, shiftClick)
	before := b.overlaid()
	at := b.Doc.State().Structure(1).Stands()
	at.Shift.Z += 11
	b.must(b.Doc.Move(document.Standing{Structure: 1, Motion: at}))
	b.idle()
	moved := b.overlaid()
	if moved == before || !strings.Contains(moved, "Å") {
		t.Errorf("%q became %q", before, moved)
	}
	b.undo()
	b.idle()
	if got := b.overlaid(); got != before {
		t.Errorf("undone: %q, want %q", got, before)
	}
}

// What remains has no filters, and the window says why.
func TestWhatRemainsIsNotFiltered(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.ZeroOut()
	b.idle()
	b.stage.MapsPanel.OnFilter(slices.IndexFunc(b.stage.Maps().Maps, func(m view.Map) bool { return m.Kind == view.Remaining }))
	if b.Dialogs() > 0 || !strings.Contains(b.Status.Text, "changes with each zeroing") {
		t.Errorf("%d dialogs; says %q", b.Dialogs(), b.Status.Text)
	}
}
