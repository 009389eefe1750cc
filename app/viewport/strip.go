// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render"
)

// A strip shows the slab from the side while there is one: at the right edge
// of the picture, what is near below and what is far above. Its ends and its
// middle are dragged.
type strip struct {
	track, slab *canvas.Rectangle
	ends        [2]*canvas.Rectangle // front, back
}

// Measures of the strip, in units of Fyne.
const (
	stripWide  = 12
	stripEdge  = 10 // from the edge of the picture
	stripAbove = 60 // to the corners
	stripReach = 9  // of its ends
	endHigh    = 5
)

// A stripPart is what of the strip is held.
type stripPart uint8

const (
	noPart stripPart = iota
	frontEnd
	backEnd
	wholeSlab
)

func newStrip() *strip {
	s := &strip{track: canvas.NewRectangle(color.Black), slab: canvas.NewRectangle(color.Black)}
	s.track.CornerRadius, s.slab.CornerRadius = 3, 2
	for i := range s.ends {
		s.ends[i] = canvas.NewRectangle(color.Black)
		s.ends[i].CornerRadius = 2
	}
	for _, x := range s.objects() {
		x.Hide()
	}
	return s
}

func (s *strip) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.track, s.slab, s.ends[0], s.ends[1]}
}

func (s *strip) recolour() {
	s.track.FillColor = theme.Color(theme.ColorNameInputBackground)
	s.slab.FillColor = theme.Color(theme.ColorNamePrimary)
	for _, e := range s.ends {
		e.FillColor = theme.Color(theme.ColorNameForeground)
	}
	for _, x := range s.objects() {
		x.Refresh()
	}
}

// depths returns how far from the centre of view, in ångström, the strip
// reaches before and behind.
func (v *Viewport) depths() float64 {
	if v.reachOf == v.scene { // looking at a whole map takes its time
		return v.reach
	}
	v.reach, v.reachOf = v.camera.Height()/2, v.scene
	if lo, hi, ok := render.Bounds(v.scene); ok {
		v.reach = r3.Norm(r3.Sub(hi, lo)) / 2
	}
	v.reach = max(v.reach, 1)
	return v.reach
}

// stripY returns where a depth behind the centre of view is on the strip.
func (v *Viewport) stripY(depth float64) float32 {
	h := v.Size().Height
	part := min(max(depth/v.depths(), -1), 1)
	return h/2 - float32(part)*(h/2-stripAbove)
}

// arrange puts the strip where the slab wants it.
func (s *strip) arrange(v *Viewport, seen bool) {
	c, size := v.camera, v.Size()
	if !seen || c.Front == 0 && c.Back == 0 || size.Height < 3*stripAbove {
		for _, x := range s.objects() {
			x.Hide()
		}
		return
	}
	x := size.Width - stripEdge - stripWide
	put := func(r *canvas.Rectangle, from, to, grow float32) {
		r.Move(fyne.NewPos(x-grow, from))
		r.Resize(fyne.NewSize(stripWide+2*grow, max(to-from, 1)))
		r.Show()
	}
	front, back := v.stripY(-c.Front), v.stripY(c.Back)
	put(s.track, stripAbove, size.Height-stripAbove, 0)
	put(s.slab, back, front, -2)
	put(s.ends[0], front-endHigh/2, front+endHigh/2+1, 2)
	put(s.ends[1], back-endHigh/2, back+endHigh/2+1, 2)
}

// part returns what of the strip is at a place.
func (s *strip) part(v *Viewport, p fyne.Position) stripPart {
	x := v.Size().Width - stripEdge - stripWide
	if !s.track.Visible() || p.X < x-4 || p.X > x+stripWide+4 {
		return noPart
	}
	front, back := v.stripY(-v.camera.Front), v.stripY(v.camera.Back)
	near := func(y float32) float32 { return max(p.Y-y, y-p.Y) }
	switch {
	case near(front) <= stripReach && near(front) <= near(back):
		return frontEnd
	case near(back) <= stripReach:
		return backEnd
	case p.Y > back && p.Y < front:
		return wholeSlab
	}
	return noPart
}

// leastSlab is how thin a slab can be, ångström.
const leastSlab = 0.5

// dragStrip moves what is held of the strip.
func (v *Viewport) dragStrip(dy float32) {
	c := &v.camera
	h := v.Size().Height
	if h <= 2*stripAbove {
		return
	}
	depth := -float64(dy/(h/2-stripAbove)) * v.depths() // upwards is away
	switch v.gesture.strip {
	case frontEnd:
		c.Front = max(c.Front-depth, leastSlab-c.Back)
	case backEnd:
		c.Back = max(c.Back+depth, leastSlab-c.Front)
	case wholeSlab:
		c.Front, c.Back = c.Front-depth, c.Back+depth
	}
	v.hasMoved()
}
