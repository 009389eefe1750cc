// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"difffit/app/document"
	"difffit/app/panel"
)

// FindFacts estimates the resolution of a map that was opened, and shows it.
func (fl *Files) FindFacts(m *document.Map) {
	go func() {
		whole := fl.sh.Targets.Whole(m)
		facts := &panel.MapFacts{Profile: whole.Profile(), Resolution: whole.Resolution()}
		fl.sh.Do(func() {
			if fl.sh.Doc.State().Map == m {
				fl.Inputs.SetFacts(facts)
			}
		})
	}()
}
