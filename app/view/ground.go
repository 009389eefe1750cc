// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/render"
)

// OnGround returns the colour of a map as it is on a ground: that of a map that
// nobody gave another is as the ground wants it. An opacity that was chosen stays.
func OnGround(c color.NRGBA, dark bool) color.NRGBA {
	is := func(d color.NRGBA) bool { return c.R == d.R && c.G == d.G && c.B == d.B }
	if !is(palette.Map) && !is(palette.DarkMap) {
		return c
	}
	to := palette.Map
	if dark {
		to = palette.DarkMap
	}
	if c.A != palette.MapOpacity && c.A != palette.DarkMapOpacity {
		to.A = c.A
	}
	return to
}

// Restyle draws a map in another way, with the opacity that suits it: of all
// styles only surfaces let what is behind them be seen.
func (m *Map) Restyle(s render.MapStyle) {
	m.Style, m.Transfer, m.Color.A = s, nil, 255
	if s == render.Surface {
		m.Color.A = palette.MapOpacity
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
