// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
)

// modelItems are the items of the menu Models that are switched.
type modelItems struct {
	fit, move, here, back, show, split *fyne.MenuItem
}

// modelsMenu has what is done with structures where they stand.
func (m *menus) modelsMenu(w *window) *fyne.Menu {
	i := &m.models
	i.fit = w.act(actFitInMap)
	i.move = w.act(actMove)
	m.choices = append(m.choices, choice{i.move, func(w *window) bool { return w.models.Moving() }})
	i.here = w.item("Move to the centre of view", nil, w.models.MoveHere)
	i.back = w.item("Back to where it was opened", nil, w.models.PutBack)
	i.show = w.item("Show it", nil, w.models.FrameActive)
	i.split = w.item("Split into chains", nil, w.models.Split)
	return fyne.NewMenu("Models", i.fit, i.move, i.here, i.back, i.show, fyne.NewMenuItemSeparator(), i.split, fyne.NewMenuItemSeparator(),
		m.choice(w, "Show models where they stand", func(w *window) bool { return !w.models.Hidden() }, w.models.ToggleHidden))
}

// enable switches the items.
func (i *modelItems) enable(w *window, s document.State, busy bool) {
	any := w.models.Any()
	i.fit.Disabled = busy || !any || s.Map == nil
	i.move.Disabled = busy || !any && !w.models.Moving()
	for _, item := range []*fyne.MenuItem{i.here, i.back, i.split} {
		item.Disabled = busy || !any
	}
	i.show.Disabled = !any
	i.move.Label = "Move with mouse and keys"
	if _, ok := s.Cluster(w.Doc.Selected()); ok && len(w.files.Inputs.Selected()) == 0 {
		i.move.Label = "Move this placement with mouse and keys"
	}
}

// cancel ends what runs; if nothing does, it ends moving models, measuring, the
// selection of residues, or the picture alone.
func (w *window) cancel() {
	if w.Busy() {
		w.Stop()
	} else if w.models.Moving() {
		w.models.SetMoving(false)
	} else if !w.inspect.End() && w.alone.on {
		w.setAlone(false)
	}
}
