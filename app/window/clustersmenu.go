// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"difffit/app/document"
	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/window/stage"
)

// clusterItems are the items of the menu Clusters that are switched.
type clusterItems struct {
	menu                          *fyne.Menu
	reject, note                  *fyne.MenuItem
	copyRow, copyRows, exportRows *fyne.MenuItem
	pin, unpin, flicker, path     *fyne.MenuItem
}

// clusterKeys are what keys without Ctrl do with the table and its placements.
func clusterKeys() keys.Map[*window] {
	return keys.Map[*window]{
		{Names: []fyne.KeyName{fyne.KeyX}, What: "reject the selected placement, or take that back", Do: func(w *window) { w.table.Reject() }},
		{Names: []fyne.KeyName{fyne.KeyN}, What: "write a note about it", Do: func(w *window) { w.table.AskNote('n') }},
		{Names: []fyne.KeyName{fyne.KeyP}, What: "pin it for comparison, or unpin it", Do: func(w *window) { w.table.TogglePin() }},
		{Names: []fyne.KeyName{fyne.KeyV}, What: "pinned ones: the selected, all in one view, side by side", Do: func(w *window) { w.table.NextMode() }},
		{Names: []fyne.KeyName{fyne.KeyB}, What: "flicker between the pinned ones, or the last two", Do: func(w *window) { w.table.Flicker() }},
		{Names: []fyne.KeyName{fyne.KeyC}, What: "cloud of placements: of the cluster, of the fit, none", Do: func(w *window) { w.table.NextCloud() }},
		{Names: []fyne.KeyName{fyne.KeyT}, What: "how it was found: the path of a start; again: back", Do: func(w *window) { w.table.TogglePaths() }},
		{Names: []fyne.KeyName{fyne.KeySlash}, What: "filter the table", Do: func(w *window) {
			if _, rows := w.table.Results.Rows(); rows > 0 { // else a path is being written into nothing
				w.table.Results.FocusFilter('/')
			}
		}},
	}
}

// clustersMenu has what is done with the rows of the table.
func (m *menus) clustersMenu(w *window) *fyne.Menu {
	const shift = fyne.KeyModifierShift
	c := &m.clusters
	c.reject = w.item("Reject, or take that back", plain(fyne.KeyX), w.table.Reject)
	c.note = w.item("Note…", plain(fyne.KeyN), func() { w.table.AskNote(0) })
	c.copyRow = fyne.NewMenuItem("Copy the row", w.table.CopyRow) // also in dialogs, where it copies text
	c.copyRow.Shortcut = &fyne.ShortcutCopy{}
	c.copyRows = w.item("Copy all rows shown", shortcut(fyne.KeyC, shift), w.table.CopyRows)
	c.exportRows = w.item("Export the table…", shortcut(fyne.KeyT, shift), w.table.AskExport)
	follow := func(w *window) bool { return w.App.Preferences().BoolWithFallback(stage.KeyFollow, true) }
	c.menu = fyne.NewMenu("Clusters", c.reject, c.note, fyne.NewMenuItemSeparator(),
		w.item("Filter", shortcut(fyne.KeyF, shift), func() { w.table.Results.FocusFilter(0) }),
		w.item("Columns…", shortcut(fyne.KeyL, shift), w.table.AskColumns),
		m.choice(w, "Bars in cells", func(w *window) bool { return w.table.HasBars() }, w.table.ToggleBars),
		m.choice(w, "The picture follows the selection", follow, func() { w.stage.SetView(stage.KeyFollow, !follow(w)) }),
		fyne.NewMenuItemSeparator(), c.copyRow, c.copyRows, c.exportRows, fyne.NewMenuItemSeparator())
	c.menu.Items = append(c.menu.Items, m.compareItems(w)...)
	return c.menu
}

// compareItems are those for comparing placements.
func (m *menus) compareItems(w *window) []*fyne.MenuItem {
	c := &m.clusters
	c.pin = w.item("Pin", plain(fyne.KeyP), w.table.TogglePin)
	c.unpin = w.item("Unpin all", alt(fyne.KeyP), w.table.UnpinAll)
	c.flicker = w.item("Flicker between two", plain(fyne.KeyB), w.table.Flicker)
	c.path = w.item("How it was found", plain(fyne.KeyT), w.table.TogglePaths)
	mode := func(label string, key fyne.KeyName, v panel.Mode) *fyne.MenuItem {
		i := m.choice(w, label, func(w *window) bool { return w.table.Mode() == v }, func() { w.table.SetMode(v) })
		i.Shortcut = alt(key)
		return i
	}
	scope := func(label string, v panel.Scope) *fyne.MenuItem {
		return m.choice(w, label, func(w *window) bool { return w.table.Cloud().Scope == v }, func() {
			next := w.table.Cloud()
			next.Scope = v
			w.table.SetCloud(next)
		})
	}
	return []*fyne.MenuItem{
		c.pin, c.unpin, sub("Pinned placements (V)", []*fyne.MenuItem{
			mode("The selected one", fyne.Key1, panel.OneAtATime), mode("All in one view", fyne.Key2, panel.InOneView), mode("Side by side", fyne.Key3, panel.SideBySide),
		}), c.flicker,
		sub("Cloud of placements (C)", []*fyne.MenuItem{
			scope("None", panel.NoCloud), scope("Members of the cluster", panel.Members), scope("All placements of the fit", panel.WholeFit),
		}), c.path,
	}
}

// enable switches the items.
func (c *clusterItems) enable(w *window, s document.State, busy, selected bool) {
	mark := s.Mark(w.Doc.Selected())
	c.reject.Label = "Reject"
	if mark.Rejected {
		c.reject.Label = "Take the rejection back"
	}
	c.pin.Label = "Pin"
	if mark.Pin > 0 {
		c.pin.Label = "Unpin"
	}
	c.pin.Disabled, c.path.Disabled = busy || !selected, busy || !selected
	c.unpin.Disabled = busy || len(s.Pins()) == 0
	c.reject.Disabled, c.note.Disabled = busy || !selected, busy || !selected
	shown, _ := w.table.Results.Rows()
	c.copyRows.Disabled, c.exportRows.Disabled = shown == 0, shown == 0
}

// inspectionKeys are those of the window with those of the table.
func inspectionKeys(own keys.Map[*window]) keys.Map[*window] {
	return slices.Concat(own, clusterKeys())
}

// alt is a key with Alt.
func alt(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}
}
