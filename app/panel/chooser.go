// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Chooser says which columns the table has, and in which order. It works
// with the mouse, and with keys: up and down go from column to column, Space
// shows or hides it, Page Up and Page Down move it.
type Chooser struct {
	widget.BaseWidget

	// OnChange is told the names of the columns, from the left.
	OnChange func(names []string)
	// OnClose is called on Escape.
	OnClose func()

	order []*column // shown ones first, as they are shown
	on    map[*column]bool
	list  *fyne.Container
	boxes []*columnBox // in order
}

// NewChooser returns a chooser with some columns on.
func NewChooser(names []string) *Chooser {
	c := &Chooser{list: container.NewVBox()}
	c.ExtendBaseWidget(c)
	c.set(named(names))
	return c
}

func (c *Chooser) set(shown []*column) {
	c.order, c.on = slices.Clone(shown), map[*column]bool{}
	for _, q := range shown {
		c.on[q] = true
	}
	for _, q := range columns {
		if !c.on[q] {
			c.order = append(c.order, q)
		}
	}
	c.build()
}

// CreateRenderer lays the list out.
func (c *Chooser) CreateRenderer() fyne.WidgetRenderer {
	reset := widget.NewButton("As at first", func() {
		c.set(named(nil))
		c.tell()
	})
	how := widget.NewLabel("↑ ↓ choose, Space shows or hides, Page Up and Page Down move")
	how.Importance = widget.LowImportance
	return widget.NewSimpleRenderer(container.NewBorder(nil, container.NewBorder(nil, nil, reset, nil, how), nil, nil, container.NewVScroll(c.list)))
}

// build makes a line for each column.
func (c *Chooser) build() {
	c.list.RemoveAll()
	c.boxes = nil
	for i, q := range c.order {
		check := newColumnBox(q.title, func(k fyne.KeyName) bool { return c.key(i, k) })
		check.Checked = c.on[q]
		c.boxes = append(c.boxes, check)
		check.OnChanged = func(on bool) {
			c.on[q] = on
			c.tell()
		}
		what := widget.NewLabel(q.meaning)
		what.Wrapping = fyne.TextWrapWord
		what.Importance = widget.LowImportance
		up := widget.NewButtonWithIcon("", theme.MoveUpIcon(), func() { c.move(i, i-1) })
		down := widget.NewButtonWithIcon("", theme.MoveDownIcon(), func() { c.move(i, i+1) })
		up.Importance, down.Importance = widget.LowImportance, widget.LowImportance
		if i == 0 {
			up.Disable()
		}
		if i == len(c.order)-1 {
			down.Disable()
		}
		name := container.NewGridWrap(fyne.NewSize(132, check.MinSize().Height), check)
		c.list.Add(container.NewBorder(nil, nil, name, container.NewHBox(up, down), what))
	}
	c.list.Refresh()
}

func (c *Chooser) move(from, to int) {
	q := c.order[from]
	c.order = slices.Insert(slices.Delete(c.order, from, from+1), to, q)
	c.build()
	c.tell()
}

// key acts on a key in the line of a column, and tells whether it is one of its
// keys.
func (c *Chooser) key(i int, k fyne.KeyName) bool {
	last := len(c.order) - 1
	switch k {
	case fyne.KeyUp:
		c.focus(max(0, i-1))
	case fyne.KeyDown:
		c.focus(min(last, i+1))
	case fyne.KeyPageUp:
		if i > 0 {
			c.move(i, i-1)
			c.focus(i - 1)
		}
	case fyne.KeyPageDown:
		if i < last {
			c.move(i, i+1)
			c.focus(i + 1)
		}
	case fyne.KeyEscape:
		if c.OnClose != nil {
			c.OnClose()
		}
	default:
		return false
	}
	return true
}

// First returns what the keyboard is to be given to.
func (c *Chooser) First() fyne.Focusable { return c.boxes[0] }

func (c *Chooser) focus(i int) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c.boxes[i])
	}
}

// A columnBox is the box of a column, with keys of its own.
type columnBox struct {
	widget.Check
	key func(fyne.KeyName) bool
}

func newColumnBox(title string, key func(fyne.KeyName) bool) *columnBox {
	b := &columnBox{key: key}
	b.Text = title
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey moves between boxes and moves columns.
func (b *columnBox) TypedKey(k *fyne.KeyEvent) {
	if !b.key(k.Name) {
		b.Check.TypedKey(k)
	}
}

func (c *Chooser) tell() {
	var names []string
	for _, q := range c.order {
		if c.on[q] {
			names = append(names, q.name)
		}
	}
	if c.OnChange != nil && len(names) > 0 { // a table without columns is no use
		c.OnChange(names)
	}
}

// named returns the columns with the given names; those that are first shown if
// there are none.
func named(names []string) []*column {
	var list []*column
	for _, n := range names {
		if c := columnOf(n); c != nil && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return named(firstColumns)
	}
	return list
}

// Boxes returns what shows and hides each column, by its name.
func (c *Chooser) Boxes() map[string]fyne.CanvasObject {
	named := map[string]fyne.CanvasObject{}
	for i, q := range c.order {
		named[q.name] = c.boxes[i]
	}
	return named
}
