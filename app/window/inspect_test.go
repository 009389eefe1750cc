// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/window/table"
	"difffit/render"
)

func (b *bench) key(k fyne.KeyName) { b.TypedKey(&fyne.KeyEvent{Name: k}) }

func TestRejectAndNoteByKeys(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	id := b.Doc.Selected()
	b.key(fyne.KeyX)
	if !b.Doc.State().Mark(id).Rejected || !strings.Contains(b.Status.Text, "Rejected alpha") {
		t.Fatalf("X does not reject; status %q", b.Status.Text)
	}
	b.key(fyne.KeyX)
	if b.Doc.State().Mark(id).Rejected {
		t.Error("X again does not take it back")
	}
	b.typed(fyne.KeyN, 'n') // which is not for the note
	b.until("a dialog asks", func() bool { return b.Dialogs() == 1 })
	e := b.Named["note.text"].(fyne.Focusable)
	test.Type(e, "helix 3 is outside")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := b.Doc.State().Mark(id).Note; got != "helix 3 is outside" || b.Dialogs() != 0 {
		t.Fatalf("note %q, %d dialogs", got, b.Dialogs())
	}
	b.key(fyne.KeyN)
	b.until("it asks again", func() bool { return b.Dialogs() == 1 })
	e = b.Named["note.text"].(fyne.Focusable)
	if text := entryOf(e).Text; text != "helix 3 is outside" {
		t.Errorf("the note to change is %q", text)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.Dialogs() != 0 {
		t.Error("Escape does not close it")
	}
	b.undo()
	if b.Doc.State().Mark(id).Note != "" {
		t.Error("the note is not undone")
	}
	b.redo()
	b.key(fyne.KeyX)
	path := b.path0("reviewed.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	c := newBench(t, &planned{})
	c.files.Open([]string{path})
	c.idle()
	if m := c.Doc.State().Mark(id); !m.Rejected || m.Note != "helix 3 is outside" {
		t.Errorf("from the session: %+v; says %q", m, c.said())
	}
}

func TestAClickOnAPlacementSelectsItsRow(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	first := b.Doc.Selected()
	test.Tap(b.tools.accept)
	second := document.ClusterID{Round: 1, Structure: 1, Rank: 2}
	b.table.SelectCluster(second)
	scene := b.stage.View.Scene()
	if len(scene.Molecules) != 2 {
		t.Fatalf("%d molecules", len(scene.Molecules))
	}
	for i, want := range []document.ClusterID{first, second} {
		camera := b.stage.View.Camera()
		b.stage.View.OnPick(render.Hit{IsAtom: true, Molecule: i, ID: 1, Atom: 0}, true)
		if b.Doc.Selected() != want {
			t.Errorf("molecule %d selects %v, want %v", i, b.Doc.Selected(), want)
		}
		if b.stage.View.Camera() != camera {
			t.Error("the picture moved though what was clicked on is seen")
		}
		b.table.SelectCluster(second)
	}
	b.stage.View.OnPick(render.Hit{IsAtom: true, Molecule: 7, ID: 1, Atom: 0}, true) // of a scene that was
}

func TestTolerancesReformClustersLive(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	before, _ := b.Doc.Depth()
	if n, _ := b.table.Results.Rows(); n != 6 {
		t.Fatalf("%d rows", n)
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 3}) // 1 Å from the second, 2 Å from the first
	b.table.SetTolerance(1.5, 6, false)
	if n, _ := b.table.Results.Rows(); n != 4 || b.Doc.State().Options.ClusterShift != 3 {
		t.Errorf("while it is dragged %d rows, want 4", n)
	}
	b.table.SetTolerance(2.5, 6, false)
	if n, _ := b.table.Results.Rows(); n != 2 {
		t.Errorf("while it is dragged on %d rows, want 2", n)
	}
	b.table.SetTolerance(1.5, 6, true)
	b.idle()
	if depth, _ := b.Doc.Depth(); depth != before+1 || b.Doc.State().Options.ClusterShift != 1.5 {
		t.Errorf("let go: %d steps more, shift %g", depth-before, b.Doc.State().Options.ClusterShift)
	}
	if want := "Done: Merge placements within 1.5 Å and 6°"; b.Status.Text != want {
		t.Errorf("the status line says %q, want %q", b.Status.Text, want)
	}
	if n, _ := b.table.Results.Rows(); n != 4 || b.Doc.Selected().Rank != 2 {
		t.Errorf("%d rows, selected %v", n, b.Doc.Selected())
	}
	b.undo()
	if n, _ := b.table.Results.Rows(); n != 6 {
		t.Errorf("after undo %d rows", n)
	}
}

func TestColumnsAndBarsAreKept(t *testing.T) {
	b := newBench(t, &planned{})
	b.table.AskColumns()
	if b.Dialogs() != 1 {
		t.Fatal("nothing asks for columns")
	}
	b.table.Results.OnColumns([]string{"score", "order"})
	b.table.Results.SetColumns([]string{"score", "order"})
	b.table.ToggleBars()
	if b.table.HasBars() {
		t.Error("bars stay")
	}
	b.table.Results.OnFolding(panel.FoldAll)
	next := table.New(b.Shell) // as the next start does
	next.Connect(b.stage, b.compose, b.files)
	if got := next.Results.Columns(); !slices.Equal(got, []string{"score", "order"}) {
		t.Errorf("columns %v", got)
	}
	if got := next.Results.Folding(); got != panel.FoldAll {
		t.Errorf("folded are %s, want all", got)
	}
}

func TestCopyAndExport(t *testing.T) {
	b := newBench(t, &planned{})
	b.table.CopyRows()
	if !strings.Contains(b.Status.Text, "no rows") {
		t.Errorf("without rows: %q", b.Status.Text)
	}
	b.fitted()
	b.table.Results.SetFilter("alpha")
	b.table.CopyRows()
	if got := b.App.Clipboard().Content(); strings.Count(got, "\n") != 4 || !strings.HasPrefix(got, "verdict\tdecision\tstructure\tscore\tmap_correlation_whole\tinside\n") {
		t.Errorf("copied %q", got)
	}
	b.table.CopyRow()
	if got := b.App.Clipboard().Content(); strings.Count(got, "\n") != 2 {
		t.Errorf("copied %q", got)
	}
	b.table.Results.FocusFilter()
	b.table.CopyRow()
	if got := b.App.Clipboard().Content(); strings.Count(got, "\n") != 2 {
		t.Errorf("in a text field with nothing marked %q is copied", got)
	}
	e := b.table.Results.Filter().(interface{ TypedShortcut(fyne.Shortcut) })
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.table.CopyRow()
	if got := b.App.Clipboard().Content(); got != "alpha" {
		t.Errorf("in a text field %q is copied", got)
	}
	for _, name := range []string{"t.csv", "t.tsv", "t.json", "t.xls"} {
		b.table.AskExport()
		b.Named["save.path"].(*shell.PathField).SetText(b.path0(name))
		test.Tap(b.Named["save.ok"].(*widget.Button))
		b.idle()
		data, err := os.ReadFile(b.path0(name))
		if name == "t.xls" {
			if err == nil || !strings.Contains(b.said(), "want .csv, .tsv or .json") {
				t.Errorf("%s: %v, says %q", name, err, b.said())
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if name == "t.json" {
			var file struct{ Rows []any }
			if err := json.Unmarshal(data, &file); err != nil || len(file.Rows) != 3 {
				t.Errorf("%d rows, %v", len(file.Rows), err)
			}
		} else if strings.Count(string(data), "\n") != 4 {
			t.Errorf("%s: %q", name, data)
		}
	}
}

// Fifty clusters are decided on by keys alone.
func TestFiftyClustersByKeys(t *testing.T) {
	b := newBench(t, &planned{many: 50})
	b.fitted()
	b.table.Results.SetFilter("alpha")
	b.table.Results.Focus()
	table := b.Canvas().Focused()
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	began := time.Now()
	for i := range 50 {
		table.TypedKey(&fyne.KeyEvent{Name: []fyne.KeyName{fyne.KeySpace, fyne.KeyX}[i%2]})
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	took := time.Since(began)
	s := b.Doc.State()
	if len(s.Accepted) != 25 || len(s.Marks) != 25 {
		t.Errorf("%d accepted, %d rejected; want 25 of each", len(s.Accepted), len(s.Marks))
	}
	b.table.Results.SetFilter("alpha is:open")
	if n, _ := b.table.Results.Rows(); n != 0 {
		t.Errorf("%d are open", n)
	}
	t.Logf("50 decisions: %v", took)
}

// Nobody decides on what the filter hides, or twice on the same place.
func TestDecisionsAreOnWhatIsSeen(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	id := b.Doc.Selected()
	b.table.Results.SetFilter("nothing-has-this-name")
	b.table.Accept()
	b.table.Reject()
	b.compose.ZeroOut()
	if s := b.Doc.State(); len(s.Accepted) != 0 || len(s.Marks) != 0 || len(s.Layers) != 0 || !strings.Contains(b.Status.Text, "filter hides") {
		t.Fatalf("decided on a hidden placement; status %q", b.Status.Text)
	}
	b.table.Results.SetFilter("")
	b.table.Accept()
	if s := b.Doc.State(); len(s.Accepted) != 1 {
		t.Fatalf("accepted %d", len(s.Accepted))
	}
	o := b.Doc.State().Options
	o.Seed++ // else nothing would have changed
	b.must(b.Doc.SetOptions("", o))
	b.compose.Fit() // the same placements again, in another round
	b.until("a second round", func() bool { return len(b.Doc.State().Rounds) == 2 && !b.Busy() })
	b.Doc.Select(document.ClusterID{Round: 2, Structure: id.Structure, Rank: id.Rank})
	b.table.Accept()
	if s := b.Doc.State(); len(s.Accepted) != 1 || !strings.Contains(b.Status.Text, "in this place already") {
		t.Errorf("accepted %d, status %q", len(s.Accepted), b.Status.Text)
	}
}
