// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// A selector is a Select in a dialog, a checkbox a Check: a widget that has the
// focus takes the keys from the window; these leave Escape to the dialog.
type selector struct {
	widget.Select
	onEscape func()
}

func newSelector(options []string, onEscape func()) *selector {
	s := &selector{onEscape: onEscape}
	s.Options = options
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey is told about a key.
func (s *selector) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		s.onEscape()
		return
	}
	s.Select.TypedKey(k)
}

type checkbox struct {
	widget.Check
	onEscape func()
}

func newCheckbox(text string, changed func(bool), onEscape func()) *checkbox {
	c := &checkbox{onEscape: onEscape}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey is told about a key.
func (c *checkbox) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		c.onEscape()
		return
	}
	c.Check.TypedKey(k)
}
