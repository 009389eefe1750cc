// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// ring returns a round of one structure with copies at the first places, and
// wrong ones after them.
func ring(scores ...float64) document.State {
	s := library(len(scores))
	s.Structures, s.Rounds[0].Fits = s.Structures[:1], s.Rounds[0].Fits[:1]
	r := s.Rounds[0].Fits[0].Result
	r.Resolution, r.Level = volume.Resolution{Value: 5.04, Rule: "estimated: by hand"}, volume.Level{Value: 0.5}
	for i, v := range scores {
		r.Clusters[i].Score, r.Clusters[i].Inside = v, 0.75
	}
	return s
}

func TestVerdictsAndWhyTheyAre(t *testing.T) {
	s := ring(0.5, 0.45, 0.4, 0.1)
	c := s.Rounds[0].Fits[0].Result.Clusters
	c[1].Whole = &fitting.Metrics{Score: 0.1}
	c[2].Whole = &fitting.Metrics{Score: 0.3, MapCorrelation: 0.625}
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	for i, want := range []string{
		"Yes: score 0.500 is 0.2 or more",
		"Yes: score 0.300 is 0.2 or more, and so is that in what is left of the map, 0.400",
		"Doubtful: score 0.100 is below 0.2",
		"No: score 0.100 is below 0.2",
	} {
		q := r.all[i]
		word, _, _ := strings.Cut(want, ":")
		if q.reason() != want+"." || columnOf(verdictColumn).text(q) != strings.ToLower(word) {
			t.Errorf("place %d: %q, %q, want %q", i+1, columnOf(verdictColumn).text(q), q.reason(), want)
		}
	}
	if v := columnOf("mapcc").value(r.all[1]); v != 0.625 {
		t.Errorf("Map CC is %g after zeroing, want that in the whole map, 0.625", v)
	}
	if got := r.table.heading(columnOf(scoreColumn)); got != "In rest" {
		t.Errorf("what ranks is called %q after zeroing", got)
	}
	names := func() (list []string) {
		for _, c := range r.table.shown {
			list = append(list, r.table.heading(c))
		}
		return list
	}
	if got := names(); slices.Contains(got, "In rest") || !slices.Contains(got, "Score") {
		t.Errorf("at first the columns are %q, want one score, that in the whole map", got)
	}
	r.SetColumns([]string{structureColumn, scoreColumn, scoreWholeColumn})
	if got := names(); !slices.Equal(got, []string{"Structure", "In rest", "In whole"}) {
		t.Errorf("chosen columns are %q", got)
	}
}

// What is low and far above the rest is not denied.
func TestWhatStandsOut(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(ring(0.154, 0.039, 0.03, 0.02))
	if q := r.all[0]; columnOf(verdictColumn).text(q) != "doubtful" || q.isWrong() || q.reason() != "Doubtful: score 0.154 is below 0.2, but the next is 0.039: it stands out. Look at it." {
		t.Errorf("%q: %q", columnOf(verdictColumn).text(q), q.reason())
	}
	if got := columnOf(verdictColumn).text(r.all[1]); got != "no" {
		t.Errorf("the next is %q", got)
	}
}

// A place that is taken is not offered once more.
func TestTakenPlaces(t *testing.T) {
	s := ring(0.5, 0.45, 0.1)
	s.Accepted = []*document.Accepted{{ID: 1, Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 1}}}
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	var taken []document.ClusterID
	for rank := range 3 {
		taken = append(taken, document.ClusterID{Round: 1, Structure: 1, Rank: rank + 1})
	}
	words := func() (list []string) {
		for _, q := range r.all {
			list = append(list, columnOf(verdictColumn).text(q))
		}
		return list
	}
	r.SetTaken(taken)
	if got := words(); !slices.Equal(got, []string{"yes", "taken", "no"}) || !r.all[1].isWrong() || !strings.HasPrefix(r.all[1].reason(), "Taken: it clashes") {
		t.Errorf("%q, the second because %q", got, r.all[1].reason())
	}
	r.SetState(s) // as after any change
	if got := words(); got[1] != "taken" {
		t.Errorf("%q after a change", got)
	}
	r.SetTaken(nil)
	if got := words(); !slices.Equal(got, []string{"yes", "yes", "no"}) {
		t.Errorf("%q when it is free again", got)
	}
}

// Copies stay in sight; what is wrong is folded below the last of them, and grey.
func TestWhatIsWrongIsFolded(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := ring(0.5, 0.45, 0.4, 0.1, 0.05, 0.02)
	id := func(rank int) document.ClusterID { return document.ClusterID{Round: 1, Structure: 1, Rank: rank} }
	s.Marks = []*document.Mark{{Cluster: id(5), Structure: 1, Note: "look again"}, {Cluster: id(6), Structure: 1, Rejected: true}}
	r.SetState(s)
	ranks := func() string {
		var list []int
		for _, q := range r.table.rows {
			list = append(list, q.id.Rank)
		}
		return fmt.Sprint(list)
	}
	if got := ranks(); got != "[1 2 3 5]" || r.count.Text != "6" {
		t.Fatalf("rows %s of %q", got, r.count.Text)
	}
	if q := r.table.rows[3]; !q.holds() || q.group.below != 2 {
		t.Errorf("the last row has %d below it, want 2", q.group.below)
	}
	r.SetSelected(id(1))
	r.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) // from any row of the structure
	if got := ranks(); got != "[1 2 3 5 4 6]" {
		t.Errorf("unfolded: %s", got)
	}
	grey := map[string]bool{}
	visit(r.table, func(o fyne.CanvasObject) {
		if c, ok := o.(*tableCell); ok && c.text.Color == theme.Color(theme.ColorNameDisabled) {
			grey[c.text.Text] = true
		}
	})
	if !grey["0.100"] || !grey["0.020"] || grey["0.400"] || grey["0.500"] {
		t.Errorf("grey: %v", grey)
	}
	r.SetFilter("score<0.2")
	if got := ranks(); got != "[4 5 6]" {
		t.Errorf("what the filter takes is folded: %s", got)
	}
}

// The numbers are those of the level that the title names.
func TestInsideNamesItsLevel(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := ring(0.5, 0.4, 0.3)
	rounds := 0
	r.OnRound = func(n int) { rounds = n }
	r.SetState(s)
	head := func() string { return r.table.heading(columnOf(insideColumn)) }
	if c := columnOf(insideColumn); head() != "Inside at 0.5" || c.text(r.all[0]) != "75 %" || rounds != 1 {
		t.Errorf("before: %q, %s, round %d", head(), c.text(r.all[0]), rounds)
	}
	in := Inside{Round: 1, Level: 0.02125, Of: map[document.ClusterID]float64{}}
	for i := range 3 {
		in.Of[document.ClusterID{Round: 1, Structure: 1, Rank: i + 1}] = 0.25 * float64(i+1)
	}
	r.SetInside(in)
	if c := columnOf(insideColumn); head() != "Inside at 0.0213" && head() != "Inside at 0.0212" || c.text(r.all[1]) != "50 %" || c.raw(r.all[1]) != 0.5 {
		t.Errorf("after: %q, %s", head(), c.text(r.all[1]))
	}
	if !slices.Contains(texts(r.table), head()) {
		t.Errorf("the header is not %q", head())
	}
	r.SetFilter("inside>=75")
	if n, _ := r.Rows(); n != 1 {
		t.Errorf("the filter takes %d rows, want 1", n)
	}
	in.Of[document.ClusterID{Round: 1, Structure: 1, Rank: 1}] = 0.9
	if r.SetInside(in); len(r.table.rows) != 2 {
		t.Errorf("at another level the filter takes %d rows, want 2", len(r.table.rows))
	}
	r.SetFilter("")
	in.Round = 2
	if r.SetInside(in); head() != "Inside at 0.5" {
		t.Errorf("numbers of another round: %q", head())
	}
}

func TestResolutionIsNamed(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	s := ring(0.5)
	asked := false
	r.OnResolution = func() { asked = true }
	for _, tt := range []struct {
		is   volume.Resolution
		want string
	}{
		{volume.Resolution{Value: 5.04, Rule: "estimated: by hand"}, "at 5.0 Å, estimated"},
		{volume.StatedResolution(4), "at 4.0 Å"},
		{volume.Resolution{}, ""},
	} {
		f := *s.Rounds[0].Fits[0].Result
		f.Resolution = tt.is
		s.Rounds = []*document.Round{{Number: 1, Fits: []document.Fit{{Structure: 1, Result: &f}}}}
		r.SetState(s)
		if words, help := r.at.Text(); words != tt.want || !strings.Contains(help, tt.is.Rule) {
			t.Errorf("%v: %q, %q, want %q", tt.is, words, help, tt.want)
		}
	}
	if r.at.Tapped(nil); !asked {
		t.Error("a click asks for nothing")
	}
}

// While a fit runs of which nothing but z could rank its placements, they are in
// order of the score.
func TestRunningFitIsInOrderOfScore(t *testing.T) {
	s := library(1)
	fits := s.Rounds[0].Fits
	s.Rounds = nil
	fits[0].Result.Clusters[0].Metrics = fitting.Metrics{Score: 0.25, SignificanceZ: 30}
	fits[1].Result.Clusters[0].Metrics = fitting.Metrics{Score: 0.5, SignificanceZ: 10}
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(s)
	r.SetLive(fits)
	if q := r.table.rows[0]; q.id.Structure != 2 || q.place != 1 {
		t.Errorf("first is structure %d, want 2, which has the better score", q.id.Structure)
	}
}

// The plot has a dot for each structure of a library, and a click selects.
func TestGapPlot(t *testing.T) {
	r := NewResults()
	shown(t, r, 500, 600)
	r.SetState(screened(30, 4))
	g := r.gaps
	if g.Hidden || len(g.best) != 30 || !slices.IsSortedFunc(g.best, func(a, b *row) int { return -columnOf(scoreColumn).compare(a, b) }) {
		t.Fatalf("%d dots, hidden %t", len(g.best), g.Hidden)
	}
	var told document.ClusterID
	r.OnSelect = func(id document.ClusterID) { told = id }
	size := g.Size()
	for _, i := range []int{0, 1, 2} {
		x, y := g.at(i, float64(size.Width), float64(size.Height))
		if g.Tapped(&fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))}); told != g.best[i].id {
			t.Errorf("a click on dot %d selects %v, want %v", i+1, told, g.best[i].id)
		}
	}
	img := g.draw(400, 88)
	x, y := g.at(0, 400, 88)
	if got := img.At(int(math.Round(x)), int(math.Round(y))); got != opaque(theme.Color(theme.ColorNamePrimary)) {
		t.Errorf("where the best is the picture has %v", got)
	}
	if r.SetState(screened(3, 4)); !g.Hidden {
		t.Error("there is a plot of three structures")
	}
}

// What explains the plot stands beside the panel, over none of its rows, names
// the dot under the pointer, and goes when the pointer does.
func TestGapPlotIsExplainedBesideTheTable(t *testing.T) {
	r, tips := NewResults(), NewTips()
	tips.Beside = r
	tips.Explain(r.Tooltips)
	split := container.New(layout.NewGridLayout(2), canvas.NewRectangle(nil), r)
	shown(t, container.NewStack(split, tips.Layer()), 1000, 600)
	r.SetState(screened(30, 4))
	g := r.gaps
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	tips.Follow(at.AddXY(g.Size().Width/2, 2))
	waitForTip(t, tips.tip)
	if got := tips.tip.label.Text; !tips.tip.label.Visible() || !strings.Contains(got, "The best score of each structure") {
		t.Errorf("the plot is explained by %q", got)
	}
	if end := tips.tip.back.Position().X + tips.tip.back.Size().Width; end > at.X {
		t.Errorf("the tooltip ends at %g, over the panel from %g on", end, at.X)
	}
	x, y := g.at(0, float64(g.Size().Width), float64(g.Size().Height))
	dot := fyne.NewPos(float32(x), float32(y))
	g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: dot}})
	tips.Follow(at.Add(dot))
	waitForTip(t, tips.tip)
	if got, want := tips.tip.label.Text, g.best[0].name+": score"; !strings.HasPrefix(got, want) {
		t.Errorf("the best dot is explained by %q, want %q", got, want)
	}
	tips.Follow(fyne.NewPos(10, 10))
	if g.MouseOut(); tips.tip.label.Visible() || g.pointed != nil {
		t.Error("the tooltip stays when the pointer has gone")
	}
}

// A bar leaves the number alone: it is a line at the foot of the cell.
func TestBarsAreSlim(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(ring(0.5, 0.1))
	bar := canvas.NewRectangle(nil)
	r.table.updateBar(bar, r.all[0], columnOf(scoreColumn), 24)
	if !bar.Visible() || bar.Size().Height != barWidth || bar.Position().Y != 24-barWidth {
		t.Errorf("the bar is at %v, %v", bar.Position(), bar.Size())
	}
	if r.table.updateBar(bar, r.all[1], columnOf(scoreColumn), 24); bar.Visible() {
		t.Error("what is wrong has a bar")
	}
}
