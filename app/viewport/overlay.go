// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fmt"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// Measures of what lies over the picture, in units of Fyne.
const (
	axisLength  = 26
	overlayEdge = 14 // from the corner of the picture
	barMost     = 0.22
	hoverText   = 12
	hoverRest   = 150 * time.Millisecond // before words about what is under the pointer appear
)

// axisColours are those of x, y and z.
var axisColours = [3]color.NRGBA{{220, 70, 60, 255}, {60, 160, 70, 255}, {70, 110, 225, 255}}

// An overlay is what lies over the picture: axes, a scale bar, the slab from
// the side, and words about what is under the pointer.
type overlay struct {
	axes   [3]*canvas.Line
	names  [3]*canvas.Text
	bar    *canvas.Line
	length *canvas.Text
	back   *canvas.Rectangle
	words  *canvas.Text
	strip  *strip
	ball   *ballHandles
	mode   *modeWords
	marks  *markLayer
}

func newOverlay() *overlay {
	o := &overlay{bar: canvas.NewLine(color.Black), length: canvas.NewText("", color.Black), back: canvas.NewRectangle(color.White), words: canvas.NewText("", color.Black), strip: newStrip(), ball: newBallHandles(), mode: newModeWords(), marks: &markLayer{}}
	for i := range o.axes {
		o.axes[i], o.names[i] = canvas.NewLine(axisColours[i]), canvas.NewText(string("xyz"[i]), axisColours[i])
		o.axes[i].StrokeWidth, o.names[i].TextSize = 2, hoverText
	}
	o.bar.StrokeWidth, o.length.TextSize, o.words.TextSize, o.back.CornerRadius = 3, hoverText, hoverText, 3
	for _, x := range o.objects() {
		x.Hide()
	}
	return o
}

func (o *overlay) objects() []fyne.CanvasObject {
	list := append(o.marks.objects(), o.ball.rim, o.ball.knob, o.bar, o.length)
	list = append(list, o.strip.objects()...)
	for i := range o.axes {
		list = append(list, o.axes[i], o.names[i])
	}
	return append(list, o.mode.back, o.mode.text, o.back, o.words)
}

// recolour takes the colours of the theme, and for what lies on the picture
// itself one that is seen on its background.
func (o *overlay) recolour(behind color.NRGBA) {
	o.words.Color = theme.Color(theme.ColorNameForeground)
	on := color.NRGBA{A: 255}
	if 299*int(behind.R)+587*int(behind.G)+114*int(behind.B) < 128_000 { // ITU-R BT.601
		on = color.NRGBA{255, 255, 255, 255}
	}
	o.bar.StrokeColor, o.length.Color = on, on
	o.back.FillColor = theme.Color(theme.ColorNameOverlayBackground)
	o.strip.recolour()
	for _, x := range []fyne.CanvasObject{o.bar, o.length, o.words, o.back} {
		x.Refresh()
	}
}

// arrange puts everything where the camera wants it.
func (o *overlay) arrange(v *Viewport) {
	seen := v.hasContent() && v.fault == nil && v.Size().Height > 0
	o.arrangeAxes(v, seen && v.Axes)
	o.arrangeBar(v, seen && v.ScaleBar)
	o.strip.arrange(v, seen)
	o.ball.arrange(v)
	o.mode.arrange(v)
	o.marks.arrange(v)
}

func (o *overlay) arrangeAxes(v *Viewport, seen bool) {
	turn := geom.NewRigid(v.camera.Rotation, r3.Vec{}).Inverse()
	corner := fyne.NewPos(overlayEdge+axisLength, v.Size().Height-overlayEdge-axisLength)
	for i, axis := range [3]r3.Vec{{X: 1}, {Y: 1}, {Z: 1}} {
		if !seen {
			o.axes[i].Hide()
			o.names[i].Hide()
			continue
		}
		d := turn.Rotate(axis)
		at := func(length float64) fyne.Position {
			return corner.Add(fyne.NewPos(float32(d.X*length), float32(-d.Y*length)))
		}
		o.axes[i].Position1, o.axes[i].Position2 = corner, at(axisLength)
		size := o.names[i].MinSize()
		o.names[i].Resize(size)
		o.names[i].Move(at(axisLength+8).SubtractXY(size.Width/2, size.Height/2))
		o.axes[i].Show()
		o.names[i].Show()
		o.axes[i].Refresh()
	}
}

func (o *overlay) arrangeBar(v *Viewport, seen bool) {
	if !seen {
		o.bar.Hide()
		o.length.Hide()
		return
	}
	size := v.Size()
	angstrom := v.camera.Height() / float64(size.Height) // for a unit, at the centre of view
	length := round125(barMost * float64(size.Width) * angstrom)
	width := float32(length / angstrom)
	y := size.Height - overlayEdge
	o.bar.Position1, o.bar.Position2 = fyne.NewPos(size.Width-overlayEdge-width, y), fyne.NewPos(size.Width-overlayEdge, y)
	o.length.Text = fmt.Sprintf("%g Å", length)
	text := o.length.MinSize()
	o.length.Resize(text)
	o.length.Move(fyne.NewPos(size.Width-overlayEdge-width/2-text.Width/2, y-text.Height-3))
	o.bar.Show()
	o.length.Show()
	o.bar.Refresh()
	o.length.Refresh()
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

// say shows words beside a place; "" hides them.
func (o *overlay) say(words string, at fyne.Position, size fyne.Size) {
	if words == "" {
		o.back.Hide()
		o.words.Hide()
		return
	}
	o.words.Text = words
	text := o.words.MinSize()
	box := text.AddWidthHeight(10, 6)
	p := at.AddXY(14, 14)
	p.X, p.Y = max(0, min(p.X, size.Width-box.Width)), min(p.Y, size.Height-box.Height)
	o.back.Resize(box)
	o.back.Move(p)
	o.words.Resize(text)
	o.words.Move(p.AddXY(5, 3))
	o.back.Show()
	o.words.Show()
	o.words.Refresh()
}

// A pointer is where the pointer rests.
type pointer struct {
	timer *time.Timer
	over  bool // the picture
	at    fyne.Position
}

func (p *pointer) leave() {
	p.over = false
	p.stop()
}

func (p *pointer) stop() {
	if p.timer != nil {
		p.timer.Stop()
	}
}

// hover tells what is under the pointer when that has come to rest: looking
// for it takes too long to do it at every place on the way.
func (v *Viewport) hover(at fyne.Position) {
	v.pointer.at = at
	v.overlay.say("", at, v.Size())
	if v.OnHover == nil && v.Describe == nil {
		return
	}
	v.pointer.stop()
	v.pointer.timer = time.AfterFunc(hoverRest, func() { fyne.Do(func() { v.rested(at) }) })
}

func (v *Viewport) rested(at fyne.Position) {
	hit, ok := v.hit(at)
	if v.OnHover != nil {
		v.OnHover(hit, ok)
	}
	if ok && v.Describe != nil {
		v.overlay.say(v.Describe(hit), at, v.Size())
		// Fyne does not know yet on which canvas objects are that it has never
		// painted, and would not paint the words.
		canvas.Refresh(v.picture)
	}
}
