// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"

	"fyne.io/fyne/v2"

	"difffit/app/window/shell"
)

// engineMenu has the choice of engines; those that are missing say why.
func (m *menus) engineMenu(w *window) *fyne.MenuItem {
	m.engines = map[string]*fyne.MenuItem{"": w.item("The faster one", nil, func() { w.SetEngine("") })}
	items := []*fyne.MenuItem{m.engines[""]}
	for _, e := range w.Engines {
		i := e.Info()
		m.engines[i.Name] = w.item(fmt.Sprintf("%s: %s", i.Name, i.Device), nil, func() { w.SetEngine(i.Name) })
		items = append(items, m.engines[i.Name])
	}
	for _, missing := range w.Missing {
		i := fyne.NewMenuItem(missing, nil)
		i.Disabled = true
		items = append(items, i)
	}
	sub := fyne.NewMenuItem("Engine", nil)
	sub.ChildMenu = fyne.NewMenu("", items...)
	return sub
}

// enableEngines marks the engine that is chosen.
func (m *menus) enableEngines(w *window, busy bool) {
	chosen := w.App.Preferences().String(shell.EnginePreference)
	if m.engines[chosen] == nil {
		chosen = ""
	}
	for name, i := range m.engines {
		i.Checked, i.Disabled = name == chosen, busy
	}
}
