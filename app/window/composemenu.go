// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
)

// composeMenu has what the panel Compose does, with keys.
func (m *menus) composeMenu(w *window) *fyne.Menu {
	const shift = fyne.KeyModifierShift
	m.next = w.item("Fit next: zero out what is accepted, fit what is missing", shortcut(fyne.Key1, 0), w.compose.FitNext)
	m.here = w.item("Fit here: in the sphere, or about the centre of view", shortcut(fyne.Key2, 0), w.compose.FitHere)
	m.complete = w.item("Complete automatically", shortcut(fyne.Key3, 0), w.compose.CompleteComposite)
	m.symmetry = w.item("Propose copies by symmetry", shortcut(fyne.Key4, 0), w.compose.ProposeSymmetry)
	m.confirm = w.item("Accept the proposal", shortcut(fyne.KeyJ, 0), w.compose.ConfirmProposal)
	m.skip = w.item("Reject the proposal", shortcut(fyne.KeyJ, shift), w.compose.SkipProposal)
	m.all = w.item("Accept all proposals", shortcut(fyne.KeyK, shift), w.compose.ConfirmAll)
	preview := m.choice(w, "Preview what would be zeroed", func(w *window) bool { return w.compose.Panel.Preview() },
		func() { w.compose.Panel.SetPreview(!w.compose.Panel.Preview()); w.enable() })
	preview.Shortcut = shortcut(fyne.Key5, 0)
	m.layer = []*fyne.MenuItem{
		w.item("Change the layer to the present way", shortcut(fyne.Key6, 0), w.compose.SelectedLayer(w.compose.ChangeLayer)),
		w.item("Switch the layer", shortcut(fyne.Key7, 0), w.compose.SelectedLayer(func(id int) {
			for _, l := range w.Doc.State().Layers {
				if l.ID == id {
					w.Edit("", func() error { return w.Doc.SetLayer(id, !l.On) })
				}
			}
		})),
		w.item("Move the layer up", shortcut(fyne.KeyUp, shift), w.compose.SelectedLayer(func(id int) { w.compose.MoveLayer(id, -1) })),
		w.item("Move the layer down", shortcut(fyne.KeyDown, shift), w.compose.SelectedLayer(func(id int) { w.compose.MoveLayer(id, 1) })),
		w.item("Remove the layer", shortcut(fyne.KeyDelete, 0), w.compose.SelectedLayer(w.compose.RemoveLayer)),
	}
	items := []*fyne.MenuItem{
		w.item("Show the panel", shortcut(fyne.Key8, 0), w.compose.ShowCompose), fyne.NewMenuItemSeparator(),
		m.next, m.here, m.complete, m.symmetry, fyne.NewMenuItemSeparator(), m.confirm, m.skip, m.all,
		fyne.NewMenuItemSeparator(), preview,
	}
	return fyne.NewMenu("Compose", append(items, m.layer...)...)
}

// enableCompose switches the items.
func (m *menus) enableCompose(w *window, s document.State, busy bool) {
	fits := s.Map != nil && len(s.Fitted()) > 0
	m.next.Disabled = busy || !fits || len(s.Open()) == 0
	m.here.Disabled = busy || !fits
	m.complete.Disabled = m.next.Disabled
	m.symmetry.Disabled = busy || s.Map == nil || len(s.Accepted) == 0
	open := len(s.Proposals())
	m.confirm.Disabled, m.skip.Disabled, m.all.Disabled = busy || open == 0, busy || open == 0, busy || open == 0
	for _, i := range m.layer {
		i.Disabled = busy || w.compose.Panel.Selected().Kind != panel.LayerNode
	}
}
