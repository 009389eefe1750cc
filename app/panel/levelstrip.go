// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// levelField is the width of the field of the exact level, in units of Fyne.
const levelField = 78

// levelStrip lays the contour level out in one line: a title, the slider, which
// has what is left, the field, its meaning in as much room as that needs, and a
// button.
func levelStrip(title, slider, field, meaning, button fyne.CanvasObject) fyne.CanvasObject {
	return container.New(stripLayout{}, title, slider, field, meaning, button)
}

type stripLayout struct{}

// Parts of a strip.
const (
	stripTitle = iota
	stripSlider
	stripField
	stripMeaning
	stripButton
)

// Widths of the meaning: enough for "−0.18 σ · 143 kDa", and for " of the rest".
const meaningLeast, meaningMost = 112, 185

// MinSize has the slider at its least.
func (stripLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(levelField+meaningLeast+4*theme.Padding(), 0)
	for i, q := range o {
		least := q.MinSize()
		size.Height = max(size.Height, least.Height)
		if i != stripField && i != stripMeaning {
			size.Width += least.Width
		}
	}
	return size
}

// Layout goes from the right.
func (stripLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	title, button := o[stripTitle].MinSize().Width, o[stripButton].MinSize().Width
	room := size.Width - title - button - levelField - 4*theme.Padding()
	meaning := min(meaningMost, max(meaningLeast, room-o[stripSlider].MinSize().Width))
	x := float32(0)
	for i, width := range []float32{title, room - meaning, levelField, meaning, button} {
		high := o[i].MinSize().Height
		if i == stripSlider {
			high = size.Height
		}
		o[i].Move(fyne.NewPos(x, (size.Height-high)/2))
		o[i].Resize(fyne.NewSize(width, high))
		x += width + theme.Padding()
	}
}
