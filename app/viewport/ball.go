// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Ball is a sphere of the scene that a person moves by its middle and resizes
// by its rim, or with Ctrl, Shift and the wheel.
type Ball struct {
	Center r3.Vec  // ångström
	Radius float64 // ångström
}

// Limits of the radius that a person gives a ball, ångström.
const (
	leastBall = 1
	mostBall  = 1000
)

// Measures of the handles, in units of Fyne.
const (
	knobSize  = 12
	knobReach = 14 // from its middle
	rimReach  = 9  // from the rim, to both sides
)

// A ballPart is what of a ball is held.
type ballPart uint8

const (
	noBall ballPart = iota
	ballKnob
	ballRim
)

// ballHandles are what is seen of a ball besides what the scene has of it.
type ballHandles struct {
	rim, knob *canvas.Circle
}

// ballColour is that of the handles.
var ballColour = color.NRGBA{86, 180, 233, 255}

func newBallHandles() *ballHandles {
	h := &ballHandles{rim: canvas.NewCircle(color.Transparent), knob: canvas.NewCircle(ballColour)}
	h.rim.StrokeColor, h.rim.StrokeWidth = ballColour, 2
	h.knob.StrokeColor, h.knob.StrokeWidth = color.White, 1.5
	h.rim.Hide()
	h.knob.Hide()
	return h
}

// SetBall shows the handles of a ball, and of no other; nil hides them.
func (v *Viewport) SetBall(b *Ball) {
	if b == nil && v.ball == nil || b != nil && v.ball != nil && *b == *v.ball {
		return
	}
	if v.ball = nil; b != nil {
		q := *b
		v.ball = &q
	}
	v.overlay.ball.arrange(v)
}

// ballAt returns where the middle of the ball is seen, its radius there, and how
// many ångström a unit of Fyne is; false if it is not before the eye.
func (v *Viewport) ballAt() (center fyne.Position, radius float32, angstrom float64, ok bool) {
	if v.ball == nil || v.Size().Height <= 0 {
		return center, 0, 0, false
	}
	w, h := float64(v.Size().Width), float64(v.Size().Height)
	x, y, depth := v.camera.Project(v.ball.Center, w, h)
	angstrom = v.camera.Height() / h
	if !v.camera.Ortho {
		angstrom *= depth / v.camera.Distance
	}
	if !(depth > 0) || !(angstrom > 0) {
		return center, 0, 0, false
	}
	return fyne.NewPos(float32(x), float32(y)), float32(v.ball.Radius / angstrom), angstrom, true
}

// arrange puts the handles where the camera wants them. The rim of one that is
// larger than the picture is left out: it would be nowhere to be seen.
func (h *ballHandles) arrange(v *Viewport) {
	center, radius, _, ok := v.ballAt()
	size := v.Size()
	inside := ok && center.X >= 0 && center.Y >= 0 && center.X <= size.Width && center.Y <= size.Height
	show := func(c *canvas.Circle, radius float32, on bool) {
		if c.Hidden = !on; on {
			c.Move(center.SubtractXY(radius, radius))
			c.Resize(fyne.NewSquareSize(2 * radius))
		}
		c.Refresh()
	}
	fits := inside && center.X-radius >= 0 && center.Y-radius >= 0 && center.X+radius <= size.Width && center.Y+radius <= size.Height
	show(h.rim, radius, fits)
	show(h.knob, knobSize/2, inside)
	canvas.Refresh(v.picture) // Fyne does not know yet where objects are that it has never painted
}

// ballPart returns what of the ball is at a place of the widget.
func (v *Viewport) ballPart(p fyne.Position) ballPart {
	center, radius, _, ok := v.ballAt()
	if !ok {
		return noBall
	}
	d := math.Hypot(float64(p.X-center.X), float64(p.Y-center.Y))
	switch {
	case d <= knobReach:
		return ballKnob
	case math.Abs(d-float64(radius)) <= rimReach:
		return ballRim
	}
	return noBall
}

// dragBall moves or resizes the ball: what is under the pointer follows it.
func (v *Viewport) dragBall(before, after fyne.Position) {
	center, _, angstrom, ok := v.ballAt()
	if !ok {
		return
	}
	b := *v.ball
	if v.gesture.ball == ballRim {
		b.Radius = math.Hypot(float64(after.X-center.X), float64(after.Y-center.Y)) * angstrom
	} else {
		right, up, _ := v.camera.Axes()
		b.Center = r3.Add(b.Center, r3.Add(r3.Scale(float64(after.X-before.X)*angstrom, right), r3.Scale(-float64(after.Y-before.Y)*angstrom, up)))
	}
	v.changeBall(b)
}

// scaleBall makes the ball larger by a factor.
func (v *Viewport) scaleBall(factor float64) {
	b := *v.ball
	b.Radius *= factor
	v.changeBall(b)
}

func (v *Viewport) changeBall(b Ball) {
	b.Radius = min(max(b.Radius, leastBall), mostBall)
	v.SetBall(&b)
	if v.OnBall != nil {
		v.OnBall(b)
	}
}

// ballCursor returns the cursor over a handle of the ball.
func (v *Viewport) ballCursor() (desktop.Cursor, bool) {
	switch v.ballPart(v.pointer.at) {
	case ballKnob:
		return desktop.PointerCursor, true
	case ballRim:
		return desktop.HResizeCursor, true
	}
	return nil, false
}
