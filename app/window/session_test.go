// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/session"
	"difffit/app/window/shell"
)

func TestSessionIsSavedAndOpened(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.compose.ZeroOut()
	b.idle()
	if !b.Doc.Modified() || !strings.Contains(b.Title(), "•") {
		t.Errorf("title %q", b.Title())
	}
	path := b.path0("work.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	if b.Doc.Modified() || b.Title() != "work.difffit – DiffFit" || b.files.Recent()[0] != path {
		t.Errorf("title %q, recent %v", b.Title(), b.files.Recent())
	}
	want := b.Targets.Of(b.Doc.State()).Grid().Data
	c := newBench(t, &planned{})
	c.files.Open([]string{path})
	c.idle()
	if s := c.Doc.State(); len(s.Rounds) != 1 || len(s.Layers) != 1 || c.Title() != "work.difffit – DiffFit" {
		t.Fatalf("%d rounds, %d layers, title %q; says %q", len(s.Rounds), len(s.Layers), c.Title(), c.said())
	}
	if !slices.Equal(c.Targets.Of(c.Doc.State()).Grid().Data, want) {
		t.Error("what is left of the map is another one")
	}
	b.must(os.WriteFile(b.path0("alpha.pdb"), []byte("ATOM"), 0o600))
	c.files.Open([]string{path})
	c.idle()
	if said := c.said(); !strings.Contains(said, "alpha.pdb") {
		t.Errorf("a changed input: the dialog says %q", said)
	}
}

func TestFittedStructureAndMapAreSaved(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	save := func(ask func(), name string) string {
		ask()
		path := b.path0(name)
		b.Named["save.path"].(*shell.PathField).SetText(path)
		test.Tap(b.Named["save.ok"].(*widget.Button))
		b.idle()
		if _, err := os.Stat(path); err != nil {
			t.Fatalf("%v; says %q", err, b.said())
		}
		return path
	}
	for _, name := range []string{"placed.cif", "placed.pdb"} {
		path := save(b.files.AskSaveStructure, name)
		got, err := b.files.Reader().Structures(t.Context(), path)
		b.must(err)
		if p := got[0].Model.Atoms[1].Pos; r3.Norm(r3.Sub(p, r3.Vec{X: 9.5, Y: 8, Z: 8})) > 1e-3 {
			t.Errorf("%s: second atom at %v, want 9.5, 8, 8", name, p)
		}
	}
	b.compose.ZeroOut()
	b.idle()
	m, err := b.files.Reader().Map(t.Context(), save(b.files.AskSaveMap, "left.mrc"))
	b.must(err)
	if !slices.Equal(m.Grid.Data, b.Targets.Of(b.Doc.State()).Grid().Data) {
		t.Error("the saved map is not what is left")
	}
	save(b.files.AskSaveComposite, "all.cif")
}

func TestCrashIsRestored(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.until("it is saved", func() bool {
		paths, err := filepath.Glob(filepath.Join(b.path0("autosave"), "*"+session.Ending))
		if err != nil || len(paths) != 1 {
			return false
		}
		s, err := session.Open(t.Context(), paths[0], b.files.Reader())
		return err == nil && len(s.Rounds) == 1
	})
	left, err := os.ReadDir(b.path0("autosave"))
	b.must(err)
	folder := filepath.Join(t.TempDir(), "autosave")
	b.must(os.Mkdir(folder, 0o700))
	for _, e := range left { // copies have no lock: their program is gone
		data, err := os.ReadFile(filepath.Join(b.path0("autosave"), e.Name()))
		b.must(err)
		b.must(os.WriteFile(filepath.Join(folder, "left-"+e.Name()), data, 0o600))
	}
	c := newBenchIn(t, &planned{}, folder)
	if !c.files.OfferCrashed() || !strings.Contains(c.said(), "did not end as it should") {
		t.Fatalf("says %q", c.said())
	}
	if which := c.Named["restore.which"].(*widget.RadioGroup); len(which.Options) != 1 || !strings.Contains(which.Options[0], "2 structures, 1 round, 0 accepted") {
		t.Errorf("offers %q", which.Options)
	}
	test.Tap(c.Named["restore"].(*widget.Button))
	c.idle()
	if s := c.Doc.State(); len(s.Rounds) != 1 || !c.Doc.Modified() || c.files.Path() != "" {
		t.Errorf("%d rounds, modified %t, path %q; says %q", len(s.Rounds), c.Doc.Modified(), c.files.Path(), c.said())
	}
	if text := c.Log.Text(); !strings.Contains(text, "Restored the last session: 2 structures, 1 round, 0 accepted") {
		t.Errorf("the log says %q", text)
	}
	c.until("what was restored is no longer offered", func() bool { // once it is saved anew
		left, err := session.FindCrashed(folder)
		return err == nil && len(left) == 0
	})
}

func TestTerminationLeavesUnsavedChanges(t *testing.T) {
	left := func(b *bench) []string {
		found, err := filepath.Glob(filepath.Join(b.path0("autosave"), "*"+session.Ending))
		b.must(err)
		return found
	}
	b := newBench(t, &planned{})
	b.fitted()
	b.terminate()
	if !b.Quitting || b.code != exitInterrupted || b.Dialogs() != 0 {
		t.Errorf("quitting %t, code %d, %d dialogs", b.Quitting, b.code, b.Dialogs())
	}
	if found := left(b); len(found) != 1 {
		t.Fatalf("left %q, want one session", found)
	} else if s, err := session.Open(t.Context(), found[0], b.files.Reader()); err != nil || len(s.Rounds) != 1 {
		t.Errorf("the session that is left: %d rounds, %v", len(s.Rounds), err)
	}
	c := newBench(t, &planned{})
	c.terminate()
	if found := left(c); len(found) != 0 {
		t.Errorf("without changes %q is left", found)
	}
}

func TestQuitAsksForUnsavedChanges(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	b.quit()
	if b.Quitting || !strings.Contains(b.said(), "not saved") {
		t.Fatalf("quitting %t, says %q", b.Quitting, b.said())
	}
	test.Tap(b.Named["modified.drop"].(*widget.Button))
	if !b.Quitting {
		t.Error("it does not quit")
	}
}

func TestInputsAreNotWrittenOver(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	path := b.Doc.State().Map.Path
	before, err := os.ReadFile(path)
	b.must(err)
	b.files.AskSaveMap()
	b.Named["save.path"].(*shell.PathField).SetText(path)
	test.Tap(b.Named["save.ok"].(*widget.Button))
	b.idle()
	if said := b.said(); !strings.Contains(said, "is open here as an input") {
		t.Errorf("the dialog says %q", said)
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(after, before) {
		t.Errorf("the map on disk is another one (%v)", err)
	}
}

func TestMissingMapIsToldBeforeAnythingIsAsked(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	test.Tap(b.tools.accept)
	b.files.Open([]string{b.path0("gone.mrc")})
	if said := b.said(); !strings.Contains(said, "gone.mrc: no such file") {
		t.Errorf("the dialog says %q", said)
	}
}
