// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Over lays a line of words at the top of a picture, over it, and a legend below
// that; they take no room from it.
func Over(picture, words, legend fyne.CanvasObject) *fyne.Container {
	return container.New(overLayout{}, picture, legend, words)
}

// An overLayout has the picture, the legend and the words.
type overLayout struct{}

// mostWords is how wide the words become: a longer line is not read.
const mostWords = 760

func (overLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout gives words that wrap the height that they need, which is known only
// with their width.
func (overLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	picture, legend, words := o[0], o[1], o[2]
	picture.Move(fyne.Position{})
	picture.Resize(size)
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
