// SPDX-License-Identifier: BSD-3-Clause

package models

import (
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/document"
)

// Menu returns what can be done with the structures that are selected.
func (m *Models) Menu() []*fyne.MenuItem {
	item := func(label string, on bool, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Disabled = !on
		return i
	}
	s, busy := m.sh.Doc.State(), m.sh.Busy()
	models := m.active()
	any := len(models) > 0 && !busy
	moved := slices.ContainsFunc(models, func(at document.Standing) bool { return s.Structure(at.Structure).IsMoved() })
	fit := func(on bool) func() {
		return func() { m.inputs.OnFit(ids(models), on) }
	}
	var others []int
	for _, t := range s.Structures {
		if t.Fit && !slices.Contains(ids(models), t.ID) {
			others = append(others, t.ID)
		}
	}
	return []*fyne.MenuItem{
		item("Fit in map (F9)", any && s.Map != nil, m.FitInMap),
		item("Move with mouse and keys (M)", any, m.ToggleMoving),
		item("Move to the centre of view", any, m.MoveHere),
		item("Back to where it was opened", any && moved, m.PutBack),
		item("Show it", len(models) > 0, m.FrameActive),
		fyne.NewMenuItemSeparator(),
		item("Take part in the next fit", any, fit(true)), item("Leave out of the next fit", any, fit(false)),
		item("Leave out all others", any && len(others) > 0, func() { m.inputs.OnFit(others, false) }),
		item("Split into chains", any, m.Split),
		fyne.NewMenuItemSeparator(),
		item("Remove", any, func() { m.inputs.OnRemove(ids(models)) }),
	}
}
