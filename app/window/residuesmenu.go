// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"

	"fyne.io/fyne/v2"

	"difffit/app/viewport"
	"difffit/render"
)

// residueItems are the items of the menu Residues that are switched.
type residueItems struct {
	near, chains, clear, list, removeLast, removeAll *fyne.MenuItem
}

// nearRadii are those of the menu, ångström: contacts, and what is around.
var nearRadii = []float64{4, 5, 8, 12}

// residuesMenu has what is done with residues, and what is measured.
func (m *menus) residuesMenu(w *window) *fyne.Menu {
	i := &m.residues
	var near []*fyne.MenuItem
	for _, x := range nearRadii {
		near = append(near, w.item(fmt.Sprintf("Within %g Å", x), nil, func() { w.inspect.Near(x) }))
	}
	i.near = sub("Select what is near them", near)
	i.chains = w.item("Select all of the chain", nil, w.inspect.Chains)
	i.clear = w.item("Select none", nil, w.inspect.Clear)
	i.list = w.act(actMeasures)
	i.removeLast = w.item("Remove the last measure", nil, w.inspect.RemoveLast)
	i.removeAll = w.item("Remove all measures", nil, w.inspect.RemoveAll)
	line := fyne.NewMenuItemSeparator
	return fyne.NewMenu("Residues", w.act(actFocus), i.near, i.chains, i.clear, line(),
		m.checked(w, actLabels, func(w *window) bool { return w.inspect.HasLabels() }),
		m.choice(w, "Side chains of selected residues", func(w *window) bool { return w.inspect.HasSides() }, w.inspect.ToggleSides), line(),
		m.checked(w, actDistance, func(w *window) bool { return w.inspect.MeasuresDistance() }),
		m.checked(w, actAngle, func(w *window) bool { return w.inspect.MeasuresAngle() }),
		m.checked(w, actTorsion, func(w *window) bool { return w.inspect.MeasuresTorsion() }), i.list, i.removeLast, i.removeAll)
}

// checked is the item of an act with a mark.
func (m *menus) checked(w *window, id actID, on func(w *window) bool) *fyne.MenuItem {
	i := w.act(id)
	m.choices = append(m.choices, choice{i, on})
	return i
}

// sequence is the item that shows the strip of the sequence.
func (m *menus) sequence(w *window) *fyne.MenuItem {
	return m.checked(w, actSequence, func(w *window) bool { return w.inspect.HasSequence() })
}

// enable switches the items.
func (i *residueItems) enable(w *window) {
	none := w.inspect.Count() == 0
	i.near.Disabled, i.chains.Disabled, i.clear.Disabled = none, none, none
	nothing := w.inspect.Measures() == 0
	i.list.Disabled, i.removeLast.Disabled, i.removeAll.Disabled = nothing, nothing, nothing
}

// residueItems are what is done with the atom that was clicked on.
func (w *window) residueItems(v *viewport.Viewport, hit render.Hit) []*fyne.MenuItem {
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	return []*fyne.MenuItem{
		w.item("Select this residue", nil, func() { v.OnPickWith(hit, true, ctrl) }),
		w.item("Select this residue too", nil, func() { v.OnPickWith(hit, true, ctrl|shift) }),
		w.menus.residues.near, w.act(actFocus), w.act(actSequence),
	}
}
