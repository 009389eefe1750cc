// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	markWidth = 16 // of the sign that tells whether something is folded
	countGap  = 8  // beside the count of what is
)

// Signs before a row with others below it.
const (
	foldedMark   = "▸"
	unfoldedMark = "▾"
)

// folded writes how many rows are below one.
func folded(n int) string { return "+" + grouped(n) }

// foldColumn returns the column that shows what is folded: that of the
// structure, or the first.
func (t *table) foldColumn() *column {
	if i := slices.IndexFunc(t.shown, func(c *column) bool { return c.name == structureColumn }); i >= 0 {
		return t.shown[i]
	}
	return t.shown[0]
}

// foldAt returns the place of that column, −1 where nothing is folded.
func (t *table) foldAt() int {
	if !t.grouped {
		return -1
	}
	return slices.Index(t.shown, t.foldColumn())
}

// foldWidth returns how much room is for that beside the text.
func (t *table) foldWidth() float32 {
	if t.tight {
		return markWidth
	}
	return markWidth + t.counts + countGap
}

// updateFold shows before a placement whether others of its structure are folded
// below it, and how many, and lets those stand further in.
func (t *table) updateFold(cell *tableCell, r *row, c *column) {
	room := cell.room
	room.left, room.right = 0, 0
	on := t.grouped && c == t.foldColumn()
	has := on && r.holds() && r.group.below > 0
	if has && cell.mark == nil {
		cell.mark, cell.count = canvas.NewText("", nil), canvas.NewText("", nil)
		cell.parts.Objects = append(cell.parts.Objects, cell.mark, cell.count)
	}
	if cell.mark != nil {
		cell.mark.Hidden, cell.count.Hidden = !has, !has || t.tight
	}
	if on {
		room.left = t.foldRoom(r, c)
	}
	if has {
		t.place(cell, r, c)
	}
}

// place puts the mark at the left of a cell, and the count at its right; where
// numbers stand there, behind the mark.
func (t *table) place(cell *tableCell, r *row, c *column) {
	mark, count := cell.mark, cell.count
	mark.Text, count.Text = foldedMark, folded(r.group.below)
	if r.group.open {
		mark.Text = unfoldedMark
	}
	mark.TextSize, count.TextSize = theme.TextSize(), theme.TextSize()
	mark.Color, count.Color = theme.Color(theme.ColorNameForeground), theme.Color(theme.ColorNamePlaceHolder)
	if r.id == t.selected { // grey cannot be read on its blue
		count.Color = mark.Color
	}
	size := count.MinSize()
	y := (cell.Size().Height - size.Height) / 2
	x := float32(cellPad + markWidth)
	if c.words && !t.tight {
		x = t.width[c] - cellPad - size.Width
		cell.room.right = size.Width + countGap
	}
	mark.Move(fyne.NewPos(cellPad, y))
	count.Move(fyne.NewPos(x, y))
	mark.Resize(mark.MinSize())
	count.Resize(size)
	mark.Refresh()
	count.Refresh()
}
