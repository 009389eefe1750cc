// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"testing"

	"fyne.io/fyne/v2"

	"difffit/app/document"
)

// Wherever a row is clicked on, also between its cells, it is selected.
func TestEveryPlaceOfTheTableSelects(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(library(50))
	var got document.ClusterID
	r.OnSelect = func(id document.ClusterID) { got = id }
	click := func(x, y float32) document.ClusterID {
		r.table.selected, got = document.ClusterID{}, document.ClusterID{}
		r.table.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
		return got
	}
	first := float32(0) // below the header
	for click(30, first).IsZero() {
		if first++; first > 100 {
			t.Fatal("there is no row")
		}
	}
	row := 0
	for y := first; y < first+200; y++ {
		id := click(30, y)
		if id == r.table.rows[row+1].id {
			row++
		}
		if id != r.table.rows[row].id {
			t.Fatalf("%g pixels down %+v is selected, want row %d or the next", y, id, row+1)
		}
	}
	if row < 5 || row > 12 { // of about 27 pixels each
		t.Errorf("%d rows in 200 pixels", row+1)
	}
	for x := float32(1); x < 400; x++ {
		if id := click(x, first+5); id != r.table.rows[0].id {
			t.Fatalf("%g pixels from the left %+v is selected, want the first row", x, id)
		}
	}
}

// The first row is seen after those far below were.
func TestScrollToTopShowsTheFirstRow(t *testing.T) {
	r := NewResults()
	shown(t, r, 500, 400)
	r.SetState(library(500))
	r.SetColumns([]string{"order", "score"})
	r.table.reveal(800)
	r.table.ScrollToTop()
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(r.table).Y
	found := false
	visit(r.table, func(o fyne.CanvasObject) {
		if c, ok := o.(*tableCell); ok && c.Visible() && d.AbsolutePositionForObject(c).Y-top < 40 && c.text.Text == columns[0].text(r.table.rows[0]) {
			found = true
		}
	})
	if !found {
		t.Error("the first row is not at the top")
	}
}
