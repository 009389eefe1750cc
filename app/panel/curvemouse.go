// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// MouseDown chooses the point under the pointer and takes the keyboard.
func (c *curve) MouseDown(e *desktop.MouseEvent) {
	if d := fyne.CurrentApp().Driver().CanvasForObject(c); d != nil {
		d.Focus(c)
	}
	i := c.near(e.Position)
	c.held = i >= 0 && e.Button == desktop.MouseButtonPrimary
	if i >= 0 {
		c.choose(i)
	}
}

// MouseUp lets the point go; where it was dragged, DragEnd tells so.
func (c *curve) MouseUp(*desktop.MouseEvent) {}

// Tapped is needed beside DoubleTapped.
func (c *curve) Tapped(*fyne.PointEvent) { c.held = false }

// DoubleTapped makes a point.
func (c *curve) DoubleTapped(e *fyne.PointEvent) {
	c.held = false
	if c.near(e.Position) < 0 {
		c.add(e.Position)
	}
}

// TappedSecondary takes a point away.
func (c *curve) TappedSecondary(e *fyne.PointEvent) { c.remove(c.near(e.Position)) }

// Dragged moves the point that is held.
func (c *curve) Dragged(e *fyne.DragEvent) {
	if c.held && c.chosen < len(c.stops) {
		c.move(c.at(e.Position))
	}
}

// DragEnd tells where it is now.
func (c *curve) DragEnd() {
	if c.held {
		c.held = false
		c.tell(c.onDone)
	}
}

// FocusGained marks the chosen point.
func (c *curve) FocusGained() { c.focused = true; c.raster.Refresh() }

// FocusLost tells what keys have moved as done.
func (c *curve) FocusLost() {
	c.focused = false
	if c.moved {
		c.moved = false
		c.tell(c.onDone)
	}
	c.raster.Refresh()
}

// TypedRune is needed to be focusable.
func (c *curve) TypedRune(rune) {}

// KeyDown is needed beside KeyUp.
func (c *curve) KeyDown(*fyne.KeyEvent) {}

// KeyUp ends a step set by keys.
func (c *curve) KeyUp(*fyne.KeyEvent) {
	if c.moved {
		c.moved = false
		c.tell(c.onDone)
	}
}

// Cursor tells that there is something to aim at.
func (c *curve) Cursor() desktop.Cursor { return desktop.CrosshairCursor }
