// SPDX-License-Identifier: BSD-3-Clause

package document

import "image/color"

// Colours of structures: those of M. Okabe and K. Ito, which the colour-blind
// can tell apart, and a grey; their yellow is darker here, so that it is seen
// on a light ground too. Their orange is left to what is selected.
var colours = [Colours]color.NRGBA{
	{0, 158, 115, 255}, {204, 121, 167, 255}, {200, 180, 20, 255}, {86, 180, 233, 255}, {150, 150, 150, 255}, {0, 114, 178, 255},
}

// Colours is how many there are before the first comes again.
const Colours = 6

// Colour returns the i-th colour of those that structures have in the window,
// in pictures and in reports.
func Colour(i int) color.NRGBA { return colours[i%Colours] }

// Colour returns the colour of t, wherever it is seen.
func (t *Structure) Colour() color.NRGBA { return Colour(t.ID - 1) }
