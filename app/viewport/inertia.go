// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
)

// Measures of the inertia that turning has, where people want it.
const (
	spinTime  = 1500 * time.Millisecond
	spinDecay = 3.5                    // of the logarithm of the speed over that time
	spinRest  = 60 * time.Millisecond  // a pointer that has rested so long lets go at rest
	spinLeast = 0.3                    // radians in a second: slower is no throw
	spinShort = 4 * time.Millisecond   // two events closer than this are one
	spinLong  = 200 * time.Millisecond // two events farther apart than this are no movement
)

// A throw is how fast the pointer moved last.
type throw struct {
	at     time.Time
	dx, dy float64 // units of Fyne in a second
}

// note takes a movement of the pointer into account.
func (t *throw) note(now time.Time, dx, dy float64) {
	d := now.Sub(t.at)
	if d < spinShort && !t.at.IsZero() {
		return
	}
	t.at = now
	if d > spinLong {
		t.dx, t.dy = 0, 0
		return
	}
	t.dx, t.dy = dx/d.Seconds(), dy/d.Seconds()
}

// throwing goes on turning when the pointer lets go while it moves.
func (v *Viewport) throwing(now time.Time) {
	t := v.gesture.throw
	size := v.Size()
	edge := float64(min(size.Width, size.Height))
	if !v.Inertia || v.gesture.does != turns || v.gesture.strip != noPart || edge <= 0 || now.Sub(t.at) > spinRest {
		return
	}
	right, down := t.dx/edge*turnPerEdge, t.dy/edge*turnPerEdge
	if math.Hypot(right, down) < spinLeast {
		return
	}
	turned := 0.0 // as if a part of the time had gone by at full speed
	v.flight = fyne.NewAnimation(spinTime, func(part float32) {
		now := (1 - math.Exp(-spinDecay*float64(part))) / spinDecay * spinTime.Seconds()
		v.camera.Orbit(right*(now-turned), down*(now-turned))
		turned = now
		v.update()
		v.tellCamera()
	})
	v.flight.Curve = fyne.AnimationLinear
	v.flight.Start()
}
