// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	cellPad  = 6  // pixels left and right of the text of a cell
	barPad   = 2  // above and below the bar of a cell
	barAlpha = 85 // lets the text before a bar be read in both themes
	pinWidth = 4  // of the edge of a pinned row
)

// newCell makes a background and a bar with a text before them: less than a
// label, for there are hundreds of them.
func newCell() fyne.CanvasObject {
	text := canvas.NewText("0", theme.Color(theme.ColorNameForeground))
	return container.New(cellLayout{}, canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), text)
}

// cellLayout has a background, a bar, whose length is not its matter, and a text.
type cellLayout struct{}

func (cellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(20, objects[len(objects)-1].MinSize().Height+6)
}

func (cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	text := objects[len(objects)-1]
	h := text.MinSize().Height
	text.Move(fyne.NewPos(cellPad, (size.Height-h)/2))
	text.Resize(fyne.NewSize(size.Width-2*cellPad, h))
}

func (t *table) updateCell(id widget.TableCellID, o fyne.CanvasObject) {
	if id.Row < 0 || id.Row >= len(t.rows) || id.Col < 0 || id.Col >= len(t.shown) {
		return
	}
	cell := o.(*fyne.Container).Objects
	back, bar, text := cell[0].(*canvas.Rectangle), cell[1].(*canvas.Rectangle), cell[2].(*canvas.Text)
	r, c := t.rows[id.Row], t.shown[id.Col]
	text.Alignment = fyne.TextAlignTrailing
	if c.words {
		text.Alignment = fyne.TextAlignLeading
	}
	text.TextSize = theme.TextSize()
	text.Color = theme.Color(theme.ColorNameForeground)
	if r.rejected {
		text.Color = theme.Color(theme.ColorNameDisabled)
	}
	text.TextStyle.Bold = r.accepted
	text.Text = c.text(r)
	if c.words {
		text.Text = shorten(text.Text, c.width-2*cellPad, text.TextSize, text.TextStyle)
	}
	back.FillColor = color.Transparent
	if r.id == t.selected {
		back.FillColor = theme.Color(theme.ColorNameSelection)
	}
	t.updateBar(bar, r, c, o.Size().Height)
	back.Refresh()
	text.Refresh()
}

// updateBar shows a value as a part of those of the round, or the colour of a
// pinned row at its left edge.
func (t *table) updateBar(bar *canvas.Rectangle, r *row, c *column, height float32) {
	switch {
	case c.name == "rank" && r.pin > 0:
		bar.FillColor = PinColour(r.pin - 1)
		bar.Move(fyne.NewPos(0, 0))
		bar.Resize(fyne.NewSize(pinWidth, height))
		bar.Show()
	case t.bars && c.bar && !r.rejected:
		part := t.spans[c].part(c.value(r))
		fill := Ramp(part)
		fill.A = barAlpha
		bar.FillColor = fill
		bar.Move(fyne.NewPos(0, barPad))
		bar.Resize(fyne.NewSize(max(1, float32(part)*c.width), height-2*barPad))
		bar.Show()
	default:
		bar.Hide()
	}
	bar.Refresh()
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
