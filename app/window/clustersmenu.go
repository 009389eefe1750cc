// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"difffit/app/document"
	"difffit/app/keys"
	"difffit/app/panel"
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
		{Names: []fyne.KeyName{fyne.KeyX}, What: "reject the selected placement, or take that back", Do: (*window).reject},
		{Names: []fyne.KeyName{fyne.KeyN}, What: "write a note about it", Do: func(w *window) { w.askNote('n') }},
		{Names: []fyne.KeyName{fyne.KeyP}, What: "pin it for comparison, or unpin it", Do: (*window).togglePin},
		{Names: []fyne.KeyName{fyne.KeyV}, What: "pinned ones: the selected, all in one view, side by side", Do: (*window).nextMode},
		{Names: []fyne.KeyName{fyne.KeyB}, What: "flicker between the pinned ones, or the last two", Do: (*window).flicker},
		{Names: []fyne.KeyName{fyne.KeyC}, What: "cloud of placements: of the cluster, of the fit, none", Do: (*window).nextCloud},
		{Names: []fyne.KeyName{fyne.KeyT}, What: "how it was found: the path of a start; again: back", Do: (*window).toggleWays},
		{Names: []fyne.KeyName{fyne.KeySlash}, What: "filter the table", Do: func(w *window) { w.results.FocusFilter('/') }},
	}
}

// clustersMenu has what is done with the rows of the table.
func (m *menus) clustersMenu(w *window) *fyne.Menu {
	const shift = fyne.KeyModifierShift
	c := &m.clusters
	c.reject = w.item("Reject, or take that back", plain(fyne.KeyX), w.reject)
	c.note = w.item("Note…", plain(fyne.KeyN), func() { w.askNote(0) })
	c.copyRow = fyne.NewMenuItem("Copy the row", w.copyRow) // also in dialogs, where it copies text
	c.copyRow.Shortcut = &fyne.ShortcutCopy{}
	c.copyRows = w.item("Copy all rows shown", shortcut(fyne.KeyC, shift), w.copyRows)
	c.exportRows = w.item("Export the table…", shortcut(fyne.KeyT, shift), w.askExport)
	follow := func(w *window) bool { return w.app.Preferences().BoolWithFallback(keyFollow, true) }
	c.menu = fyne.NewMenu("Clusters", c.reject, c.note, fyne.NewMenuItemSeparator(),
		w.item("Filter", shortcut(fyne.KeyF, shift), func() { w.results.FocusFilter(0) }),
		w.item("Columns…", shortcut(fyne.KeyL, shift), w.askColumns),
		m.choice(w, "Bars in cells", (*window).hasBars, w.toggleBars),
		m.choice(w, "The picture follows the selection", follow, func() { w.setView(keyFollow, !follow(w)) }),
		fyne.NewMenuItemSeparator(), c.copyRow, c.copyRows, c.exportRows, fyne.NewMenuItemSeparator())
	c.menu.Items = append(c.menu.Items, m.compareItems(w)...)
	return c.menu
}

// compareItems are those for comparing placements.
func (m *menus) compareItems(w *window) []*fyne.MenuItem {
	c := &m.clusters
	c.pin = w.item("Pin", plain(fyne.KeyP), w.togglePin)
	c.unpin = w.item("Unpin all", alt(fyne.KeyP), w.unpinAll)
	c.flicker = w.item("Flicker between two", plain(fyne.KeyB), w.flicker)
	c.path = w.item("How it was found", plain(fyne.KeyT), w.toggleWays)
	mode := func(label string, key fyne.KeyName, v panel.Mode) *fyne.MenuItem {
		i := m.choice(w, label, func(w *window) bool { return w.compare.mode == v }, func() { w.setMode(v) })
		i.Shortcut = alt(key)
		return i
	}
	scope := func(label string, v panel.Scope) *fyne.MenuItem {
		return m.choice(w, label, func(w *window) bool { return w.compare.cloud.view.Scope == v }, func() {
			next := w.compare.cloud.view
			next.Scope = v
			w.setCloud(next)
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
	mark := s.Mark(w.doc.Selected())
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
	w.compare.panel.Enable(selected && !busy, len(s.Pins()) >= 2 || !w.compare.last[1].IsZero())
	w.ways.panel.Enable(selected && !busy)
	c.reject.Disabled, c.note.Disabled = busy || !selected, busy || !selected
	shown, _ := w.results.Rows()
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
