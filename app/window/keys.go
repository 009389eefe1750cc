// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/help"
)

// windowKeys returns what keys without Ctrl do where no field takes them.
func windowKeys() keys.Map[*window] {
	return inspectionKeys(keys.Map[*window]{
		{Names: []fyne.KeyName{fyne.KeyF1}, What: "this help", Do: func(w *window) { w.help.ShowHelp() }},
		{Names: []fyne.KeyName{fyne.KeyF5}, What: "fit; again: cancel", Do: func(w *window) { w.compose.FitOrCancel() }},
		{Names: []fyne.KeyName{fyne.KeyF6}, What: "fit in map: the selected model, from where it stands", Do: func(w *window) { w.models.FitInMap() }},
		{Names: []fyne.KeyName{fyne.KeyM}, What: "move the selected model by mouse and keys; again: the point of view", Do: func(w *window) { w.models.ToggleMoving() }},
		{Names: []fyne.KeyName{fyne.KeySpace}, What: "accept the selected placement", Do: func(w *window) { w.table.Accept() }},
		{Names: []fyne.KeyName{fyne.KeyDelete}, What: "zero out its density", Do: func(w *window) { w.compose.ZeroOut() }},
		{Names: []fyne.KeyName{fyne.KeyEscape}, What: "cancel what runs; close a dialog; move models no more", Do: func(w *window) {
			if w.Busy() {
				w.Stop()
			} else if w.models.Moving() {
				w.models.SetMoving(false)
			}
		}},
	})
}

// keyHelp returns all keys, from the tables by which they act.
func (w *window) keyHelp() []help.KeyGroup {
	var groups []help.KeyGroup
	for _, m := range w.menus.main.Items {
		if rows := shortcutsOf(m, ""); len(rows) > 0 {
			groups = append(groups, help.KeyGroup{Where: "Menu " + m.Label, Rows: rows})
		}
	}
	return append(groups,
		help.KeyGroup{Where: "Table and picture", Rows: windowKeys().Help()},
		help.KeyGroup{Where: "Table", Rows: panel.TableKeyHelp()},
		help.KeyGroup{Where: "Compose", Rows: panel.ComposeKeyHelp()},
		help.KeyGroup{Where: "Picture", Rows: viewport.KeyHelp()},
		help.KeyGroup{Where: "Picture, while models are moved (M)", Rows: viewport.ModelKeyHelp()},
		help.KeyGroup{Where: "Contour level", Rows: panel.LevelKeyHelp()},
		help.KeyGroup{Where: "Transfer function of a map", Rows: panel.CurveKeyHelp()})
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
