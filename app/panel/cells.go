// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	cellPad  = 5 // pixels left and right of the text of a cell
	barWidth = 2 // of the bar at the foot of a cell: numbers are read first
	pinWidth = 4 // of the edge of a pinned row
)

// A tableCell is a background and a bar with a text before them: less than a
// label, for there are hundreds of them.
type tableCell struct {
	widget.BaseWidget
	table       *table
	back, bar   *canvas.Rectangle
	text        *canvas.Text
	mark, count *canvas.Text // of what is folded; nil where nothing has been
	parts       *fyne.Container
	room        *cellLayout
	seen        *cellSeen
	full        string // what the text is short for; "" if nothing more is to be said
}

var _ desktop.Hoverable = (*tableCell)(nil)

func newCell(t *table) *tableCell {
	c := &tableCell{
		table: t, back: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		text: canvas.NewText("0", theme.Color(theme.ColorNameForeground)),
	}
	c.room = &cellLayout{text: c.text}
	c.parts = container.New(c.room, c.back, c.bar, c.text)
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer lays the parts out.
func (c *tableCell) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.parts) }

// MouseIn shows the full text after a while.
func (c *tableCell) MouseIn(e *desktop.MouseEvent) {
	c.MouseMoved(e)
	if c.full != "" {
		c.table.onCell(c.full, c)
	}
}

// MouseMoved lets the table know, which would be told without the cell.
func (c *tableCell) MouseMoved(e *desktop.MouseEvent) {
	inTable := *e
	inTable.Position = e.AbsolutePosition.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(c.table))
	c.table.MouseMoved(&inTable)
}

// MouseOut takes the full text away.
func (c *tableCell) MouseOut() {
	c.table.MouseOut()
	c.table.onCell("", c)
}

// A cellLayout has a background, a text with room for more beside it, and what
// has its place from elsewhere.
type cellLayout struct {
	text        *canvas.Text
	left, right float32 // not for the text
}

// MinSize is that of the text.
func (l *cellLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(20, l.text.MinSize().Height+6)
}

// Layout puts the text into the middle of the height.
func (l *cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	h := l.text.MinSize().Height
	l.text.Move(fyne.NewPos(cellPad+l.left, (size.Height-h)/2))
	l.text.Resize(fyne.NewSize(size.Width-2*cellPad-l.left-l.right, h))
}

func (t *table) updateCell(id widget.TableCellID, o fyne.CanvasObject) {
	if id.Row < 0 || id.Row >= len(t.rows) || id.Col < 0 || id.Col >= len(t.shown) {
		return
	}
	cell := o.(*tableCell)
	r, c := t.rows[id.Row], t.shown[id.Col]
	t.updateFold(cell, r, c)
	t.updateSeen(cell, r, c)
	t.updateText(cell, r, c)
	t.updateBar(cell.bar, r, c, o.Size().Height)
	cell.room.Layout(cell.parts.Objects, o.Size())
	back := theme.Color(theme.ColorNameSelection)
	switch {
	case r.id == t.selected:
	case r == t.stands || t.more.also[r.id]:
		back = faint(back)
	default:
		back = color.Transparent
	}
	cell.back.FillColor = back
	cell.back.Refresh()
	cell.text.Refresh()
}

// faint returns a colour with half its opacity.
func faint(c color.Color) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A /= 2
	return n
}

// updateText writes what the row has in the column.
func (t *table) updateText(cell *tableCell, r *row, c *column) {
	text := cell.text
	text.Alignment = fyne.TextAlignTrailing
	if c.words {
		text.Alignment = fyne.TextAlignLeading
	}
	text.TextSize = theme.TextSize()
	text.Color = theme.Color(theme.ColorNameForeground)
	status := c == statusOf(t.shown)
	if (r.isWrong() || status && !r.before.IsZero()) && r.id != t.selected { // grey cannot be read on its blue
		text.Color = theme.Color(theme.ColorNameDisabled)
	}
	text.TextStyle.Bold = r.accepted
	text.Text, cell.full = c.text(r), ""
	if c.name == structureColumn && r.isBelow() {
		text.Text = fmt.Sprintf("placement %d", r.id.Rank)
	}
	if status {
		text.Text = r.status() + text.Text
		if !r.before.IsZero() {
			cell.full = "Place " + r.before.String() + "."
		}
	}
	if c.name == verdictColumn {
		cell.full = strings.TrimSpace(r.reason() + " " + cell.full)
	}
	if c.words {
		full := text.Text
		if text.Text = Shorten(full, t.width[c]-2*cellPad-cell.room.left-cell.room.right, text.TextSize, text.TextStyle); text.Text != full {
			if cell.full != "" {
				full += ". " + cell.full
			}
			cell.full = full
		}
	}
}

// statusOf returns that of some columns with the signs of what is accepted,
// rejected or pinned: that of the numbers, else that of the verdicts, else the
// first.
func statusOf(shown []*column) *column {
	for _, name := range []string{orderColumn, verdictColumn} {
		if i := slices.IndexFunc(shown, func(c *column) bool { return c.name == name }); i >= 0 {
			return shown[i]
		}
	}
	if len(shown) == 0 {
		return nil
	}
	return shown[0]
}

// updateBar shows a value on the scale of its column, as a line at the foot of the
// cell, or the colour of a pinned row at its left edge.
func (t *table) updateBar(bar *canvas.Rectangle, r *row, c *column, height float32) {
	switch {
	case c == statusOf(t.shown) && r.pin > 0:
		bar.FillColor = PinColour(r.pin - 1)
		bar.Move(fyne.NewPos(0, 0))
		bar.Resize(fyne.NewSize(pinWidth, height))
		bar.Show()
	case t.bars && c.scale != nil && !r.isWrong():
		part := c.scale.part(c.value(r), r)
		bar.FillColor = pointColour(part)
		bar.Move(fyne.NewPos(0, height-barWidth))
		bar.Resize(fyne.NewSize(float32(part)*t.width[c], barWidth))
		bar.Show()
	default:
		bar.Hide()
	}
	bar.Refresh()
}
