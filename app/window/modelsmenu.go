// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
)

// modelItems are the items of the menu Models that are switched.
type modelItems struct {
	fit, move, back, show, split *fyne.MenuItem
}

// modelsMenu has what is done with structures where they stand.
func (m *menus) modelsMenu(w *window) *fyne.Menu {
	i := &m.models
	i.fit = w.act(actFitInMap)
	i.move = w.act(actMove)
	m.choices = append(m.choices, choice{i.move, func(w *window) bool { return w.models.Moving() }})
	i.back = w.item("Back to where it was opened", nil, w.models.PutBack)
	i.show = w.item("Show it", nil, w.models.FrameActive)
	i.split = w.item("Split into chains", nil, w.models.Split)
	return fyne.NewMenu("Models", i.fit, i.move, i.back, i.show, fyne.NewMenuItemSeparator(), i.split, fyne.NewMenuItemSeparator(),
		m.choice(w, "Show models where they stand", func(w *window) bool { return !w.models.Hidden() }, w.models.ToggleHidden))
}

// enable switches the items.
func (i *modelItems) enable(w *window, s document.State, busy bool) {
	any := w.models.Any()
	i.fit.Disabled = busy || !any || s.Map == nil
	i.move.Disabled = busy || !any && !w.models.Moving()
	i.back.Disabled, i.split.Disabled, i.show.Disabled = busy || !any, busy || !any, !any
	if s.Placed(w.Doc.Selected().Structure) > 0 {
		i.move.Label = "Move with mouse and keys: a copy of the selected placement"
	} else {
		i.move.Label = "Move with mouse and keys"
	}
}
