// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fmt"
	"runtime"
	"strings"

	"difffit/fitting"
)

// EnginePreference is where the chosen engine is remembered, by name; empty
// leaves the choice to the program.
const EnginePreference = "engine"

// Engine returns the engine that the next fit runs on.
func (sh *Shell) Engine() fitting.Engine {
	name := sh.App.Preferences().String(EnginePreference)
	for _, e := range sh.Engines {
		if e.Info().Name == name {
			return e
		}
	}
	if sh.Auto != nil {
		return sh.Auto
	}
	return sh.Engines[0]
}

// SetEngine chooses an engine by name, and says what it is.
func (sh *Shell) SetEngine(name string) {
	sh.App.Preferences().SetString(EnginePreference, name)
	sh.ShowEngine(sh.Engine().Info())
	sh.Enable()
}

// ShowEngine tells in the status line what an engine runs on; at rest there the
// pointer tells what exactly, and why on that.
func (sh *Shell) ShowEngine(i fitting.Info) { sh.RunsOn.SetText(sh.shortEngine(i), longEngine(i)) }

// shortEngine names what an engine runs on.
func (sh *Shell) shortEngine(i fitting.Info) string {
	if i.Name != "cpu" {
		return strings.ToUpper(i.Name) + ", " + i.Device
	}
	n := sh.Threaded(fitting.Options{}).Threads
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
