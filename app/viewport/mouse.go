// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"math"
	"slices"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

// A Preset says what the buttons of the mouse do, as people know it from
// another program.
type Preset uint8

// Presets.
const (
	ChimeraX Preset = iota
	Coot
	PyMOL
)

// Presets are all of them with their names.
var Presets = []struct {
	Preset Preset
	Name   string
}{{ChimeraX, "ChimeraX"}, {Coot, "Coot"}, {PyMOL, "PyMOL"}}

// A Wheel says what the wheel does without keys. With Alt it changes the
// contour level, with Shift the slab, with Ctrl it zooms, whatever the rest.
type Wheel uint8

// What the wheel does.
const (
	WheelAsPreset Wheel = iota
	WheelZooms
	WheelLevels
	WheelSlabs // only as a preset
)

// An action is what a drag of the mouse does.
type action uint8

const (
	turns action = iota // near the rim it rolls
	moves
	rolls
	zooms
	slabs
	movesModel
	turnsModel // near the rim it rolls
	rollsModel
)

// says describes the actions.
var says = [...]string{
	"rotate; near the rim, roll", "move", "roll", "zoom", "thickness of the slab",
	"move the model", "rotate the model; near the rim, roll", "roll the model",
}

// A dragging is what a button does while some keys are held.
type dragging struct {
	button desktop.MouseButton
	keys   fyne.KeyModifier
	does   action
}

const (
	left   = desktop.MouseButtonPrimary
	middle = desktop.MouseButtonTertiary
	right  = desktop.MouseButtonSecondary

	ctrl  = fyne.KeyModifierShortcutDefault
	shift = fyne.KeyModifierShift
)

// A mouse is a preset as a table. The first drag that fits counts; without
// one that has its keys, that without keys.
type mouse struct {
	drags   []dragging
	wheel   Wheel
	centers bool // a click of the middle button makes what is there the centre of view
}

// mice are the presets: for ChimeraX its default mouse modes, with Shift and
// Ctrl for mice of one button; for Coot those of its "Mouse buttons" page; for
// PyMOL its three-button viewing mode.
var mice = [...]mouse{
	ChimeraX: {drags: []dragging{
		{left, 0, turns}, {left, shift, moves}, {left, ctrl, moves}, {middle, 0, moves}, {right, 0, moves},
	}, wheel: WheelZooms},
	Coot: {drags: []dragging{
		{left, 0, turns}, {left, ctrl, moves}, {left, shift, rolls}, {right, 0, zooms}, {right, shift, rolls}, {right, ctrl, slabs}, {middle, 0, moves},
	}, wheel: WheelLevels, centers: true},
	PyMOL: {drags: []dragging{
		{left, 0, turns}, {left, ctrl, moves}, {middle, 0, moves}, {right, 0, zooms}, {right, shift, slabs},
	}, wheel: WheelSlabs, centers: true},
}

// of returns what a drag does.
func (m *mouse) of(button desktop.MouseButton, keys fyne.KeyModifier) action {
	for _, want := range [2]fyne.KeyModifier{keys & (ctrl | shift | fyne.KeyModifierControl), 0} {
		i := slices.IndexFunc(m.drags, func(d dragging) bool { return d.button == button && d.keys == want })
		if i >= 0 {
			return m.drags[i].does
		}
	}
	return moves
}

// does returns what a drag does while some keys are held: to models, or to the
// point of view.
func (v *Viewport) does(button desktop.MouseButton, keys fyne.KeyModifier) action {
	if a, ok := v.modelAction(dragging{button: button, keys: keys & (ctrl | shift | fyne.KeyModifierControl)}); ok {
		return a
	}
	return v.mouse().of(button, keys)
}

func (v *Viewport) mouse() *mouse { return &mice[min(int(v.Preset), len(mice)-1)] }

// wheel returns what the wheel does while some keys are held.
func (v *Viewport) wheel(keys fyne.KeyModifier) Wheel {
	switch {
	case keys&fyne.KeyModifierShift != 0:
		return WheelSlabs
	case keys&fyne.KeyModifierAlt != 0:
		return WheelLevels
	case keys&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0:
		return WheelZooms
	case v.Wheel == WheelAsPreset:
		return v.mouse().wheel
	}
	return v.Wheel
}

// MouseHelp returns what the mouse does in the picture, as it is set.
func (v *Viewport) MouseHelp() [][2]string {
	buttons := map[desktop.MouseButton]string{left: "left", middle: "middle", right: "right"}
	with := map[fyne.KeyModifier]string{0: "", shift: "Shift + ", ctrl: "Ctrl + ", ctrl | shift: "Ctrl + Shift + "}
	var rows [][2]string
	for _, d := range append(v.mouse().drags[:len(v.mouse().drags):len(v.mouse().drags)], modelDrags...) {
		rows = append(rows, [2]string{with[d.keys] + buttons[d.button] + " drag", says[d.does]})
	}
	wheels := map[Wheel]string{WheelZooms: "zoom to the pointer", WheelLevels: "contour level", WheelSlabs: "thickness of the slab"}
	for _, w := range []struct {
		name string
		keys fyne.KeyModifier
	}{{"wheel", 0}, {"Ctrl + wheel", fyne.KeyModifierControl}, {"Alt + wheel", fyne.KeyModifierAlt}, {"Shift + wheel", shift}} {
		rows = append(rows, [2]string{w.name, wheels[v.wheel(w.keys)]})
	}
	rows = append(rows, [2]string{"left click", "say what is there, and select it"}, [2]string{"Shift + left click", "distance from what was clicked on before"},
		[2]string{"Ctrl + left click", "select the residue"}, [2]string{"Ctrl + Shift + left click", "select the residue too, or no longer"},
		[2]string{"right click", "what can be done with what is there"})
	if v.mouse().centers {
		rows = append(rows, [2]string{"middle click", "rotate about this point"})
	}
	rows = append(rows, [2]string{"drag the middle or the rim of a sphere", "move or resize it"}, [2]string{"Ctrl + Shift + wheel", "resize the sphere"})
	for _, d := range movingDrags {
		rows = append(rows, [2]string{with[d.keys] + buttons[d.button] + " drag, while models are moved (M)", says[d.does]})
	}
	return append(rows,
		[2]string{"double click", "rotate about this point; beside everything: show all"},
		[2]string{"rest", "say what is there"})
}

// drag does what a gesture does between two places of the pointer.
func (v *Viewport) drag(before, after fyne.Position) {
	size := v.Size()
	edge := float64(min(size.Width, size.Height))
	if edge <= 0 {
		return
	}
	if v.gesture.strip != noPart {
		v.dragStrip(after.Y - before.Y)
		return
	}
	if v.gesture.ball != noBall {
		v.dragBall(before, after)
		return
	}
	dx, dy := float64(after.X-before.X), float64(after.Y-before.Y)
	switch v.gesture.does {
	case moves:
		v.camera.Pan(dx/float64(size.Height), -dy/float64(size.Height))
	case rolls:
		v.camera.Roll(v.angle(after) - v.angle(before))
	case zooms: // down and to the right is nearer, as in Coot and PyMOL
		v.camera.Zoom(math.Exp(zoomPerEdge * (dx + dy) / edge))
	case slabs:
		v.slab(math.Exp(zoomPerEdge * (dx - dy) / edge))
		return
	case rollsModel:
		v.dragModel(rollsModel, v.angle(after)-v.angle(before), 0, edge)
		return
	case movesModel, turnsModel:
		v.dragModel(v.gesture.does, dx, dy, edge)
		return
	default:
		v.camera.Orbit(dx/edge*turnPerEdge, dy/edge*turnPerEdge)
	}
	v.hasMoved()
}
