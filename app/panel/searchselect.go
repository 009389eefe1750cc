// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// mostInMenu is how many choices a menu shows; more are searched.
const mostInMenu = 20

// The list of choices that are searched, in pixels.
const searchWidth, searchHeight = 320, 360

// A searchSelect is a Select whose choices, where they are many, are shown as a
// list with a field that searches them.
type searchSelect struct {
	widget.Select
	hint string // in the empty field
	list *searchList
}

func newSearchSelect(first, hint string, changed func(string)) *searchSelect {
	s := &searchSelect{hint: hint}
	s.Options, s.PlaceHolder, s.OnChanged = []string{first}, first, changed
	s.ExtendBaseWidget(s)
	return s
}

// Tapped shows the choices.
func (s *searchSelect) Tapped(e *fyne.PointEvent) {
	if len(s.Options) <= mostInMenu {
		s.Select.Tapped(e)
		return
	}
	s.search()
}

// TypedKey shows the choices, or goes to the next.
func (s *searchSelect) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		s.Tapped(nil)
	default:
		s.Select.TypedKey(k)
	}
}

// search shows the list below the widget, as far to the left as it needs.
func (s *searchSelect) search() {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(s)
	if c == nil || s.Disabled() {
		return
	}
	s.list = newSearchList(s.Options, s.hint, s.SelectedIndex(), s.SetSelectedIndex)
	s.list.show(c, d.AbsolutePositionForObject(s).AddXY(s.Size().Width, s.Size().Height))
}

// A searchList is a pop-up of choices and a field in which a part of what is
// looked for is written: words in any order. Arrows go through what is found,
// Return chooses, Escape closes.
type searchList struct {
	all    []string
	found  []int // indices of all
	at     int   // index of found that Return chooses
	field  *searchField
	list   *widget.List
	none   *widget.Label
	pop    *widget.PopUp
	choose func(int)
	mute   bool // while the list itself selects
}

func newSearchList(all []string, what string, selected int, choose func(int)) *searchList {
	l := &searchList{all: all, choose: choose, none: hint("None has this in its name.")}
	l.field = &searchField{key: l.key}
	l.field.ExtendBaseWidget(l.field)
	l.field.SetPlaceHolder(what)
	l.field.OnChanged = l.find
	l.field.OnSubmitted = func(string) { l.take(l.at) }
	l.list = widget.NewList(func() int { return len(l.found) }, func() fyne.CanvasObject {
		text := widget.NewLabel("")
		text.Truncation = fyne.TextTruncateEllipsis
		return text
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(l.found) {
			o.(*widget.Label).SetText(l.all[l.found[i]])
		}
	})
	l.list.OnSelected = func(i widget.ListItemID) {
		if !l.mute {
			l.take(i)
		}
	}
	l.find("")
	l.mark(selected)
	return l
}

// show shows the list with its right upper corner at a place.
func (l *searchList) show(c fyne.Canvas, at fyne.Position) {
	l.pop = widget.NewPopUp(container.NewBorder(l.field, nil, nil, nil, container.NewStack(l.list, l.none)), c)
	size := fyne.NewSize(min(searchWidth, c.Size().Width), min(searchHeight, c.Size().Height-at.Y))
	l.pop.Resize(size)
	l.pop.ShowAtPosition(fyne.NewPos(max(0, at.X-size.Width), at.Y))
	c.Focus(l.field)
	l.mark(l.at) // there was no place to scroll in before
}

// find lists the choices that have all words of a text, whatever the case.
func (l *searchList) find(text string) {
	words := strings.Fields(strings.ToLower(text))
	l.found = nil
	for i, name := range l.all {
		name, has := strings.ToLower(name), true
		for _, w := range words {
			has = has && strings.Contains(name, w)
		}
		if has {
			l.found = append(l.found, i)
		}
	}
	l.none.Hidden = len(l.found) > 0
	l.none.Refresh()
	l.list.UnselectAll()
	l.list.Refresh()
	l.mark(0)
}

// mark marks what Return chooses.
func (l *searchList) mark(i int) {
	if l.at = max(0, min(i, len(l.found)-1)); len(l.found) > 0 {
		l.mute = true
		l.list.Select(l.at)
		l.mute = false
	}
}

// take chooses one of what is found.
func (l *searchList) take(i int) {
	if i < len(l.found) {
		l.pop.Hide()
		l.choose(l.found[i])
	}
}

// key acts on a key of the field, and tells whether it is one of the list.
func (l *searchList) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		l.mark(l.at + 1)
	case fyne.KeyUp:
		l.mark(l.at - 1)
	case fyne.KeyPageDown:
		l.mark(l.at + page)
	case fyne.KeyPageUp:
		l.mark(l.at - page)
	case fyne.KeyEscape:
		l.pop.Hide()
	default:
		return false
	}
	return true
}

// A searchField is the field of a searchList.
type searchField struct {
	widget.Entry
	key func(fyne.KeyName) bool
}

// TypedKey moves in the list.
func (f *searchField) TypedKey(k *fyne.KeyEvent) {
	if !f.key(k.Name) {
		f.Entry.TypedKey(k)
	}
}
