// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Sorted returns the title of the first column that the rows are sorted by,
// and whether the greatest is first.
func (r *Results) Sorted() (title string, downward bool) {
	k := r.table.keys()[0]
	return k.column.title, k.downward
}

// Order returns the titles of all columns that the rows are sorted by.
func (r *Results) Order() []string {
	var titles []string
	for _, k := range r.table.keys() {
		titles = append(titles, k.column.title+mark([]sortKey{k}, k.column))
	}
	return titles
}

// Table returns the widget with the rows, so that it can be found on the screen.
func (r *Results) Table() fyne.CanvasObject { return r.table }

// Filter returns the field of the filter.
func (r *Results) Filter() fyne.CanvasObject { return r.filter }

// Tolerances returns the sliders of the tolerances: shift, angle.
func (r *Results) Tolerances() (shift, angle fyne.CanvasObject) {
	return r.tolerance.shift, r.tolerance.angle
}

// Chooser returns the button that has the columns chosen.
func (r *Results) Chooser() fyne.CanvasObject { return r.choose }

// Tip returns what is explained at the moment, "" if nothing is.
func (r *Results) Tip() string {
	if !r.tip.label.Visible() {
		return ""
	}
	return r.tip.label.Text
}

// Filtered returns the text of the filter.
func (r *Results) Filtered() string { return r.filter.Text }

// FocusFilter gives the keyboard to the filter.
func (r *Results) FocusFilter() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.filter); c != nil {
		c.Focus(r.filter)
	}
}

// ColumnOffset returns where a column begins, in pixels from the left of an
// unscrolled table, and how wide it is.
func (r *Results) ColumnOffset(title string) (x, width float32) {
	for i, c := range r.table.shown {
		if c.title == title {
			return r.table.offset(i), r.table.width[c]
		}
	}
	return 0, 0
}

// sortBy sorts by a column, or further by it; the same again turns the order.
func (r *Results) sortBy(c *column, further bool) {
	t := r.table
	t.order = sorted(t.keys(), c, further)
	r.arrange()
	if i := t.index(); i >= 0 {
		t.reveal(i)
	} else {
		t.ScrollToTop()
	}
}

// Begin sorts the rows as at first, and folds all groups: another document is
// shown.
func (r *Results) Begin() {
	r.table.order = nil
	clear(r.open)
	r.rearrange()
}

// Columns returns the names of the columns that are chosen, from the left. Of
// these, some are shown only in rounds in which they have values.
func (r *Results) Columns() []string {
	var names []string
	for _, c := range r.table.chosen {
		names = append(names, c.name)
	}
	return names
}

// SetColumns shows the columns with the given names, from the left; all if
// there are none. Names that it does not know are left out.
func (r *Results) SetColumns(names []string) {
	r.table.chosen = named(names)
	r.table.show(r.all)
	r.table.Refresh()
}

// moveColumn puts a column where a person dragged it, by their places among
// those that are shown.
func (r *Results) moveColumn(from, to int) {
	names, t := r.Columns(), r.table
	from, to = slices.Index(t.chosen, t.shown[from]), slices.Index(t.chosen, t.shown[to])
	name := names[from]
	names = slices.Insert(slices.Delete(names, from, from+1), to, name)
	r.SetColumns(names)
	if r.OnColumns != nil {
		r.OnColumns(names)
	}
}

// SetBars says whether cells have bars.
func (r *Results) SetBars(on bool) {
	r.table.bars = on
	r.table.Refresh()
}

// SetFilter shows the rows that a filter takes. What cannot be understood of
// it is said, and left out.
func (r *Results) SetFilter(text string) {
	if r.filter.Text != text {
		r.filter.SetText(text) // which calls this again
		return
	}
	f, err := parseFilter(text)
	fault := ""
	if err != nil {
		fault = Reason(err)
	}
	if r.fault.Text != fault {
		r.fault.Hidden = fault == ""
		r.fault.SetText(fault)
		r.Refresh()
	}
	r.takes = f
	r.rearrange()
}
