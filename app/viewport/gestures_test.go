// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fmt"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/render"
)

func TestDragging(t *testing.T) {
	tests := []struct {
		name   string
		x, y   float32
		button desktop.MouseButton
		keys   fyne.KeyModifier
		turns  bool
		moves  bool
		roll   bool
	}{
		{"left turns", 200, 150, desktop.MouseButtonPrimary, 0, true, false, false},
		{"left near the rim rolls", 395, 150, desktop.MouseButtonPrimary, 0, true, false, true},
		{"shift moves", 200, 150, desktop.MouseButtonPrimary, fyne.KeyModifierShift, false, true, false},
		{"control moves", 200, 150, desktop.MouseButtonPrimary, fyne.KeyModifierControl, false, true, false},
		{"middle moves", 200, 150, desktop.MouseButtonTertiary, 0, false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, s, _ := newTest(t)
			v.SetScene(scene())
			before, asked := v.Camera(), len(s.requests)
			press(v, tt.x, tt.y, tt.button, tt.keys)
			drag(v, tt.x, tt.y, 5, -20)
			v.DragEnd()
			after := v.Camera()
			if got := after.Rotation != before.Rotation; got != tt.turns {
				t.Errorf("turned %t, want %t", got, tt.turns)
			}
			if got := after.Target != before.Target; got != tt.moves {
				t.Errorf("moved %t, want %t", got, tt.moves)
			}
			axis := geom.NewRigid(after.Rotation, r3.Vec{}).Apply(r3.Vec{Z: 1})
			if rolled := tt.turns && r3.Norm(r3.Sub(axis, r3.Vec{Z: 1})) < 1e-9; rolled != tt.roll {
				t.Errorf("rolled %t, want %t", rolled, tt.roll)
			}
			if len(s.requests) != asked+1 || s.last().Camera != after {
				t.Errorf("%d pictures asked for, want one more than %d", len(s.requests), asked)
			}
		})
	}
}

// What is under the pointer stays under it.
func TestPanFollowsThePointer(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	p := v.Camera().Target
	x0, y0, _ := v.Camera().Project(p, 400, 300)
	press(v, 200, 150, desktop.MouseButtonTertiary, 0)
	drag(v, 200, 150, 40, 30)
	if x, y, _ := v.Camera().Project(p, 400, 300); math.Abs(x-x0-40) > 0.01 || math.Abs(y-y0-30) > 0.01 {
		t.Errorf("moved by (%g, %g), want (40, 30)", x-x0, y-y0)
	}
}

// Fyne reports no drag with the right button, only moves.
func TestRightButtonMoves(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	p := v.Camera().Target
	press(v, 200, 150, desktop.MouseButtonSecondary, 0)
	for i := range 4 {
		v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(210+10*float32(i), 150)}, Button: desktop.MouseButtonSecondary})
	}
	if x, y, _ := v.Camera().Project(p, 400, 300); math.Abs(x-240) > 0.01 || math.Abs(y-150) > 0.01 {
		t.Errorf("the centre is at (%g, %g), want (240, 150)", x, y)
	}
}

func TestWheel(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	before := v.Camera()
	steps := 0.0
	v.OnLevelWheel = func(s float64) { steps += s }
	v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Scrolled: fyne.NewDelta(0, 25)})
	if c := v.Camera(); !(c.Distance < before.Distance) || steps != 0 {
		t.Errorf("wheel: distance %g was %g, level %g", c.Distance, before.Distance, steps)
	}
	before = v.Camera()
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierAlt }
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50)})
	if v.Camera() != before || steps != -2 {
		t.Errorf("Alt and wheel: level %g, want -2; camera moved %t", steps, v.Camera() != before)
	}
}

func TestClickPicks(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	var hits []render.Hit
	var oks []bool
	v.OnPick = func(h render.Hit, ok bool) { hits, oks = append(hits, h), append(oks, ok) }
	press(v, 200, 150, desktop.MouseButtonPrimary, 0)
	release(v, 200, 150)
	press(v, 5, 5, desktop.MouseButtonPrimary, 0)
	release(v, 5, 5)
	press(v, 200, 150, desktop.MouseButtonPrimary, 0)
	drag(v, 200, 150, 9, 0)
	release(v, 209, 150) // a drag is no click
	if len(hits) != 2 || !oks[0] || oks[1] || !hits[0].IsAtom || hits[0].ID != 3 {
		t.Errorf("picked %+v %v, want an atom of molecule 3, then nothing", hits, oks)
	}
}

func TestHover(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	over := make(chan bool, 10)
	v.OnHover = func(_ render.Hit, ok bool) { over <- ok }
	v.Describe = func(h render.Hit) string { return fmt.Sprintf("atom %d", h.Atom) }
	move := func(x, y float32) {
		v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
	}
	v.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(1, 1)}})
	move(200, 150) // before it has come to rest
	if !<-over {
		t.Error("nothing over the atom")
	}
	if n := len(over); n != 0 {
		t.Errorf("%d answers more, want none for the way", n)
	}
	v.rested(fyne.NewPos(200, 150))
	<-over
	if !v.overlay.words.Visible() || v.overlay.words.Text != "atom 0" {
		t.Errorf("words %q, visible %t", v.overlay.words.Text, v.overlay.words.Visible())
	}
	if v.MouseOut(); <-over || v.overlay.words.Visible() {
		t.Error("outside there is still something under the pointer")
	}
}

func TestWheelPreset(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	steps, keys := 0.0, fyne.KeyModifier(0)
	v.OnLevelWheel = func(n float64) { steps += n }
	v.modifiers = func() fyne.KeyModifier { return keys }
	roll := func() {
		v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Scrolled: fyne.NewDelta(0, notch)})
	}
	before := v.Camera()
	v.Wheel = WheelLevels
	if roll(); steps != 1 || v.Camera() != before {
		t.Errorf("wheel for the level: %g steps, camera moved %t", steps, v.Camera() != before)
	}
	keys = fyne.KeyModifierControl
	if roll(); steps != 1 || v.Camera().Distance >= before.Distance {
		t.Error("with Ctrl it does not zoom")
	}
	keys = fyne.KeyModifierShift
	if roll(); v.Camera().Front <= 0 || v.Camera().Front != v.Camera().Back {
		t.Errorf("with Shift: slab %g, %g", v.Camera().Front, v.Camera().Back)
	}
}

func TestDoubleClickCentres(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	c := v.Camera()
	c.Pan(0.2, 0)
	v.SetCamera(c)
	x, y, _ := c.Project(r3.Vec{X: 100}, 400, 300)
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))})
	if got := v.Camera(); got.Target != (r3.Vec{X: 100}) || got.Distance != c.Distance {
		t.Errorf("on the atom: target %v, want (100, 0, 0)", got.Target)
	}
	c.Zoom(0.2)
	v.SetCamera(c)
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)})
	if got := v.Camera(); !(got.Distance < c.Distance) {
		t.Errorf("on nothing: distance %g, want all of the scene in view", got.Distance)
	}
}

func TestMousePresets(t *testing.T) {
	tests := []struct {
		name   string
		preset Preset
		button desktop.MouseButton
		keys   fyne.KeyModifier
		want   action
	}{
		{"ChimeraX left", ChimeraX, desktop.MouseButtonPrimary, 0, turns},
		{"ChimeraX right", ChimeraX, desktop.MouseButtonSecondary, 0, moves},
		{"ChimeraX middle with a key", ChimeraX, desktop.MouseButtonTertiary, fyne.KeyModifierShift, moves},
		{"Coot right", Coot, desktop.MouseButtonSecondary, 0, zooms},
		{"Coot Ctrl left", Coot, desktop.MouseButtonPrimary, fyne.KeyModifierControl, moves},
		{"Coot Shift right", Coot, desktop.MouseButtonSecondary, fyne.KeyModifierShift, rolls},
		{"PyMOL right", PyMOL, desktop.MouseButtonSecondary, 0, zooms},
		{"PyMOL Shift right", PyMOL, desktop.MouseButtonSecondary, fyne.KeyModifierShift, slabs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, _, _ := newTest(t)
			v.SetScene(scene())
			v.Preset = tt.preset
			before := v.Camera()
			press(v, 200, 150, tt.button, tt.keys)
			if v.gesture.does != tt.want {
				t.Errorf("the gesture is %d, want %d", v.gesture.does, tt.want)
			}
			v.gesture.dragged = true
			v.drag(fyne.NewPos(220, 150), fyne.NewPos(200, 140))
			c := v.Camera()
			changed := [...]bool{
				turns: c.Rotation != before.Rotation, moves: c.Target != before.Target, rolls: c.Rotation != before.Rotation,
				zooms: c.Distance > before.Distance, slabs: c.Front > 0,
			}
			if !changed[tt.want] {
				t.Errorf("camera %+v, was %+v", c, before)
			}
		})
	}
}

func TestWheelOfPresets(t *testing.T) {
	v, _, _ := newTest(t)
	tests := []struct {
		preset Preset
		wheel  Wheel
		keys   fyne.KeyModifier
		want   Wheel
	}{
		{ChimeraX, WheelAsPreset, 0, WheelZooms},
		{Coot, WheelAsPreset, 0, WheelLevels},
		{PyMOL, WheelAsPreset, 0, WheelSlabs},
		{PyMOL, WheelLevels, 0, WheelLevels},
		{Coot, WheelZooms, 0, WheelZooms},
		{Coot, WheelZooms, fyne.KeyModifierAlt, WheelLevels},
		{ChimeraX, WheelLevels, fyne.KeyModifierShift, WheelSlabs},
		{PyMOL, WheelLevels, fyne.KeyModifierControl, WheelZooms},
	}
	for _, tt := range tests {
		v.Preset, v.Wheel = tt.preset, tt.wheel
		if got := v.wheel(tt.keys); got != tt.want {
			t.Errorf("preset %d, wheel %d, keys %d: %d, want %d", tt.preset, tt.wheel, tt.keys, got, tt.want)
		}
	}
	for _, p := range Presets {
		v.Preset = p.Preset
		for _, row := range v.MouseHelp() {
			if row[0] == "" || row[1] == "" {
				t.Errorf("%s: the help has %q", p.Name, row)
			}
		}
	}
}

func TestMiddleClickCenters(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	v.Preset, v.Jump = PyMOL, true
	v.camera.Pan(0.1, 0)
	x, y, _ := v.Camera().Project(r3.Vec{X: 100}, 400, 300)
	press(v, float32(x), float32(y), desktop.MouseButtonTertiary, 0)
	release(v, float32(x), float32(y))
	if d := r3.Sub(v.Camera().Target, r3.Vec{X: 100}); r3.Norm(d) > 9 {
		t.Errorf("the centre of view is %.1f Å from the ball", r3.Norm(d))
	}
}
