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
	skip rune // what the key that came here types, too; 0 for none
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

// TypedRune leaves out what the key types that gave the keyboard to the filter.
func (e *filterEntry) TypedRune(r rune) {
	skip := e.skip
	e.skip = 0
	if r != skip || r == 0 {
		e.Entry.TypedRune(r)
	}
}
