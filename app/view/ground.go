// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/render"
)

// SurfaceOpacity is that of the surface of a map at first, 0 to 255: what is in
// it keeps its colour, for which on a dark ground it must be less.
// docs/adr/0022-colours.md has how they were chosen.
const (
	SurfaceOpacity     = 77
	darkSurfaceOpacity = 62
)

// MapColor is the colour of a map that nobody gave another, on a light ground;
// on a dark one it is darkMapColor. Neither has much hue: structures have.
var (
	MapColor     = color.NRGBA{120, 146, 186, SurfaceOpacity}
	darkMapColor = color.NRGBA{216, 228, 246, darkSurfaceOpacity}
)

// IsDark tells whether a ground is a dark one.
func IsDark(ground color.NRGBA) bool {
	return 3*int(ground.R)+6*int(ground.G)+int(ground.B) < 1280
}

// OnGround returns the colour of a map as it is on a ground: that of a map that
// nobody gave another is as the ground wants it. An opacity that was chosen stays.
func OnGround(c color.NRGBA, dark bool) color.NRGBA {
	is := func(d color.NRGBA) bool { return c.R == d.R && c.G == d.G && c.B == d.B }
	if !is(MapColor) && !is(darkMapColor) {
		return c
	}
	to := MapColor
	if dark {
		to = darkMapColor
	}
	if c.A != SurfaceOpacity && c.A != darkSurfaceOpacity {
		to.A = c.A
	}
	return to
}

// Restyle draws a map in another way, with the opacity that suits it: of all
// styles only surfaces let what is behind them be seen.
func (m *Map) Restyle(s render.MapStyle) {
	m.Style, m.Transfer, m.Color.A = s, nil, 255
	if s == render.Surface {
		m.Color.A = SurfaceOpacity
	}
}

// ColorOf returns the colour of an accepted placement where atoms are coloured in
// some way. Where the map is painted in the colours of copies, they have them too.
func ColorOf(p *palette.Palette, a *document.Accepted, c render.Coloring, painted bool) color.NRGBA {
	if c == render.Uniform && !painted {
		return p.Structure(a.Structure)
	}
	return p.Accepted(a)
}
