// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"slices"

	"fyne.io/fyne/v2"
)

// recentLimit is how many files are remembered.
const recentLimit = 12

// recent remembers the files that were opened, the latest first.
type recent struct{ prefs fyne.Preferences }

func (r recent) files() []string { return r.prefs.StringList("recent") }

func (r recent) add(paths ...string) {
	if len(paths) == 0 { // Fyne would write its file for nothing
		return
	}
	list := r.files()
	for _, p := range slices.Backward(paths) {
		list = slices.DeleteFunc(list, func(q string) bool { return q == p })
		list = slices.Insert(list, 0, p)
	}
	r.prefs.SetStringList("recent", list[:min(len(list), recentLimit)])
}
