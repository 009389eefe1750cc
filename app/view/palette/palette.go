// SPDX-License-Identifier: BSD-3-Clause

// Package palette has the colours of structures and of accepted placements, the
// same in the window, in pictures and in reports. It knows nothing of how
// anything is drawn.
package palette

import "image/color"

// Colours of structures: those of M. Okabe and K. Ito, which the colour-blind
// can tell apart, and a grey; their yellow is darker here, so that it is seen
// on a light ground too. Their orange is left to what is selected.
var colours = [Colours]color.NRGBA{
	{0, 158, 115, 255}, {204, 121, 167, 255}, {200, 180, 20, 255}, {86, 180, 233, 255}, {150, 150, 150, 255}, {0, 114, 178, 255},
}

// Colours is how many there are before the first comes again.
const Colours = 6

// Colour returns the i-th colour, from 0, of those that structures have.
func Colour(i int) color.NRGBA { return colours[i%Colours] }

// acceptedColours are those of accepted placements, as indices of colours: not
// the grey, which is hard to tell from what none of them explains.
var acceptedColours = [...]int{0, 1, 2, 3, 5}

// Accepted is the colour of the i-th accepted placement where the map is
// coloured by them: copies of one structure differ.
func Accepted(i int) color.NRGBA {
	n := len(acceptedColours)
	c := Colour(acceptedColours[i%n])
	if round := i / n % 3; round > 0 { // the same hues, darker
		dim := func(x uint8) uint8 { return uint8(int(x) * (10 - 3*round) / 10) }
		c = color.NRGBA{dim(c.R), dim(c.G), dim(c.B), c.A}
	}
	return c
}

// Structure returns the colour of the structure with an ID, wherever it is seen.
func Structure(id int) color.NRGBA { return Colour(id - 1) }

// Placement returns the colour of the i-th accepted placement, which is one of
// a structure: that of the structure or, where the map is coloured by
// placements, that of its density.
func Placement(structure, i int, painted bool) color.NRGBA {
	if painted {
		return Accepted(i)
	}
	return Structure(structure)
}
