// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/viewport"
)

// windowKeys returns what keys without Ctrl do where no field takes them.
func windowKeys() keys.Map[*window] {
	return inspectionKeys(keys.Map[*window]{
		{Names: []fyne.KeyName{fyne.KeyF1}, What: "this help", Do: (*window).showHelp},
		{Names: []fyne.KeyName{fyne.KeyF5}, What: "fit; again: cancel", Do: (*window).fitOrCancel},
		{Names: []fyne.KeyName{fyne.KeySpace}, What: "accept the selected placement", Do: (*window).accept},
		{Names: []fyne.KeyName{fyne.KeyDelete}, What: "zero out its density", Do: (*window).zeroOut},
		{Names: []fyne.KeyName{fyne.KeyEscape}, What: "cancel what runs; close a dialog", Do: func(w *window) {
			if w.job != nil {
				w.stop()
			}
		}},
	})
}

// typedKey does what keys do where no field takes them. While a dialog is
// open, Escape closes it and the others rest.
func (w *window) typedKey(k *fyne.KeyEvent) {
	if n := len(w.questions); n > 0 {
		if k.Name == fyne.KeyEscape {
			w.questions[n-1].Hide()
		}
		return
	}
	windowKeys().Key(w, k.Name, 0)
}

// escape does what Escape does: it closes the latest dialog.
func (w *window) escape() { w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }

// A keyGroup are the keys that work in one place.
type keyGroup struct {
	where string
	rows  [][2]string // keys, and what they do
}

// keyHelp returns all keys, from the tables by which they act.
func (w *window) keyHelp() []keyGroup {
	var groups []keyGroup
	for _, m := range w.menus.main.Items {
		if rows := shortcutsOf(m, ""); len(rows) > 0 {
			groups = append(groups, keyGroup{"Menu " + m.Label, rows})
		}
	}
	return append(groups,
		keyGroup{"Table and picture", windowKeys().Help()},
		keyGroup{"Table", panel.TableKeyHelp()},
		keyGroup{"Compose", panel.ComposeKeyHelp()},
		keyGroup{"Picture", viewport.KeyHelp()},
		keyGroup{"Contour level", panel.LevelKeyHelp()},
		keyGroup{"Transfer function of a map", panel.CurveKeyHelp()})
}

// shortcutsOf returns the shortcuts of a menu and of those in it.
func shortcutsOf(m *fyne.Menu, path string) [][2]string {
	var rows [][2]string
	for _, i := range m.Items {
		if text := keys.Shortcut(i.Shortcut); text != "" {
			rows = append(rows, [2]string{text, path + i.Label})
		}
		if i.ChildMenu != nil {
			rows = append(rows, shortcutsOf(i.ChildMenu, path+i.Label+", ")...)
		}
	}
	return rows
}
