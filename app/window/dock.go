// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/window/room"
)

// The keys of preferences about the room in the window.
const (
	keyDockWidth  = "window.dock" // units of Fyne; 0 for the usual one
	keyDockAway   = "window.picture"
	keySideOffset = "window.side" // part of the dock that the table has
)

// firstSideOffset is the part of the dock that the table has at first.
const firstSideOffset = 0.5

// newDock puts the table and the panels beside the picture, as they were left.
func (w *window) newDock(picture fyne.CanvasObject) {
	p := w.App.Preferences()
	w.side = container.NewVSplit(w.table.Results, w.Tabs)
	w.side.Offset = min(max(p.FloatWithFallback(keySideOffset, firstSideOffset), 0), 1)
	w.dock = room.NewDock(picture, w.side)
	w.dock.Set(float32(max(0, p.Float(keyDockWidth))), p.Bool(keyDockAway))
	w.dock.OnChange = func(width float32, away bool) {
		p.SetFloat(keyDockWidth, float64(width))
		p.SetBool(keyDockAway, away)
		if away {
			w.Canvas().Unfocus() // what is not seen takes no keys
		}
		w.enable()
	}
	w.OnPanel = func() {
		w.setAlone(false)
		if w.dock.Away() {
			w.dock.Toggle()
		}
	}
}

// frameHeight is about what the frame of a window has of a screen, in pixels.
const frameHeight = 30

// within returns a size that a window has on a screen at a scale: the one that is
// wanted, or what there is. screen returns the pixels of the screen, 0 where
// nobody knows them.
func within(wanted fyne.Size, scale float32, screen func() (width, height int)) fyne.Size {
	width, height := screen()
	if width <= 0 || height <= frameHeight || scale <= 0 {
		return wanted
	}
	return wanted.Min(fyne.NewSize(float32(width)/scale, float32(height-frameHeight)/scale))
}

// keepRoom keeps how the room was shared.
func (w *window) keepRoom() { w.App.Preferences().SetFloat(keySideOffset, w.side.Offset) }

// pictureOnly is the item that shows the picture alone.
func (m *menus) pictureOnly(w *window) *fyne.MenuItem {
	i := w.act(actAlone)
	m.choices = append(m.choices, choice{i, func(w *window) bool { return w.alone.on }})
	return i
}

// focusFilter gives the keyboard to the filter of the table. Where there are no
// rows, a path is being written into nothing (ADR 0025).
func (w *window) focusFilter() {
	if _, rows := w.table.Results.Rows(); rows == 0 {
		w.Say("There is nothing to filter yet")
		return
	}
	w.OnPanel()
	w.table.Results.FocusFilter()
}
