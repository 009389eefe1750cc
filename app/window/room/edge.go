// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// edgeWidth is wide enough to be aimed at.
const edgeWidth = 9

// Signs on an edge: what a click does.
const (
	putAway   = "›"
	bringBack = "‹"
)

// An edge is dragged to give a dock more room or less; a click puts the dock away
// or brings it back.
type edge struct {
	widget.BaseWidget
	dock *Dock
	back *canvas.Rectangle
	sign *canvas.Text
	over bool
}

var (
	_ fyne.Draggable     = (*edge)(nil)
	_ fyne.Tappable      = (*edge)(nil)
	_ desktop.Hoverable  = (*edge)(nil)
	_ desktop.Cursorable = (*edge)(nil)
)

func newEdge(d *Dock) *edge {
	e := &edge{dock: d, back: canvas.NewRectangle(color.Transparent), sign: canvas.NewText(putAway, color.Black)}
	e.sign.TextStyle.Bold = true
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer has the sign in the middle.
func (e *edge) CreateRenderer() fyne.WidgetRenderer {
	e.colour()
	return widget.NewSimpleRenderer(container.NewStack(e.back,
		container.New(layout.NewCustomPaddedLayout(0, 0, -4, -4), container.NewCenter(e.sign))))
}

// Refresh follows the theme and the dock.
func (e *edge) Refresh() {
	e.colour()
	e.BaseWidget.Refresh()
}

func (e *edge) colour() {
	e.back.FillColor = theme.Color(theme.ColorNameSeparator)
	if e.over {
		e.back.FillColor = theme.Color(theme.ColorNameHover)
	}
	if e.sign.Text = putAway; e.dock.Away() {
		e.sign.Text = bringBack
	}
	e.sign.TextSize, e.sign.Color = theme.TextSize(), theme.Color(theme.ColorNameForeground)
	e.back.Refresh()
	e.sign.Refresh()
}

// Dragged gives the dock another width.
func (e *edge) Dragged(d *fyne.DragEvent) { e.dock.drag(d.Dragged.DX) }

// DragEnd tells the width.
func (e *edge) DragEnd() { e.dock.OnChange(e.dock.width, e.dock.Away()) }

// Tapped puts the dock away, or brings it back.
func (e *edge) Tapped(*fyne.PointEvent) { e.dock.Toggle() }

// MouseIn shows that something can be done here.
func (e *edge) MouseIn(*desktop.MouseEvent) { e.hover(true) }

// MouseMoved is needed beside MouseIn.
func (e *edge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends that.
func (e *edge) MouseOut() { e.hover(false) }

func (e *edge) hover(on bool) {
	e.over = on
	e.Refresh()
}

// Cursor tells that it can be dragged.
func (e *edge) Cursor() desktop.Cursor {
	if e.dock.Away() {
		return desktop.PointerCursor
	}
	return desktop.HResizeCursor
}
