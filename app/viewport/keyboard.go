// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// A Listener is asked about what is typed in a window before the widget that has
// the focus is. What it takes the widget does not get. Of the pointer it is told.
type Listener interface {
	// TakeKey is asked about a key that is pressed, or held until it repeats.
	TakeKey(name fyne.KeyName, held fyne.KeyModifier) bool
	// TakeRune is asked about a character.
	TakeRune(r rune) bool
	// PointerMoved is told where the pointer is on the canvas.
	PointerMoved(to fyne.Position)
	// PointerPressed is told that a button of the mouse is pressed, or the wheel
	// turned.
	PointerPressed()
}

// ListenFirst lets a listener be asked first in a window. Fyne (2.7.4) gives keys
// to the widget with the focus alone, whether that has a use for them or not
// (ADR 0026). Call it on the main goroutine, once the window is on the screen.
func ListenFirst(w fyne.Window, to Listener) error {
	native, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return errors.New("viewport: keys go to widgets alone: the window is none of GLFW")
	}
	var window *glfw.Window
	native.RunWithContext(func() { window = glfw.GetCurrentContext() })
	if window == nil {
		return fmt.Errorf("viewport: keys go to widgets alone: the window %q has no OpenGL context", w.Title())
	}
	var keys glfw.KeyCallback
	keys = window.SetKeyCallback(func(g *glfw.Window, key glfw.Key, code int, action glfw.Action, held glfw.ModifierKey) {
		name := keyName(key, code)
		if action == glfw.Release || name == fyne.KeyUnknown || !to.TakeKey(name, modifiers(held)) {
			keys(g, key, code, action, held)
		}
	})
	var runes glfw.CharCallback
	runes = window.SetCharCallback(func(g *glfw.Window, r rune) {
		if !to.TakeRune(r) {
			runes(g, r)
		}
	})
	var moved glfw.CursorPosCallback
	moved = window.SetCursorPosCallback(func(g *glfw.Window, x, y float64) {
		moved(g, x, y)
		scale := w.Canvas().Scale()
		to.PointerMoved(fyne.NewPos(float32(x)/scale, float32(y)/scale))
	})
	// Fyne takes Alt that is pressed and let go for a wish to go to the menu bar,
	// though the mouse was used between; another key ends that.
	used := func(g *glfw.Window) {
		to.PointerPressed()
		if g.GetKey(glfw.KeyLeftAlt) == glfw.Press || g.GetKey(glfw.KeyRightAlt) == glfw.Press {
			keys(g, glfw.KeyF25, 0, glfw.Release, glfw.ModAlt)
		}
	}
	var pressed glfw.MouseButtonCallback
	pressed = window.SetMouseButtonCallback(func(g *glfw.Window, b glfw.MouseButton, action glfw.Action, held glfw.ModifierKey) {
		used(g)
		pressed(g, b, action, held)
	})
	var scrolled glfw.ScrollCallback
	scrolled = window.SetScrollCallback(func(g *glfw.Window, x, y float64) {
		used(g)
		scrolled(g, x, y)
	})
	return nil
}

// named are the keys that type no character, but the space bar.
var named = map[glfw.Key]fyne.KeyName{
	glfw.KeyEscape: fyne.KeyEscape, glfw.KeyTab: fyne.KeyTab, glfw.KeySpace: fyne.KeySpace,
	glfw.KeyEnter: fyne.KeyReturn, glfw.KeyKPEnter: fyne.KeyEnter,
	glfw.KeyBackspace: fyne.KeyBackspace, glfw.KeyInsert: fyne.KeyInsert, glfw.KeyDelete: fyne.KeyDelete,
	glfw.KeyLeft: fyne.KeyLeft, glfw.KeyRight: fyne.KeyRight, glfw.KeyUp: fyne.KeyUp, glfw.KeyDown: fyne.KeyDown,
	glfw.KeyPageUp: fyne.KeyPageUp, glfw.KeyPageDown: fyne.KeyPageDown, glfw.KeyHome: fyne.KeyHome, glfw.KeyEnd: fyne.KeyEnd,
}

// keyName returns Fyne's name of a key: of those with characters by what they
// type on the keyboard that is in use.
func keyName(key glfw.Key, code int) fyne.KeyName {
	if name, ok := named[key]; ok {
		return name
	}
	if key >= glfw.KeyF1 && key <= glfw.KeyF12 {
		return fyne.KeyName(fmt.Sprintf("F%d", key-glfw.KeyF1+1))
	}
	if typed := glfw.GetKeyName(key, code); len(typed) == 1 {
		return fyne.KeyName(strings.ToUpper(typed))
	}
	return fyne.KeyUnknown
}

// modifiers returns those that are held, in Fyne's words.
func modifiers(held glfw.ModifierKey) fyne.KeyModifier {
	var m fyne.KeyModifier
	for of, to := range map[glfw.ModifierKey]fyne.KeyModifier{
		glfw.ModShift: fyne.KeyModifierShift, glfw.ModControl: fyne.KeyModifierControl, glfw.ModAlt: fyne.KeyModifierAlt, glfw.ModSuper: fyne.KeyModifierSuper,
	} {
		if held&of != 0 {
			m |= to
		}
	}
	return m
}
