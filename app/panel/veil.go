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

// veilAlpha lets a picture be seen through a veil, and words before it be read.
const veilAlpha = 225

// A Veil is a ground for what lies over the picture.
type Veil struct {
	widget.BaseWidget
	back    *canvas.Rectangle
	content fyne.CanvasObject
}

// NewVeil lays a veil behind content.
func NewVeil(content fyne.CanvasObject) *Veil {
	v := &Veil{back: canvas.NewRectangle(color.Transparent), content: content}
	v.back.CornerRadius = 5
	v.ExtendBaseWidget(v)
	v.recolour()
	return v
}

// CreateRenderer lays the parts out.
func (v *Veil) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(v.back, v.content))
}

// Refresh follows the theme.
func (v *Veil) Refresh() {
	v.recolour()
	v.BaseWidget.Refresh()
}

func (v *Veil) recolour() {
	c := opaque(theme.Color(theme.ColorNameOverlayBackground))
	v.back.FillColor = color.NRGBA{c.R, c.G, c.B, veilAlpha}
	v.back.Refresh()
}
