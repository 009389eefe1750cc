// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// screen returns a state with so many structures, and what a fit has found of
// them: n clusters each, of which the first is the best by score.
func screen(structures, n int) (document.State, []document.Fit) {
	rng := rand.New(rand.NewPCG(3, 4))
	s := document.State{Options: fitting.DefaultOptions()}
	var fits []document.Fit
	for i := range structures {
		s.Structures = append(s.Structures, &document.Structure{ID: i + 1, Model: &mol.Structure{Name: fmt.Sprintf("A0A1D1V%03d_D%d", i, i%4)}, Fit: true})
		r := &fitting.Result{AtomsUsed: 200 + rng.IntN(2000), Starts: 512}
		for j := range n {
			p := fitting.Placement{Hits: rng.IntN(50), Metrics: fitting.Metrics{
				Score: (1 + rng.Float64()) / float64(2*j+3), SignificanceZ: 30 * (1 + rng.Float64()) / float64(2*j+3), Density: rng.Float64(), Overlap: rng.Float64(),
				Correlation: rng.Float64(), CorrelationAboutMean: rng.Float64(), Inside: rng.Float64(), MapCorrelation: rng.Float64(),
			}}
			p.Motion.Rotation.Real, p.Motion.Shift.X = 1, 10*float64(j)
			r.Clusters = append(r.Clusters, fitting.Cluster{Rank: j + 1, Placement: p})
		}
		fits = append(fits, document.Fit{Structure: i + 1, Result: r})
	}
	return s, fits
}

// screened is a state in which that was the first round.
func screened(structures, n int) document.State {
	s, fits := screen(structures, n)
	s.Rounds = []*document.Round{{Number: 1, Fits: fits}}
	return s
}

func TestRoundsOfManyStructuresAreFolded(t *testing.T) {
	tests := []struct {
		name       string
		structures int
		folding    Folding
		want       int // rows, of 5 placements each
	}{
		{"one, what is wrong folded", 1, FoldLibraries, 2}, // the scores begin with 0.4, 0.25 and 0.15
		{"one, none folded", 1, FoldNone, 5},
		{"a few, what is wrong folded", 10, FoldLibraries, 24},
		{"a library", 11, FoldLibraries, 11},
		{"of a preference that is not known", 11, "sideways", 11},
		{"a few, all folded", 3, FoldAll, 3},
		{"one, all folded", 1, FoldAll, 2},
		{"a library, none folded", 11, FoldNone, 55},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewResults()
			shown(t, r, 760, 400)
			r.SetFolding(tt.folding)
			r.SetState(screened(tt.structures, 5))
			if n, all := r.Rows(); n != tt.want || all != 5*tt.structures {
				t.Errorf("%d rows of %d, want %d", n, all, tt.want)
			}
		})
	}
}

// The first row of a library is the first that the document shows, and so is the
// order of the best of each structure; so are those below.
func TestFoldedRowsAreInTheOrderOfTheTable(t *testing.T) {
	s := screened(30, 6)
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	order := document.Order(1, s.Rounds[0].Fits)
	ranked, _ := document.Ranking(1, s.Rounds[0].Fits)
	var want, got []document.ClusterID
	seen := map[int]bool{}
	for _, id := range order {
		if !seen[id.Structure] {
			want = append(want, id)
		}
		seen[id.Structure] = true
	}
	for _, q := range r.table.rows {
		got = append(got, q.id)
	}
	if !slices.Equal(got, want) {
		t.Errorf("folded: %v, want %v", got, want)
	}
	r.unfoldAll(true)
	if n, _ := r.Rows(); n != 180 {
		t.Errorf("%d rows unfolded, want 180", n)
	}
	for i, q := range r.table.rows {
		if q.isBelow() && slices.Index(order, q.id) < slices.Index(order, r.table.rows[i-1].id) {
			t.Fatalf("row %d, %v, is below %v", i, q.id, r.table.rows[i-1].id)
		}
		if ranked[q.place-1].ID != q.id {
			t.Fatalf("row %d has the number %d, which is that of %v", i, q.place, ranked[q.place-1].ID)
		}
	}
	r.unfoldAll(false)
	if n, _ := r.Rows(); n != 30 {
		t.Errorf("%d rows folded again, want 30", n)
	}
}

func TestSortingAndFilteringFoldedRows(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(screened(12, 8))
	r.SetSelected(document.ClusterID{Round: 1, Structure: 5, Rank: 3}) // unfolds the fifth
	best := map[int]int{}                                              // its number by structure
	for _, q := range r.table.rows {
		if q.holds() {
			best[q.id.Structure] = q.place
		}
	}
	for i, c := range r.table.shown {
		r.sortAt(i)
		var leads, below []*row
		for _, q := range r.table.rows {
			if q.holds() {
				leads = append(leads, q)
			} else {
				below = append(below, q)
			}
		}
		if len(leads) != 12 || len(below) != 7 {
			t.Fatalf("by %s: %d structures, %d below; want 12, 7", c.title, len(leads), len(below))
		}
		compare := func(a, b *row) int {
			if r.table.keys()[0].downward {
				a, b = b, a
			}
			return c.compare(a, b)
		}
		for what, rows := range map[string][]*row{"the best": leads, "those below": below} {
			if !slices.IsSortedFunc(rows, compare) {
				t.Errorf("by %s: %s are not sorted", c.title, what)
			}
		}
		for _, q := range leads {
			if best[q.id.Structure] != q.place {
				t.Errorf("by %s: the row of structure %d is number %d, want its best, %d", c.title, q.id.Structure, q.place, best[q.id.Structure])
			}
		}
	}
	r.sortAt(0)
	r.SetFilter("score>0.2")
	taken := 0
	for _, q := range r.all {
		if q.Score > 0.2 {
			taken++
		}
	}
	if want := fmt.Sprintf("12 structures, %d of 96", taken); r.count.Text != want || taken == 96 {
		t.Errorf("filtered: %q, want %q", r.count.Text, want)
	}
	r.SetFilter("a0a1d1v004")
	if n, _ := r.Rows(); n != 8 || r.count.Text != "1 structure, 8 of 96" {
		t.Errorf("filtered by name: %d rows, %q", n, r.count.Text)
	}
}

func TestKeysFoldAndUnfold(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := screened(12, 4)
	r.SetState(s)
	held := fyne.KeyModifier(0)
	r.table.modifiers = func() fyne.KeyModifier { return held }
	var told []document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = append(told, id) }
	for i, step := range []struct {
		key      fyne.KeyName
		held     fyne.KeyModifier
		row, all int // selected, and how many there are
	}{
		{fyne.KeyRight, 0, -1, 12}, // nothing is selected
		{fyne.KeyDown, 0, 0, 12},
		{fyne.KeyDown, 0, 1, 12},
		{fyne.KeyRight, 0, 1, 15},
		{fyne.KeyRight, 0, 2, 15},
		{fyne.KeyRight, 0, 2, 15},
		{fyne.KeyDown, 0, 3, 15},
		{fyne.KeyLeft, 0, 1, 15},
		{fyne.KeyLeft, 0, 1, 12},
		{fyne.KeyLeft, 0, 1, 12},
		{fyne.KeyDown, 0, 2, 12},
		{fyne.KeyRight, fyne.KeyModifierShift, 8, 48},
		{fyne.KeyDown, 0, 9, 48},
		{fyne.KeyLeft, fyne.KeyModifierShift, 2, 12}, // the best stands for it
		{fyne.KeyUp, 0, 1, 12},
	} {
		held = step.held
		r.table.TypedKey(&fyne.KeyEvent{Name: step.key})
		if n, _ := r.Rows(); r.table.index() != step.row || n != step.all {
			t.Fatalf("step %d, %s: row %d of %d, want %d of %d", i, step.key, r.table.index(), n, step.row, step.all)
		}
	}
	if len(told) != 8 {
		t.Errorf("told of %d selections, want 8", len(told))
	}
	var other []fyne.KeyName
	r.OnKey = func(k *fyne.KeyEvent) { other = append(other, k.Name) }
	r.SetFolding(FoldNone)
	r.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if !slices.Equal(other, []fyne.KeyName{fyne.KeyRight}) {
		t.Errorf("where nothing is folded, the window gets the keys %v", other)
	}
}

// What is selected elsewhere, say in the picture, is unfolded; what a person
// folds stays folded, and the best row stands for it.
func TestFoldedSelection(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := screened(12, 4)
	r.SetState(s)
	id := document.ClusterID{Round: 1, Structure: 7, Rank: 4}
	r.SetSelected(id)
	if n, _ := r.Rows(); n != 15 || r.table.rows[r.table.index()].id != id {
		t.Fatalf("%d rows, row %d", n, r.table.index())
	}
	r.setOpen(groupKey{1, 7}, false)
	lead := r.table.rows[r.table.index()]
	if n, _ := r.Rows(); n != 12 || lead.id.Structure != 7 || !lead.holds() || r.table.selected != id {
		t.Fatalf("folded: %d rows, %v stands for %v", n, lead.id, r.table.selected)
	}
	if alone := r.Sheet(true); alone.Len() != 1 || alone.rows[0].id != id {
		t.Errorf("what is copied is not what is selected: %d rows", alone.Len())
	}
	if !r.Shows(id) {
		t.Error("a folded placement counts as filtered away")
	}
	backs := map[*row]bool{}
	faded := faint(theme.Color(theme.ColorNameSelection))
	visit(r.table, func(o fyne.CanvasObject) {
		if b, ok := o.(*canvas.Rectangle); ok && b.FillColor == faded {
			backs[lead] = true
		}
	})
	if !backs[lead] {
		t.Error("the row that stands for the selection is not marked")
	}
	r.SetState(s) // as when a note is written
	if n, _ := r.Rows(); n != 12 {
		t.Errorf("an edit unfolds it: %d rows", n)
	}
	r.SetFilter("score>10")
	if r.SetSelected(id); r.table.index() >= 0 || r.Shows(id) {
		t.Error("what the filter leaves out is shown")
	}
}

func TestMouseFoldsAndUnfolds(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 1000, 400)
	r.SetState(screened(12, 4))
	now := time.Unix(0, 0)
	r.table.now = func() time.Time { return now }
	var told []document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = append(told, id) }
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.table)
	x, width := r.ColumnOffset("Structure")
	tap := func(x, y float32, after time.Duration) int {
		now = now.Add(after)
		test.TapCanvas(w.Canvas(), at.Add(fyne.NewPos(x, y)))
		n, _ := r.Rows()
		return n
	}
	const first = 40 // pixels down to the first row
	if n := tap(x+cellPad+markWidth/2, first, time.Minute); n != 15 || len(told) != 0 {
		t.Errorf("a click on the mark: %d rows, told %v", n, told)
	}
	if n := tap(x+cellPad+markWidth/2, first, time.Second); n != 12 || len(told) != 0 {
		t.Errorf("another: %d rows, told %v", n, told)
	}
	if n := tap(x+width/2, first, time.Minute); n != 12 || len(told) != 1 {
		t.Errorf("a click on the row: %d rows, told %v", n, told)
	}
	if n := tap(x+width/2, first, twice/2); n != 15 || len(told) != 1 {
		t.Errorf("a double click: %d rows, told %v", n, told)
	}
	if n := tap(x+width/2, first, twice/2); n != 15 {
		t.Errorf("a third click: %d rows", n)
	}
	if n := tap(x+width/2, first, 2*twice); n != 15 {
		t.Errorf("a slow click: %d rows", n)
	}
	r.SetColumns([]string{"score", "order"}) // the mark is in the first column then
	if n := tap(cellPad+2, first, time.Minute); n != 12 {
		t.Errorf("a click on the mark in another column: %d rows", n)
	}
}

func TestCellsShowWhatIsFolded(t *testing.T) {
	r := NewResults()
	shown(t, r, 1000, 400)
	r.SetState(screened(12, 4))
	r.setOpen(groupKey{1, r.table.rows[0].id.Structure}, true)
	all := texts(r.table)
	count := func(text string) int {
		n := 0
		for _, s := range all {
			if s == text {
				n++
			}
		}
		return n
	}
	if count(unfoldedMark) != 1 || count(foldedMark) < 3 || count("+3") < 4 {
		t.Errorf("marks %d and %d, counts %d: %q", count(unfoldedMark), count(foldedMark), count("+3"), all)
	}
	for _, place := range []string{"placement 2", "placement 3", "placement 4"} {
		if count(place) != 1 {
			t.Errorf("%q is there %d times", place, count(place))
		}
	}
	r.SetFolding(FoldNone)
	visit(r.table, func(o fyne.CanvasObject) {
		if s, ok := o.(*canvas.Text); ok && s.Visible() && (s.Text == foldedMark || strings.HasPrefix(s.Text, "place ")) {
			t.Errorf("nothing is folded, but there is %q", s.Text)
		}
	})
}

func TestMenuOfTheTable(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 760, 400)
	r.SetState(screened(12, 4))
	var told []Folding
	r.OnFolding = func(f Folding) { told = append(told, f) }
	chosen := false
	r.OnChoose = func() { chosen = true }
	do := func(label string) {
		for _, i := range r.menu().Items {
			if strings.HasPrefix(i.Label, label) {
				if i.Disabled {
					t.Errorf("%s is off", label)
				}
				i.Action()
				return
			}
		}
		t.Errorf("no item %s", label)
	}
	checked := func() (list []string) {
		for _, i := range r.menu().Items {
			if i.Checked {
				list = append(list, i.Label)
			}
		}
		return list
	}
	rows := func() int { n, _ := r.Rows(); return n }
	if do("Unfold all"); rows() != 48 {
		t.Errorf("unfolded: %d rows", rows())
	}
	if do("Fold all"); rows() != 12 {
		t.Errorf("folded: %d rows", rows())
	}
	if do("Fold nothing"); rows() != 48 || r.Folding() != FoldNone {
		t.Errorf("each placement: %d rows, %s", rows(), r.Folding())
	}
	if got := checked(); !slices.Equal(got, []string{"Fold nothing"}) {
		t.Errorf("checked: %q", got)
	}
	do("Fold what is wrong")
	if do("Columns"); rows() != 12 || !slices.Equal(told, []Folding{FoldNone, FoldLibraries}) || !chosen {
		t.Errorf("%d rows, told %v, columns %t", rows(), told, chosen)
	}
	test.Tap(r.more)
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the button shows no menu")
	}
}
