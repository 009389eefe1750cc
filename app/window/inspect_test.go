// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/render"
)

func (b *bench) key(k fyne.KeyName) { b.typedKey(&fyne.KeyEvent{Name: k}) }

func TestRejectAndNoteByKeys(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	id := b.doc.Selected()
	b.key(fyne.KeyX)
	if !b.doc.State().Mark(id).Rejected || !strings.Contains(b.status.Text, "Rejected alpha") {
		t.Fatalf("X does not reject; status %q", b.status.Text)
	}
	b.key(fyne.KeyX)
	if b.doc.State().Mark(id).Rejected {
		t.Error("X again does not take it back")
	}
	b.key(fyne.KeyN)
	b.until("a dialog asks", func() bool { return len(b.questions) == 1 })
	e := b.state.named["note.text"].(*line)
	e.TypedRune('n') // what the key types, too
	test.Type(e, "helix 3 is outside")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := b.doc.State().Mark(id).Note; got != "helix 3 is outside" || len(b.questions) != 0 {
		t.Fatalf("note %q, %d dialogs", got, len(b.questions))
	}
	b.key(fyne.KeyN)
	b.until("it asks again", func() bool { return len(b.questions) == 1 })
	e = b.state.named["note.text"].(*line)
	if e.Text != "helix 3 is outside" {
		t.Errorf("the note to change is %q", e.Text)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(b.questions) != 0 {
		t.Error("Escape does not close it")
	}
	b.undo()
	if b.doc.State().Mark(id).Note != "" {
		t.Error("the note is not undone")
	}
	b.redo()
	b.key(fyne.KeyX)
	path := b.path0("reviewed.difffit")
	b.saveTo(path, nil)
	b.idle()
	c := newBench(t, &planned{})
	c.open([]string{path})
	c.idle()
	if m := c.doc.State().Mark(id); !m.Rejected || m.Note != "helix 3 is outside" {
		t.Errorf("from the session: %+v; says %q", m, c.said())
	}
}

func TestAClickOnAPlacementSelectsItsRow(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	first := b.doc.Selected()
	test.Tap(b.tools.accept)
	second := document.ClusterID{Round: 1, Structure: 1, Rank: 2}
	b.selectCluster(second)
	scene := b.view.Scene()
	if len(scene.Molecules) != 2 {
		t.Fatalf("%d molecules", len(scene.Molecules))
	}
	for i, want := range []document.ClusterID{first, second} {
		camera := b.view.Camera()
		b.picked(render.Hit{IsAtom: true, Molecule: i, ID: 1, Atom: 0}, true)
		if b.doc.Selected() != want {
			t.Errorf("molecule %d selects %v, want %v", i, b.doc.Selected(), want)
		}
		if b.view.Camera() != camera {
			t.Error("the picture moved though what was clicked on is seen")
		}
		b.selectCluster(second)
	}
	b.picked(render.Hit{IsAtom: true, Molecule: 7, ID: 1, Atom: 0}, true) // of a scene that was
}

func TestTolerancesReformClustersLive(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	before, _ := b.doc.Depth()
	if n, _ := b.results.Rows(); n != 6 {
		t.Fatalf("%d rows", n)
	}
	b.doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 3}) // 1 Å from the second, 2 Å from the first
	b.setTolerance(1.5, 6, false)
	if n, _ := b.results.Rows(); n != 4 || b.doc.State().Options.ClusterShift != 3 {
		t.Errorf("while it is dragged %d rows, want 4", n)
	}
	b.setTolerance(2.5, 6, false)
	if n, _ := b.results.Rows(); n != 2 {
		t.Errorf("while it is dragged on %d rows, want 2", n)
	}
	b.setTolerance(1.5, 6, true)
	b.idle()
	if depth, _ := b.doc.Depth(); depth != before+1 || b.doc.State().Options.ClusterShift != 1.5 {
		t.Errorf("let go: %d steps more, shift %g", depth-before, b.doc.State().Options.ClusterShift)
	}
	if want := "Done: Change cluster tolerance to 1.5 Å, 6°"; b.status.Text != want {
		t.Errorf("the status line says %q, want %q", b.status.Text, want)
	}
	if n, _ := b.results.Rows(); n != 4 || b.doc.Selected().Rank != 2 {
		t.Errorf("%d rows, selected %v", n, b.doc.Selected())
	}
	b.undo()
	if n, _ := b.results.Rows(); n != 6 {
		t.Errorf("after undo %d rows", n)
	}
}

func TestColumnsAndBarsAreKept(t *testing.T) {
	b := newBench(t, &planned{})
	b.askColumns()
	if len(b.questions) != 1 {
		t.Fatal("nothing asks for columns")
	}
	b.results.OnColumns([]string{"score", "order"})
	b.results.SetColumns([]string{"score", "order"})
	b.toggleBars()
	if b.hasBars() {
		t.Error("bars stay")
	}
	b.connectInspection() // as the next start does
	if got := b.results.Columns(); !slices.Equal(got, []string{"score", "order"}) {
		t.Errorf("columns %v", got)
	}
}

func TestCopyAndExport(t *testing.T) {
	b := newBench(t, &planned{})
	b.copyRows()
	if !strings.Contains(b.status.Text, "no rows") {
		t.Errorf("without rows: %q", b.status.Text)
	}
	b.fitted()
	b.results.SetFilter("alpha")
	b.copyRows()
	if got := b.app.Clipboard().Content(); strings.Count(got, "\n") != 4 || !strings.HasPrefix(got, "order\tdecision\tstructure\thits\tscore") {
		t.Errorf("copied %q", got)
	}
	b.copyRow()
	if got := b.app.Clipboard().Content(); strings.Count(got, "\n") != 2 {
		t.Errorf("copied %q", got)
	}
	b.results.FocusFilter(0)
	b.copyRow()
	if got := b.app.Clipboard().Content(); strings.Count(got, "\n") != 2 {
		t.Errorf("in a text field with nothing marked %q is copied", got)
	}
	e := b.results.Filter().(interface{ TypedShortcut(fyne.Shortcut) })
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.copyRow()
	if got := b.app.Clipboard().Content(); got != "alpha" {
		t.Errorf("in a text field %q is copied", got)
	}
	for _, name := range []string{"t.csv", "t.tsv", "t.json", "t.xls"} {
		b.askExport()
		b.state.named["save.path"].(*pathField).SetText(b.path0(name))
		test.Tap(b.state.named["save.ok"].(*widget.Button))
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

func TestThePictureFollowsWhatIsNotSeen(t *testing.T) {
	size := fyne.NewSize(400, 300)
	c := render.Camera{Rotation: quat.Number{Real: 1}, Distance: 100, FovY: 0.5}
	height := c.Height() // 51 Å
	tests := []struct {
		name   string
		at     r3.Vec
		radius float64
		slab   float64
		fly    bool
	}{
		{"in the middle", r3.Vec{}, 5, 0, false},
		{"to the side, but seen", r3.Vec{X: 0.4 * height}, 5, 0, false},
		{"outside", r3.Vec{X: 0.9 * height}, 5, 0, true},
		{"above", r3.Vec{Y: 0.45 * height}, 5, 0, true},
		{"behind the eye", r3.Vec{Z: 150}, 5, 0, true},
		{"beyond the slab", r3.Vec{Z: -20}, 5, 10, true},
		{"too large", r3.Vec{X: 2 * height}, 40, 0, true},
	}
	for _, tt := range tests {
		c.Front, c.Back = tt.slab, tt.slab
		to, fly := follow(c, size, tt.at, tt.radius)
		if fly != tt.fly {
			t.Errorf("%s: flies %t, want %t", tt.name, fly, tt.fly)
		}
		if !fly {
			continue
		}
		if x, y, _ := to.Project(tt.at, 400, 300); math.Abs(x-200) > 1e-6 || math.Abs(y-150) > 1e-6 {
			t.Errorf("%s: seen at %g, %g", tt.name, x, y)
		}
		if to.Height() < 2*tt.radius || to.Rotation != c.Rotation {
			t.Errorf("%s: %g Å are seen, want %g at least", tt.name, to.Height(), 2*tt.radius)
		}
	}
}

// Fifty clusters are decided on by keys alone.
func TestFiftyClustersByKeys(t *testing.T) {
	b := newBench(t, &planned{many: 50})
	b.fitted()
	b.results.SetFilter("alpha")
	b.results.Focus()
	table := b.Canvas().Focused()
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	began := time.Now()
	for i := range 50 {
		table.TypedKey(&fyne.KeyEvent{Name: []fyne.KeyName{fyne.KeySpace, fyne.KeyX}[i%2]})
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	took := time.Since(began)
	s := b.doc.State()
	if len(s.Accepted) != 25 || len(s.Marks) != 25 {
		t.Errorf("%d accepted, %d rejected; want 25 of each", len(s.Accepted), len(s.Marks))
	}
	b.results.SetFilter("alpha is:open")
	if n, _ := b.results.Rows(); n != 0 {
		t.Errorf("%d are open", n)
	}
	t.Logf("50 decisions: %v", took)
}

// Nobody decides on what the filter hides, or twice on the same place.
func TestDecisionsAreOnWhatIsSeen(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	id := b.doc.Selected()
	b.results.SetFilter("nothing-has-this-name")
	b.accept()
	b.reject()
	b.zeroOut()
	if s := b.doc.State(); len(s.Accepted) != 0 || len(s.Marks) != 0 || len(s.Layers) != 0 || !strings.Contains(b.status.Text, "filter hides") {
		t.Fatalf("decided on a hidden placement; status %q", b.status.Text)
	}
	b.results.SetFilter("")
	b.accept()
	if s := b.doc.State(); len(s.Accepted) != 1 {
		t.Fatalf("accepted %d", len(s.Accepted))
	}
	b.fit() // the same placements again, in another round
	b.until("a second round", func() bool { return len(b.doc.State().Rounds) == 2 && b.job == nil })
	b.doc.Select(document.ClusterID{Round: 2, Structure: id.Structure, Rank: id.Rank})
	b.accept()
	if s := b.doc.State(); len(s.Accepted) != 1 || !strings.Contains(b.status.Text, "in this place already") {
		t.Errorf("accepted %d, status %q", len(s.Accepted), b.status.Text)
	}
}
