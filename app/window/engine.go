// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"difffit/fitting"
)

// enginePreference is where the chosen engine is remembered, by name; empty
// leaves the choice to the program.
const enginePreference = "engine"

// engine returns the engine that the next fit runs on.
func (w *window) engine() fitting.Engine {
	name := w.app.Preferences().String(enginePreference)
	for _, e := range w.config.Engines {
		if e.Info().Name == name {
			return e
		}
	}
	if w.config.Auto != nil {
		return w.config.Auto
	}
	return w.config.Engines[0]
}

// setEngine chooses an engine by name, and says what it is.
func (w *window) setEngine(name string) {
	w.app.Preferences().SetString(enginePreference, name)
	w.showEngine(w.engine())
	w.enable()
}

// showEngine tells in the status line what an engine runs on; at rest there the
// pointer tells what exactly, and why on that.
func (w *window) showEngine(e fitting.Engine) {
	w.runsOn.SetText(w.shortEngine(e.Info()), longEngine(e.Info()))
}

// shortEngine names what an engine runs on.
func (w *window) shortEngine(i fitting.Info) string {
	if i.Name != "cpu" {
		return strings.ToUpper(i.Name) + ", " + i.Device
	}
	n := w.threaded(fitting.Options{}).Threads
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	if n == 1 {
		return "CPU, 1 thread"
	}
	return fmt.Sprintf("CPU, %d threads", n)
}

// longEngine tells all about an engine, in one line.
func longEngine(i fitting.Info) string {
	text := fmt.Sprintf("Fits run on the engine %s: %s, kernel %s.", i.Name, i.Device, i.Kernel)
	if i.Why != "" {
		text += " Why this one: " + i.Why + "."
	}
	return text
}

// engineMenu has the choice of engines; those that are missing say why.
func (m *menus) engineMenu(w *window) *fyne.MenuItem {
	m.engines = map[string]*fyne.MenuItem{"": w.item("The faster one", nil, func() { w.setEngine("") })}
	items := []*fyne.MenuItem{m.engines[""]}
	for _, e := range w.config.Engines {
		i := e.Info()
		m.engines[i.Name] = w.item(fmt.Sprintf("%s: %s", i.Name, i.Device), nil, func() { w.setEngine(i.Name) })
		items = append(items, m.engines[i.Name])
	}
	for _, missing := range w.config.Missing {
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
	chosen := w.app.Preferences().String(enginePreference)
	if m.engines[chosen] == nil {
		chosen = ""
	}
	for name, i := range m.engines {
		i.Checked, i.Disabled = name == chosen, busy
	}
}
