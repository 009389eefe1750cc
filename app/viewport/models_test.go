// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"gonum.org/v1/gonum/spatial/r3"
)

// A fakeMover notes what it is asked for.
type fakeMover struct {
	at, shift, turn r3.Vec
	none            bool
	moves, ends     int
}

func (m *fakeMover) Center() (r3.Vec, bool) { return m.at, !m.none }

func (m *fakeMover) Move(shift, turn r3.Vec) {
	m.moves++
	m.at, m.shift, m.turn = r3.Add(m.at, shift), r3.Add(m.shift, shift), r3.Add(m.turn, turn)
}

func (m *fakeMover) Moved() { m.ends++ }

func TestDragsMoveModels(t *testing.T) {
	const both = fyne.KeyModifierControl | fyne.KeyModifierShift
	tests := []struct {
		name         string
		moving, none bool
		button       desktop.MouseButton
		keys         fyne.KeyModifier
		x            float32
		moves, turns bool // the model; else the camera is moved
	}{
		{"left turns the view", true, false, left, 0, 200, false, false},
		{"Ctrl and Shift left turn", false, false, left, both, 200, false, true},
		{"near the rim they roll", false, false, left, both, 395, false, true},
		{"Ctrl and Shift middle move", false, false, middle, both, 200, true, false},
		{"Ctrl left while moving", true, false, left, ctrl, 200, true, false},
		{"Shift left while moving", true, false, left, shift, 200, false, true},
		{"Ctrl left else", false, false, left, ctrl, 200, false, false},
		{"nothing to be moved", true, true, left, ctrl, 200, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, _, _ := newTest(t)
			v.SetScene(scene())
			m := &fakeMover{at: r3.Vec{X: 100, Y: 3, Z: -8}, none: tt.none}
			v.Mover, v.Moving = m, tt.moving
			before := v.Camera()
			x0, y0, _ := before.Project(m.at, 400, 300)
			press(v, tt.x, 150, tt.button, tt.keys)
			for i := range 4 {
				drag(v, tt.x+float32(10*i), 150+float32(5*i), 10, 5)
			}
			v.DragEnd()
			release(v, tt.x+40, 170)
			if moved, turned := m.shift != (r3.Vec{}), m.turn != (r3.Vec{}); moved != tt.moves || turned != tt.turns {
				t.Fatalf("moved %v, turned %v", m.shift, m.turn)
			}
			model := tt.moves || tt.turns
			if (v.Camera() == before) != model {
				t.Error("camera and model move together, or none")
			}
			if want := map[bool]int{true: 1}[model]; m.ends != want {
				t.Errorf("%d steps, want %d", m.ends, want)
			}
			if x, y, _ := before.Project(m.at, 400, 300); tt.moves && (math.Abs(x-x0-40) > 0.1 || math.Abs(y-y0-20) > 0.1) {
				t.Errorf("the model went (%g, %g), want with the pointer (40, 20)", x-x0, y-y0)
			}
		})
	}
}

// Of the right button Fyne tells moves only, and nothing outside the widget.
func TestRightButtonMovesModels(t *testing.T) {
	for _, end := range []string{"release", "leave", "seen later"} {
		t.Run(end, func(t *testing.T) {
			v, _, _ := newTest(t)
			v.SetScene(scene())
			m := &fakeMover{at: r3.Vec{X: 100}}
			v.Mover, v.Moving = m, true
			press(v, 200, 150, right, 0)
			at := func(x float32, b desktop.MouseButton) {
				v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 150)}, Button: b})
			}
			at(210, right)
			at(220, right)
			switch end {
			case "release":
				release(v, 220, 150)
			case "leave":
				v.MouseOut()
				at(230, right)
			default:
				at(230, 0)
			}
			if m.moves != 2 || m.ends != 1 {
				t.Errorf("%d moves, %d steps; want 2 and 1", m.moves, m.ends)
			}
		})
	}
}

func TestKeysMoveModels(t *testing.T) {
	tests := []struct {
		key         fyne.KeyName
		held        fyne.KeyModifier
		shift, turn r3.Vec
	}{
		{fyne.KeyRight, 0, r3.Vec{X: 1}, r3.Vec{}},
		{fyne.KeyDown, 0, r3.Vec{Y: -1}, r3.Vec{}},
		{fyne.KeyPageUp, 0, r3.Vec{Z: -1}, r3.Vec{}},
		{fyne.KeyRight, fyne.KeyModifierAlt, r3.Vec{X: 0.1}, r3.Vec{}},
		{fyne.KeyRight, shift, r3.Vec{}, r3.Vec{Y: math.Pi / 36}},
		{fyne.KeyPageUp, shift, r3.Vec{}, r3.Vec{Z: math.Pi / 36}},
	}
	for _, tt := range tests {
		v, _, _ := newTest(t)
		v.SetScene(scene())
		m, camera := &fakeMover{}, v.Camera()
		v.Mover, v.modifiers = m, func() fyne.KeyModifier { return tt.held }
		v.TypedKey(&fyne.KeyEvent{Name: tt.key})
		if m.moves != 0 {
			t.Errorf("%s moves a model though they are not moved", tt.key)
		}
		v.SetCamera(camera)
		v.Moving = true
		v.TypedKey(&fyne.KeyEvent{Name: tt.key})
		if r3.Norm(r3.Sub(m.shift, tt.shift)) > 1e-9 || r3.Norm(r3.Sub(m.turn, tt.turn)) > 1e-9 || m.ends != 1 {
			t.Errorf("%s with %d: moved %v, turned %v, %d steps", tt.key, tt.held, m.shift, m.turn, m.ends)
		}
	}
}

func TestBallIsMovedAndResized(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	var got []Ball
	v.OnBall = func(b Ball) { got = append(got, b) }
	first := Ball{v.Camera().Target, v.Camera().Height() / 6} // 50 of 300
	v.SetBall(&first)
	camera := v.Camera()
	press(v, 200, 150, left, 0)
	drag(v, 200, 150, 20, -10)
	release(v, 220, 140)
	if x, y, _ := camera.Project(v.ball.Center, 400, 300); math.Abs(x-220) > 0.1 || math.Abs(y-140) > 0.1 || v.ball.Radius != first.Radius {
		t.Errorf("the ball is at (%g, %g) with radius %g, want (220, 140) and %g", x, y, v.ball.Radius, first.Radius)
	}
	press(v, 270, 140, left, 0)
	drag(v, 270, 140, 50, 0)
	release(v, 320, 140)
	if r := v.ball.Radius / first.Radius; math.Abs(r-2) > 0.02 {
		t.Errorf("dragged by its rim to twice its radius it has %g of it", r)
	}
	v.modifiers = func() fyne.KeyModifier { return ctrl | shift }
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, notch)})
	if r := v.ball.Radius / first.Radius; math.Abs(r-2*zoomPerNotch) > 0.02 {
		t.Errorf("a notch makes it %g", r)
	}
	if len(got) != 3 || got[2] != *v.ball || v.Camera() != camera {
		t.Errorf("told of %v", got)
	}
	if v.overlay.ball.knob.Hidden || v.Cursor() == nil {
		t.Error("the handle is not seen")
	}
	v.SetBall(nil)
	press(v, 220, 140, left, 0)
	drag(v, 220, 140, 10, 0)
	if len(got) != 3 || v.Camera() == camera || !v.overlay.ball.knob.Hidden {
		t.Error("a ball that is not there is dragged")
	}
}
