// SPDX-License-Identifier: BSD-3-Clause

package shell

import "difffit/fitting"

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

// SetEngine chooses an engine by name; "" leaves the choice to the program.
func (sh *Shell) SetEngine(name string) {
	sh.App.Preferences().SetString(EnginePreference, name)
	sh.Enable()
}
