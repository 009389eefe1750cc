// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A header is the flat top of a column: a tap sorts, with Shift as a further
// column; a drag moves the column; the pointer at rest has it explained.
type header struct {
	widget.BaseWidget
	table  *table
	column int
	text   *canvas.Text
}

var (
	_ fyne.Tappable     = (*header)(nil)
	_ fyne.Draggable    = (*header)(nil)
	_ desktop.Hoverable = (*header)(nil)
)

func newHeader(t *table) *header {
	h := &header{table: t, text: canvas.NewText("0", theme.Color(theme.ColorNameForeground))}
	h.text.TextStyle.Bold = true
	h.ExtendBaseWidget(h)
	return h
}

func (t *table) updateHeader(id widget.TableCellID, o fyne.CanvasObject) {
	h := o.(*header)
	if id.Col < 0 || id.Col >= len(t.shown) {
		return
	}
	c := t.shown[id.Col]
	h.column = id.Col
	h.text.Text = c.title + mark(t.order, c)
	h.text.TextSize = theme.TextSize()
	h.text.Color = theme.Color(theme.ColorNameForeground)
	if id.Col == t.dropAt {
		h.text.Color = theme.Color(theme.ColorNamePrimary)
	}
	h.text.Alignment = fyne.TextAlignTrailing
	if c.words {
		h.text.Alignment = fyne.TextAlignLeading
	}
	h.text.Refresh()
}

// CreateRenderer lays the text out as in cells.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(cellLayout{}, canvas.NewRectangle(color.Transparent), h.text))
}

// Tapped sorts by the column.
func (h *header) Tapped(*fyne.PointEvent) {
	if h.column < len(h.table.shown) {
		h.table.onSort(h.table.shown[h.column], h.table.modifiers()&fyne.KeyModifierShift != 0)
	}
}

// Dragged marks the column in whose place this one would come.
func (h *header) Dragged(e *fyne.DragEvent) {
	t := h.table
	t.onHover(nil, h)
	if at := t.columnAt(t.offset(h.column) + e.Position.X); at != t.dropAt {
		t.dropAt = at
		t.Refresh()
	}
}

// DragEnd moves the column.
func (h *header) DragEnd() {
	t := h.table
	to := t.dropAt
	t.dropAt = -1
	if to >= 0 && to != h.column {
		t.onMove(h.column, to)
	} else {
		t.Refresh()
	}
}

// MouseIn has the column explained.
func (h *header) MouseIn(*desktop.MouseEvent) {
	if h.column < len(h.table.shown) {
		h.table.onHover(h.table.shown[h.column], h)
	}
}

// MouseMoved does nothing more.
func (h *header) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the explanation.
func (h *header) MouseOut() { h.table.onHover(nil, h) }
