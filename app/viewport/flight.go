// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render"
)

// flightTime is how long the camera takes to where it is sent.
const flightTime = 220 * time.Millisecond

// FlyTo sends the camera to a place. It does not count as moved by a person.
func (v *Viewport) FlyTo(c render.Camera) {
	moved := v.moved
	v.fly(c)
	v.moved = moved
}

// fly sends the camera to a point of view: straight on, unless it is to jump.
// Rotations are not flown.
func (v *Viewport) fly(to render.Camera) {
	from := v.camera
	v.pointer.stop()
	v.overlay.say("", v.pointer.at, v.Size()) // what was under the pointer goes elsewhere
	v.hasMoved()
	if v.Jump || from.Rotation != to.Rotation || from.Ortho != to.Ortho {
		v.camera = to
		v.hasMoved()
		return
	}
	v.flight = fyne.NewAnimation(flightTime, func(part float32) {
		f := float64(part)
		v.camera = to
		v.camera.Target = r3.Add(from.Target, r3.Scale(f, r3.Sub(to.Target, from.Target)))
		v.camera.Distance = from.Distance * math.Pow(to.Distance/from.Distance, f)
		v.update()
		if part == 1 && v.OnCamera != nil {
			v.OnCamera(v.camera)
		}
	})
	v.flight.Curve = fyne.AnimationEaseInOut
	v.flight.Start()
}

// firstSlab is how thick the first slab is at least: a residue and what is about
// it, ångström. From far it is a third of the height of the picture.
const firstSlab = 12.0

// slab makes the slab thicker by a factor; one thicker than all that is seen is
// none.
func (v *Viewport) slab(factor float64) {
	c := &v.camera
	whole := c.Height()
	if lo, hi, ok := render.Bounds(v.scene); ok {
		whole = r3.Norm(r3.Sub(hi, lo))
	}
	half := (c.Front + c.Back) / 2
	switch {
	case half == 0 && factor < 1:
		half = math.Min(whole/4, math.Max(firstSlab, c.Height()/3)/2)
	case half*factor > whole/2:
		half = 0
	default:
		half = math.Max(half*factor, 0.5)
	}
	c.Front, c.Back = half, half
	if half == 0.5 && factor > 1 {
		c.Front, c.Back = 0, 0 // there was none
	}
	v.hasMoved()
}

// Link makes several viewports show what they show from one point of view:
// that which a person changed last.
func Link(views ...*Viewport) {
	busy := false // they tell each other
	for _, v := range views {
		before := v.OnCamera
		v.OnCamera = func(c render.Camera) {
			if before != nil {
				before(c)
			}
			if busy {
				return
			}
			busy = true
			for _, other := range views {
				if other != v {
					other.SetCamera(c)
				}
			}
			busy = false
		}
	}
}

// SetClipping takes over what a camera lets be seen of what is before and about
// the centre of view: see render.Camera. The point of view stays.
func (v *Viewport) SetClipping(c render.Camera) {
	v.camera.Front, v.camera.Back, v.camera.Follow, v.camera.Around = c.Front, c.Back, c.Follow, c.Around
	v.hasMoved()
}
