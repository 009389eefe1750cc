// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A filterEntry is the field of the filter. Escape clears it and goes back to
// the table, Return and Down go back.
type filterEntry struct {
	widget.Entry
	back func()
}

func newFilterEntry(changed func(string), back func()) *filterEntry {
	e := &filterEntry{back: back}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder("Filter: score>0.3")
	e.OnChanged = changed
	e.OnSubmitted = func(string) { back() }
	clear := widget.NewButtonWithIcon("", theme.CancelIcon(), func() { e.SetText("") })
	clear.Importance = widget.LowImportance
	e.ActionItem = clear
	return e
}

// Written tells whether there is something that undo could take back.
func (e *filterEntry) Written() bool { return e.Text != "" }

// TypedKey goes back to the table.
func (e *filterEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.SetText("")
		e.back()
	case fyne.KeyDown:
		e.back()
	default:
		e.Entry.TypedKey(k)
	}
}
