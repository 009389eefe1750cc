// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"

	"fyne.io/fyne/v2"

	"difffit/app/keys"
)

// histogramKeys are what keys do in the histogram of densities.
var histogramKeys = keys.Map[*histogram]{
	{Names: []fyne.KeyName{fyne.KeyLeft, fyne.KeyDown}, What: "a lower level", Do: nudge(-1)},
	{Names: []fyne.KeyName{fyne.KeyRight, fyne.KeyUp}, What: "a higher level", Do: nudge(1)},
	{Names: []fyne.KeyName{fyne.KeyLeft, fyne.KeyDown}, Shift: true, What: "a little lower: a tenth of that", Do: nudge(-0.1)},
	{Names: []fyne.KeyName{fyne.KeyRight, fyne.KeyUp}, Shift: true, What: "a little higher", Do: nudge(0.1)},
	{Names: []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}, What: "take this level", Do: (*histogram).done},
}

// LevelKeyHelp returns the keys of the contour level and what they do.
func LevelKeyHelp() [][2]string { return histogramKeys.Help() }

// nudge moves the level by pixels.
func nudge(pixels float64) func(*histogram) {
	return func(h *histogram) {
		if h.profile == nil {
			return
		}
		h.moved = true
		h.to(h.level + pixels*(h.hi-h.lo)/math.Max(1, float64(h.Size().Width)))
	}
}

// UsesKey tells whether the histogram has a use for a key.
func (h *histogram) UsesKey(name fyne.KeyName, held fyne.KeyModifier) bool {
	return histogramKeys.Has(name, held)
}

// UsesRune tells that it has none for characters.
func (h *histogram) UsesRune(rune) bool { return false }

// TypedKey moves the level.
func (h *histogram) TypedKey(k *fyne.KeyEvent) {
	held := fyne.KeyModifier(0)
	if h.fine {
		held = fyne.KeyModifierShift
	}
	histogramKeys.Key(h, k.Name, held)
}
