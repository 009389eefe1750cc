// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/panel"
)

// A PathField is the field of a dialog in which a path is written, or a line of
// text.
type PathField = panel.PathField

// NewPathField makes a field that calls escape on Escape.
func NewPathField(escape func()) *PathField { return panel.NewPathField(escape) }

// Spacer is an invisible object that keeps what it lies in from getting smaller
// than a size, or than what the window has for a dialog.
func Spacer(size fyne.Size) fyne.CanvasObject { return container.New(spacing{size}) }

// beside is what a dialog has of a window besides its content: title, buttons and
// edges.
var beside = fyne.NewSize(60, 130)

type spacing struct{ size fyne.Size }

func (s spacing) MinSize([]fyne.CanvasObject) fyne.Size {
	size := s.size
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if has := w.Canvas().Size(); has.Width > beside.Width && has.Height > beside.Height {
			size = size.Min(has.Subtract(beside))
		}
	}
	return size
}

func (spacing) Layout([]fyne.CanvasObject, fyne.Size) {}
