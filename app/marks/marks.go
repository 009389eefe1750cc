// SPDX-License-Identifier: BSD-3-Clause

// Package marks has what lies over pictures: words and dashed lines at places of the
// scene, and how they are laid out, in the window and in pictures that are saved. It
// draws nothing.
package marks

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render"
)

// A Mark lies over the picture at places of the scene: words at one place, or a
// dashed line through several with the words at its middle. It is seen through
// what is before it; what the slab cuts off has none.
type Mark struct {
	Places []r3.Vec // ångström
	Words  string
}

// Measures of marks, in units of the window.
const (
	LineWidth = 2.2
	EdgeWidth = 4 // of what sets a line off from the picture
	TextSize  = 12
	Beside    = 7 // from a place to its words
	PadX      = 4 // of words, to the left and right
	PadY      = 1

	dashLength = 6
	dashGap    = 4
	mostDashes = 60 // of a line: longer ones have longer dashes
)

// Colours of marks. That of lines is seen, on the dark edge that they have, on maps,
// molecules and any ground.
var (
	Line = color.NRGBA{255, 221, 51, 255}
	Edge = color.NRGBA{25, 25, 25, 190}
	Back = color.NRGBA{25, 25, 25, 175} // of words
	Ink  = color.NRGBA{255, 255, 255, 255}
)

// Seen returns where a place is seen in a picture of w by h, from its upper left
// corner, and whether it is: not behind the eye, and not cut off.
func Seen(c render.Camera, place r3.Vec, w, h float64) (x, y float64, ok bool) {
	x, y, depth := c.Project(place, w, h)
	if !c.Sees(place) || !(depth > 0) || math.IsNaN(x) || math.Abs(x) > 1e5 || math.Abs(y) > 1e5 {
		return 0, 0, false
	}
	return x, y, true
}

// Anchor returns where the words of a mark are: at its one place, in the middle of a
// distance, at the corner of an angle, and in the middle of the line that a torsion
// is about.
func (m Mark) Anchor() r3.Vec {
	n := len(m.Places)
	return r3.Scale(0.5, r3.Add(m.Places[(n-1)/2], m.Places[n/2]))
}

// Dashes calls f for the dashes of a line, in a picture in which a unit of the window
// has so many of its own.
func Dashes(x0, y0, x1, y1, unit float64, f func(x0, y0, x1, y1 float64)) {
	dx, dy := x1-x0, y1-y0
	length := math.Hypot(dx, dy)
	if !(length > unit) {
		return
	}
	step := max((dashLength+dashGap)*unit, length/mostDashes)
	dash := step * dashLength / (dashLength + dashGap)
	for from := 0.0; from < length; from += step {
		to := min(from+dash, length)
		f(x0+dx*from/length, y0+dy*from/length, x0+dx*to/length, y0+dy*to/length)
	}
}

// A Box is where words are, from the upper left corner.
type Box struct{ X, Y, W, H float64 }

// Overlaps tells whether two boxes have a part in common.
func (b Box) Overlaps(c Box) bool {
	return b.X < c.X+c.W && c.X < b.X+b.W && b.Y < c.Y+c.H && c.Y < b.Y+b.H
}

// BoxAt returns where words of a size are that belong to a place, in a picture in
// which a unit of the window has so many of its own.
func BoxAt(x, y, w, h, unit float64) Box {
	b := Box{W: w + 2*PadX*unit, H: h + 2*PadY*unit}
	b.X, b.Y = x+Beside*unit, y-b.H/2
	return b
}
