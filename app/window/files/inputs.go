// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"weak"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting/volume"
)

// An estimate is the resolution of a map as its file says or as it is estimated.
type estimate struct {
	of weak.Pointer[document.Map]
	volume.Resolution
}

// FindFacts estimates the resolution of a map that was opened, and shows it.
func (fl *Files) FindFacts(m *document.Map) {
	go func() {
		whole := fl.sh.Targets.Whole(m)
		facts := &panel.MapFacts{Profile: whole.Profile(), Resolution: whole.Resolution()}
		fl.sh.Do(func() {
			if fl.sh.Doc.State().Map == m {
				fl.estimate = estimate{weak.Make(m), facts.Resolution}
				fl.Inputs.SetFacts(facts)
				fl.sh.Enable()
			}
		})
	}()
}

// Resolution returns that of the next fit, as far as it is known without a wait:
// the zero value while it is being estimated.
func (fl *Files) Resolution(s document.State) volume.Resolution {
	switch {
	case s.Options.Resolution > 0:
		return volume.StatedResolution(s.Options.Resolution)
	case s.Map == nil || fl.estimate.of != weak.Make(s.Map):
		return volume.Resolution{}
	}
	return fl.estimate.Resolution
}
