// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"image"
	"image/color"
	"image/draw"
	"slices"

	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"difffit/app/marks"
	"difffit/render"
)

// windowHeight is that of the picture in a window of usual size, in its units: words
// and lines have their size in it.
const windowHeight = 720

// Marks draws what lies over a picture that was made from c.
func Marks(m *image.RGBA, c render.Camera, list []marks.Mark) {
	if len(list) == 0 {
		return
	}
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	p := newMarkPage(w, h)
	for _, edge := range []bool{true, false} {
		for _, k := range list {
			for i := 1; i < len(k.Places); i++ {
				p.line(c, k, i, edge)
			}
		}
	}
	var taken []marks.Box
	for _, k := range list {
		if b, ok := p.box(c, k); ok && !slices.ContainsFunc(taken, b.Overlaps) {
			p.words(b, k.Words)
			taken = append(taken, b)
		}
	}
	drawn := p.canvas.Image()
	draw.Draw(m, m.Rect, drawn, drawn.Bounds().Min, draw.Over)
}

// A markPage is what marks are drawn on, with a pixel for a point.
type markPage struct {
	canvas     *vgimg.Canvas
	page       vgdraw.Canvas
	w, h, unit float64
	text       vgdraw.TextStyle
}

func newMarkPage(w, h float64) *markPage {
	p := &markPage{w: w, h: h, unit: h / windowHeight}
	p.canvas = vgimg.NewWith(vgimg.UseWH(vg.Length(w), vg.Length(h)), vgimg.UseDPI(72), vgimg.UseBackgroundColor(color.Transparent))
	p.page = vgdraw.New(p.canvas)
	p.text = words(marks.Ink, vg.Length(max(8, marks.TextSize*p.unit)))
	return p
}

// at returns a place of the page, which counts from the lower left corner.
func (p *markPage) at(x, y float64) vg.Point { return vg.Point{X: vg.Length(x), Y: vg.Length(p.h - y)} }

// line draws the dashes to the i-th place of a mark, or the edge behind them.
func (p *markPage) line(c render.Camera, k marks.Mark, i int, edge bool) {
	x0, y0, ok := marks.Seen(c, k.Places[i-1], p.w, p.h)
	x1, y1, also := marks.Seen(c, k.Places[i], p.w, p.h)
	if !ok || !also {
		return
	}
	style := vgdraw.LineStyle{Color: marks.Line, Width: vg.Length(marks.LineWidth * p.unit)}
	if edge {
		style = vgdraw.LineStyle{Color: marks.Edge, Width: vg.Length(marks.EdgeWidth * p.unit)}
	}
	marks.Dashes(x0, y0, x1, y1, p.unit, func(x0, y0, x1, y1 float64) {
		p.page.StrokeLines(style, []vg.Point{p.at(x0, y0), p.at(x1, y1)})
	})
}

// box returns where the words of a mark are, and whether they are seen.
func (p *markPage) box(c render.Camera, k marks.Mark) (marks.Box, bool) {
	x, y, ok := marks.Seen(c, k.Anchor(), p.w, p.h)
	if !ok || k.Words == "" || x < 0 || y < 0 || x > p.w || y > p.h {
		return marks.Box{}, false
	}
	return marks.BoxAt(x, y, float64(p.text.Width(k.Words)), 1.2*float64(p.text.Font.Size), p.unit), true
}

// words draws the words of a mark on their ground.
func (p *markPage) words(b marks.Box, text string) {
	p.page.FillPolygon(marks.Back, []vg.Point{p.at(b.X, b.Y), p.at(b.X+b.W, b.Y), p.at(b.X+b.W, b.Y+b.H), p.at(b.X, b.Y+b.H)})
	p.page.FillText(p.text, p.at(b.X+marks.PadX*p.unit, b.Y+b.H-(marks.PadY+2.5)*p.unit), text)
}
