// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// better returns fits in which structure id has one more cluster, before the
// others, with a z of its own.
func better(fits []document.Fit, id int, z float64) []document.Fit {
	fits = slices.Clone(fits)
	f := *fits[id-1].Result
	c := f.Clusters[0]
	c.SignificanceZ, c.Score, c.Motion.Shift.Y = z, 0.9, 500
	f.Clusters = append([]fitting.Cluster{c}, f.Clusters...)
	for i := range f.Clusters {
		f.Clusters[i].Rank = i + 1
	}
	fits[id-1].Result = &f
	return fits
}

// While a library is searched, the best so far by score leads; the rows are else
// those of the round.
func TestBestSoFarLeads(t *testing.T) {
	s, fits := screen(40, 6)
	fits[3].Result.Clusters[4].SignificanceZ = 200
	fits = better(fits, 8, 300)
	live, done := NewResults(), NewResults()
	shown(t, live, 760, 400)
	shown(t, done, 760, 400)
	live.SetState(s)
	live.SetLive(fits)
	s.Rounds = []*document.Round{{Number: 1, Fits: fits}}
	done.SetState(s)
	byScore := func(a, b *row) int { return cmp.Compare(b.Score, a.Score) }
	if !slices.IsSortedFunc(live.table.rows, byScore) || !slices.IsSortedFunc(done.table.rows, byScore) {
		t.Error("the order is not that of the score")
	}
	ids := func(r *Results) (list []document.ClusterID) {
		for _, q := range r.table.rows {
			id := q.id
			if q.holds() { // the best by score, which the round need not have first
				id.Rank = 0
			}
			list = append(list, id)
		}
		slices.SortFunc(list, func(a, b document.ClusterID) int {
			return cmp.Or(cmp.Compare(a.Structure, b.Structure), cmp.Compare(a.Rank, b.Rank))
		})
		return list
	}
	if got, want := ids(live), ids(done); !slices.Equal(got, want) || len(got) != 40 {
		t.Errorf("live %v, want %v", got, want)
	}
	if first := live.table.rows[0]; first.id != (document.ClusterID{Round: 1, Structure: 8, Rank: 1}) {
		t.Errorf("first is %v", first.id)
	}
	if first := live.table.rows[0]; first.libraryZ == 0 {
		t.Error("the best has no library z")
	}
	if live.count.Text != done.count.Text || live.count.Text != "40 structures, 241" {
		t.Errorf("live %q, want %q", live.count.Text, done.count.Text)
	}
	live.unfoldAll(true)
	done.unfoldAll(true)
	if got, want := len(ids(live)), len(ids(done)); got != want || got != 241 {
		t.Errorf("unfolded live %d rows, want %d", got, want)
	}
	live.unfoldAll(false)
	live.SetFilter("score<0.2")
	done.unfoldAll(false)
	done.SetFilter("score<0.2")
	if got, want := ids(live), ids(done); !slices.Equal(got, want) || live.count.Text != done.count.Text {
		t.Errorf("filtered live %v, %q, want %v, %q", got, live.count.Text, want, done.count.Text)
	}
}

func TestLiveSelectionFollowsItsPlacement(t *testing.T) {
	s, fits := screen(12, 4)
	r := NewResults()
	shown(t, r, 760, 400)
	s.Rounds = []*document.Round{{Number: 1, Fits: fits[:1]}}
	r.SetState(s)
	r.SetLive(fits)
	var told []document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = append(told, id) }
	row := slices.IndexFunc(r.table.rows, func(q *row) bool { return q.id.Structure == 5 })
	r.table.goTo(row)
	first := document.ClusterID{Round: 2, Structure: 5, Rank: 1}
	if !slices.Equal(told, []document.ClusterID{first}) {
		t.Fatalf("told %v, want %v", told, first)
	}
	r.SetLive(slices.Clone(fits)) // nothing is new
	r.SetLive(better(fits, 6, 500))
	if len(told) != 1 || r.table.selected != first || r.table.index() < 0 {
		t.Fatalf("told %v, selected %v in row %d", told, r.table.selected, r.table.index())
	}
	r.SetLive(better(fits, 5, 500)) // it is the second now, below the best
	second := document.ClusterID{Round: 2, Structure: 5, Rank: 2}
	if len(told) != 2 || told[1] != second || r.table.selected != second {
		t.Fatalf("told %v, selected %v", told, r.table.selected)
	}
	if i := r.table.index(); i < 0 || r.table.rows[i].id.Structure != 5 || !r.table.rows[i].holds() {
		t.Errorf("row %d stands for it", i)
	}
	r.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if i := r.table.index(); r.table.rows[i].id != second {
		t.Errorf("unfolded, %v stands for it", r.table.rows[i].id)
	}
	r.SetLive(fits) // and the first again
	if len(told) != 3 || told[2] != first {
		t.Errorf("told %v", told)
	}
	gone := slices.Clone(fits)
	gone[4].Result = &fitting.Result{}
	if r.SetLive(gone); !r.table.selected.IsZero() || len(told) != 4 || !told[3].IsZero() {
		t.Errorf("it is gone; selected %v, told %v", r.table.selected, told)
	}
	r.SetLive(fits)
	r.table.goTo(3)
	if r.SetLive(nil); !r.table.selected.IsZero() || len(told) != 5 {
		t.Errorf("the fit has ended; selected %v, told %v", r.table.selected, told)
	}
	r.SetSelected(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	if r.SetLive(fits); r.table.selected.Rank != 2 {
		t.Error("what is selected in another round is lost")
	}
}

// What is unfolded while a fit runs is unfolded in its round.
func TestUnfoldedStaysSo(t *testing.T) {
	s, fits := screen(12, 4)
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	r.SetLive(fits)
	r.setOpen(groupKey{1, 3}, true)
	r.SetLive(slices.Clone(fits))
	if n, _ := r.Rows(); n != 15 {
		t.Errorf("live: %d rows, want 15", n)
	}
	r.SetLive(nil)
	s.Rounds = []*document.Round{{Number: 1, Fits: fits}}
	r.SetState(s)
	if n, _ := r.Rows(); n != 15 {
		t.Errorf("the round: %d rows, want 15", n)
	}
}

// BenchmarkLiveScreen: each report brings one structure on, and now and then,
// or always, something better than before is found.
func BenchmarkLiveScreen(b *testing.B) {
	for name, often := range map[string]int{"seldom": 100, "always": 1} {
		b.Run(name, func(b *testing.B) {
			test.NewTempApp(b)
			r := NewResults()
			w := test.NewTempWindow(b, r)
			w.Resize(fyne.NewSize(760, 500))
			s, fits := screen(359, 80)
			r.SetState(s)
			r.SetLive(fits)
			r.table.goTo(0)
			var reports [][]document.Fit
			for i := range 100 {
				next := slices.Clone(fits)
				f := *fits[i].Result
				f.Clusters = slices.Clone(f.Clusters)
				for j := range f.Clusters {
					f.Clusters[j].Hits++
				}
				if i%often == 0 {
					f.Clusters[0].SignificanceZ += 10
				}
				next[i].Result = &f
				reports = append(reports, next)
			}
			b.ResetTimer()
			for i := range b.N {
				r.SetLive(reports[i%len(reports)])
			}
		})
	}
}

// While a fit runs its verdicts are those of its end; in what is left of the map,
// where the whole has its say at the end, they are marked.
func TestVerdictsOfARunningFit(t *testing.T) {
	s, fits := screen(1, 2)
	fits[0].Result.Clusters[0].Score, fits[0].Result.Clusters[0].SignificanceZ = 0.5, 12
	fits[0].Result.Resolution = volume.StatedResolution(15)
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	first := func() (word, score string, whole float64) {
		return columnOf(verdictColumn).text(r.all[0]), r.table.heading(columnOf(scoreColumn)), columnOf(wholeMapColumn).value(r.all[0])
	}
	r.SetLive(fits)
	if word, score, whole := first(); word != "doubtful" || score != "Score" || math.IsNaN(whole) {
		t.Errorf("in the whole map: %s, %q, Map CC %g", word, score, whole)
	}
	fits = slices.Clone(fits)
	fits[0].Layers = []*document.Layer{{ID: 1}}
	r.SetLive(fits)
	if word, score, whole := first(); word != "doubtful?" || score != "In rest" || !math.IsNaN(whole) {
		t.Errorf("in what is left: %s, %q, Map CC %g", word, score, whole)
	}
	if text := r.all[0].reason(); !strings.Contains(text, "so far") {
		t.Errorf("the reason is %q", text)
	}
}
