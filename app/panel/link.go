// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// A link is a text that is explained when the pointer rests on it, and does
// something when it is clicked on.
type link struct {
	Explained
	do func()
}

var _ fyne.Tappable = (*link)(nil)

func newLink(t *tip, do func()) *link {
	l := &link{Explained: Explained{text: t.explained("", "").text, colour: theme.ColorNameHyperlink, tip: t}, do: do}
	l.ExtendBaseWidget(l)
	l.recolour()
	return l
}

// Tapped does it.
func (l *link) Tapped(*fyne.PointEvent) {
	l.tip.hide()
	l.do()
}

// Cursor tells that it can be pressed.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }
