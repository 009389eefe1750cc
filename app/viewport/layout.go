// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// CreateRenderer is called by Fyne.
func (v *Viewport) CreateRenderer() fyne.WidgetRenderer {
	v.overlay.recolour(v.behind())
	v.update()
	return &arrangement{v}
}

// An arrangement lays out the picture and the message.
type arrangement struct{ v *Viewport }

var _ fyne.WidgetRenderer = (*arrangement)(nil)

func (a *arrangement) Layout(size fyne.Size) {
	a.v.bare.Resize(size)
	a.v.picture.Resize(size)
	width := min(size.Width, 520)
	a.v.message.Resize(fyne.NewSize(width, a.v.message.MinSize().Height))
	h := a.v.message.MinSize().Height // known only with its width, since it wraps
	a.v.message.Resize(fyne.NewSize(width, h))
	a.v.message.Move(fyne.NewPos((size.Width-width)/2, (size.Height-h)/2))
	a.v.update()
}

func (a *arrangement) MinSize() fyne.Size { return fyne.NewSize(240, 180) }

// Refresh is called when the theme changes, among others: the background of
// the picture is that of the theme.
func (a *arrangement) Refresh() {
	a.v.bare.FillColor = theme.Color(theme.ColorNameBackground)
	a.v.bare.Refresh()
	a.v.message.Refresh()
	a.v.overlay.recolour(a.v.behind())
	a.v.update()
}

func (a *arrangement) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{a.v.bare, a.v.picture, a.v.message}, a.v.overlay.objects()...)
}

func (a *arrangement) Destroy() {}

var _ fyne.Widget = (*Viewport)(nil)
