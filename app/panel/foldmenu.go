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
	return fyne.NewMenu("",
		item("Unfold all (Shift + →)", r.table.grouped, func() { r.unfoldAll(true) }),
		item("Fold all (Shift + ←)", r.table.grouped, func() { r.unfoldAll(false) }),
		fyne.NewMenuItemSeparator(),
		where("One row for each structure: in libraries", FoldLibraries),
		where("One row for each structure: always", FoldAll),
		where("One row for each structure: never", FoldNone),
		fyne.NewMenuItemSeparator(),
		item("Columns…", r.OnChoose != nil, func() { r.OnChoose() }),
	)
}

// showMenu shows the menu at a place of the window.
func (r *Results) showMenu(at fyne.Position) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		widget.ShowPopUpMenuAtPosition(r.menu(), c, at)
	}
}
