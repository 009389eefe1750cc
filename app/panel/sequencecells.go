// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// sequenceCells are the cells of a strip: those that are in sight are drawn, with
// numbers above them and all of the sequence below.
type sequenceCells struct {
	widget.BaseWidget
	p      *Sequence
	cells  []SequenceCell
	offset float32 // of what is in sight

	view  *canvas.Raster      // all of it
	frame *canvas.Rectangle   // of what is in sight, in view
	backs []*canvas.Rectangle // seen above and below what is selected
	boxes []*canvas.Rectangle
	texts []*canvas.Text
	marks []*canvas.Text // numbers and chains

	held    bool // by the left button
	scrolls bool // it is the view that is held
	from    int  // the cell where the button was pressed
	to      int
	dragged bool
	more    bool // comes to what is selected
}

var (
	_ fyne.Draggable     = (*sequenceCells)(nil)
	_ fyne.Scrollable    = (*sequenceCells)(nil)
	_ desktop.Mouseable  = (*sequenceCells)(nil)
	_ desktop.Hoverable  = (*sequenceCells)(nil)
	_ desktop.Cursorable = (*sequenceCells)(nil)
)

// markedEdge is how much of it is seen above and below a cell.
const markedEdge = 2.5

// markedColour is that of what is selected, as of the line around it in the
// picture.
var markedColour = color.NRGBA{230, 0, 190, 255}

func newSequenceCells(p *Sequence) *sequenceCells {
	c := &sequenceCells{p: p, from: -1, frame: canvas.NewRectangle(color.Transparent)}
	c.frame.StrokeWidth = 1
	c.view = canvas.NewRasterWithPixels(c.pixel)
	c.ExtendBaseWidget(c)
	return c
}

// pixel returns the colour of the view of all.
func (c *sequenceCells) pixel(x, y, w, h int) color.Color {
	if len(c.cells) == 0 || w < 1 {
		return color.Transparent
	}
	q := c.cells[min(x*len(c.cells)/w, len(c.cells)-1)]
	switch {
	case q.Selected && y < (h+1)/2:
		return markedColour
	case q.Residue < 0:
		return color.Transparent
	}
	return q.Color
}

// length is that of all cells.
func (c *sequenceCells) length() float32 { return cellWidth * float32(len(c.cells)) }

// scroll moves what is in sight.
func (c *sequenceCells) scroll(to float32) {
	c.offset = max(0, min(to, c.length()-c.Size().Width))
	c.Refresh()
}

// reveal scrolls so that a cell is in sight.
func (c *sequenceCells) reveal(i int) {
	x, width := cellWidth*float32(i), c.Size().Width
	if x < c.offset || x+cellWidth > c.offset+width {
		c.scroll(x - width/2)
	}
}

// at returns the cell at a place, the nearest beside all; -1 if there is none.
func (c *sequenceCells) at(p fyne.Position) int {
	return max(-1, min(int((p.X+c.offset)/cellWidth), len(c.cells)-1))
}

// inView tells whether a place is in the view of all.
func (c *sequenceCells) inView(p fyne.Position) bool { return p.Y > rulerHeight+cellHeight }

// look scrolls to a place in the view of all.
func (c *sequenceCells) look(x float32) {
	if width := c.Size().Width; width > 0 {
		c.scroll(x/width*c.length() - width/2)
	}
}

// MouseDown begins a click or a drag.
func (c *sequenceCells) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	c.held, c.dragged, c.scrolls = true, false, c.inView(e.Position)
	c.more = e.Modifier&(fyne.KeyModifierShift|fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0
	if c.scrolls {
		c.look(e.Position.X)
		return
	}
	c.from = c.at(e.Position)
	c.to = c.from
}

// MouseUp ends it.
func (c *sequenceCells) MouseUp(*desktop.MouseEvent) {
	if c.held && !c.scrolls && !c.dragged && c.from >= 0 && c.from < len(c.cells) && c.cells[c.from].Residue >= 0 && c.p.OnCentre != nil {
		c.p.OnCentre(c.cells[c.from].Residue, c.more)
	}
	if !c.dragged {
		c.held = false
	}
}

// Dragged selects what is dragged over; beside the strip it scrolls.
func (c *sequenceCells) Dragged(e *fyne.DragEvent) {
	if !c.held {
		return
	}
	c.dragged = true
	if c.scrolls {
		c.look(e.Position.X)
		return
	}
	switch width := c.Size().Width; {
	case e.Position.X < 0:
		c.scroll(c.offset - 2*cellWidth)
	case e.Position.X > width:
		c.scroll(c.offset + 2*cellWidth)
	}
	inside := fyne.NewPos(max(0, min(e.Position.X, c.Size().Width-1)), e.Position.Y)
	if to := c.at(inside); to != c.to {
		c.to = to
		c.tell(false)
	}
}

// DragEnd ends what was dragged.
func (c *sequenceCells) DragEnd() {
	if c.held && c.dragged && !c.scrolls {
		c.tell(true)
	}
	c.held = false
}

// tell tells the residues from one cell to another.
func (c *sequenceCells) tell(done bool) {
	first, last := -1, -1
	for i := max(0, min(c.from, c.to)); i <= max(c.from, c.to) && i < len(c.cells); i++ {
		if r := c.cells[i].Residue; r >= 0 {
			if first < 0 {
				first = r
			}
			last = r
		}
	}
	if first >= 0 && c.p.OnSelect != nil {
		c.p.OnSelect(first, last, c.more, done)
	}
}

// Scrolled goes along the sequence.
func (c *sequenceCells) Scrolled(e *fyne.ScrollEvent) {
	c.scroll(c.offset - 2*e.Scrolled.DY - 2*e.Scrolled.DX)
}

// MouseIn names what is under the pointer.
func (c *sequenceCells) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved names what is under the pointer.
func (c *sequenceCells) MouseMoved(e *desktop.MouseEvent) {
	if i := c.at(e.Position); i >= 0 && !c.inView(e.Position) && e.Position.X+c.offset < c.length() {
		c.p.say(c.cells[i].Name)
		return
	}
	c.p.say("")
}

// MouseOut says nothing more.
func (c *sequenceCells) MouseOut() { c.p.say("") }

// Cursor tells that it can be pressed.
func (c *sequenceCells) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws the cells.
func (c *sequenceCells) CreateRenderer() fyne.WidgetRenderer { return &sequenceCellsRenderer{c} }

type sequenceCellsRenderer struct{ c *sequenceCells }

func (r *sequenceCellsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(100, rulerHeight+cellHeight+viewHeight)
}

func (r *sequenceCellsRenderer) Layout(fyne.Size) { r.Refresh() }

// Refresh draws the cells that are in sight. Objects that are needed no more are
// kept, hidden.
func (r *sequenceCellsRenderer) Refresh() {
	c := r.c
	size := c.Size()
	c.offset = max(0, min(c.offset, c.length()-size.Width))
	boxes, marks := 0, 0
	first := int(c.offset / cellWidth)
	for i := first; i < len(c.cells) && cellWidth*float32(i)-c.offset < size.Width-cellWidth/2; i++ {
		x := cellWidth*float32(i) - c.offset
		if x < -1 { // it is half out of sight
			continue
		}
		r.cell(boxes, &c.cells[i], x)
		boxes++
		if r.mark(marks, i, x, size.Width) {
			marks++
		}
	}
	for i := boxes; i < len(c.boxes); i++ {
		c.backs[i].Hide()
		c.boxes[i].Hide()
		c.texts[i].Hide()
	}
	for _, t := range c.marks[marks:] {
		t.Hide()
	}
	c.view.Move(fyne.NewPos(0, rulerHeight+cellHeight+1))
	c.view.Resize(fyne.NewSize(min(size.Width, c.length()), viewHeight))
	c.view.Refresh()
	c.frame.StrokeColor = theme.Color(theme.ColorNameForeground)
	if c.frame.Hidden = c.length() <= size.Width; !c.frame.Hidden {
		c.frame.Move(fyne.NewPos(c.offset/c.length()*size.Width, rulerHeight+cellHeight))
		c.frame.Resize(fyne.NewSize(size.Width/c.length()*size.Width, viewHeight+2))
	}
	c.frame.Refresh()
	canvas.Refresh(c)
}

// cell draws a cell as the n-th in sight.
func (r *sequenceCellsRenderer) cell(n int, q *SequenceCell, x float32) {
	c := r.c
	if n == len(c.boxes) {
		t := canvas.NewText("", color.Black)
		t.TextSize, t.Alignment, t.TextStyle.Monospace = sequenceText, fyne.TextAlignCenter, true
		c.backs, c.boxes, c.texts = append(c.backs, canvas.NewRectangle(markedColour)), append(c.boxes, canvas.NewRectangle(color.Transparent)), append(c.texts, t)
	}
	b, t := c.boxes[n], c.texts[n]
	b.FillColor = q.Color
	t.Color = inkOn(q.Color)
	if q.Residue < 0 {
		b.FillColor, t.Color = color.Transparent, theme.Color(theme.ColorNamePlaceHolder)
	}
	edge := float32(0)
	if back := c.backs[n]; q.Selected {
		edge = markedEdge
		back.Move(fyne.NewPos(x, rulerHeight))
		back.Resize(fyne.NewSize(cellWidth, cellHeight))
		back.Show()
		back.Refresh()
	} else {
		back.Hide()
	}
	b.Move(fyne.NewPos(x, rulerHeight+edge))
	b.Resize(fyne.NewSize(cellWidth, cellHeight-2*edge))
	t.Text = q.Letter
	t.Move(fyne.NewPos(x, rulerHeight+1))
	t.Resize(fyne.NewSize(cellWidth, cellHeight-2))
	b.Show()
	t.Show()
	b.Refresh()
	t.Refresh()
}

// mark writes the chain that begins at a cell, or the number of every tenth
// residue, as the n-th of them, and tells whether it did.
func (r *sequenceCellsRenderer) mark(n, i int, x, width float32) bool {
	c := r.c
	q := c.cells[i]
	words := ""
	switch {
	case q.Residue < 0:
	case q.Chain != "":
		words = q.Chain + " " + strconv.Itoa(q.Number)
	case q.Number%10 == 0 && !r.chainNear(i):
		words = strconv.Itoa(q.Number)
	}
	if words == "" || x+5*cellWidth > width {
		return false
	}
	if n == len(c.marks) {
		t := canvas.NewText("", nil)
		t.TextSize = sequenceText - 2
		c.marks = append(c.marks, t)
	}
	t := c.marks[n]
	t.Text, t.TextStyle.Bold, t.Color = words, q.Chain != "", theme.Color(theme.ColorNameForeground)
	t.Move(fyne.NewPos(x, 0))
	t.Resize(t.MinSize())
	t.Show()
	t.Refresh()
	return true
}

// chainNear tells whether a chain begins so near to a cell that its name would lie
// over a number there.
func (r *sequenceCellsRenderer) chainNear(i int) bool {
	for k := max(0, i-5); k < min(len(r.c.cells), i+4); k++ {
		if k != i && r.c.cells[k].Chain != "" {
			return true
		}
	}
	return false
}

// inkOn returns black or white, what is read on a colour (ITU-R BT.601).
func inkOn(c color.NRGBA) color.Color {
	if 299*int(c.R)+587*int(c.G)+114*int(c.B) > 140_000 {
		return color.NRGBA{A: 255}
	}
	return color.NRGBA{255, 255, 255, 255}
}

func (r *sequenceCellsRenderer) Objects() []fyne.CanvasObject {
	list := []fyne.CanvasObject{r.c.view, r.c.frame}
	for i := range r.c.boxes {
		list = append(list, r.c.backs[i], r.c.boxes[i], r.c.texts[i])
	}
	for _, t := range r.c.marks {
		list = append(list, t)
	}
	return list
}

func (r *sequenceCellsRenderer) Destroy() {}
