// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/compose"
)

// composeMenu has what the panel Compose does, with keys.
func (m *menus) composeMenu(w *window) *fyne.Menu {
	const shift = fyne.KeyModifierShift
	m.next = w.act(actNext)
	m.here = w.act(actHere)
	m.complete = w.act(actComplete)
	m.symmetry = w.act(actSymmetry)
	m.confirm = w.item("Accept the proposal", shortcut(fyne.KeyJ, 0), w.compose.ConfirmProposal)
	m.skip = w.item("Reject the proposal", shortcut(fyne.KeyJ, shift), w.compose.SkipProposal)
	m.all = w.act(actAcceptAll)
	m.zero = w.act(actZero)
	preview := m.choice(w, "Preview what would be zeroed", func(w *window) bool { return w.compose.Panel.Preview() },
		func() { w.compose.Panel.SetPreview(!w.compose.Panel.Preview()); w.enable() })
	preview.Shortcut = shortcut(fyne.Key5, 0)
	m.layer = []*fyne.MenuItem{
		w.item("Change the zeroing to the present way", shortcut(fyne.Key6, 0), w.compose.SelectedLayer(w.compose.ChangeLayer)),
		w.item("Switch the zeroing", shortcut(fyne.Key7, 0), w.compose.SelectedLayer(func(id int) {
			for _, l := range w.Doc.State().Layers {
				if l.ID == id {
					w.Edit("", func() error { return w.Doc.SetLayer(id, !l.On) })
				}
			}
		})),
		w.item("Move the zeroing up", shortcut(fyne.KeyUp, shift), w.compose.SelectedLayer(func(id int) { w.compose.MoveLayer(id, -1) })),
		w.item("Move the zeroing down", shortcut(fyne.KeyDown, shift), w.compose.SelectedLayer(func(id int) { w.compose.MoveLayer(id, 1) })),
		w.item("Remove the zeroing", shortcut(fyne.KeyDelete, 0), w.compose.SelectedLayer(w.compose.RemoveLayer)),
	}
	items := []*fyne.MenuItem{
		w.item("Show the panel", shortcut(fyne.Key8, 0), w.compose.ShowCompose), fyne.NewMenuItemSeparator(),
		m.next, m.complete, m.symmetry, m.here, fyne.NewMenuItemSeparator(), m.all, m.confirm, m.skip,
		fyne.NewMenuItemSeparator(), m.zero, preview,
	}
	return fyne.NewMenu("Compose", append(items, m.layer...)...)
}

// enableCompose switches the items.
func (m *menus) enableCompose(w *window, s document.State, busy bool) {
	fits := s.Map != nil && len(s.Fitted()) > 0
	m.next.Disabled = busy || !fits || len(s.Open()) == 0
	m.here.Disabled = busy || !fits
	m.complete.Disabled = m.next.Disabled
	m.symmetry.Disabled = busy || !compose.CanProposeSymmetry(s)
	m.all.Disabled = busy || !compose.HasToAccept(s)
	open := len(s.Proposals())
	m.confirm.Disabled, m.skip.Disabled = busy || open == 0, busy || open == 0
	for _, i := range m.layer {
		i.Disabled = busy || w.compose.Panel.Selected().Kind != panel.LayerNode
	}
}
