// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"difffit/render"
)

var (
	_ fyne.Draggable      = (*Viewport)(nil)
	_ fyne.Scrollable     = (*Viewport)(nil)
	_ fyne.DoubleTappable = (*Viewport)(nil)
	_ fyne.Focusable      = (*Viewport)(nil)
	_ fyne.Shortcutable   = (*Viewport)(nil)
	_ desktop.Mouseable   = (*Viewport)(nil)
	_ desktop.Hoverable   = (*Viewport)(nil)
	_ desktop.Cursorable  = (*Viewport)(nil)
)

// Measures of the gestures.
const (
	turnPerEdge  = math.Pi // radians for a drag over the shorter edge
	rim          = 0.85    // of half the shorter edge: outside, a drag rolls
	turnPerKey   = math.Pi / 36
	zoomPerNotch = 1.15
	zoomPerEdge  = 3.0 // of the logarithm, for a drag over the shorter edge
	notch        = 25  // of ScrollEvent for one notch of a wheel
	panPerTurn   = 0.5 // heights of the picture for a radian
)

// A gesture is what the mouse does between press and release.
type gesture struct {
	button  desktop.MouseButton
	keys    fyne.KeyModifier
	does    action
	from    fyne.Position // where the button was pressed
	last    fyne.Position // where the pointer was last, with the right button
	dragged bool
	strip   stripPart // of the slab, if that is held
	ball    ballPart  // of the ball, if that is held
	throw   throw
}

// clickMoves is how far the pointer may move while the right button is pressed
// and let go, for that to be a click.
const clickMoves = 3

// MouseDown begins a gesture.
func (v *Viewport) MouseDown(e *desktop.MouseEvent) {
	v.focus()
	v.pointer.leave()
	v.overlay.say("", e.Position, v.Size()) // what was under the pointer may go elsewhere
	v.endModelDrag()                        // whose end was not seen
	v.gesture.button, v.gesture.keys = e.Button, e.Modifier
	v.gesture.does = v.does(e.Button, e.Modifier)
	if rolling := map[action]action{turns: rolls, turnsModel: rollsModel}; v.onRim(e.Position) {
		if r, ok := rolling[v.gesture.does]; ok {
			v.gesture.does = r
		}
	}
	v.gesture.from, v.gesture.last = e.Position, e.Position
	v.gesture.strip, v.gesture.ball, v.gesture.throw = noPart, noBall, throw{}
	if e.Button == left {
		v.gesture.strip = v.overlay.strip.part(v, e.Position)
	}
	if e.Button == left && e.Modifier == 0 && v.gesture.strip == noPart {
		v.gesture.ball = v.ballPart(e.Position)
	}
	v.gesture.dragged = v.gesture.strip != noPart || v.gesture.ball != noBall // a click there picks nothing
	v.stopFlight()
}

// stopFlight ends what moves the camera by itself.
func (v *Viewport) stopFlight() {
	if v.flight != nil {
		v.flight.Stop()
		v.flight = nil
	}
}

// MouseUp ends a gesture. If the pointer did not move it was a click.
func (v *Viewport) MouseUp(e *desktop.MouseEvent) {
	v.endModelDrag()
	button, click, held := v.gesture.button, !v.gesture.dragged && v.gesture.keys == 0, v.gesture.keys
	v.gesture.button = 0
	switch {
	case !v.gesture.dragged && held != 0 && button == left && v.OnPickWith != nil:
		hit, ok := v.hit(e.Position)
		v.OnPickWith(hit, ok, held)
	case !click:
	case button == left && v.OnPick != nil:
		v.OnPick(v.hit(e.Position))
	case button == right && v.OnMenu != nil:
		hit, ok := v.hit(e.Position)
		v.OnMenu(hit, ok, e.AbsolutePosition)
	case button == middle && v.mouse().centers:
		if hit, ok := v.hit(e.Position); ok {
			v.centre(hit)
		}
	}
}

// centre makes a place the centre of view.
func (v *Viewport) centre(hit render.Hit) {
	c := v.camera
	c.Target = hit.Position
	v.fly(c)
}

// Dragged turns, rolls or moves the scene, as the gesture began.
func (v *Viewport) Dragged(e *fyne.DragEvent) {
	v.gesture.dragged = true
	before := fyne.NewPos(e.Position.X-e.Dragged.DX, e.Position.Y-e.Dragged.DY)
	v.gesture.throw.note(time.Now(), float64(e.Dragged.DX), float64(e.Dragged.DY))
	v.drag(before, e.Position)
}

// DragEnd lets the scene turn on, if people want that. The loop makes the good
// picture when all is at rest.
func (v *Viewport) DragEnd() {
	if v.isModelDrag() {
		v.endModelDrag()
		return
	}
	v.throwing(time.Now())
}

// hasMoved shows what a person has made of the camera, and tells of it.
func (v *Viewport) hasMoved() {
	v.stopFlight()
	v.moved = true
	v.update()
	v.tellCamera()
}

// angle returns the angle of p about the centre, counter-clockwise from the right.
func (v *Viewport) angle(p fyne.Position) float64 {
	size := v.Size()
	return math.Atan2(float64(size.Height/2-p.Y), float64(p.X-size.Width/2))
}

func (v *Viewport) onRim(p fyne.Position) bool {
	size := v.Size()
	r := math.Hypot(float64(p.X-size.Width/2), float64(p.Y-size.Height/2))
	return r > rim*float64(min(size.Width, size.Height))/2
}

// Scrolled zooms about the pointer, changes the slab or the level.
func (v *Viewport) Scrolled(e *fyne.ScrollEvent) {
	// With Shift, wheels scroll to the side.
	notches := float64(e.Scrolled.DY+e.Scrolled.DX) / notch
	factor := math.Pow(zoomPerNotch, min(max(notches, -5), 5))
	keys := v.modifiers()
	if v.ball != nil && keys&shift != 0 && keys&ctrl != 0 {
		v.scaleBall(factor)
		return
	}
	switch v.wheel(keys) {
	case WheelSlabs:
		v.slab(1 / factor)
	case WheelLevels:
		if v.OnLevelWheel != nil {
			v.OnLevelWheel(notches)
		}
	default:
		size := v.Size()
		v.camera.ZoomTo(factor, float64(e.Position.X), float64(e.Position.Y), float64(size.Width), float64(size.Height))
		v.hasMoved()
	}
}

// DoubleTapped makes what is under the pointer the centre of rotation. Where
// there is nothing it shows everything.
func (v *Viewport) DoubleTapped(e *fyne.PointEvent) {
	hit, ok := v.hit(e.Position)
	if !ok {
		v.FrameAll()
		return
	}
	v.centre(hit)
}

// MouseIn reports what is under the pointer.
func (v *Viewport) MouseIn(e *desktop.MouseEvent) {
	v.pointer.over = true
	v.MouseMoved(e)
}

// MouseMoved moves the scene with the right button, for which Fyne has no
// drag, and reports what is under the pointer.
func (v *Viewport) MouseMoved(e *desktop.MouseEvent) {
	if e.Button&desktop.MouseButtonSecondary != 0 && v.gesture.button == desktop.MouseButtonSecondary {
		if d := e.Position.Subtract(v.gesture.from); !v.gesture.dragged && math.Hypot(float64(d.X), float64(d.Y)) < clickMoves {
			return // a hand that clicks is not quite still
		}
		v.gesture.dragged = true
		v.drag(v.gesture.last, e.Position)
		v.gesture.last = e.Position
		return
	}
	if e.Button == 0 {
		v.endModelDrag()
		v.hover(e.Position)
	}
}

// MouseOut forgets what was under the pointer.
func (v *Viewport) MouseOut() {
	if v.gesture.button == right { // whose release outside nobody tells of
		v.endModelDrag()
	}
	v.pointer.leave()
	v.overlay.say("", fyne.Position{}, v.Size())
	if v.OnHover != nil {
		v.OnHover(render.Hit{}, false)
	}
}

// Cursor is a cross while there is something to aim at.
func (v *Viewport) Cursor() desktop.Cursor {
	if c, ok := v.ballCursor(); ok {
		return c
	}
	if v.picture.Visible() {
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}

// FocusGained lets the keys of the viewport work.
func (v *Viewport) FocusGained() {}

// FocusLost is the end of that.
func (v *Viewport) FocusLost() {}

func (v *Viewport) zoom(factor float64) {
	v.camera.Zoom(factor)
	v.hasMoved()
}

// hit returns what a hand that points to a place of the widget means.
func (v *Viewport) hit(p fyne.Position) (render.Hit, bool) {
	size := v.Size()
	return v.picker.PickNear(v.scene, v.camera, float64(p.X), float64(p.Y), float64(size.Width), float64(size.Height))
}

func (v *Viewport) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}
