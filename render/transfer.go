// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"

	"difffit/render/internal/gl"
)

// tableSize is how many densities a transfer function is tabulated at.
const tableSize = 512

// cloudParts is the longest edge of a map over the length that the opacities
// of a transfer function are meant for.
const cloudParts = 50

// stops returns the transfer function of a volume, that which follows its
// level and colour if it has none.
func (v *Volume) stops(m *field) []Stop {
	if len(v.Transfer) > 1 {
		return v.Transfer
	}
	s := m.colours
	return DefaultTransfer(v.Style, v.Level, v.Color, s.Low, m.ground, s.Low+s.Range)
}

// DefaultTransfer returns the transfer function that a map of a style has if
// it is given none: it follows the level and the colour. Low and high are the
// least and the greatest density, ground is that of most voxels, which are seen
// through if they are below the level.
func DefaultTransfer(style MapStyle, level float32, c color.NRGBA, low, ground, high float32) []Stop {
	level = min(max(level, low+0.001*(high-low)), high-0.001*(high-low))
	if !(ground > low && ground < level) {
		ground = low
	}
	below, above := level-ground, high-level
	faint, strong := c, brighter(c, 0.4)
	switch style {
	case Slices:
		black, white := color.NRGBA{A: 255}, color.NRGBA{255, 255, 255, 255}
		return []Stop{{max(low, level-1.5*above, ground-below), black}, {level, brighter(c, 0)}, {level + 0.7*above, white}}
	case Projection:
		faint.A, c.A, strong.A = 0, 200, 255
		return []Stop{{level - 0.4*min(above, below), faint}, {level, c}, {level + 0.6*above, strong}}
	default:
		faint.A, c.A, strong.A = 0, 22, 130
		return []Stop{{level - 0.3*min(above, below), faint}, {level, c}, {level + 0.6*above, strong}}
	}
}

// brighter returns a colour on the way to white, opaque.
func brighter(c color.NRGBA, part float64) color.NRGBA {
	up := func(x uint8) uint8 { return x + uint8(part*float64(255-x)) }
	return color.NRGBA{up(c.R), up(c.G), up(c.B), 255}
}

// table returns colours and opacities between the first and the last stop;
// opacities are raised to that of so many lengths that they are meant for.
func table(stops []Stop, lengths float64) []float32 {
	first, last := stops[0].Density, stops[len(stops)-1].Density
	data := make([]float32, 0, 4*tableSize)
	k := 0
	for i := range tableSize {
		d := first + (last-first)*float32(i)/(tableSize-1)
		for k+2 < len(stops) && d > stops[k+1].Density {
			k++
		}
		a, b := stops[k], stops[k+1]
		f := 1.0
		if b.Density > a.Density {
			f = min(max(float64((d-a.Density)/(b.Density-a.Density)), 0), 1)
		}
		mix := func(x, y uint8) float64 { return (float64(x) + f*(float64(y)-float64(x))) / 255 }
		opacity := 1 - math.Pow(1-mix(a.Color.A, b.Color.A), lengths)
		data = append(data, float32(mix(a.Color.R, b.Color.R)), float32(mix(a.Color.G, b.Color.G)),
			float32(mix(a.Color.B, b.Color.B)), float32(opacity))
	}
	return data
}

// setTransfer gives a program the table of a volume, in a texture that was
// bound; lengths as of table.
func (m *field) setTransfer(g *gl.API, p *program, v *Volume, id uint32, lengths float64) {
	stops := v.stops(m)
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture2D, id)
	g.TexImage2D(gl.Texture2D, gl.RGBA32F, tableSize, 1, gl.RGBA, gl.Float)
	g.TexSubImage2D(gl.Texture2D, tableSize, 1, table(stops, lengths))
	g.TexParameteri(gl.Texture2D, gl.MinFilter, gl.Linear)
	g.TexParameteri(gl.Texture2D, gl.MagFilter, gl.Linear)
	g.TexParameteri(gl.Texture2D, gl.WrapS, gl.ClampToEdge)
	g.TexParameteri(gl.Texture2D, gl.WrapT, gl.ClampToEdge)
	p.vec2("span", float64(m.scale.Position(stops[0].Density)), float64(m.scale.Position(stops[len(stops)-1].Density)))
}
