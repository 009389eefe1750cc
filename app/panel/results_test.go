// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// library returns a state with a round of two structures and n clusters each.
func library(n int) document.State {
	rng := rand.New(rand.NewPCG(1, 2))
	s := document.State{Options: fitting.DefaultOptions()}
	round := &document.Round{Number: 1}
	for id, name := range []string{"8SMK_A", "I7MLV6_D3 with a name that does not fit"} {
		s.Structures = append(s.Structures, &document.Structure{ID: id + 1, Model: &mol.Structure{Name: name}, Fit: true})
		r := &fitting.Result{}
		for i := range n {
			p := fitting.Placement{Hits: rng.IntN(50), Metrics: fitting.Metrics{
				Score: fitting.MinScore + (1-fitting.MinScore)*rng.Float64(), SignificanceZ: 90 * rng.Float64(), Density: rng.Float64(), Overlap: 1e4 * rng.Float64(),
				Correlation: rng.Float64(), CorrelationAboutMean: rng.Float64(), Inside: rng.Float64(), MapCorrelation: rng.Float64(),
			}}
			r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
		}
		round.Fits = append(round.Fits, document.Fit{Structure: id + 1, Result: r})
	}
	s.Rounds = append(s.Rounds, round)
	return s
}

// shown puts a panel into a window of the test driver.
func shown(t *testing.T, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	window := test.NewTempWindow(t, o)
	window.Resize(fyne.NewSize(w, h))
	return window
}

// sortAt sorts by the i-th of the columns that are shown.
func (r *Results) sortAt(i int) { r.sortBy(r.table.shown[i], false) }

func TestSortByEveryColumn(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(library(2500))
	if n, all := r.Rows(); n != 5000 || all != 5000 {
		t.Fatalf("%d of %d rows, want 5000", n, all)
	}
	for i, c := range r.table.shown {
		if r.table.keys()[0].column == c { // the first column is what it starts with
			r.sortAt(1)
		}
		r.sortAt(i)
		if title, down := r.Sorted(); title != c.title || down != c.downward() {
			t.Errorf("%s: sorted by %s, greatest first %t", c.title, title, down)
		}
		if !slices.IsSortedFunc(r.table.rows, func(a, b *row) int { return -c.sense(a, b) }) {
			t.Errorf("%s: not sorted the way one wants it first", c.title)
		}
		r.sortAt(i)
		if !slices.IsSortedFunc(r.table.rows, func(a, b *row) int { return c.sense(a, b) }) {
			t.Errorf("%s: not sorted the other way", c.title)
		}
	}
}

// order compares so that what a person wants to see first is greater.
func (c *column) sense(a, b *row) int {
	if !c.downward() {
		return -c.compare(a, b)
	}
	return c.compare(a, b)
}

// The rows begin in the order of what is seen of them, whatever fits.csv goes by,
// and the headers say so.
func TestFirstOrderIsOfWhatIsSeen(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := library(100)
	r.SetState(s)
	if got := r.Order(); !slices.Equal(got, []string{"Right?↓", "Score↓"}) || !slices.Contains(texts(r.table), "Score↓²") {
		t.Errorf("sorted by %q, headers %q", got, texts(r.table))
	}
	var ids []document.ClusterID
	for i, q := range r.table.rows {
		if ids = append(ids, q.id); i > 0 {
			if p := r.table.rows[i-1]; p.verdict < q.verdict || p.verdict == q.verdict && p.Score < q.Score {
				t.Fatalf("row %d, %s %.3f, is below %s %.3f", i, q.verdict, q.Score, p.verdict, p.Score)
			}
		}
	}
	if want := document.Order(1, s.Rounds[0].Fits); !slices.Equal(ids, want) {
		t.Error("it is not the order of the document")
	}
}

// cells returns the texts of all cells and headers that exist on the screen.
func texts(o fyne.CanvasObject) []string {
	var found []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			found = append(found, o.Text)
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
	walk(o)
	return found
}

func TestHeaderShowsTheOrderAndSorts(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 900, 400)
	r.SetState(library(50))
	r.SetColumns(everyColumn())
	if !slices.Contains(texts(r.table), "Right?↓¹") {
		t.Error("no arrow at the verdict")
	}
	x, width := r.ColumnOffset("Score")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.table).Add(fyne.NewPos(x+width/2, 10))
	test.TapCanvas(w.Canvas(), at)
	if title, down := r.Sorted(); title != "Score" || !down {
		t.Fatalf("a tap on the header sorts by %s, downward %t", title, down)
	}
	if got := texts(r.table); !slices.Contains(got, "Score↓") || slices.Contains(got, "Right?↓¹") {
		t.Error("the arrow is not at the score")
	}
	test.TapCanvas(w.Canvas(), at)
	if !slices.Contains(texts(r.table), "Score↑") {
		t.Error("a second tap does not turn the arrow")
	}
	test.TapCanvas(w.Canvas(), at)
	if title, _ := r.Sorted(); title != "Right?" {
		t.Errorf("a third tap sorts by %s, want the verdict", title)
	}
}

func TestKeysMoveTheSelection(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 760, 400)
	r.SetState(library(2500))
	var told []document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = append(told, id) }
	var other []fyne.KeyName
	r.OnKey = func(k *fyne.KeyEvent) { other = append(other, k.Name) }
	r.Focus()
	if w.Canvas().Focused() != r.table {
		t.Fatal("the table has no focus")
	}
	at := func() int { return r.table.index() }
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 0},
		{fyne.KeyDown, 1},
		{fyne.KeyDown, 2},
		{fyne.KeyUp, 1},
		{fyne.KeyPageDown, 11},
		{fyne.KeyPageUp, 1},
		{fyne.KeyEnd, 4999},
		{fyne.KeyDown, 4999},
		{fyne.KeyHome, 0},
		{fyne.KeyUp, 0},
	} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: step.key})
		if at() != step.want {
			t.Fatalf("after %s row %d, want %d", step.key, at(), step.want)
		}
	}
	if len(told) != 8 { // the two at the ends change nothing
		t.Errorf("told of %d selections, want 8", len(told))
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !slices.Equal(other, []fyne.KeyName{fyne.KeySpace}) {
		t.Errorf("other keys: %v", other)
	}
}

func TestSelectionStaysWithItsCluster(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := library(500)
	r.SetState(s)
	id := document.ClusterID{Round: 1, Structure: 2, Rank: 17}
	r.SetSelected(id)
	for i, c := range r.table.shown {
		r.sortAt(i)
		if j := r.table.index(); j < 0 || r.table.rows[j].id != id {
			t.Fatalf("sorted by %s the selection is elsewhere", c.title)
		}
	}
	back := 0
	visit(r.table, func(o fyne.CanvasObject) {
		if b, ok := o.(*canvas.Rectangle); ok && b.FillColor == theme.Color(theme.ColorNameSelection) {
			back++
		}
	})
	if back == 0 {
		t.Error("the selected row is not marked")
	}
}

// visit calls f for all objects below o.
func visit(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			visit(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			visit(c, f)
		}
	}
}

func TestMouseSelectsARow(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 900, 400)
	r.SetState(library(50))
	var told document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = id }
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.table)
	test.TapCanvas(w.Canvas(), at.Add(fyne.NewPos(100, 100)))
	if i := r.table.index(); i < 1 || r.table.rows[i].id != told {
		t.Errorf("row %d selected, told %v", i, told)
	}
	told = document.ClusterID{}
	r.SetSelected(document.ClusterID{})
	test.TapCanvas(w.Canvas(), at.Add(fyne.NewPos(100, 100)))
	if told.IsZero() {
		t.Error("the same cell cannot be tapped again")
	}
}

func TestFilterByStructure(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(library(30))
	r.structure.SetSelectedIndex(2)
	if n, all := r.Rows(); n != 30 || all != 60 || r.count.Text != "30 of 60" {
		t.Errorf("%d of %d rows, %q", n, all, r.count.Text)
	}
	for _, q := range r.table.rows {
		if q.id.Structure != 2 {
			t.Fatalf("a row of structure %d", q.id.Structure)
		}
	}
	r.structure.SetSelectedIndex(0)
	if n, _ := r.Rows(); n != 60 {
		t.Errorf("%d rows, want all", n)
	}
}

func TestRoundsAndLiveRows(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(document.State{})
	if !strings.Contains(r.empty.Text, "Open a map") || r.empty.Hidden {
		t.Errorf("an empty document says %q", r.empty.Text)
	}
	if !r.table.HideSeparators {
		t.Error("lines of the table cross out what is said")
	}
	s := library(10)
	r.SetState(s)
	r.SetLive([]document.Fit{{Structure: 1, Result: &fitting.Result{Clusters: s.Rounds[0].Fits[0].Result.Clusters[:3]}}})
	if n, _ := r.Rows(); n != 3 || r.rounds.Selected != "Running…" || r.table.rows[0].id.Round != 2 {
		t.Errorf("live: %d rows, %q, round %d", n, r.rounds.Selected, r.table.rows[0].id.Round)
	}
	r.SetLive(nil)
	if n, _ := r.Rows(); n != 20 || r.rounds.Selected != "Round 1" {
		t.Errorf("after: %d rows, %q", n, r.rounds.Selected)
	}
	s2 := s
	s2.Rounds = append(slices.Clone(s.Rounds), &document.Round{Number: 2, Fits: s.Rounds[0].Fits[:1]})
	r.SetState(s2)
	if n, _ := r.Rows(); n != 10 || r.rounds.Selected != "Round 2" {
		t.Errorf("second round: %d rows, %q", n, r.rounds.Selected)
	}
	r.SetSelected(document.ClusterID{Round: 1, Structure: 2, Rank: 1})
	if n, _ := r.Rows(); n != 20 || r.rounds.Selected != "Round 1" {
		t.Errorf("selecting in round 1 shows %q with %d rows", r.rounds.Selected, n)
	}
}

func TestAcceptedRowsAreMarked(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := library(5)
	id := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	s.Accepted = []*document.Accepted{{ID: 1, Cluster: id, Structure: 1}}
	r.SetState(s)
	marked := 0
	for _, q := range r.table.rows {
		if strings.HasPrefix(q.status(), "✓") {
			marked++
		}
	}
	if marked != 1 {
		t.Errorf("%d rows marked, want 1", marked)
	}
}

func BenchmarkSortAndRefresh(b *testing.B) {
	test.NewTempApp(b)
	r := NewResults()
	w := test.NewTempWindow(b, container.NewStack(r))
	w.Resize(fyne.NewSize(760, 500))
	r.SetState(library(2500))
	for i := range b.N {
		r.sortAt(3 + i%2)
	}
}

func BenchmarkNewState(b *testing.B) {
	test.NewTempApp(b)
	r := NewResults()
	w := test.NewTempWindow(b, container.NewStack(r))
	w.Resize(fyne.NewSize(760, 500))
	s := library(5000)
	for range b.N {
		r.SetState(s)
	}
}

// A structure whose wrong placements are known comes where fits.csv has it,
// not where z does, which favours the large one.
func TestRankIsThatOfTheTable(t *testing.T) {
	s := library(0)
	for i, m := range []fitting.Metrics{{SignificanceZ: 25, MapCorrelation: 0.1}, {SignificanceZ: 20, MapCorrelation: 0.5}} {
		s.Rounds[0].Fits[i].Result = &fitting.Result{
			Null:     &fitting.Null{Placements: 250, Sigma: 0.05, Eta0: 1},
			Clusters: []fitting.Cluster{{Rank: 1, Placement: fitting.Placement{Metrics: m}}},
		}
	}
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	if got := r.table.rows[0]; got.id.Structure != 2 || got.place != 1 {
		t.Errorf("first is structure %d as place %d, want 2, which is 11 sigma above its wrong placements", got.id.Structure, got.place)
	}
}

// What was decided about a place in another round is in grey, and the tooltip
// tells where.
func TestRowsAtDecidedPlacesAreMarked(t *testing.T) {
	s := library(1)
	s.Rounds = append(s.Rounds, &document.Round{Number: 2, Fits: s.Rounds[0].Fits})
	s.Accepted = []*document.Accepted{{ID: 1, Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 1}, Structure: 1}}
	s.Marks = []*document.Mark{{Cluster: document.ClusterID{Round: 1, Structure: 2, Rank: 1}, Structure: 2, Rejected: true}}
	r := NewResults()
	shown(t, r, 1100, 400)
	r.SetColumns(everyColumn())
	r.SetState(s)
	signs := func() []string {
		var list []string
		visit(r.table, func(o fyne.CanvasObject) {
			if c, ok := o.(*tableCell); ok && (strings.HasPrefix(c.text.Text, "✓") || strings.HasPrefix(c.text.Text, "✗")) {
				grey := c.text.Color == theme.Color(theme.ColorNameDisabled)
				list = append(list, fmt.Sprint(c.text.Text[:len("✓")], grey, c.full))
			}
		})
		slices.Sort(list)
		return list
	}
	want := []string{"✓truePlace accepted in round 1.", "✗truePlace rejected in round 1."}
	if got := signs(); !slices.Equal(got, want) {
		t.Errorf("round 2 has %q, want %q", got, want)
	}
	r.SetSelected(document.ClusterID{Round: 1, Structure: 1, Rank: 1})
	if got, want := signs(), []string{"✓false", "✗true"}; !slices.Equal(got, want) {
		t.Errorf("round 1 has %q, want %q", got, want)
	}
}
