// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// MenuItems are what is done with the table as a whole, for a context menu.
func (r *Results) MenuItems() []*fyne.MenuItem { return r.menu().Items }

// menu returns what is done with the table as a whole.
func (r *Results) menu() *fyne.Menu {
	item := func(label string, on bool, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Disabled = !on
		return i
	}
	where := func(label string, f Folding) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() { r.chooseFolding(f) })
		i.Checked = r.folding == f
		return i
	}
	merging := fyne.NewMenuItem("Sliders for what is the same place", r.chooseMerging)
	merging.Checked = r.tolerance.row.Visible()
	return fyne.NewMenu("",
		item("Unfold all (Shift + →)", r.table.grouped, func() { r.unfoldAll(true) }),
		item("Fold all (Shift + ←)", r.table.grouped, func() { r.unfoldAll(false) }),
		fyne.NewMenuItemSeparator(),
		where("Fold what is wrong; libraries to one row for each structure", FoldLibraries),
		where("Fold to one row for each structure", FoldAll),
		where("Fold nothing", FoldNone),
		fyne.NewMenuItemSeparator(),
		merging,
		item("Columns…", r.OnChoose != nil, func() { r.OnChoose() }),
	)
}

// showMenu shows the menu at a place of the window.
func (r *Results) showMenu(at fyne.Position) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		widget.ShowPopUpMenuAtPosition(r.menu(), c, at)
	}
}

// SetMerging shows the sliders of what is one place, or hides them.
func (r *Results) SetMerging(on bool) {
	if r.tolerance.row.Show(); !on {
		r.tolerance.row.Hide()
	}
	r.Refresh()
}

// chooseMerging is SetMerging by a person.
func (r *Results) chooseMerging() {
	on := !r.tolerance.row.Visible()
	r.SetMerging(on)
	if r.OnMerging != nil {
		r.OnMerging(on)
	}
}
