// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

// copiesOf tells how many copies of a structure are placed, and of how many.
func copiesOf(s document.State, structure int) string {
	placed := s.Placed(structure)
	switch n, stated := s.Expected(structure); {
	case n == 0 && placed == 0:
		return "any number"
	case n == 0 || !stated && placed > n:
		return fmt.Sprintf("%d placed", placed)
	default:
		return fmt.Sprintf("%d of %d", placed, n)
	}
}

// stepCopies returns what a person says who wants one more or one less: from any
// number, those that are placed and one more; down from one, any number.
func stepCopies(s document.State, structure, by int) int {
	n, _ := s.Expected(structure)
	switch {
	case n == 0 && by > 0:
		return s.Placed(structure) + by
	case n == 0 || n+by < 1:
		return document.AnyNumber
	}
	return min(n+by, mostCopies)
}

// A copyCounter shows how many copies of a structure are placed and expected; a
// tap opens what changes that.
type copyCounter struct {
	widget.Button
	onCopies  func(copies int)
	state     document.State
	structure int
	open      *copyStepper // nil while it is shut
}

func newCopyCounter() *copyCounter {
	c := &copyCounter{}
	c.Importance = widget.LowImportance
	c.OnTapped = c.ask
	c.ExtendBaseWidget(c)
	return c
}

// set shows a structure of s.
func (c *copyCounter) set(s document.State, structure int, onCopies func(copies int)) {
	if c.structure != structure && c.open != nil {
		c.open.popUp.Hide()
		c.open = nil
	}
	c.state, c.structure, c.onCopies = s, structure, onCopies
	if text := copiesOf(s, structure); c.Text != text {
		c.SetText(text)
	}
	if c.open != nil {
		c.open.show()
	}
}

func (c *copyCounter) tell(copies int) {
	if c.onCopies != nil {
		c.onCopies(copies)
	}
}

// ask opens the stepper below the counter.
func (c *copyCounter) ask() {
	d := fyne.CurrentApp().Driver()
	canvas := d.CanvasForObject(c)
	if canvas == nil {
		return
	}
	c.open = newCopyStepper(c, canvas)
	at := d.AbsolutePositionForObject(c).AddXY(c.Size().Width-c.open.popUp.MinSize().Width, c.Size().Height)
	c.open.popUp.ShowAtPosition(fyne.NewPos(max(0, at.X), min(at.Y, canvas.Size().Height-c.open.popUp.MinSize().Height)))
	canvas.Focus(c.open.number)
}

// A copyStepper is how the expected copies of a structure are changed: up, down,
// a number, or any number.
type copyStepper struct {
	counter           *copyCounter
	number            *copyEntry
	less, more, every *widget.Button
	popUp             *widget.PopUp
}

// A copyEntry is the field of a stepper: Escape shuts that.
type copyEntry struct {
	entry
	shut func()
}

// TypedKey shuts the stepper with Escape.
func (e *copyEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.shut()
		return
	}
	e.entry.TypedKey(k)
}

func newCopyStepper(c *copyCounter, canvas fyne.Canvas) *copyStepper {
	q := &copyStepper{counter: c, number: &copyEntry{}}
	q.number.ExtendBaseWidget(q.number)
	q.number.PlaceHolder = "any"
	q.number.OnDone = q.typed
	q.number.OnSubmitted = func(string) { q.number.done(); q.popUp.Hide() }
	step := func(by int) func() {
		return func() { c.tell(stepCopies(c.state, c.structure, by)) }
	}
	q.less = widget.NewButtonWithIcon("", theme.ContentRemoveIcon(), step(-1))
	q.more = widget.NewButtonWithIcon("", theme.ContentAddIcon(), step(1))
	q.every = widget.NewButton("Any number", func() { c.tell(document.AnyNumber) })
	name := widget.NewLabel("Copies of " + Shorten(c.state.Name(c.structure), 180, theme.TextSize(), fyne.TextStyle{}) + " in the map")
	narrow := container.NewGridWrap(fyne.NewSize(60, q.number.MinSize().Height), q.number)
	q.popUp = widget.NewPopUp(container.NewVBox(name, container.NewHBox(q.less, narrow, q.more, q.every)), canvas)
	q.number.shut = q.popUp.Hide
	q.show()
	return q
}

// show shows the number that is expected, and what can be changed of it.
func (q *copyStepper) show() {
	n, stated := q.counter.state.Expected(q.counter.structure)
	text := ""
	if n > 0 {
		text = strconv.Itoa(n)
	}
	q.number.settle(text)
	if q.less.Enable(); n == 0 {
		q.less.Disable()
	}
	if q.every.Enable(); n == 0 && stated {
		q.every.Disable()
	}
}

// typed takes a number that was written, or nothing for any; what is neither
// gives way to what is so.
func (q *copyStepper) typed(text string) {
	text = strings.TrimSpace(text)
	n, err := strconv.Atoi(text)
	switch {
	case text == "" || strings.EqualFold(text, "any"):
		q.counter.tell(document.AnyNumber)
	case err == nil && n >= 1 && n <= mostCopies:
		q.counter.tell(n)
	}
	q.show()
}
