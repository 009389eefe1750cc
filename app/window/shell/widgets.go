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

// Spacer is an invisible object that keeps the window from getting smaller.
func Spacer(size fyne.Size) fyne.CanvasObject {
	return container.NewGridWrap(size, container.NewWithoutLayout())
}
