// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

// A table shows clusters, one a row. Fyne's table selects cells and forgets
// them when rows move; this one selects rows, by cluster.
type table struct {
	widget.Table
	rows     []*row // as shown
	sorted   int    // column
	downward bool
	selected document.ClusterID
	onSelect func(document.ClusterID)
	onSort   func(column int)
	onKey    func(*fyne.KeyEvent)
}

func newTable() *table {
	t := &table{}
	t.Length = func() (int, int) { return len(t.rows), len(columns) }
	t.CreateCell = newCell
	t.UpdateCell = t.updateCell
	t.ShowHeaderRow = true
	t.CreateHeader = func() fyne.CanvasObject { return newHeader() }
	t.UpdateHeader = t.updateHeader
	t.OnSelected = func(id widget.TableCellID) {
		t.UnselectAll() // the row is marked by its background
		if id.Row >= 0 && id.Row < len(t.rows) {
			t.pick(id.Row)
		}
	}
	t.ExtendBaseWidget(t)
	for i, c := range columns {
		t.SetColumnWidth(i, c.width)
	}
	return t
}

// cellPad is the room, in pixels, left and right of the text of a cell.
const cellPad = 6

// newCell makes a background with a text before it: less than a label, for
// there are hundreds of them.
func newCell() fyne.CanvasObject {
	text := canvas.NewText("0", theme.Color(theme.ColorNameForeground))
	return container.New(cellLayout{}, canvas.NewRectangle(color.Transparent), text)
}

type cellLayout struct{}

func (cellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(20, objects[1].MinSize().Height+6)
}

func (cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	h := objects[1].MinSize().Height
	objects[1].Move(fyne.NewPos(cellPad, (size.Height-h)/2))
	objects[1].Resize(fyne.NewSize(size.Width-2*cellPad, h))
}

func (t *table) updateCell(id widget.TableCellID, o fyne.CanvasObject) {
	if id.Row < 0 || id.Row >= len(t.rows) || id.Col < 0 || id.Col >= len(columns) {
		return
	}
	cell := o.(*fyne.Container).Objects
	back, text := cell[0].(*canvas.Rectangle), cell[1].(*canvas.Text)
	r, c := t.rows[id.Row], columns[id.Col]
	text.Alignment = fyne.TextAlignTrailing
	if c.words {
		text.Alignment = fyne.TextAlignLeading
	}
	text.TextSize = theme.TextSize()
	text.Color = theme.Color(theme.ColorNameForeground)
	text.TextStyle.Bold = r.accepted
	text.Text = c.text(r)
	if c.words {
		text.Text = shorten(text.Text, c.width-2*cellPad, text.TextSize, text.TextStyle)
	}
	back.FillColor = color.Transparent
	if r.id == t.selected {
		back.FillColor = theme.Color(theme.ColorNameSelection)
	}
	back.Refresh()
	text.Refresh()
}

// shorten cuts text so that it fits, with an ellipsis in its place.
func shorten(text string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	r := []rune(text)
	for n := len(r) - 1; n > 0; n-- {
		if s := string(r[:n]) + "…"; fyne.MeasureText(s, size, style).Width <= width {
			return s
		}
	}
	return "…"
}

func (t *table) updateHeader(id widget.TableCellID, o fyne.CanvasObject) {
	h := o.(*header)
	if id.Col < 0 || id.Col >= len(columns) {
		return
	}
	title := columns[id.Col].title
	if id.Col == t.sorted {
		title += map[bool]string{true: "↓", false: "↑"}[t.downward]
	}
	h.set(title, columns[id.Col].words)
	h.onTapped = func() { t.onSort(id.Col) }
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
	for i, r := range t.rows {
		if r.id == t.selected {
			return i
		}
	}
	return -1
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

// A header is the flat top of a column; a tap sorts.
type header struct {
	widget.BaseWidget
	text     *canvas.Text
	onTapped func()
}

func newHeader() *header {
	h := &header{text: canvas.NewText("0", theme.Color(theme.ColorNameForeground))}
	h.text.TextStyle.Bold = true
	h.ExtendBaseWidget(h)
	return h
}

func (h *header) set(title string, words bool) {
	h.text.Text = title
	h.text.TextSize = theme.TextSize()
	h.text.Color = theme.Color(theme.ColorNameForeground)
	h.text.Alignment = fyne.TextAlignTrailing
	if words {
		h.text.Alignment = fyne.TextAlignLeading
	}
	h.text.Refresh()
}

func (h *header) Tapped(*fyne.PointEvent) {
	if h.onTapped != nil {
		h.onTapped()
	}
}

func (h *header) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(cellLayout{}, canvas.NewRectangle(color.Transparent), h.text))
}
