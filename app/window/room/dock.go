// SPDX-License-Identifier: BSD-3-Clause

// Package room shares the room of the window among its parts: the picture has
// most of it, and beside it is a dock that a person makes wider, or puts away.
// What the parts are it does not know.
package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Widths of a dock, in units of Fyne.
const (
	// usual is wide enough for the columns that the table first has.
	usual = 392
	// usualPart of the window is its width where the window is wider than usual
	// needs, mostPart where it is narrower.
	usualPart, mostPart = 0.25, 0.45
	least               = 220
	leastPicture        = 260
)

// A Dock has the picture, and at its right the side with everything else.
type Dock struct {
	widget.BaseWidget

	// OnChange is told the width of the side that a person dragged it to, 0 for
	// the usual one, and whether it is put away.
	OnChange func(width float32, away bool)

	picture, side fyne.CanvasObject
	edge          *edge
	width         float32 // 0 for the usual one
	away          bool
	alone         bool // neither side nor edge is seen
}

// NewDock lays out a picture and a side.
func NewDock(picture, side fyne.CanvasObject) *Dock {
	d := &Dock{picture: picture, side: side, OnChange: func(float32, bool) {}}
	d.edge = newEdge(d)
	d.ExtendBaseWidget(d)
	return d
}

// Set gives the side a width, 0 for the usual one, and puts it away or brings it
// back.
func (d *Dock) Set(width float32, away bool) {
	d.width, d.away = width, away
	d.show()
}

// SetAlone shows the picture and nothing beside it, or what was there before.
func (d *Dock) SetAlone(on bool) {
	d.alone = on
	d.show()
}

func (d *Dock) show() {
	if d.side.Show(); d.Away() {
		d.side.Hide()
	}
	if d.edge.Show(); d.alone {
		d.edge.Hide()
	}
	d.Refresh()
}

// Away tells whether the side is not seen.
func (d *Dock) Away() bool { return d.away || d.alone }

// edgeWidth is what the edge takes from the picture.
func (d *Dock) edgeWidth() float32 {
	if d.alone {
		return 0
	}
	return edgeWidth
}

// Edge returns what the side is dragged at, so that it can be found on the
// screen.
func (d *Dock) Edge() fyne.CanvasObject { return d.edge }

// Toggle puts the side away, or brings it back.
func (d *Dock) Toggle() {
	d.Set(d.width, !d.away)
	d.OnChange(d.width, d.away)
}

// drag moves the edge.
func (d *Dock) drag(by float32) {
	if d.Away() {
		return
	}
	d.width = between(d.side.Size().Width-by, d.leastSide(), d.Size().Width-edgeWidth-leastPicture)
	d.Refresh()
}

func (d *Dock) leastSide() float32 { return max(least, d.side.MinSize().Width) }

// sideWidth returns how wide the side is in a window of a width.
func (d *Dock) sideWidth(window float32) float32 {
	if d.Away() {
		return 0
	}
	width := d.width
	if width == 0 {
		width = min(max(usual, usualPart*window), mostPart*window)
	}
	return between(width, d.leastSide(), window-edgeWidth-leastPicture)
}

// between returns v, not less than low or more than high; low if it is more.
func between(v, low, high float32) float32 { return max(low, min(v, high)) }

// CreateRenderer is called by Fyne.
func (d *Dock) CreateRenderer() fyne.WidgetRenderer { return dockRenderer{d} }

type dockRenderer struct{ d *Dock }

func (r dockRenderer) Layout(size fyne.Size) {
	d := r.d
	side := d.sideWidth(size.Width)
	picture := max(0, size.Width-side-d.edgeWidth())
	d.picture.Resize(fyne.NewSize(picture, size.Height))
	d.edge.Move(fyne.NewPos(picture, 0))
	d.edge.Resize(fyne.NewSize(edgeWidth, size.Height))
	d.side.Move(fyne.NewPos(picture+edgeWidth, 0))
	d.side.Resize(fyne.NewSize(side, size.Height))
}

func (r dockRenderer) MinSize() fyne.Size {
	d := r.d
	least := fyne.NewSize(max(leastPicture, d.picture.MinSize().Width)+d.edgeWidth(), d.picture.MinSize().Height)
	if !d.Away() {
		least.Width += d.leastSide()
		least.Height = max(least.Height, d.side.MinSize().Height)
	}
	return least
}

func (r dockRenderer) Refresh() {
	r.Layout(r.d.Size())
	r.d.edge.Refresh()
	r.d.side.Refresh()
}

func (r dockRenderer) Destroy() {}

func (r dockRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.d.picture, r.d.edge, r.d.side}
}
