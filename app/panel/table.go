// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/keys"
)

// A table shows clusters, one a row. Fyne's table selects cells and forgets
// them when rows move; this one selects rows, by cluster.
type table struct {
	widget.Table
	shown     []*column // from the left
	rows      []*row    // as shown
	order     []sortKey
	needs     map[*column]float32 // width of the widest text of a column, bold
	width     map[*column]float32 // of the columns that are shown
	bars      bool
	selected  document.ClusterID
	headers   []*header
	dropAt    int // column in whose place a dragged one would come, −1 if there is none
	onSelect  func(document.ClusterID)
	onSort    func(c *column, further bool)
	onMove    func(from, to int)
	onHover   func(c *column, at fyne.CanvasObject)   // nil when the pointer leaves
	onCell    func(full string, at fyne.CanvasObject) // over a text that is short for another; "" when the pointer leaves
	onKey     func(*fyne.KeyEvent)
	modifiers func() fyne.KeyModifier
	hit       bool // a cell was where it was tapped
}

func newTable() *table {
	t := &table{shown: columns, order: firstOrder(), needs: map[*column]float32{}, bars: true, dropAt: -1, modifiers: keys.Held}
	t.Length = func() (int, int) { return len(t.rows), len(t.shown) }
	t.CreateCell = func() fyne.CanvasObject { return newCell(t) }
	t.UpdateCell = t.updateCell
	t.ShowHeaderRow = true
	t.CreateHeader = func() fyne.CanvasObject { return newHeader(t) }
	t.UpdateHeader = t.updateHeader
	t.OnSelected = func(id widget.TableCellID) {
		t.hit = true
		t.UnselectAll() // the row is marked by its background
		if id.Row >= 0 && id.Row < len(t.rows) {
			t.pick(id.Row)
		}
	}
	t.ExtendBaseWidget(t)
	t.fit()
	return t
}

// show chooses the columns.
func (t *table) show(shown []*column) {
	t.shown = shown
	t.fit()
	t.Refresh()
}

// offset returns where column i begins in an unscrolled table.
func (t *table) offset(i int) float32 {
	x := float32(0)
	for _, c := range t.shown[:i] {
		x += t.width[c] + theme.Padding()
	}
	return x
}

// Tapped selects the row at a place. Where there is no cell, but a gap between
// two, Fyne's (2.7.4) does nothing: what is above and left of it counts.
func (t *table) Tapped(e *fyne.PointEvent) {
	gap := theme.Padding()
	t.hit = false
	for _, d := range []fyne.Delta{{}, {DX: gap}, {DY: gap}, {DX: gap, DY: gap}} {
		at := *e
		at.Position = e.Position.SubtractXY(d.DX, d.DY)
		if t.Table.Tapped(&at); t.hit {
			return
		}
	}
}

// pick makes a row the selected one and tells.
func (t *table) pick(i int) {
	id := t.rows[i].id
	if id == t.selected {
		return
	}
	t.selected = id
	t.Refresh()
	if t.onSelect != nil {
		t.onSelect(id)
	}
}

// index returns the row of the selected cluster, −1 if it is not shown.
func (t *table) index() int {
	return slices.IndexFunc(t.rows, func(r *row) bool { return r.id == t.selected })
}

// reveal scrolls so that a row is seen. Fyne's ScrollTo (2.7.4) takes the
// header for one more row and would scroll the wanted one under it, hence the
// row before.
func (t *table) reveal(i int) {
	switch {
	case t.Size().Height <= 0:
	case i == 0:
		t.ScrollToTop()
	default:
		t.ScrollTo(widget.TableCellID{Row: i - 1, Col: -1})
	}
}

// FocusGained does not mark a cell: the row is marked.
func (t *table) FocusGained() {}
