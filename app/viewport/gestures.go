// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"difffit/render"
)

var (
	_ fyne.Draggable      = (*Viewport)(nil)
	_ fyne.Scrollable     = (*Viewport)(nil)
	_ fyne.DoubleTappable = (*Viewport)(nil)
	_ fyne.Focusable      = (*Viewport)(nil)
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
	notch        = 25  // of ScrollEvent for one notch of a wheel
	panPerTurn   = 0.5 // heights of the picture for a radian
)

// A gesture is what the mouse does between press and release.
type gesture struct {
	button  desktop.MouseButton
	pan     bool
	roll    bool
	from    fyne.Position // where the button was pressed
	last    fyne.Position // where the pointer was last, with the right button
	dragged bool
}

// MouseDown begins a gesture.
func (v *Viewport) MouseDown(e *desktop.MouseEvent) {
	v.focus()
	panKeys := fyne.KeyModifierShift | fyne.KeyModifierControl | fyne.KeyModifierSuper
	v.gesture.button = e.Button
	v.gesture.pan = e.Button != desktop.MouseButtonPrimary || e.Modifier&panKeys != 0
	v.gesture.roll = !v.gesture.pan && v.onRim(e.Position)
	v.gesture.from, v.gesture.last = e.Position, e.Position
	v.gesture.dragged = false
}

// MouseUp ends a gesture. If the pointer did not move it was a click.
func (v *Viewport) MouseUp(e *desktop.MouseEvent) {
	click := v.gesture.button == desktop.MouseButtonPrimary && !v.gesture.dragged && !v.gesture.pan
	v.gesture.button = 0
	if click && v.OnPick != nil {
		v.OnPick(v.hit(e.Position))
	}
}

// Dragged turns, rolls or moves the scene, as the gesture began.
func (v *Viewport) Dragged(e *fyne.DragEvent) {
	v.gesture.dragged = true
	before := fyne.NewPos(e.Position.X-e.Dragged.DX, e.Position.Y-e.Dragged.DY)
	v.drag(before, e.Position)
}

// DragEnd does nothing: the loop makes the good picture when all is at rest.
func (v *Viewport) DragEnd() {}

func (v *Viewport) drag(before, after fyne.Position) {
	size := v.Size()
	edge := float64(min(size.Width, size.Height))
	if edge <= 0 {
		return
	}
	dx, dy := float64(after.X-before.X), float64(after.Y-before.Y)
	switch {
	case v.gesture.pan:
		v.camera.Pan(dx/float64(size.Height), -dy/float64(size.Height))
	case v.gesture.roll:
		v.camera.Roll(v.angle(after) - v.angle(before))
	default:
		v.camera.Orbit(dx/edge*turnPerEdge, dy/edge*turnPerEdge)
	}
	v.hasMoved()
}

// hasMoved shows what a person has made of the camera, and tells of it.
func (v *Viewport) hasMoved() {
	if v.flight != nil {
		v.flight.Stop()
		v.flight = nil
	}
	v.moved = true
	v.update()
	if v.OnCamera != nil {
		v.OnCamera(v.camera)
	}
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

// Scrolled zooms about the pointer, changes the slab if Shift is held, or the
// level if Alt is held or the wheel is for that.
func (v *Viewport) Scrolled(e *fyne.ScrollEvent) {
	// With Shift, wheels scroll to the side.
	notches := float64(e.Scrolled.DY+e.Scrolled.DX) / notch
	keys := v.modifiers()
	if keys&fyne.KeyModifierShift != 0 {
		v.slab(math.Pow(zoomPerNotch, -min(max(notches, -5), 5)))
		return
	}
	if keys&fyne.KeyModifierAlt != 0 || v.Wheel == WheelLevels && keys&fyne.KeyModifierControl == 0 {
		if v.OnLevelWheel != nil {
			v.OnLevelWheel(notches)
		}
		return
	}
	size := v.Size()
	factor := math.Pow(zoomPerNotch, min(max(notches, -5), 5))
	v.camera.ZoomTo(factor, float64(e.Position.X), float64(e.Position.Y), float64(size.Width), float64(size.Height))
	v.hasMoved()
}

// DoubleTapped makes what is under the pointer the centre of rotation. Where
// there is nothing it shows everything.
func (v *Viewport) DoubleTapped(e *fyne.PointEvent) {
	hit, ok := v.hit(e.Position)
	if !ok {
		v.FrameAll()
		return
	}
	c := v.camera
	c.Target = hit.Position
	v.fly(c)
}

// MouseIn reports what is under the pointer.
func (v *Viewport) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved moves the scene with the right button, for which Fyne has no
// drag, and reports what is under the pointer.
func (v *Viewport) MouseMoved(e *desktop.MouseEvent) {
	if e.Button&desktop.MouseButtonSecondary != 0 && v.gesture.button == desktop.MouseButtonSecondary {
		v.gesture.dragged = true
		v.drag(v.gesture.last, e.Position)
		v.gesture.last = e.Position
		return
	}
	if e.Button == 0 {
		v.hover(e.Position)
	}
}

// MouseOut forgets what was under the pointer.
func (v *Viewport) MouseOut() {
	v.pointer.leave()
	v.overlay.say("", fyne.Position{}, v.Size())
	if v.OnHover != nil {
		v.OnHover(render.Hit{}, false)
	}
}

// Cursor is a cross while there is something to aim at.
func (v *Viewport) Cursor() desktop.Cursor {
	if v.picture.Visible() {
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}

// FocusGained lets the keys of the viewport work.
func (v *Viewport) FocusGained() {}

// FocusLost is the end of that.
func (v *Viewport) FocusLost() {}

// TypedRune zooms with + and -, rolls with comma and point, makes the slab
// thinner and thicker with brackets and takes it away with \, changes the
// projection with o and shows everything with r.
func (v *Viewport) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.zoom(zoomPerNotch)
	case '-', '_':
		v.zoom(1 / zoomPerNotch)
	case ',':
		v.camera.Roll(turnPerKey)
		v.hasMoved()
	case '.':
		v.camera.Roll(-turnPerKey)
		v.hasMoved()
	case '[':
		v.slab(1 / zoomPerNotch)
	case ']':
		v.slab(zoomPerNotch)
	case '\\':
		v.camera.Front, v.camera.Back = 0, 0
		v.hasMoved()
	case 'o', 'O':
		v.camera.Ortho = !v.camera.Ortho
		v.hasMoved()
	case 'r', 'R':
		v.ResetView()
	}
}

// TypedKey turns with the arrow keys, moves the scene with Shift and them, and
// shows everything with Home.
func (v *Viewport) TypedKey(e *fyne.KeyEvent) {
	const k = turnPerKey
	turn := map[fyne.KeyName][2]float64{
		fyne.KeyLeft: {-k, 0}, fyne.KeyRight: {k, 0}, fyne.KeyUp: {0, -k}, fyne.KeyDown: {0, k},
	}
	if d, ok := turn[e.Name]; ok {
		if v.modifiers()&fyne.KeyModifierShift != 0 {
			v.camera.Pan(d[0]*panPerTurn, -d[1]*panPerTurn)
		} else {
			v.camera.Orbit(d[0], d[1])
		}
		v.hasMoved()
	} else if e.Name == fyne.KeyHome {
		v.ResetView()
	} else if v.OnKey != nil {
		v.OnKey(e)
	}
}

func (v *Viewport) zoom(factor float64) {
	v.camera.Zoom(factor)
	v.hasMoved()
}

// hit returns what is seen at a place of the widget.
func (v *Viewport) hit(p fyne.Position) (render.Hit, bool) {
	size := v.Size()
	return v.picker.Pick(v.scene, v.camera, float64(p.X), float64(p.Y), float64(size.Width), float64(size.Height))
}

func (v *Viewport) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}
