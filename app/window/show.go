// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"

	"fyne.io/fyne/v2"

	"difffit/app/view"
)

// showItems are the parts of the menu View that get keys, or more items.
type showItems struct{ atoms, colours, density, light *fyne.MenuItem }

// addShow gives the choices of the picture keys, and adds those that tell
// about placements and map.
func (m *menus) addShow(w *window, i showItems) {
	const shift, alt = fyne.KeyModifierShift, fyne.KeyModifierAlt
	number := func(items []*fyne.MenuItem, more fyne.KeyModifier) {
		for k, item := range items {
			if item.IsSeparator || k >= len(digits) {
				return
			}
			item.Shortcut = shortcut(digits[k], more)
		}
	}
	number(i.colours.ChildMenu.Items, alt)
	number(i.atoms.ChildMenu.Items, shift)
	number(i.density.ChildMenu.Items, alt|shift)
	paint := m.choice(w, "Coloured by the placement that explains it", func(w *window) bool { return w.looks.paint },
		func() { w.setLooks(func(l *looks) { l.paint = !l.paint }) })
	paint.Shortcut = shortcut(fyne.KeyP, alt)
	residual := m.choice(w, "Residual map", func(w *window) bool { return w.maps.Sees(view.Residual) }, func() { w.toggleMap(view.Residual) })
	residual.Shortcut = shortcut(fyne.KeyR, alt)
	near := m.choice(w, "Only near the selected placement", func(w *window) bool { return w.maps.Near }, w.toggleZone)
	near.Shortcut = shortcut(fyne.KeyN, alt)
	i.density.ChildMenu.Items = append(i.density.ChildMenu.Items, paint, residual, near)
	for _, item := range i.light.ChildMenu.Items {
		switch item.Label {
		case "Silhouettes":
			item.Shortcut = shortcut(fyne.KeyS, alt)
		case "Darker hollows":
			item.Shortcut = shortcut(fyne.KeyH, alt)
		}
	}
	legend := m.choice(w, "Legend of colours", func(w *window) bool { return !w.app.Preferences().Bool(keyNoLegend) }, func() {
		w.app.Preferences().SetBool(keyNoLegend, !w.app.Preferences().Bool(keyNoLegend))
		w.legendOf = legendKey{}
		w.showScene()
		w.enable()
	})
	legend.Shortcut = shortcut(fyne.KeyG, alt)
	i.colours.ChildMenu.Items = append(i.colours.ChildMenu.Items, fyne.NewMenuItemSeparator(), legend)
}

// digits are the keys of the first choices of a menu.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// backgroundItem chooses what is behind everything.
func (m *menus) backgroundItem(w *window) *fyne.MenuItem {
	item := oneOf(m, w, "Background", []string{"As the window", "White", "Black"},
		[]view.Ground{view.ThemeGround, view.WhiteGround, view.BlackGround}, func(l *looks) *view.Ground { return &l.ground })
	next := w.item("Next", shortcut(fyne.KeyB, fyne.KeyModifierAlt), func() {
		w.setLooks(func(l *looks) { l.ground = (l.ground + 1) % (view.BlackGround + 1) })
	})
	item.ChildMenu.Items = append(item.ChildMenu.Items, fyne.NewMenuItemSeparator(), next)
	return item
}

// residualColour is that of the residual map, as of difference maps: green for
// density that no placement explains; the other side is red.
var residualColour = color.NRGBA{60, 175, 85, 150}

// toggleMap shows a map or hides it.
func (w *window) toggleMap(k view.Kind) {
	for i := range w.maps.Maps {
		if w.maps.Maps[i].Kind == k {
			w.maps.Maps[i].Visible = !w.maps.Maps[i].Visible
			break
		}
	}
	w.mapsChanged()
	w.enable()
}

// toggleZone shows only what is near the selected placement, or all.
func (w *window) toggleZone() {
	w.maps.Near = !w.maps.Near
	w.mapsChanged()
	w.enable()
}
