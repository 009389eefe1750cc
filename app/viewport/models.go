// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/keys"
)

// A Mover moves models as a person wants it: by the mouse while the keys for
// that are held, or while Moving is on, and by keys while it is on.
type Mover interface {
	// Center returns the point about which models turn, in ångström; false if
	// there is none to be moved.
	Center() (r3.Vec, bool)
	// Move moves the models by a shift in ångström, after a turn about Center by a
	// rotation vector in radians. Both are in the frame of the scene.
	Move(shift, turn r3.Vec)
	// Moved ends a movement: what was done since the last is one step.
	Moved()
}

// Steps of the keys.
const (
	stepShift = 1.0        // ångström
	stepTurn  = turnPerKey // radians: 5°
	fineStep  = 0.1        // of these, with Alt
)

// modelDrags are what the mouse does to models in all presets; movingDrags
// what it does, before those of the preset, while Moving is on: ChimeraX' modes
// "translate selected models" and "rotate selected models" of the right button,
// and both for mice of one button.
var (
	modelDrags = []dragging{
		{left, ctrl | shift, turnsModel}, {right, ctrl | shift, movesModel}, {middle, ctrl | shift, movesModel},
	}
	movingDrags = []dragging{
		{right, 0, movesModel}, {right, shift, turnsModel}, {left, ctrl, movesModel}, {left, shift, turnsModel},
	}
)

// modelAction returns what a drag does to models, and whether it is about them.
func (v *Viewport) modelAction(d dragging) (action, bool) {
	if v.Mover == nil {
		return 0, false
	}
	list := modelDrags
	if v.Moving {
		list = append(movingDrags[:len(movingDrags):len(movingDrags)], modelDrags...)
	}
	for _, m := range list {
		if m.button == d.button && m.keys == d.keys {
			_, is := v.Mover.Center()
			return m.does, is
		}
	}
	return 0, false
}

// dragModel moves or turns models between two places of the pointer, so that
// what is under the pointer follows it.
func (v *Viewport) dragModel(does action, dx, dy, edge float64) {
	center, ok := v.Mover.Center()
	if !ok {
		return
	}
	right, up, backward := v.camera.Axes()
	switch does {
	case movesModel:
		_, _, depth := v.camera.Project(center, 1, 1)
		angstrom := v.camera.Height() / float64(v.Size().Height)
		if !v.camera.Ortho && depth > 0 {
			angstrom *= depth / v.camera.Distance
		}
		v.Mover.Move(r3.Add(r3.Scale(dx*angstrom, right), r3.Scale(-dy*angstrom, up)), r3.Vec{})
	case rollsModel:
		v.Mover.Move(r3.Vec{}, r3.Scale(dx, backward)) // dx is an angle
	default:
		k := turnPerEdge / edge
		v.Mover.Move(r3.Vec{}, r3.Add(r3.Scale(dx*k, up), r3.Scale(dy*k, right)))
	}
}

// isModelDrag tells whether a drag moves models that is not ended.
func (v *Viewport) isModelDrag() bool {
	d := v.gesture.does
	return v.gesture.button != 0 && v.gesture.dragged && (d == movesModel || d == turnsModel || d == rollsModel)
}

// endModelDrag ends a drag that moves models, if there is one.
func (v *Viewport) endModelDrag() {
	if v.isModelDrag() {
		v.gesture.button = 0
		v.Mover.Moved()
	}
}

// modelKeys are what keys do to models while Moving is on.
var modelKeys = keys.Map[*Viewport]{
	{Names: []fyne.KeyName{fyne.KeyLeft}, What: "move the model 1 Å to the left", Do: nudge(-1, 0, 0)},
	{Names: []fyne.KeyName{fyne.KeyRight}, What: "move it to the right", Do: nudge(1, 0, 0)},
	{Names: []fyne.KeyName{fyne.KeyUp}, What: "move it upwards", Do: nudge(0, 1, 0)},
	{Names: []fyne.KeyName{fyne.KeyDown}, What: "move it downwards", Do: nudge(0, -1, 0)},
	{Names: []fyne.KeyName{fyne.KeyPageUp}, What: "move it away", Do: nudge(0, 0, -1)},
	{Names: []fyne.KeyName{fyne.KeyPageDown}, What: "move it nearer", Do: nudge(0, 0, 1)},
	{Names: []fyne.KeyName{fyne.KeyLeft}, Shift: true, What: "turn the model 5° to the left", Do: twist(0, -1, 0)},
	{Names: []fyne.KeyName{fyne.KeyRight}, Shift: true, What: "turn it to the right", Do: twist(0, 1, 0)},
	{Names: []fyne.KeyName{fyne.KeyUp}, Shift: true, What: "turn it upwards", Do: twist(-1, 0, 0)},
	{Names: []fyne.KeyName{fyne.KeyDown}, Shift: true, What: "turn it downwards", Do: twist(1, 0, 0)},
	{Names: []fyne.KeyName{fyne.KeyPageUp}, Shift: true, What: "roll it to the left", Do: twist(0, 0, 1)},
	{Names: []fyne.KeyName{fyne.KeyPageDown}, Shift: true, What: "roll it to the right", Do: twist(0, 0, -1)},
}

// nudge moves models by a step to the right, upwards and to the eye; with Alt
// by a tenth of it.
func nudge(x, y, z float64) func(*Viewport) {
	return func(v *Viewport) { v.step(x, y, z, func(d r3.Vec) { v.Mover.Move(r3.Scale(stepShift, d), r3.Vec{}) }) }
}

// twist turns models by a step about the directions to the right, upwards and to
// the eye; with Alt by a tenth of it.
func twist(x, y, z float64) func(*Viewport) {
	return func(v *Viewport) { v.step(x, y, z, func(d r3.Vec) { v.Mover.Move(r3.Vec{}, r3.Scale(stepTurn, d)) }) }
}

func (v *Viewport) step(x, y, z float64, do func(direction r3.Vec)) {
	if _, ok := v.Mover.Center(); !ok {
		return
	}
	right, up, backward := v.camera.Axes()
	d := r3.Add(r3.Scale(x, right), r3.Add(r3.Scale(y, up), r3.Scale(z, backward)))
	if v.modifiers()&fyne.KeyModifierAlt != 0 {
		d = r3.Scale(fineStep, d)
	}
	do(d)
	v.Mover.Moved()
}

// ModelKeyHelp returns the keys that move models and what they do.
func ModelKeyHelp() [][2]string {
	return append(modelKeys.Help(), [2]string{"Alt with these", "a tenth of the step"})
}

// SetMode says over the picture what is moved in place of the point of view; ""
// says nothing.
func (v *Viewport) SetMode(text string) {
	m := v.overlay.mode
	if m.text.Text == text {
		return
	}
	m.text.Text = text
	m.arrange(v)
}

// modeWords are words over the picture about what is moved.
type modeWords struct {
	back *canvas.Rectangle
	text *canvas.Text
}

func newModeWords() *modeWords {
	m := &modeWords{back: canvas.NewRectangle(ballColour), text: canvas.NewText("", color.Black)}
	m.back.CornerRadius, m.text.TextSize = 3, hoverText
	m.text.TextStyle.Bold = true
	return m
}

// arrange puts the words at the lower edge of the picture, in its middle: above are
// hints.
func (m *modeWords) arrange(v *Viewport) {
	seen := m.text.Text != "" && v.hasContent()
	m.back.Hidden, m.text.Hidden = !seen, !seen
	size := m.text.MinSize()
	box := size.AddWidthHeight(14, 8)
	at := fyne.NewPos((v.Size().Width-box.Width)/2, v.Size().Height-overlayEdge-box.Height)
	m.back.Resize(box)
	m.back.Move(at)
	m.text.Resize(size)
	m.text.Move(at.AddXY(7, 4))
	m.back.Refresh()
	m.text.Refresh()
	canvas.Refresh(v.picture) // see rested
}

// TypedShortcut moves models by small steps: keys with Alt are shortcuts to Fyne.
// All others are the window's.
func (v *Viewport) TypedShortcut(s fyne.Shortcut) {
	k, ok := s.(*desktop.CustomShortcut)
	if ok && v.Moving && v.Mover != nil && k.Modifier&^shift == fyne.KeyModifierAlt && modelKeys.Key(v, k.KeyName, k.Modifier) {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(v).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
