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
// with the mouse, and with Tab and Space.
type Chooser struct {
	widget.BaseWidget

	// OnChange is told the names of the columns, from the left.
	OnChange func(names []string)

	order []*column // shown ones first, as they are shown
	on    map[*column]bool
	list  *fyne.Container
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
		c.set(columns)
		c.tell()
	})
	return widget.NewSimpleRenderer(container.NewBorder(nil, container.NewHBox(reset), nil, nil, container.NewVScroll(c.list)))
}

// build makes a line for each column.
func (c *Chooser) build() {
	c.list.RemoveAll()
	for i, q := range c.order {
		check := widget.NewCheck(q.title, nil)
		check.Checked = c.on[q]
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
		name := container.NewGridWrap(fyne.NewSize(110, check.MinSize().Height), check)
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

// named returns the columns with the given names; all if there are none.
func named(names []string) []*column {
	var list []*column
	for _, n := range names {
		if c := columnOf(n); c != nil && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return columns
	}
	return list
}
