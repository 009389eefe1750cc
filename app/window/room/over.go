// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Over lays over a picture what may cover it, a legend, and a line of words at the
// top, below which the legend is; they take no room from it.
func Over(picture, cover, legend, words fyne.CanvasObject) *fyne.Container {
	return container.New(overLayout{}, picture, cover, legend, words)
}

// An overLayout has these four, in their order.
type overLayout struct{}

// mostWords is how wide the words become: a longer line is not read.
const mostWords = 760

func (overLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout gives words that wrap the height that they need, which is known only
// with their width.
func (overLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	legend, words := o[2], o[3]
	for _, whole := range o[:2] {
		whole.Move(fyne.Position{})
		whole.Resize(size)
	}
	pad := theme.Padding()
	y := float32(0)
	if words.Visible() {
		width := min(mostWords, size.Width-2*pad)
		words.Move(fyne.NewPos(pad, pad))
		words.Resize(fyne.NewSize(width, words.MinSize().Height))
		words.Resize(fyne.NewSize(width, words.MinSize().Height))
		y = words.Size().Height + 2*pad
	}
	legend.Move(fyne.NewPos(0, y))
	legend.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}
