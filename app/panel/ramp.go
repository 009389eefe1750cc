// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"
	"math"
)

// between returns a colour of an even ramp.
func between(ramp []color.NRGBA, part float64) color.NRGBA {
	if !(part > 0) {
		return ramp[0]
	}
	x := min(part, 1) * float64(len(ramp)-1)
	i := min(int(x), len(ramp)-2)
	k := x - float64(i)
	mixed := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + k*(float64(b)-float64(a)))) }
	a, b := ramp[i], ramp[i+1]
	return color.NRGBA{mixed(a.R, b.R), mixed(a.G, b.G), mixed(a.B, b.B), 255}
}

// pointColours go from bad to good through colours that grow lighter evenly and
// that the colour-blind can tell apart: viridis (S. van der Walt and N. Smith,
// 2015) without its darkest part, which could not be seen on a dark ground.
var pointColours = []color.NRGBA{{112, 128, 208, 255}, {52, 160, 172, 255}, {94, 201, 98, 255}, {253, 231, 37, 255}}

// PointColours returns the colours of bars and of points in a picture from
// worst to best, evenly spaced.
func PointColours() []color.NRGBA { return pointColours }

// pointColour returns the colour of a value, 0 for the worst and 1 for the best.
func pointColour(part float64) color.NRGBA { return between(pointColours, part) }

// pinColours are those of pinned placements, told apart also by the
// colour-blind (M. Okabe and K. Ito, with two more).
var pinColours = [8]color.NRGBA{
	{230, 159, 0, 255},
	{86, 180, 233, 255},
	{0, 158, 115, 255},
	{240, 228, 66, 255},
	{204, 121, 167, 255},
	{213, 94, 0, 255},
	{0, 114, 178, 255},
	{153, 153, 153, 255},
}

// PinColour returns the colour of the i-th pinned placement, from 0.
func PinColour(i int) color.NRGBA { return pinColours[i%len(pinColours)] }
