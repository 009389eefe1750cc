// SPDX-License-Identifier: BSD-3-Clause

// Package panel has the parts of the window beside the picture: inputs,
// contour level, options, clusters, layers, log. A panel shows a state and
// says what a person wants; it opens no files, starts no goroutines, and never
// touches the document.
package panel

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// number writes a value with digits after the point, "–" if it is none.
func number(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return strconv.FormatFloat(v, 'f', digits, 64)
}

// capital begins a text in English with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// short writes a value with four digits that count.
func short(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return strconv.FormatFloat(v+0, 'g', 4, 64) // + 0: no negative zero
}

// titled writes a value for a title that has little room, with as many digits that
// count: 0.0213, 12 500, 4.2e-5.
func titled(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'g', digits, 64)
	mantissa, exponent, is := strings.Cut(s, "e")
	if !is {
		return s
	}
	if rounded, err := strconv.ParseFloat(s, 64); err == nil && math.Abs(rounded) >= 1 && math.Abs(rounded) < 1e6 {
		return grouped(int(rounded))
	}
	n, _ := strconv.Atoi(exponent)
	return mantissa + "e" + strconv.Itoa(n)
}

// aligned is short, but with as many digits after the point for values of one
// size, so that they stand in columns.
func aligned(v float64) string {
	switch a := math.Abs(v); {
	case a >= 1e5 || a != 0 && a < 1e-3:
		return short(v)
	case a >= 1000:
		return number(v, 0)
	case a >= 100:
		return number(v, 1)
	case a >= 10:
		return number(v, 2)
	}
	return number(v, 4)
}

// grouped writes a count with a thin space between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

// Plural writes a count and the noun that goes with it.
func Plural(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "sh"):
		noun += "es"
	default:
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// Heading is a bold line above a part of a panel.
func Heading(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// hint is a quiet line of help that wraps.
func hint(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.Importance = widget.LowImportance
	return l
}

// parse reads a number that a person wrote; a comma may stand for the point.
func parse(text string) (float64, error) {
	return strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
}

// An entry is a line of text that tells when it is done: on Return, and when
// the focus goes elsewhere after a change.
type entry struct {
	widget.Entry
	OnDone   func(string)
	OnEscape func() // of a dialog: Escape where nothing was written
	settled  string // text when it was last set or done
	valid    string // text that was last not marked as wrong
	wrong    error  // what is marked as wrong with it, or nil
	whole    bool   // a click selects all of it: what is typed then takes its place
	focused  bool
	first    bool // the button went down that gave it the keyboard
}

func newEntry() *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	e.OnSubmitted = func(string) { e.done() }
	return e
}

// settle shows text, unless a person is writing.
func (e *entry) settle(text string) {
	defer e.mark(nil)
	if e.settled == text && e.Text == text {
		return
	}
	e.settled = text
	e.SetText(text)
}

func (e *entry) done() {
	if e.Text == e.settled {
		return
	}
	e.settled = e.Text
	if e.OnDone != nil {
		e.OnDone(e.Text)
	}
}

// Pending tells whether something was written that is not done.
func (e *entry) Pending() bool { return e.Text != e.settled }

// newNumber makes an entry for a number, which a click selects.
func newNumber() *entry {
	e := newEntry()
	e.whole = true
	return e
}

// FocusGained notes that the keyboard is here.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.focused = true
}

// MouseDown notes whether the click is the one that gives the keyboard.
func (e *entry) MouseDown(m *desktop.MouseEvent) {
	e.first = !e.focused
	e.Entry.MouseDown(m)
}

// MouseUp selects a number at the first click, unless a part was dragged over.
func (e *entry) MouseUp(m *desktop.MouseEvent) {
	e.Entry.MouseUp(m)
	if e.whole && e.first && e.SelectedText() == "" {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// DoubleTapped selects all of a number, which is no sentence of words.
func (e *entry) DoubleTapped(p *fyne.PointEvent) {
	e.Entry.DoubleTapped(p)
	if e.whole {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusLost counts as the end of writing.
func (e *entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.done()
}

// TypedKey lets Escape take back what was written.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		if e.Text == e.settled && e.wrong == nil && e.OnEscape != nil {
			e.OnEscape()
			return
		}
		if e.wrong != nil && e.Text == e.settled {
			e.SetText(e.valid)
			e.done()
			return
		}
		e.SetText(e.settled)
		return
	}
	e.Entry.TypedKey(k)
}
