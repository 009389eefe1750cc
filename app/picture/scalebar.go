// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"difffit/render"
)

// Parts of a picture's height that a scale bar takes.
const (
	barMost   = 0.25  // of the width: length of the bar at most
	barThick  = 0.006 // of the height
	barText   = 0.032
	barMargin = 0.03
)

// ScaleBar draws a bar with its length in ångström into the lower right corner
// of a picture that was made from c: the length at the centre of view, which
// in parallel projection is that everywhere. It is black or white, as the
// background asks for.
func ScaleBar(m *image.RGBA, c render.Camera, background color.NRGBA) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	angstrom := c.Height() / float64(h) // for a pixel
	length := round125(barMost * float64(w) * angstrom)
	ink := color.NRGBA{A: 255}
	if background.A != 0 && luminance(background) < 0.5 {
		ink = color.NRGBA{255, 255, 255, 255}
	}
	margin, thick := int(barMargin*float64(h)), max(1, int(barThick*float64(h)))
	width := int(math.Round(length / angstrom))
	bar := image.Rect(w-margin-width, h-margin-thick, w-margin, h-margin)
	draw.Draw(m, bar, image.NewUniform(ink), image.Point{}, draw.Src)

	label := fmt.Sprintf("%g Å", length)
	size := vg.Length(max(8, barText*float64(h)))
	style := words(ink, size)
	style.XAlign = text.XCenter
	// A canvas of 72 points to the inch has a pixel for a point.
	canvas := vgimg.NewWith(vgimg.UseWH(vg.Length(w), vg.Length(2*size)), vgimg.UseDPI(72), vgimg.UseBackgroundColor(color.Transparent))
	page := vgdraw.New(canvas)
	page.FillText(style, vg.Point{X: vg.Length(bar.Min.X+bar.Max.X) / 2, Y: size / 2}, label)
	drawn := canvas.Image()
	at := image.Pt(0, bar.Min.Y-drawn.Bounds().Dy()+int(size/4))
	draw.Draw(m, drawn.Bounds().Add(at), drawn, drawn.Bounds().Min, draw.Over)
}

// words returns how words of a size, in pixels, are written.
func words(ink color.Color, size vg.Length) text.Style {
	style := text.Style{Color: ink, Font: font.From(plot.DefaultFont, size), Handler: plot.DefaultTextHandler, YAlign: text.YBottom}
	style.Font.Variant = "Sans"
	return style
}

// luminance returns how bright a colour is, 0 to 1 (ITU-R BT.601).
func luminance(c color.NRGBA) float64 {
	return (0.299*float64(c.R) + 0.587*float64(c.G) + 0.114*float64(c.B)) / 255
}

// round125 returns the largest of 1, 2 and 5 times a power of ten up to x.
func round125(x float64) float64 {
	if !(x > 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, k := range [2]float64{5, 2} {
		if k*power <= x {
			return k * power
		}
	}
	return power
}
