// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/volume"
)

// A histogram is the slider of the contour level: the distribution of
// densities, drawn with logarithmic heights, before which a bar is dragged.
// Arrow keys move the bar a pixel, with Shift a tenth of one.
type histogram struct {
	widget.BaseWidget
	profile   *volume.Profile
	lo, hi    float64 // densities at the left and right edge
	first     float64 // density of a map of whole numbers,
	step      float64 // and the distance to the next; 0 if it is no such map
	level     float64
	suggested float64
	focused   bool
	fine      bool // Shift is held
	moved     bool // by keys, not yet told as done
	raster    *canvas.Raster
	onMove    func(float64) // while dragged
	onDone    func(float64) // when let go
	onHover   func(on bool) // the pointer comes or goes; nil where nobody wants to know
	cached    *image.RGBA   // bars without the marks
	cacheKey  histogramKey
}

// histogramKey has what the bars depend on.
type histogramKey struct {
	profile     *volume.Profile
	lo, hi      float64
	w, h        int
	bar, ground color.RGBA
}

func newHistogram() *histogram {
	h := &histogram{}
	h.raster = canvas.NewRaster(h.draw)
	h.ExtendBaseWidget(h)
	return h
}

func (h *histogram) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.raster) }

// MinSize is enough to aim at a level.
func (h *histogram) MinSize() fyne.Size { return fyne.NewSize(76, 24) }

// rangeLost is the part of the box's volume whose densities may lie beyond the
// right edge: the few strongest voxels would else take all the room.
const rangeLost = 2e-5

// flatRange is the range of a map without any, as a part of its density.
const flatRange = 1e-3

// show sets what is drawn. The range is that of the map, whatever the level: one
// beyond it is marked at the edge.
func (h *histogram) show(p *volume.Profile, level, suggested float64) {
	h.level, h.suggested = level, suggested
	if p != h.profile {
		h.profile = p
		if p != nil {
			h.lo = math.Max(p.Min, p.Mean-3*p.SD)
			h.hi = p.LevelOfVolume(rangeLost * p.Enclosed(math.Inf(-1)))
			if !(h.hi > h.lo) { // all voxels are the same
				h.lo, h.hi = p.Min, p.Max+max(flatRange*math.Abs(p.Max), math.SmallestNonzeroFloat32)
			}
			h.first, h.step = p.Step(h.lo, h.hi)
		}
	}
	h.raster.Refresh()
}

// cover takes densities into the range that are beyond it.
func (h *histogram) cover(densities ...float64) {
	for _, d := range densities {
		if h.profile != nil && !math.IsNaN(d) {
			h.lo, h.hi = math.Max(h.profile.Min, math.Min(h.lo, d)), math.Min(h.profile.Max, math.Max(h.hi, d))
		}
	}
}

// draw is called with the size in pixels.
func (h *histogram) draw(w, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, height))
	if w < 2 || height < 2 {
		return img
	}
	h.bars(w, height)
	copy(img.Pix, h.cached.Pix)
	if h.profile == nil {
		return img
	}
	mark := func(value float64, c color.Color, thick int) {
		at := math.Max(0, math.Min(1, (value-h.lo)/(h.hi-h.lo)))
		x := int(math.Round(at * float64(w-1)))
		for i := range thick {
			for y := range height {
				img.Set(x-thick/2+i, y, c)
			}
		}
	}
	unit := max(1, int(math.Round(float64(w)/float64(max(1, h.Size().Width)))))
	mark(h.suggested, theme.Color(theme.ColorNameSuccess), unit)
	name := theme.ColorNameForeground
	if h.focused {
		name = theme.ColorNamePrimary
	}
	mark(h.level, theme.Color(name), 3*unit)
	return img
}

// bars draws the distribution once for a size and colours.
func (h *histogram) bars(w, height int) {
	bar := opaque(mix(theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNameBackground), 0.55))
	ground := opaque(theme.Color(theme.ColorNameInputBackground))
	key := histogramKey{h.profile, h.lo, h.hi, w, height, bar, ground}
	if h.cached != nil && key == h.cacheKey {
		return
	}
	img := image.NewRGBA(image.Rect(0, 0, w, height))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = ground.R, ground.G, ground.B, 255
	}
	h.cached, h.cacheKey = img, key
	if h.profile == nil {
		return
	}
	heights, top := h.heights(w), 0.0
	for _, v := range heights {
		top = math.Max(top, v)
	}
	for x, v := range heights {
		n := 0
		if top > 0 { // nor NaN
			n = int(math.Round(v / math.Max(top, 1e-12) * float64(height-3)))
		}
		for y := height - n; y < height; y++ {
			img.SetRGBA(x, y, bar)
		}
	}
}

// mostBars is how many bars a histogram has: with more, the few voxels of the
// highest densities are a comb.
const mostBars = 160

// heights returns those of the bars at w pixels, on a logarithmic scale. Where
// densities are whole numbers, as in maps of 8 bits, each bar has as many of them
// as all others; else the bars would be a comb.
func (h *histogram) heights(w int) []float64 {
	list := make([]float64, w)
	total, pixel := h.profile.Enclosed(math.Inf(-1)), (h.hi-h.lo)/float64(w)
	wide, from := (h.hi-h.lo)/math.Min(float64(w), mostBars), h.lo
	if h.step > 0 {
		wide = h.step * math.Max(1, math.Ceil(wide/h.step))
		from = h.first - h.step/2
	}
	for x := range list {
		bar := math.Floor((h.lo + (float64(x)+0.5)*pixel - from) / wide)
		has := h.profile.Enclosed(from+bar*wide) - h.profile.Enclosed(from+(bar+1)*wide)
		list[x] = math.Log1p(1e6 * math.Max(0, has) / total * pixel / wide)
	}
	return list
}

func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}

// mix returns t parts of a and 1−t of b.
func mix(a, b color.Color, t float64) color.Color {
	p, q := opaque(a), opaque(b)
	m := func(x, y uint8) uint8 { return uint8(t*float64(x) + (1-t)*float64(y)) }
	return color.RGBA{m(p.R, q.R), m(p.G, q.G), m(p.B, q.B), 255}
}

func (h *histogram) move(x float32) {
	if h.profile == nil {
		return
	}
	t := float64(x / max(1, h.Size().Width))
	h.to(h.lo + (h.hi-h.lo)*math.Max(0, math.Min(1, t)))
}

func (h *histogram) to(level float64) {
	h.level = math.Max(h.lo, math.Min(h.hi, level))
	h.raster.Refresh()
	if h.onMove != nil {
		h.onMove(h.level)
	}
}

func (h *histogram) done() {
	h.moved = false
	if h.profile != nil && h.onDone != nil {
		h.onDone(h.level)
	}
}

// MouseDown takes the keyboard and notes whether the step is fine.
func (h *histogram) MouseDown(e *desktop.MouseEvent) {
	h.fine = e.Modifier&fyne.KeyModifierShift != 0
	if c := fyne.CurrentApp().Driver().CanvasForObject(h); c != nil {
		c.Focus(h)
	}
}

// MouseUp is needed beside MouseDown.
func (h *histogram) MouseUp(*desktop.MouseEvent) {}

// Tapped puts the level there.
func (h *histogram) Tapped(e *fyne.PointEvent) {
	h.move(e.Position.X)
	h.done()
}

// Dragged moves the level: to the pointer, or, with Shift, by a tenth of the way.
func (h *histogram) Dragged(e *fyne.DragEvent) {
	if h.fine && h.profile != nil {
		h.to(h.level + (h.hi-h.lo)*float64(e.Dragged.DX/max(1, h.Size().Width))/10)
		return
	}
	h.move(e.Position.X)
}

// DragEnd tells the level as done.
func (h *histogram) DragEnd() { h.done() }

// FocusGained marks the bar.
func (h *histogram) FocusGained() { h.focused = true; h.raster.Refresh() }

// FocusLost tells a level set by keys as done.
func (h *histogram) FocusLost() {
	h.focused = false
	h.raster.Refresh()
	if h.moved {
		h.done()
	}
}

// TypedRune is needed to be focusable.
func (h *histogram) TypedRune(rune) {}

// KeyDown and KeyUp follow Shift.
func (h *histogram) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		h.fine = true
	}
}

// KeyUp ends a step set by keys.
func (h *histogram) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		h.fine = false
	}
	if h.moved {
		h.done()
	}
}

// MouseIn tells that the pointer comes.
func (h *histogram) MouseIn(*desktop.MouseEvent) { h.hover(true) }

// MouseMoved is needed beside MouseIn.
func (h *histogram) MouseMoved(*desktop.MouseEvent) {}

// MouseOut tells that it goes.
func (h *histogram) MouseOut() { h.hover(false) }

func (h *histogram) hover(on bool) {
	if h.onHover != nil {
		h.onHover(on)
	}
}

// Cursor tells that it can be dragged.
func (h *histogram) Cursor() desktop.Cursor { return desktop.HResizeCursor }
