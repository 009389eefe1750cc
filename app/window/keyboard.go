// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/keys"
	"difffit/app/viewport"
)

// A keyboard decides who gets what is typed, before the widget with the focus
// does (ADR 0026). In this order:
//
//   - function keys are the window's, whatever has the focus;
//   - dialogs, menus that are open and text that is written keep all others;
//   - the picture gets those it has a use for while the pointer is over it;
//   - a widget with the focus gets those it has a use for: of Fyne's, only one
//     that Tab led to, for a click on a button should not make it the one that
//     Space presses;
//   - then come the keys of the window, and last those of the picture again.
//
// Keys with Ctrl are Fyne's: it asks the menus first.
type keyboard struct {
	w      *window
	tabbed fyne.Focusable // to which Tab led
	taken  bool           // the key that was pressed last was; what it types is, too
}

var _ viewport.Listener = (*keyboard)(nil)

// TakeKey acts on a key, or leaves it to the widget with the focus.
func (k *keyboard) TakeKey(name fyne.KeyName, held fyne.KeyModifier) bool {
	k.w.Tips.Hide()
	k.w.toldAlone()
	k.taken = k.takes(name, held)
	return k.taken
}

func (k *keyboard) takes(name fyne.KeyName, held fyne.KeyModifier) bool {
	w, focused := k.w, k.w.Canvas().Focused()
	switch {
	case held&^fyne.KeyModifierShift != 0:
		return false
	case name == fyne.KeyTab:
		return k.tab(focused, held)
	case isFunction(name):
		w.TypedKey(&fyne.KeyEvent{Name: name})
		return true
	case isReturn(name) && k.pressed(focused):
		return true
	case k.isElsewhere(focused):
		return name == fyne.KeyEscape && k.escape(focused) || isReturn(name) && k.answer(focused)
	}
	picture := k.picture()
	if picture.HasPointer() && picture.UsesKey(name, held) {
		picture.TypedKey(&fyne.KeyEvent{Name: name})
		return true
	}
	if k.keeps(focused, name, held) {
		return false
	}
	if windowKeys().Key(w, name, held) {
		return true
	}
	if !picture.UsesKey(name, held) {
		return false
	}
	picture.TypedKey(&fyne.KeyEvent{Name: name})
	return true
}

// TakeRune acts on a character, or leaves it to the widget with the focus.
func (k *keyboard) TakeRune(r rune) bool {
	focused, picture := k.w.Canvas().Focused(), k.picture()
	user, is := focused.(keys.User)
	if k.taken {
		k.taken = false
		return true
	}
	switch {
	case k.isElsewhere(focused) || !picture.UsesRune(r):
		return false
	case is && user.UsesRune(r) && !picture.HasPointer():
		return false
	}
	picture.TypedRune(r)
	k.w.enable() // menus tell of some
	return true
}

// PointerMoved lets what the pointer rests on be explained.
func (k *keyboard) PointerMoved(to fyne.Position) { k.w.Tips.Follow(to) }

// PointerPressed ends the explanation.
func (k *keyboard) PointerPressed() {
	k.w.Tips.Hide()
	k.w.toldAlone()
}

// picture returns the one under the pointer, of several side by side, else the
// first.
func (k *keyboard) picture() *viewport.Viewport {
	for _, v := range k.w.table.Pictures() {
		if v.HasPointer() {
			return v
		}
	}
	return k.w.stage.View
}

// isElsewhere tells whether a dialog or a menu is open, or text is written: the
// keys are not the window's then.
func (k *keyboard) isElsewhere(focused fyne.Focusable) bool {
	c := k.w.Canvas()
	return k.w.Dialogs() > 0 || c.Overlays().Top() != nil || isMenu(focused) || isText(focused)
}

// isMenu tells whether a title of the menu bar has the keyboard.
func isMenu(focused fyne.Focusable) bool {
	_, ok := focused.(interface{ Child() *widget.Menu })
	return ok
}

// escape closes the latest dialog, or ends the writing in a field that has
// nothing to take back. Fields of dialogs that have a use for Escape get it.
func (k *keyboard) escape(focused fyne.Focusable) bool {
	switch _, menu := focused.(*widget.PopUpMenu); {
	case menu || isMenu(focused):
		return false
	case k.w.Dialogs() > 0:
		if isText(focused) && !isPlain(focused) {
			return false
		}
		k.w.Escape()
		return true
	case k.w.Canvas().Overlays().Top() != nil:
		return false
	}
	if number, is := focused.(interface{ Pending() bool }); !is || number.Pending() {
		return false
	}
	k.w.Canvas().Unfocus()
	return true
}

// pressed presses the button that Tab led to: Fyne does so on Space alone.
func (k *keyboard) pressed(focused fyne.Focusable) bool {
	button, is := focused.(*widget.Button)
	if is = is && focused == k.tabbed; is {
		button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
	return is
}

// answer gives the latest dialog the answer that it suggests, unless what has the
// focus in it has a use for Return.
func (k *keyboard) answer(focused fyne.Focusable) bool {
	_, menu := focused.(*widget.PopUpMenu)
	if user, is := focused.(keys.User); is && user.UsesKey(fyne.KeyReturn, 0) || menu || isMenu(focused) || isText(focused) || k.w.Dialogs() == 0 {
		return false
	}
	k.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	return true
}

// keeps tells whether the widget with the focus has a use for a key.
func (k *keyboard) keeps(focused fyne.Focusable, name fyne.KeyName, held fyne.KeyModifier) bool {
	if user, ok := focused.(keys.User); ok {
		return user.UsesKey(name, held)
	}
	if focused == nil {
		return false
	}
	_, slides := focused.(interface{ SetValue(float64) })
	switch name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		return focused == k.tabbed
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		return focused == k.tabbed || slides
	}
	return false
}

// tab goes to the next widget, or to the one before, and notes which.
func (k *keyboard) tab(focused fyne.Focusable, held fyne.KeyModifier) bool {
	if t, ok := focused.(fyne.Tabbable); ok && t.AcceptsTab() {
		return false
	}
	c := k.w.Canvas()
	if held == 0 {
		c.FocusNext()
	} else {
		c.FocusPrevious()
	}
	k.tabbed = c.Focused()
	return true
}

// isText tells whether a widget is a field that text is written in; labels whose
// text can be marked are none.
func isText(o fyne.Focusable) bool {
	_, ok := o.(interface {
		SelectedText() string
		Undo()
	})
	return ok
}

// isPlain tells whether a field is Fyne's own, which has no use for Escape.
func isPlain(o fyne.Focusable) bool {
	_, ok := o.(*widget.Entry)
	return ok
}

func isReturn(k fyne.KeyName) bool { return k == fyne.KeyReturn || k == fyne.KeyEnter }

// isFunction tells whether a key is F1 or one of those beside it.
func isFunction(k fyne.KeyName) bool { return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9' }
