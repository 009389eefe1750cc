// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"

	"difffit/app/keys"
)

// curveKeys are what keys do in a transfer function.
var curveKeys = keys.Map[*curve]{
	{Names: []fyne.KeyName{fyne.KeyLeft}, What: "the chosen point: a lower density", Do: shift(-1)},
	{Names: []fyne.KeyName{fyne.KeyRight}, What: "a higher density", Do: shift(1)},
	{Names: []fyne.KeyName{fyne.KeyUp}, What: "more opaque", Do: fade(1)},
	{Names: []fyne.KeyName{fyne.KeyDown}, What: "less opaque", Do: fade(-1)},
	{Names: []fyne.KeyName{fyne.KeyPageUp}, What: "choose the point before", Do: func(c *curve) { c.choose(max(c.chosen-1, 0)) }},
	{Names: []fyne.KeyName{fyne.KeyPageDown}, What: "choose the next point", Do: func(c *curve) { c.choose(min(c.chosen+1, len(c.stops)-1)) }},
	{Names: []fyne.KeyName{fyne.KeyDelete, fyne.KeyBackspace}, What: "take the point away", Do: func(c *curve) { c.remove(c.chosen) }},
}

// CurveKeyHelp returns the keys of a transfer function and what they do, and
// what the mouse does there.
func CurveKeyHelp() [][2]string {
	return append(curveKeys.Help(), [2]string{"double click, right click", "make a point, take it away"})
}

// shift moves the chosen point by pixels.
func shift(pixels float64) func(*curve) {
	return func(c *curve) {
		s := c.stops[c.chosen]
		c.moved = true
		c.move(s.Density+pixels*(c.back.hi-c.back.lo)/float64(max(1, c.Size().Width)), s.Color.A)
	}
}

// fade makes the chosen point more opaque by a sixteenth, or less.
func fade(by int) func(*curve) {
	return func(c *curve) {
		s := c.stops[c.chosen]
		c.moved = true
		alpha := int(s.Color.A)
		c.move(s.Density, uint8(min(max(alpha+by*max(1, alpha/16), 0), 255)))
	}
}

// UsesKey tells whether the curve has a use for a key.
func (c *curve) UsesKey(name fyne.KeyName, held fyne.KeyModifier) bool {
	return curveKeys.Has(name, held)
}

// UsesRune tells that it has none for characters.
func (c *curve) UsesRune(rune) bool { return false }

// TypedKey acts on the chosen point.
func (c *curve) TypedKey(k *fyne.KeyEvent) {
	if _, ok := c.stop(); ok {
		curveKeys.Key(c, k.Name, 0)
	}
}
