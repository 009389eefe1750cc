// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A PathField is the field of a dialog in which a path is written, or a line of
// text. Fields keep the keys from the window; this one lets Escape close its dialog.
type PathField struct {
	widget.Entry
	escape func()
}

// NewPathField makes a field that calls escape on Escape.
func NewPathField(escape func()) *PathField {
	f := &PathField{escape: escape}
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey closes the dialog on Escape.
func (f *PathField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.escape()
		return
	}
	f.Entry.TypedKey(k)
}

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
