// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/help"
)

// windowKeys returns what keys that are pressed alone do where nothing else has a
// use for them.
func windowKeys() keys.Map[*window] { return slices.Concat(plainKeys(), modeKeys()) }

// keyHelp returns all keys, from the tables by which they act.
func (w *window) keyHelp() []help.KeyGroup {
	var groups []help.KeyGroup
	for _, m := range w.menus.main.Items {
		if rows := shortcutsOf(m, ""); len(rows) > 0 {
			groups = append(groups, help.KeyGroup{Where: "Menu " + m.Label, Rows: rows})
		}
	}
	return append(groups,
		help.KeyGroup{Where: "Table and picture", Rows: modeKeys().Help()},
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
