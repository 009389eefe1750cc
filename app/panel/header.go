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

// A header is the title of a column. What is done with it is the matter of the
// strip over all headers: Fyne's table gives drags to its scroller.
type header struct {
	widget.BaseWidget
	column int
	text   *canvas.Text
}

func newHeader(t *table) *header {
	h := &header{text: canvas.NewText("0", theme.Color(theme.ColorNameForeground))}
	h.text.TextStyle.Bold = true
	h.ExtendBaseWidget(h)
	t.headers = append(t.headers, h)
	return h
}

func (t *table) updateHeader(id widget.TableCellID, o fyne.CanvasObject) {
	h := o.(*header)
	if id.Col < 0 || id.Col >= len(t.shown) {
		return
	}
	c := t.shown[id.Col]
	h.column = id.Col
	h.text.Text = t.heading(c) + mark(t.keys(), c)
	h.text.TextSize = theme.CaptionTextSize()
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
	return widget.NewSimpleRenderer(container.New(&cellLayout{text: h.text}, canvas.NewRectangle(color.Transparent), h.text))
}

// A strip lies over the headers: a tap sorts, with Shift as a further column; a
// drag moves the column; the pointer at rest has it explained.
type strip struct {
	widget.BaseWidget
	table *table
	from  int // column that is dragged, −1 if none is
	over  *header
}

var (
	_ fyne.Tappable          = (*strip)(nil)
	_ fyne.SecondaryTappable = (*strip)(nil)
	_ fyne.Draggable         = (*strip)(nil)
	_ desktop.Hoverable      = (*strip)(nil)
)

func newStrip(t *table) *strip {
	s := &strip{table: t, from: -1}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws nothing.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// MinSize is as high as the headers.
func (s *strip) MinSize() fyne.Size {
	s.ExtendBaseWidget(s)
	return fyne.NewSize(1, newHeader(&table{}).MinSize().Height)
}

// at returns the header at a place of the window, nil if there is none.
func (s *strip) at(p fyne.Position) *header {
	d := fyne.CurrentApp().Driver()
	for _, h := range s.table.headers {
		if !s.table.onScreen(h) {
			continue
		}
		if x := d.AbsolutePositionForObject(h).X; p.X >= x && p.X <= x+h.Size().Width+theme.Padding() {
			return h
		}
	}
	return nil
}

// TappedSecondary shows the menu.
func (s *strip) TappedSecondary(e *fyne.PointEvent) { s.table.onMenu(e.AbsolutePosition) }

// Tapped sorts by the column.
func (s *strip) Tapped(e *fyne.PointEvent) {
	if h := s.at(e.AbsolutePosition); h != nil {
		s.table.onSort(s.table.shown[h.column], s.table.modifiers()&fyne.KeyModifierShift != 0)
	}
}

// Dragged marks the column in whose place this one would come.
func (s *strip) Dragged(e *fyne.DragEvent) {
	s.explain(nil)
	if s.from < 0 {
		begin := e.AbsolutePosition.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		h := s.at(begin)
		if h == nil {
			return
		}
		s.from = h.column
	}
	if h := s.at(e.AbsolutePosition); h != nil && h.column != s.table.dropAt {
		s.table.dropAt = h.column
		s.table.Refresh()
	}
}

// DragEnd moves the column.
func (s *strip) DragEnd() {
	from, to := s.from, s.table.dropAt
	s.from, s.table.dropAt = -1, -1
	if from >= 0 && to >= 0 && to != from {
		s.table.onMove(from, to)
	} else {
		s.table.Refresh()
	}
}

// MouseIn has the column explained.
func (s *strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved has another column explained.
func (s *strip) MouseMoved(e *desktop.MouseEvent) {
	if h := s.at(e.AbsolutePosition); e.Button == 0 {
		s.explain(h)
	}
}

// MouseOut ends the explanation.
func (s *strip) MouseOut() { s.explain(nil) }

func (s *strip) explain(h *header) {
	switch {
	case h == s.over:
	case h == nil:
		s.table.onHover(nil, s)
	default:
		s.table.onHover(s.table.shown[h.column], h)
	}
	s.over = h
}
