// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/keys"
)

// clusterItems are the items of the menu Clusters that are switched.
type clusterItems struct {
	menu                          *fyne.Menu
	reject, note                  *fyne.MenuItem
	copyRow, copyRows, exportRows *fyne.MenuItem
}

// clusterKeys are what keys without Ctrl do with the table and its placements.
func clusterKeys() keys.Map[*window] {
	return keys.Map[*window]{
		{Names: []fyne.KeyName{fyne.KeyX}, What: "reject the selected placement, or take that back", Do: (*window).reject},
		{Names: []fyne.KeyName{fyne.KeyN}, What: "write a note about it", Do: (*window).askNote},
		{Names: []fyne.KeyName{fyne.KeySlash}, What: "filter the table", Do: (*window).focusFilter},
	}
}

// clustersMenu has what is done with the rows of the table.
func (m *menus) clustersMenu(w *window) *fyne.Menu {
	const shift = fyne.KeyModifierShift
	c := &m.clusters
	c.reject = w.item("Reject, or take that back", plain(fyne.KeyX), w.reject)
	c.note = w.item("Note…", plain(fyne.KeyN), w.askNote)
	c.copyRow = fyne.NewMenuItem("Copy the row", w.copyRow) // also in dialogs, where it copies text
	c.copyRow.Shortcut = &fyne.ShortcutCopy{}
	c.copyRows = w.item("Copy all rows shown", shortcut(fyne.KeyC, shift), w.copyRows)
	c.exportRows = w.item("Export the table…", shortcut(fyne.KeyT, shift), w.askExport)
	follow := func(w *window) bool { return w.app.Preferences().BoolWithFallback(keyFollow, true) }
	c.menu = fyne.NewMenu("Clusters", c.reject, c.note, fyne.NewMenuItemSeparator(),
		w.item("Filter", shortcut(fyne.KeyF, shift), w.focusFilter),
		w.item("Columns…", shortcut(fyne.KeyL, shift), w.askColumns),
		m.choice(w, "Bars in cells", (*window).hasBars, w.toggleBars),
		m.choice(w, "The picture follows the selection", follow, func() { w.setView(keyFollow, !follow(w)) }),
		fyne.NewMenuItemSeparator(), c.copyRow, c.copyRows, c.exportRows)
	return c.menu
}

// enable switches the items.
func (c *clusterItems) enable(w *window, s document.State, busy, selected bool) {
	mark := s.Mark(w.doc.Selected())
	c.reject.Label = "Reject"
	if mark.Rejected {
		c.reject.Label = "Take the rejection back"
	}
	c.reject.Disabled, c.note.Disabled = busy || !selected, busy || !selected
	shown, _ := w.results.Rows()
	c.copyRows.Disabled, c.exportRows.Disabled = shown == 0, shown == 0
}

// inspectionKeys are those of the window with those of the table.
func inspectionKeys(own keys.Map[*window]) keys.Map[*window] {
	return slices.Concat(own, clusterKeys())
}
