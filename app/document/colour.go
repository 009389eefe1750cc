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

// acceptedColours are those of accepted placements, as indices of colours: not
// the grey, which is hard to tell from what none of them explains.
var acceptedColours = [...]int{0, 1, 2, 3, 5}

// AcceptedColour is the colour of the i-th accepted placement where the map is
// coloured by them: copies of one structure differ.
func AcceptedColour(i int) color.NRGBA {
	n := len(acceptedColours)
	c := Colour(acceptedColours[i%n])
	if round := i / n % 3; round > 0 { // the same hues, darker
		dim := func(x uint8) uint8 { return uint8(int(x) * (10 - 3*round) / 10) }
		c = color.NRGBA{dim(c.R), dim(c.G), dim(c.B), c.A}
	}
	return c
}

// Colour returns the colour of t, wherever it is seen.
func (t *Structure) Colour() color.NRGBA { return Colour(t.ID - 1) }

// ColourOf returns the colour of the i-th accepted placement: that of its
// structure or, where the map is coloured by placements, that of its density.
func (s State) ColourOf(i int, painted bool) color.NRGBA {
	t := s.Structure(s.Accepted[i].Structure)
	if painted || t == nil {
		return AcceptedColour(i)
	}
	return t.Colour()
}
