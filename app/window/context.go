// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/render"
)

// connectMenus gives rows, pictures, nodes of the tree and maps their context
// menus.
func (w *window) connectMenus() {
	w.table.Results.OnMenu = func(at fyne.Position) { w.pop(at, w.placementItems(), w.table.Results.MenuItems()) }
	w.stage.OnMenu = w.popPicture
	w.compose.Panel.OnMenu = func(n panel.Node, at fyne.Position) { w.pop(at, w.nodeItems(n), w.composeItems()) }
	w.stage.MapsPanel.OnMenu = func(row int, at fyne.Position) {
		w.pop(at, w.stage.MapsPanel.MenuItems(row), []*fyne.MenuItem{w.menus.saveMap})
	}
	w.files.Inputs.OnMenu = func(_ int, at fyne.Position) { w.pop(at, w.models.Menu()) }
}

// pop shows a context menu of groups of items at a place of the window.
func (w *window) pop(at fyne.Position, groups ...[]*fyne.MenuItem) {
	w.enable() // what can be done now
	var items []*fyne.MenuItem
	for _, g := range groups {
		if len(items) > 0 && len(g) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, g...)
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.Canvas(), at)
}

// placementItems are what is done with the selected placement.
func (w *window) placementItems() []*fyne.MenuItem {
	m := &w.menus
	return []*fyne.MenuItem{
		m.accept, m.clusters.reject, m.zero, m.clusters.note, fyne.NewMenuItemSeparator(),
		m.clusters.pin, m.clusters.flicker, m.clusters.path, fyne.NewMenuItemSeparator(), m.saveFit, m.clusters.copyRow,
	}
}

// mapItems are what is done with maps.
func (w *window) mapItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{w.menus.shown.density, w.item("Show the panel Maps", nil, func() { w.ShowTab(w.stage.MapsPanel) }), w.menus.saveMap}
}

// viewItems are about the point of view; centre is nil where there is nothing.
func (w *window) viewItems(centre func()) []*fyne.MenuItem {
	items := []*fyne.MenuItem{w.act(actFrame), w.act(actFront), w.act(actPicture)}
	if centre == nil {
		return items
	}
	return append([]*fyne.MenuItem{w.item("Rotate about this point", nil, centre)}, items...)
}

// popPicture shows the menu of what was clicked on in a picture; a placement is
// selected first.
func (w *window) popPicture(v *viewport.Viewport, hit render.Hit, ok bool, at fyne.Position) {
	centre := func() {
		c := v.Camera()
		c.Target = hit.Position
		v.SetCamera(c)
		w.table.Turned(v, c)
	}
	m := &w.menus
	switch {
	case !ok:
		w.pop(at, w.viewItems(nil), []*fyne.MenuItem{m.shown.atoms, m.shown.colours, m.shown.density, m.shown.light})
	case hit.IsAtom:
		v.OnPick(hit, ok)
		w.pop(at, w.placementItems(), w.residueItems(v, hit), []*fyne.MenuItem{m.shown.atoms, m.shown.colours}, w.viewItems(centre))
	default:
		w.pop(at, w.mapItems(), w.viewItems(centre))
	}
}

// composeItems are what is done with the composite as a whole.
func (w *window) composeItems() []*fyne.MenuItem {
	m := &w.menus
	return []*fyne.MenuItem{m.next, m.complete, m.symmetry, m.saveAll}
}

// nodeItems are what is done with a node of the tree of the composite.
func (w *window) nodeItems(n panel.Node) []*fyne.MenuItem {
	p, busy := w.compose.Panel, w.Busy()
	item := func(label string, do func()) *fyne.MenuItem {
		i := w.item(label, nil, do)
		i.Disabled = busy
		return i
	}
	switch n.Kind {
	case panel.AcceptedNode:
		zero := item("Zero out its density", func() { p.OnZero(n.ID) })
		zero.Disabled = busy || w.Doc.State().LayerOf(n.ID) != nil
		return []*fyne.MenuItem{zero, item("Accept it no longer", func() { p.OnRemove(n) })}
	case panel.RoundNode:
		return []*fyne.MenuItem{item("Remove the round", func() { p.OnRemove(n) })}
	case panel.LayerNode:
		return w.menus.layer
	case panel.StructureNode:
		if t := w.Doc.State().Structure(n.ID); t != nil {
			fewer := item("One copy fewer is expected", func() { p.OnCopies(n.ID, t.Copies-1) })
			fewer.Disabled = busy || t.Copies == 0
			return []*fyne.MenuItem{item("One copy more is expected", func() { p.OnCopies(n.ID, t.Copies+1) }), fewer}
		}
	}
	return nil
}
