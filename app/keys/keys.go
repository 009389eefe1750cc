// SPDX-License-Identifier: BSD-3-Clause

// Package keys has tables of what keys do. A widget acts by its table, and the
// help is written from the same one, so that neither can know a key that the
// other does not. What the keys are for it does not know.
package keys

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// A Binding is what some keys do to a T, a window or a widget. Keys that type
// a character are Runes, all others Names.
type Binding[T any] struct {
	Names []fyne.KeyName
	Runes string
	Shift bool // with the Shift key held; of Names alone
	What  string
	Do    func(T)
}

// A Map is all that a T does with keys. The first binding that fits acts.
type Map[T any] []Binding[T]

// Key acts on a key and tells whether there is a binding for it.
func (m Map[T]) Key(to T, name fyne.KeyName, held fyne.KeyModifier) bool {
	shift := held&fyne.KeyModifierShift != 0
	for _, b := range m {
		for _, n := range b.Names {
			if n == name && b.Shift == shift {
				b.Do(to)
				return true
			}
		}
	}
	return false
}

// Has tells whether there is a binding for a key.
func (m Map[T]) Has(name fyne.KeyName, held fyne.KeyModifier) bool {
	shift := held&fyne.KeyModifierShift != 0
	return slices.ContainsFunc(m, func(b Binding[T]) bool { return b.Shift == shift && slices.Contains(b.Names, name) })
}

// HasRune tells whether there is a binding for a character.
func (m Map[T]) HasRune(r rune) bool {
	return slices.ContainsFunc(m, func(b Binding[T]) bool {
		return strings.ContainsRune(b.Runes, r) || strings.ContainsRune(b.Runes, lower(r))
	})
}

// A User is a widget that tells which keys it has a use for. What types a
// character it is asked about as a key, too.
type User interface {
	UsesKey(name fyne.KeyName, held fyne.KeyModifier) bool
	UsesRune(r rune) bool
}

// Rune acts on a character, whatever its case, and tells whether there is a
// binding for it.
func (m Map[T]) Rune(to T, r rune) bool {
	for _, b := range m {
		if strings.ContainsRune(b.Runes, r) || strings.ContainsRune(b.Runes, lower(r)) {
			b.Do(to)
			return true
		}
	}
	return false
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// Help returns the keys, as people write them, and what they do.
func (m Map[T]) Help() [][2]string {
	var rows [][2]string
	for _, b := range m {
		rows = append(rows, [2]string{b.String(), b.What})
	}
	return rows
}

// String writes the keys as people write them.
func (b Binding[T]) String() string {
	var words []string
	for _, n := range b.Names {
		words = append(words, Name(n))
	}
	for _, r := range b.Runes {
		words = append(words, strings.ToUpper(string(r)))
	}
	text := strings.Join(words, "  ")
	if b.Shift {
		text = "Shift + " + text
	}
	return text
}

// names are those that differ from Fyne's.
var names = map[fyne.KeyName]string{
	fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyLeft: "←", fyne.KeyRight: "→",
	fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down", fyne.KeyEnter: "Enter",
	fyne.KeyPeriod: ".", fyne.KeyComma: ",", fyne.KeyBackspace: "Backspace",
}

// Name writes a key as people write it.
func Name(k fyne.KeyName) string {
	if n, ok := names[k]; ok {
		return n
	}
	return string(k)
}

// Shortcut writes the shortcut of a menu as people write it, "" if it is none
// of the keyboard.
func Shortcut(s fyne.Shortcut) string {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return ""
	}
	var words []string
	for _, m := range modifiers {
		if k.Mod()&m.of != 0 {
			words = append(words, m.name)
		}
	}
	return strings.Join(append(words, Name(k.Key())), "+")
}

var modifiers = []struct {
	of   fyne.KeyModifier
	name string
}{
	{fyne.KeyModifierControl, "Ctrl"},
	{fyne.KeyModifierAlt, "Alt"},
	{fyne.KeyModifierShift, "Shift"},
	{fyne.KeyModifierSuper, "Cmd"},
}

// Held returns the modifiers that are held now.
func Held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
