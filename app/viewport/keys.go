// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fyne.io/fyne/v2"

	"difffit/app/keys"
)

// bindings are what keys do in the picture.
var bindings = keys.Map[*Viewport]{
	{Names: []fyne.KeyName{fyne.KeyLeft}, What: "turn to the left", Do: orbit(-1, 0)},
	{Names: []fyne.KeyName{fyne.KeyRight}, What: "turn to the right", Do: orbit(1, 0)},
	{Names: []fyne.KeyName{fyne.KeyUp}, What: "turn upwards", Do: orbit(0, -1)},
	{Names: []fyne.KeyName{fyne.KeyDown}, What: "turn downwards", Do: orbit(0, 1)},
	{Names: []fyne.KeyName{fyne.KeyLeft}, Shift: true, What: "move to the left", Do: pan(-1, 0)},
	{Names: []fyne.KeyName{fyne.KeyRight}, Shift: true, What: "move to the right", Do: pan(1, 0)},
	{Names: []fyne.KeyName{fyne.KeyUp}, Shift: true, What: "move upwards", Do: pan(0, 1)},
	{Names: []fyne.KeyName{fyne.KeyDown}, Shift: true, What: "move downwards", Do: pan(0, -1)},
	{Runes: "+=", What: "zoom in", Do: func(v *Viewport) { v.zoom(zoomPerNotch) }},
	{Runes: "-_", What: "zoom out", Do: func(v *Viewport) { v.zoom(1 / zoomPerNotch) }},
	{Runes: ",", What: "roll to the left", Do: roll(1)},
	{Runes: ".", What: "roll to the right", Do: roll(-1)},
	{Runes: "[", What: "a thinner slab", Do: func(v *Viewport) { v.slab(1 / zoomPerNotch) }},
	{Runes: "]", What: "a thicker slab", Do: func(v *Viewport) { v.slab(zoomPerNotch) }},
	{Runes: `\`, What: "no slab", Do: func(v *Viewport) { v.camera.Front, v.camera.Back = 0, 0; v.hasMoved() }},
	{Runes: "o", What: "perspective or parallel projection", Do: func(v *Viewport) { v.camera.Ortho = !v.camera.Ortho; v.hasMoved() }},
	{Runes: "r", What: "show all, from the front", Do: (*Viewport).ResetView},
}

func orbit(right, down float64) func(*Viewport) {
	return func(v *Viewport) {
		v.camera.Orbit(right*turnPerKey, down*turnPerKey)
		v.hasMoved()
	}
}

func pan(right, up float64) func(*Viewport) {
	return func(v *Viewport) {
		v.camera.Pan(right*turnPerKey*panPerTurn, up*turnPerKey*panPerTurn)
		v.hasMoved()
	}
}

func roll(left float64) func(*Viewport) {
	return func(v *Viewport) {
		v.camera.Roll(left * turnPerKey)
		v.hasMoved()
	}
}

// KeyHelp returns the keys of the picture and what they do.
func KeyHelp() [][2]string { return bindings.Help() }

// UsesKey tells whether the picture has a use for a key.
func (v *Viewport) UsesKey(name fyne.KeyName, held fyne.KeyModifier) bool {
	return bindings.Has(name, held)
}

// UsesRune tells whether the picture has a use for a character.
func (v *Viewport) UsesRune(r rune) bool { return bindings.HasRune(r) }

// HasPointer tells whether the pointer is over the picture.
func (v *Viewport) HasPointer() bool { return v.pointer.over }

// TypedRune acts on a character.
func (v *Viewport) TypedRune(r rune) { bindings.Rune(v, r) }

// TypedKey acts on a key; OnKey is told those that it has no use for.
func (v *Viewport) TypedKey(e *fyne.KeyEvent) {
	if v.Moving && v.Mover != nil && modelKeys.Key(v, e.Name, v.modifiers()) {
		return
	}
	if !bindings.Key(v, e.Name, v.modifiers()) && v.OnKey != nil {
		v.OnKey(e)
	}
}
