// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/volume"
)

// A Stop is a point of a transfer function, which is linear between points:
// what colour a density has, and how opaque it is.
type Stop struct {
	Density float64
	Color   color.NRGBA // alpha is the opacity
}

// A curve edits a transfer function before the distribution of densities. The
// height of a point is the root of its opacity, for most are small. Points are
// dragged, made by a double click, taken away by the right button or Delete,
// and moved by the arrow keys.
type curve struct {
	widget.BaseWidget
	back    *histogram // whose bars are behind
	stops   []Stop
	chosen  int
	held    bool // the chosen one is dragged
	focused bool
	moved   bool // by keys, not yet told as done
	raster  *canvas.Raster

	onMove   func([]Stop) // while a point moves
	onDone   func([]Stop) // when it has moved
	onChoose func()
}

// Measures of the curve, in units of Fyne.
const (
	curveEdge  = 6 // around it
	pointSize  = 7
	pointReach = 10
	mostStops  = 12
)

func newCurve() *curve {
	c := &curve{back: newHistogram()}
	c.raster = canvas.NewRaster(c.draw)
	c.ExtendBaseWidget(c)
	return c
}

func (c *curve) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.raster) }

// MinSize is enough to aim at a point.
func (c *curve) MinSize() fyne.Size { return fyne.NewSize(160, 84) }

// show sets what is drawn.
func (c *curve) show(p *volume.Profile, stops []Stop) {
	if !c.held {
		c.stops = slices.Clone(stops)
		c.chosen = min(c.chosen, max(len(stops)-1, 0))
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, s := range c.stops {
		least, most = math.Min(least, s.Density), math.Max(most, s.Density)
	}
	c.back.show(p, 0, 0)
	if least <= most {
		c.back.cover(least, most)
	}
	c.raster.Refresh()
}

// stop returns the point that is chosen.
func (c *curve) stop() (Stop, bool) {
	if c.chosen >= len(c.stops) {
		return Stop{}, false
	}
	return c.stops[c.chosen], true
}

// place returns where a point is, in a picture of w by h with an edge.
func (c *curve) place(s Stop, w, h, edge float64) (x, y float64) {
	b := c.back
	x = edge + (s.Density-b.lo)/(b.hi-b.lo)*(w-2*edge)
	y = h - edge - math.Sqrt(float64(s.Color.A)/255)*(h-2*edge)
	return x, y
}

// at returns the density and the opacity of a place of the widget.
func (c *curve) at(p fyne.Position) (density float64, alpha uint8) {
	w, h := float64(c.Size().Width), float64(c.Size().Height)
	b := c.back
	t := math.Max(0, math.Min(1, (float64(p.X)-curveEdge)/math.Max(1, w-2*curveEdge)))
	u := math.Max(0, math.Min(1, (h-curveEdge-float64(p.Y))/math.Max(1, h-2*curveEdge)))
	return b.lo + t*(b.hi-b.lo), uint8(math.Round(255 * u * u))
}

// draw is called with the size in pixels.
func (c *curve) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if w < 2 || h < 2 {
		return img
	}
	c.back.bars(w, h)
	copy(img.Pix, c.back.cached.Pix)
	if c.back.profile == nil || len(c.stops) == 0 {
		return img
	}
	unit := float64(w) / math.Max(1, float64(c.Size().Width))
	edge := curveEdge * unit
	last := h
	for x := range w {
		density := c.back.lo + (float64(x)-edge)/(float64(w)-2*edge)*(c.back.hi-c.back.lo)
		s := c.between(density)
		_, y := c.place(s, float64(w), float64(h), edge)
		top := int(y)
		if s.Color.A == 0 {
			last = h
			continue
		}
		for k := top; k < h; k++ {
			blend(img, x, k, s.Color, 0.55)
		}
		for k := min(top, last); k <= max(top, min(last, h-1)); k++ { // the line, also where it is steep
			blend(img, x, k, color.NRGBAModel.Convert(theme.Color(theme.ColorNameForeground)).(color.NRGBA), 0.8)
		}
		last = top
	}
	for i, s := range c.stops {
		x, y := c.place(s, float64(w), float64(h), edge)
		c.drawPoint(img, int(x), int(y), int(pointSize*unit/2), i)
	}
	return img
}

func (c *curve) drawPoint(img *image.RGBA, x, y, r, i int) {
	rim := opaque(theme.Color(theme.ColorNameForeground))
	if i == c.chosen {
		r++
		if rim = opaque(theme.Color(theme.ColorNamePrimary)); c.focused {
			r++
		}
	}
	s := c.stops[i].Color
	for dy := -r - 1; dy <= r+1; dy++ {
		for dx := -r - 1; dx <= r+1; dx++ {
			p := color.RGBA{s.R, s.G, s.B, 255}
			if max(dx, -dx, dy, -dy) > r-1 {
				p = rim
			}
			img.SetRGBA(x+dx, y+dy, p)
		}
	}
}

// blend puts part of a colour over a pixel.
func blend(img *image.RGBA, x, y int, c color.NRGBA, part float64) {
	p := img.RGBAAt(x, y)
	m := func(a, b uint8) uint8 { return uint8(part*float64(a) + (1-part)*float64(b)) }
	img.SetRGBA(x, y, color.RGBA{m(c.R, p.R), m(c.G, p.G), m(c.B, p.B), 255})
}

// between returns the transfer function at a density: nothing before the first
// point, as after the last beyond it.
func (c *curve) between(density float64) Stop {
	first, last := c.stops[0], c.stops[len(c.stops)-1]
	if density < first.Density {
		return Stop{density, color.NRGBA{}}
	}
	for i := 1; i < len(c.stops); i++ {
		a, b := c.stops[i-1], c.stops[i]
		if density > b.Density {
			continue
		}
		t := 0.0
		if b.Density > a.Density {
			t = (density - a.Density) / (b.Density - a.Density)
		}
		m := func(p, q uint8) uint8 { return uint8(math.Round(float64(p) + t*(float64(q)-float64(p)))) }
		return Stop{density, color.NRGBA{m(a.Color.R, b.Color.R), m(a.Color.G, b.Color.G), m(a.Color.B, b.Color.B), m(a.Color.A, b.Color.A)}}
	}
	return Stop{density, last.Color}
}

// near returns the point close to a place, −1 if there is none.
func (c *curve) near(p fyne.Position) int {
	best, least := -1, float64(pointReach)
	for i, s := range c.stops {
		x, y := c.place(s, float64(c.Size().Width), float64(c.Size().Height), curveEdge)
		if d := math.Hypot(x-float64(p.X), y-float64(p.Y)); d <= least {
			best, least = i, d
		}
	}
	return best
}

// move puts the chosen point somewhere between its neighbours.
func (c *curve) move(density float64, alpha uint8) {
	lo, hi := c.back.lo, c.back.hi
	if c.chosen > 0 {
		lo = c.stops[c.chosen-1].Density
	}
	if c.chosen+1 < len(c.stops) {
		hi = c.stops[c.chosen+1].Density
	}
	s := &c.stops[c.chosen]
	s.Density, s.Color.A = math.Max(lo, math.Min(hi, density)), alpha
	c.tell(c.onMove)
}

func (c *curve) tell(f func([]Stop)) {
	c.raster.Refresh()
	if f != nil {
		f(slices.Clone(c.stops))
	}
}

// choose makes a point the chosen one.
func (c *curve) choose(i int) {
	c.chosen = i
	c.raster.Refresh()
	if c.onChoose != nil {
		c.onChoose()
	}
}

// recolor gives the chosen point a colour.
func (c *curve) recolor(to color.NRGBA) {
	if _, ok := c.stop(); ok {
		to.A = c.stops[c.chosen].Color.A
		c.stops[c.chosen].Color = to
		c.tell(c.onDone)
	}
}

// add makes a point at a place, in the colour that is there.
func (c *curve) add(p fyne.Position) {
	if len(c.stops) == 0 || len(c.stops) >= mostStops {
		return
	}
	density, alpha := c.at(p)
	s := c.between(density)
	if density < c.stops[0].Density {
		s = c.stops[0]
	}
	s.Density, s.Color.A = density, alpha
	i := 0
	for i < len(c.stops) && c.stops[i].Density <= density {
		i++
	}
	c.stops = slices.Insert(c.stops, i, s)
	c.choose(i)
	c.tell(c.onDone)
}

// remove takes a point away; two stay.
func (c *curve) remove(i int) {
	if i < 0 || i >= len(c.stops) || len(c.stops) <= 2 {
		return
	}
	c.stops = slices.Delete(c.stops, i, i+1)
	c.choose(min(i, len(c.stops)-1))
	c.tell(c.onDone)
}

var (
	_ fyne.Draggable         = (*curve)(nil)
	_ fyne.DoubleTappable    = (*curve)(nil)
	_ fyne.SecondaryTappable = (*curve)(nil)
	_ fyne.Focusable         = (*curve)(nil)
	_ desktop.Mouseable      = (*curve)(nil)
)
