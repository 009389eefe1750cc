// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// alone is the state in which nothing is seen but the picture.
type alone struct {
	on     bool
	told   bool                // how to come back
	around []fyne.CanvasObject // what is away then, beside menus and dock
}

// setAlone shows the picture alone, or brings back what is around it. Fyne gives
// keys with Ctrl to the menu bar, and to the canvas where there is none.
func (w *window) setAlone(on bool) {
	if w.alone.on == on {
		return
	}
	w.alone.on, w.alone.told = on, false
	for _, o := range w.alone.around {
		if o.Show(); on {
			o.Hide()
		}
	}
	w.dock.SetAlone(on)
	c := w.Canvas()
	for _, m := range w.menus.main.Items {
		eachShortcut(m, func(i *fyne.MenuItem) {
			if c.RemoveShortcut(i.Shortcut); on {
				c.AddShortcut(i.Shortcut, func(fyne.Shortcut) { i.Action() })
			}
		})
	}
	if on {
		c.Unfocus() // what is not seen takes no keys
		w.SetMainMenu(nil)
		w.Content().Move(fyne.Position{}) // where the menu bar was
		w.Content().Resize(c.Size())
	} else {
		w.SetMainMenu(w.menus.main)
	}
	w.Content().Refresh()
	w.enable()
}

// eachShortcut calls do for the items of a menu that have a shortcut, and of those
// in it.
func eachShortcut(m *fyne.Menu, do func(*fyne.MenuItem)) {
	for _, i := range m.Items {
		if i.ChildMenu != nil {
			eachShortcut(i.ChildMenu, do)
		} else if i.Shortcut != nil {
			do(i)
		}
	}
}

// toldAlone puts the words away that tell how to come back.
func (w *window) toldAlone() {
	if w.alone.on && !w.alone.told {
		w.alone.told = true
		w.enable()
	}
}

// openMenus opens the menus for the keyboard: the bar, or where there is none, one
// of all.
func (w *window) openMenus() {
	if !w.alone.on {
		if c, ok := w.Canvas().(interface{ ToggleMenu() }); ok {
			c.ToggleMenu()
		}
		return
	}
	var items []*fyne.MenuItem
	for _, m := range w.menus.main.Items {
		items = append(items, sub(m.Label, m.Items))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.Canvas(), fyne.Position{})
}
