// SPDX-License-Identifier: BSD-3-Clause

package palette

import "image/color"

// Opacities, 0 to 255, of the surface of a map that nobody gave another, on a
// light and on a dark ground: what is in it keeps its colour, for which on a dark
// ground it must be less. docs/adr/0022-colours.md has how they were chosen.
const (
	MapOpacity     = 77
	DarkMapOpacity = 62
)

// Map is the colour of a map that nobody gave another, on a light ground; on a
// dark one it is DarkMap. Neither has much hue: structures have.
var (
	Map     = color.NRGBA{120, 146, 186, MapOpacity}
	DarkMap = color.NRGBA{190, 215, 255, DarkMapOpacity}
)
