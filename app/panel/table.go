// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"
	"time"

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
	tableState
	chosen    []*column           // from the left
	shown     []*column           // those of them that have something to show
	rows      []*row              // as shown
	grouped   bool                // placements are folded below others of their structure
	order     []sortKey           // that a person chose; nil for the first
	needs     map[*column]float32 // width of the widest text of a column, bold
	width     map[*column]float32 // of the columns that are shown
	bars      bool
	tight     bool    // there is no room for how much is folded
	counts    float32 // width of the widest count of what is folded
	narrow    bool    // titles are shortened, for want of room
	insideAt  float64 // contour level of what is inside, NaN where it is not the same of all rows
	rest      bool    // the round was a fit in what zeroing left of the map
	soFar     bool    // the same, and it still runs: rows are provisional
	selected  document.ClusterID
	more      selection
	stands    *row // that of the selected cluster, or below which it is folded; nil if there is none
	headers   []*header
	dropAt    int // column in whose place a dragged one would come, −1 if there is none
	onSelect  func(document.ClusterID)
	onSort    func(c *column, further bool)
	onMove    func(from, to int)
	onHover   func(c *column, at fyne.CanvasObject)   // nil when the pointer leaves
	onCell    func(full string, at fyne.CanvasObject) // over a text that is short for another; "" when the pointer leaves
	onKey     func(*fyne.KeyEvent)
	onOpen    func(key groupKey, open bool) // unfold what is below the best of a structure, or fold it
	onOpenAll func(open bool)
	onMenu    func(at fyne.Position)
	onRowMenu func(at fyne.Position) // of the selected row
	modifiers func() fyne.KeyModifier
	now       func() time.Time
	hit       *widget.TableCellID // that was tapped
	last      tap
}

// A tap is one on a row.
type tap struct {
	id   document.ClusterID
	when time.Time
}

// twice is how soon a second tap on a row makes a double click. Fyne's own
// would keep back each tap for as long.
const twice = 400 * time.Millisecond

func newTable() *table {
	t := &table{needs: map[*column]float32{}, bars: true, dropAt: -1, modifiers: keys.Held, now: time.Now}
	t.Length = func() (int, int) { return len(t.rows), len(t.shown) }
	t.CreateCell = func() fyne.CanvasObject { return newCell(t) }
	t.UpdateCell = t.updateCell
	t.ShowHeaderRow = true
	t.CreateHeader = func() fyne.CanvasObject { return newHeader(t) }
	t.UpdateHeader = t.updateHeader
	t.OnSelected = func(id widget.TableCellID) {
		t.hit = &id
		t.UnselectAll() // the row is marked by its background
	}
	t.ExtendBaseWidget(t)
	t.chosen = named(nil)
	t.show(nil)
	return t
}

// show takes the columns that are chosen, of the rare ones those that have
// values in rows. Unless a person chose them, the score in what zeroing left gives
// way to that in the map as it was opened: a placement has one quality.
func (t *table) show(rows []*row) {
	whole := columnOf(scoreWholeColumn)
	one := whole.isKnown(rows) && slices.Equal(t.chosen, named(nil))
	t.shown = slices.DeleteFunc(slices.Clone(t.chosen), func(c *column) bool { return !c.isKnown(rows) || one && c.name == scoreColumn })
	t.fit()
}

// offset returns where column i begins in an unscrolled table.
func (t *table) offset(i int) float32 {
	x := float32(0)
	for _, c := range t.shown[:i] {
		x += t.width[c] + theme.Padding()
	}
	return x
}

// Tapped selects the row at a place, or folds what is below it: with a tap on
// its mark, or a second one on the row. Where there is no cell, but a gap
// between two, Fyne's (2.7.4) does nothing: what is above and left of it counts.
func (t *table) Tapped(e *fyne.PointEvent) {
	if !t.hits(e) {
		return
	}
	q, before := t.rows[t.hit.Row], t.last
	t.last = tap{q.id, t.now()}
	double := before.id == q.id && t.last.when.Sub(before.when) < twice
	onMark := t.hit.Col == t.foldAt() && e.Position.X-t.left(t.hit.Col) < cellPad+markWidth
	if q.holds() && q.group.below > 0 && (double || onMark) {
		t.last = tap{}
		t.onOpen(q.group.key, !q.group.open)
		return
	}
	if t.hit.Col < len(t.shown) && t.tapSeen(q, t.shown[t.hit.Col], e.Position.X-t.left(t.hit.Col)) {
		return
	}
	t.take(t.hit.Row)
}

// hits notes which cell of a row is at a place, and tells whether one is.
func (t *table) hits(e *fyne.PointEvent) bool {
	gap := theme.Padding()
	t.hit = nil
	for _, d := range []fyne.Delta{{}, {DX: gap}, {DY: gap}, {DX: gap, DY: gap}} {
		at := *e
		at.Position = e.Position.SubtractXY(d.DX, d.DY)
		if t.Table.Tapped(&at); t.hit != nil {
			break
		}
	}
	return t.hit != nil && t.hit.Row >= 0 && t.hit.Row < len(t.rows)
}

// TappedSecondary selects the row at a place, and shows its menu; where there is
// none, that of the table.
func (t *table) TappedSecondary(e *fyne.PointEvent) {
	if !t.hits(e) {
		t.onMenu(e.AbsolutePosition)
		return
	}
	if !t.isSelected(t.rows[t.hit.Row]) { // else the menu is that of all that are
		t.forget()
		t.pick(t.hit.Row)
	}
	t.onRowMenu(e.AbsolutePosition)
}

// left returns where a column that is on the screen begins, from the left of
// the table.
func (t *table) left(column int) float32 {
	d := fyne.CurrentApp().Driver()
	for _, h := range t.headers {
		if h.column == column && t.onScreen(h) {
			return d.AbsolutePositionForObject(h).X - d.AbsolutePositionForObject(t).X
		}
	}
	return t.offset(column)
}

// pick makes a row the selected one and tells.
func (t *table) pick(i int) {
	id := t.rows[i].id
	if id == t.selected {
		return
	}
	t.selected = id
	t.seek()
	t.Refresh()
	if t.onSelect != nil {
		t.onSelect(id)
	}
}

// seek finds the row that stands for the selected cluster.
func (t *table) seek() {
	t.stands = nil
	isSelected := func(r *row) bool { return r.id == t.selected }
	if i := slices.IndexFunc(t.rows, isSelected); i >= 0 {
		t.stands = t.rows[i]
		return
	}
	key := groupKey{t.selected.Round, t.selected.Structure}
	for _, r := range t.rows {
		if r.holds() && r.group.key == key && (len(r.group.rows) < r.group.own+r.group.below || slices.ContainsFunc(r.group.rows, isSelected)) {
			t.stands = r
		}
	}
}

// index returns the row that stands for the selected cluster, −1 if there is
// none.
func (t *table) index() int {
	if t.stands == nil {
		return -1
	}
	return slices.Index(t.rows, t.stands)
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

// ScrollToTop shows the first row, from its first column, as reveal does.
// Fyne's (2.7.4) leaves the picture where it was.
func (t *table) ScrollToTop() { t.ScrollToOffset(fyne.Position{}) }

// onScreen tells whether a header is one of a column that can be seen.
func (t *table) onScreen(h *header) bool {
	return h.Visible() && h.column < len(t.shown) && h.Size().Width > 0 && fyne.CurrentApp().Driver().CanvasForObject(h) != nil
}

// FocusGained does not mark a cell: the row is marked.
func (t *table) FocusGained() {}
