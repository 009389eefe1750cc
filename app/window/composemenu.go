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
	m.next = w.item("Fit next: zero out what is accepted, fit what is missing", shortcut(fyne.Key1, 0), w.fitNext)
	m.here = w.item("Fit here: about the centre of view", shortcut(fyne.Key2, 0), w.fitHere)
	m.complete = w.item("Complete automatically", shortcut(fyne.Key3, 0), w.completeComposite)
	m.symmetry = w.item("Propose copies by symmetry", shortcut(fyne.Key4, 0), w.proposeSymmetry)
	m.confirm = w.item("Accept the proposal", shortcut(fyne.KeyJ, 0), w.confirmProposal)
	m.skip = w.item("Reject the proposal", shortcut(fyne.KeyJ, shift), w.skipProposal)
	m.all = w.item("Accept all proposals", shortcut(fyne.KeyK, shift), w.confirmAll)
	preview := m.choice(w, "Preview what would be zeroed", func(w *window) bool { return w.compose.Preview() },
		func() { w.compose.SetPreview(!w.compose.Preview()); w.enable() })
	preview.Shortcut = shortcut(fyne.Key5, 0)
	m.layer = []*fyne.MenuItem{
		w.item("Change the layer to the present way", shortcut(fyne.Key6, 0), w.selectedLayer(w.changeLayer)),
		w.item("Switch the layer", shortcut(fyne.Key7, 0), w.selectedLayer(func(id int) {
			for _, l := range w.doc.State().Layers {
				if l.ID == id {
					w.edit("", func() error { return w.doc.SetLayer(id, !l.On) })
				}
			}
		})),
		w.item("Move the layer up", shortcut(fyne.KeyUp, shift), w.selectedLayer(func(id int) { w.moveLayer(id, -1) })),
		w.item("Move the layer down", shortcut(fyne.KeyDown, shift), w.selectedLayer(func(id int) { w.moveLayer(id, 1) })),
		w.item("Remove the layer", shortcut(fyne.KeyDelete, 0), w.selectedLayer(w.removeLayer)),
	}
	items := []*fyne.MenuItem{
		w.item("Show the panel", shortcut(fyne.Key8, 0), w.showCompose), fyne.NewMenuItemSeparator(),
		m.next, m.here, m.complete, m.symmetry, fyne.NewMenuItemSeparator(), m.confirm, m.skip, m.all,
		fyne.NewMenuItemSeparator(), preview,
	}
	return fyne.NewMenu("Compose", append(items, m.layer...)...)
}

// showCompose shows the panel, with the keyboard in its tree.
func (w *window) showCompose() {
	for _, i := range w.tabs.Items {
		if i.Content == w.compose {
			w.tabs.Select(i)
		}
	}
	w.compose.Focus(w.Canvas())
	w.tell()
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
		i.Disabled = busy || w.compose.Selected().Kind != panel.LayerNode
	}
}

// testCompose is what tests see of a composite.
type testCompose struct {
	Tree      []string `json:"tree"` // what it says, from top to bottom
	Selected  string   `json:"selected"`
	Says      string   `json:"says"`   // about what would be erased
	Erased    int      `json:"erased"` // voxels that are shown as such
	Contested int      `json:"contested"`
	Preview   bool     `json:"preview"`
	Proposals int      `json:"proposals"`
	Clashes   int      `json:"clashes"`
	Explained float64  `json:"explained"` // percent of the map above the level
	Sphere    float64  `json:"sphere"`    // radius of the last fit's, ångström
}

// composePlaces are the widgets of the panel, while it is seen.
func (w *window) composePlaces() map[string]fyne.CanvasObject {
	if w.tabs.Selected() == nil || w.tabs.Selected().Content != w.compose {
		return nil
	}
	named, driver := w.compose.Named(), w.app.Driver()
	seen := named["compose.tree"]
	top, height := driver.AbsolutePositionForObject(seen).Y, seen.Size().Height
	for name, o := range w.compose.Rows() {
		if y := driver.AbsolutePositionForObject(o).Y - top; driver.CanvasForObject(o) != nil && y >= 0 && y+o.Size().Height/2 < height { // its middle is seen
			named[name] = o
		}
	}
	return named
}

func (w *window) composeState(s document.State) testCompose {
	c := &w.composer
	t := testCompose{
		Tree: w.compose.Texts(), Says: w.compose.Said(), Preview: w.compose.Preview(), Proposals: len(s.Proposals()),
	}
	if n := w.compose.Selected(); n.Kind != "" {
		t.Selected = n.String()
	}
	if c.erased != nil {
		t.Erased, t.Contested = c.erased.Voxels, c.erased.Contested
	}
	if c.found != nil {
		t.Clashes, t.Explained = c.found.TooNear(), c.found.Part(c.found.Total)
	}
	if n := len(s.Rounds); n > 0 && len(s.Rounds[n-1].Fits) > 0 {
		t.Sphere = s.Rounds[n-1].Fits[0].Options.Sphere.Radius
	}
	return t
}
