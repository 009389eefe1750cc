// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting"
)

// A bar means the same in all rounds, however few rows there are.
func TestBarsHaveFixedScales(t *testing.T) {
	r := NewResults()
	shown(t, r, 900, 400)
	r.SetColumns(everyColumn())
	s := library(2)
	s.Rounds[0].Fits = s.Rounds[0].Fits[:1]
	f := s.Rounds[0].Fits[0].Result
	f.Level.Value = 0.5
	f.Clusters[0].Metrics = fitting.Metrics{Score: 0.2, SignificanceZ: 20, Density: 1, Overlap: 3, Correlation: 0.9, CorrelationAboutMean: -0.1, Inside: 0.75, MapCorrelation: math.NaN()}
	f.Clusters[0].Hits, f.Clusters[1].Hits = 2, 8
	f.Clusters[1].Overlap = 0.1
	r.SetState(s)
	first := func() *row {
		return r.all[slices.IndexFunc(r.all, func(q *row) bool { return q.id.Rank == 1 })]
	}
	part := func(name string) float64 {
		c, bar := columnOf(name), canvas.NewRectangle(nil)
		r.table.updateBar(bar, first(), c, 20)
		if !bar.Visible() {
			t.Errorf("%s: no bar", name)
		}
		return float64(bar.Size().Width / r.table.width[c])
	}
	for name, want := range map[string]float64{
		"hits": 0.25, "score": 0.2, "z": 0.5, "density": 0.5, "overlap": 1, "corr": 0.9, "cam": 0, "inside": 0.75, "mapcc": 0,
	} {
		if got := part(name); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %g of the cell, want %g", name, got, want)
		}
	}
	f.Level.Value = 0.01 // of an earlier round with a larger density
	other := &fitting.Result{Clusters: []fitting.Cluster{{Placement: fitting.Placement{Hits: 99, Metrics: fitting.Metrics{Density: 4}}}}}
	s.Rounds = append([]*document.Round{{Number: 7, Fits: []document.Fit{{Structure: 1, Result: other}}}}, s.Rounds...)
	r.SetState(s)
	if density, hits := part("density"), part("hits"); density != 0.25 || hits != 0.25 {
		t.Errorf("with another round: density %g, hits %g of the cell, want a quarter", density, hits)
	}
	r.SetBars(false)
	bar := canvas.NewRectangle(nil)
	r.table.updateBar(bar, first(), columnOf("score"), 20)
	if bar.Visible() {
		t.Error("a bar though they are off")
	}
}

func TestScalesAreNamed(t *testing.T) {
	r := NewResults()
	shown(t, r, 900, 400)
	s := library(3)
	for i := range s.Rounds[0].Fits {
		s.Rounds[0].Fits[i].Result.Level.Value = 0.5
	}
	s.Rounds[0].Fits[1].Result.Clusters[2].Hits = 77
	r.SetState(s)
	for name, want := range map[string]string{
		"score": "Bars run from 0 to 1.", "z": "40 and more", "density": "here 2.0000.", "hits": "of the round, here 77.",
	} {
		if c := columnOf(name); !strings.Contains(c.scale.tell(c, r.all), want) {
			t.Errorf("%s: %q, want %q in it", name, c.scale.tell(c, r.all), want)
		}
	}
	s.Rounds[0].Fits[1].Result.Level.Value = 0.6
	r.SetState(s)
	if c := columnOf("density"); !strings.HasSuffix(c.scale.tell(c, r.all), "if that is more.") {
		t.Errorf("two levels: %q", c.scale.tell(c, r.all))
	}
	for _, c := range columns {
		if (c.scale == nil) != (c.words || c.name == orderColumn) {
			t.Errorf("%s: scale %v", c.title, c.scale)
		}
	}
}

// Numbers and titles have room, however narrow the table is; words share the
// rest, and are whole where they fit.
func TestColumnsHaveTheWidthOfTheirTexts(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 830, 400)
	r.SetColumns(everyColumn())
	s := library(40)
	s.Rounds[0].Fits[0].Result.Clusters[3].Density = -123456.789
	s.Accepted = []*document.Accepted{{ID: 1, Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 4}, Structure: 1}}
	s.Marks = []*document.Mark{{Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 4}, Structure: 1, Note: strings.Repeat("a long note ", 9)}}
	r.SetState(s)
	for _, width := range []float32{300, 760, 830, 2000} {
		w.Resize(fyne.NewSize(width, 400))
		for _, order := range [][]int{{1}, {6, 5}} {
			r.sortAt(order[0])
			for _, i := range order[1:] {
				r.sortBy(r.table.shown[i], true)
			}
			for _, c := range r.table.shown {
				has := r.table.width[c] - 2*cellPad
				if need := fyne.MeasureText(r.table.heading(c)+mark(r.table.keys(), c), theme.CaptionTextSize(), fyne.TextStyle{Bold: true}).Width; need > has+0.01 {
					t.Errorf("%g wide: the title %s has %g, needs %g", width, c.title, has, need)
				}
				for _, q := range r.all {
					if need := fyne.MeasureText(c.text(q), theme.TextSize(), fyne.TextStyle{Bold: q.accepted}).Width; need > has+0.01 && (!c.words || width == 2000 && c.name == "structure") {
						t.Errorf("%g wide: %s %q has %g, needs %g", width, c.title, c.text(q), has, need)
					}
				}
			}
		}
	}
	if end := r.table.offset(len(r.table.shown)); end < r.table.Size().Width-2*tableEdge || end > r.table.Size().Width {
		t.Errorf("columns end at %g of %g", end, r.table.Size().Width)
	}
}

func TestLongNamesAreShortenedInTheMiddle(t *testing.T) {
	r := NewResults()
	shown(t, r, 830, 400)
	r.SetColumns(everyColumn())
	r.SetState(library(2))
	var cell *tableCell
	visit(r.table, func(o fyne.CanvasObject) {
		if c, ok := o.(*tableCell); ok && strings.HasPrefix(c.full, "I7M") {
			cell = c
		}
	})
	if cell == nil {
		t.Fatal("no text is shortened")
	}
	if full := "I7MLV6_D3 with a name that does not fit"; cell.full != full || !strings.HasPrefix(cell.text.Text, "I7M") || !strings.HasSuffix(cell.text.Text, "fit") {
		t.Errorf("%q stands for %q", cell.text.Text, cell.full)
	}
	e := &desktop.MouseEvent{}
	e.AbsolutePosition = fyne.CurrentApp().Driver().AbsolutePositionForObject(cell).AddXY(3, 3)
	cell.MouseIn(e)
	waitForTip(t, r.tip)
	if r.Tip() != cell.full {
		t.Errorf("the tooltip says %q", r.Tip())
	}
	if has, line := r.tip.back.Size(), widget.NewLabel(cell.full).MinSize(); has.Height > line.Height+1 || has.Width > line.Width+5 {
		t.Errorf("the tooltip is %v, its line %v", has, line)
	}
	cell.MouseOut()
	if r.Tip() != "" {
		t.Error("the tooltip stays")
	}
}
