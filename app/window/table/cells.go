// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/render"
)

// A cell is one of several pictures side by side, with a frame and a caption
// in the colour of its placement. A single picture has neither.
type cell struct {
	widget.BaseWidget
	view    *viewport.Viewport
	frame   *canvas.Rectangle
	back    *canvas.Rectangle
	caption *canvas.Text
	name    string // which the caption has as much of as there is room for
}

func newCellOf(v *viewport.Viewport) *cell {
	c := &cell{
		view: v, frame: canvas.NewRectangle(color.Transparent), back: canvas.NewRectangle(color.Black),
		caption: canvas.NewText("", color.Black),
	}
	c.caption.TextStyle.Bold = true
	c.back.CornerRadius = 3
	c.ExtendBaseWidget(c)
	c.plain()
	return c
}

// plain takes frame and caption away.
func (c *cell) plain() {
	for _, o := range []fyne.CanvasObject{c.frame, c.back, c.caption} {
		o.Hide()
	}
}

// label gives the cell a frame and a caption; the selected one has a thicker
// frame.
func (c *cell) label(text string, colour color.NRGBA, selected bool) {
	c.name, c.caption.TextSize = text, theme.TextSize()
	c.caption.Color, c.back.FillColor = color.Black, colour
	if 0.299*float64(colour.R)+0.587*float64(colour.G)+0.114*float64(colour.B) < 110 {
		c.caption.Color = color.White
	}
	c.frame.StrokeColor, c.frame.StrokeWidth = colour, 1.5
	if selected {
		c.frame.StrokeWidth = 4
	}
	for _, o := range []fyne.CanvasObject{c.frame, c.back, c.caption} {
		o.Show()
		o.Refresh()
	}
	c.Refresh()
}

// CreateRenderer lays the caption over the picture.
func (c *cell) CreateRenderer() fyne.WidgetRenderer { return &cellRenderer{c} }

type cellRenderer struct{ c *cell }

func (r *cellRenderer) Layout(size fyne.Size) {
	c := r.c
	c.view.Resize(size)
	c.frame.Resize(size)
	c.caption.Text = panel.Shorten(c.name, size.Width-22, c.caption.TextSize, c.caption.TextStyle)
	text := c.caption.MinSize()
	c.caption.Move(fyne.NewPos(11, 7))
	c.caption.Resize(text)
	c.back.Move(fyne.NewPos(6, 5))
	c.back.Resize(text.AddWidthHeight(10, 4))
}

func (r *cellRenderer) MinSize() fyne.Size { return r.c.view.MinSize() }

func (r *cellRenderer) Refresh() { r.Layout(r.c.Size()) }

func (r *cellRenderer) Destroy() {}

func (r *cellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.view, r.c.frame, r.c.back, r.c.caption}
}

// A grid lays out the visible of several pictures so that they are as square
// as can be.
type grid struct{}

const gridGap = 3

func (*grid) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (*grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var seen []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			seen = append(seen, o)
		}
	}
	columns := columnsOf(len(seen), size)
	rows := (len(seen) + columns - 1) / columns
	w := (size.Width - gridGap*float32(columns-1)) / float32(columns)
	h := (size.Height - gridGap*float32(rows-1)) / float32(rows)
	for i, o := range seen {
		o.Move(fyne.NewPos(float32(i%columns)*(w+gridGap), float32(i/columns)*(h+gridGap)))
		o.Resize(fyne.NewSize(w, h))
	}
}

// columnsOf returns in how many columns n pictures are largest.
func columnsOf(n int, size fyne.Size) int {
	best, most := 1, 0.0
	for columns := 1; columns <= n; columns++ {
		rows := (n + columns - 1) / columns
		edge := math.Min(float64(size.Width)/float64(columns), float64(size.Height)/float64(rows))
		if edge > most {
			best, most = columns, edge
		}
	}
	return best
}

// arrangeCells has as many pictures as there are placements side by side, and
// at least that of the window.
func (tb *Table) arrangeCells(ids []document.ClusterID) {
	c := &tb.compare
	for len(c.cells) < len(ids) {
		added := newCellOf(tb.stage.NewCompanion())
		c.cells = append(c.cells, added)
		c.stage.Add(added)
	}
	changed := false
	for i, q := range c.cells {
		if hidden := i >= max(1, len(ids)); hidden != q.Hidden {
			q.Hidden, changed = hidden, true
			if hidden {
				q.view.SetScene(render.Scene{}) // which keeps no map alive
			} else if i > 0 {
				tb.stage.ReadCompanion(q.view)
				q.view.SetCamera(tb.stage.Viewport().Camera())
			}
		}
		if len(ids) == 0 {
			q.plain()
		} else if i < len(ids) {
			s := tb.sh.Doc.State()
			q.label(s.PlaceName(ids[i]), panel.PinColour(i), ids[i] == tb.sh.Doc.Selected())
		}
	}
	if changed {
		c.stage.Refresh()
	}
}

// Pictures returns those that are seen: that of the window, and those beside it.
func (tb *Table) Pictures() []*viewport.Viewport {
	var seen []*viewport.Viewport
	for _, q := range tb.compare.cells {
		if q.Visible() {
			seen = append(seen, q.view)
		}
	}
	return seen
}

// Turned gives all pictures the point of view of one.
func (tb *Table) Turned(from *viewport.Viewport, c render.Camera) {
	if len(tb.compared(panel.SideBySide)) == 0 {
		return
	}
	for _, q := range tb.compare.cells {
		if q.view != from && q.Visible() {
			q.view.SetCamera(c)
		}
	}
}
