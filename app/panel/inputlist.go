// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

// manyInputs is how many structures a list has that is searched and sorted.
const manyInputs = 7

// inputOrders are the orders of the list.
var inputOrders = []struct {
	name    string
	compare func(a, b *document.Structure) int
}{
	{"As opened", nil},
	{"By name", func(a, b *document.Structure) int { return cmp.Compare(a.Model.Name, b.Model.Name) }},
	{"Largest first", func(a, b *document.Structure) int { return cmp.Compare(len(b.Model.Atoms), len(a.Model.Atoms)) }},
	{"Smallest first", func(a, b *document.Structure) int { return cmp.Compare(len(a.Model.Atoms), len(b.Model.Atoms)) }},
}

// inputTools are for lists of many structures: what is searched, sorted, and done
// with all that are shown.
type inputTools struct {
	search *searchEntry
	order  *widget.Select
	box    *fyne.Container
}

// A searchEntry is a field in which Escape clears what is searched for.
type searchEntry struct{ widget.Entry }

// Written tells whether there is something that undo could take back.
func (e *searchEntry) Written() bool { return e.Text != "" }

// TypedKey clears the field at Escape.
func (e *searchEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.SetText("")
		return
	}
	e.Entry.TypedKey(k)
}

func (p *Inputs) newTools() inputTools {
	t := inputTools{search: &searchEntry{}}
	t.search.ExtendBaseWidget(t.search)
	t.search.SetPlaceHolder("Search names")
	t.search.OnChanged = func(string) { p.show() }
	var names []string
	for _, o := range inputOrders {
		names = append(names, o.name)
	}
	t.order = widget.NewSelect(names, func(string) { p.show() })
	t.order.Selected = names[0]
	button := func(text string, do func()) *widget.Button {
		b := widget.NewButton(text, do)
		b.Importance = widget.LowImportance
		return b
	}
	tick := func(on bool) func() {
		return func() {
			if p.OnFit != nil {
				p.OnFit(p.shownIDs(func(t *document.Structure) bool { return t.Fit != on }), on)
			}
		}
	}
	remove := func() {
		if p.OnRemove != nil {
			p.OnRemove(p.shownIDs(func(t *document.Structure) bool { return t.Fit }))
		}
	}
	t.box = container.NewVBox(
		container.NewBorder(nil, nil, nil, t.order, t.search),
		container.NewHBox(button("Tick all", tick(true)), button("Tick none", tick(false)), button("Remove ticked", remove)))
	t.box.Hide()
	return t
}

// arrange finds out which structures are shown, and in which order.
func (p *Inputs) arrange() {
	many := len(p.state.Structures) >= manyInputs
	p.tools.box.Hidden = !many
	wanted := ""
	if many {
		wanted = strings.ToLower(strings.TrimSpace(p.tools.search.Text))
	}
	p.shown = p.shown[:0]
	for _, t := range p.state.Structures {
		if strings.Contains(strings.ToLower(t.Model.Name), wanted) {
			p.shown = append(p.shown, t)
		}
	}
	if compare := inputOrders[max(0, p.tools.order.SelectedIndex())].compare; compare != nil && many {
		slices.SortStableFunc(p.shown, compare)
	}
	p.selected = slices.DeleteFunc(p.selected, func(id int) bool { return p.state.Structure(id) == nil })
}

// counted tells how many structures there are, are shown, and take part.
func (p *Inputs) counted() string {
	n := len(p.state.Structures)
	if n == 0 {
		return "Structures"
	}
	text := fmt.Sprintf("Structures  (%d of %d take part", len(p.state.Fitted()), n)
	if len(p.shown) < n {
		text += fmt.Sprintf(", %d shown", len(p.shown))
	}
	return text + ")"
}

// shownIDs returns the IDs of the structures that are shown, as far as they are
// meant.
func (p *Inputs) shownIDs(meant func(*document.Structure) bool) []int {
	var ids []int
	for _, t := range p.shown {
		if meant(t) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// clicked selects a structure: alone, with Ctrl besides the others or no more, with
// Shift with all from the one that was clicked on last.
func (p *Inputs) clicked(id int, held fyne.KeyModifier) {
	at := func(id int) int {
		return slices.IndexFunc(p.shown, func(t *document.Structure) bool { return t.ID == id })
	}
	selected := []int{id}
	switch from, to := at(p.anchor), at(id); {
	case held&fyne.KeyModifierShift != 0 && from >= 0 && to >= 0:
		selected = nil
		for _, t := range p.shown[min(from, to) : max(from, to)+1] {
			selected = append(selected, t.ID)
		}
	case held&fyne.KeyModifierShortcutDefault != 0 && slices.Contains(p.selected, id):
		selected = slices.DeleteFunc(slices.Clone(p.selected), func(x int) bool { return x == id })
		p.anchor = id
	case held&fyne.KeyModifierShortcutDefault != 0:
		selected = append(slices.Clone(p.selected), id)
		p.anchor = id
	default:
		p.anchor = id
	}
	p.Select(selected...)
	if p.OnSelect != nil {
		p.OnSelect()
	}
}

// Select selects structures, and no others. OnSelect is not told.
func (p *Inputs) Select(ids ...int) {
	if slices.Equal(ids, p.selected) {
		return
	}
	p.selected = slices.Clone(ids)
	p.show()
	if i := slices.IndexFunc(p.shown, func(t *document.Structure) bool { return len(ids) == 1 && t.ID == ids[0] }); i >= 0 {
		p.list.ScrollTo(i)
	}
}

// Selected returns the IDs of the structures that are selected.
func (p *Inputs) Selected() []int { return slices.Clone(p.selected) }

// SetStands says how good structures are where they stand, by their IDs.
func (p *Inputs) SetStands(stands map[int]Stand) {
	p.stands = stands
	p.list.Refresh()
}

// SaysOf returns what the row of a structure says about where it stands.
func (p *Inputs) SaysOf(id int) string {
	if s, ok := p.stands[id]; ok {
		return s.text()
	}
	return ""
}

// SetMoving says whether models are moved by mouse and keys.
func (p *Inputs) SetMoving(on bool) {
	p.move.Importance = widget.MediumImportance
	if on {
		p.move.Importance = widget.HighImportance
	}
	p.move.Refresh()
}

// newActions makes the buttons for what is selected.
func (p *Inputs) newActions() fyne.CanvasObject {
	p.fit = widget.NewButtonWithIcon("Fit in map", theme.MediaPlayIcon(), func() { act(p.OnFitInMap) })
	p.move = widget.NewButtonWithIcon("Move", theme.ViewFullScreenIcon(), func() { act(p.OnMoveMode) })
	return container.NewHBox(p.fit, p.move)
}

// Named returns what is worked with, by name.
func (p *Inputs) Named() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"inputs.fit": p.fit, "inputs.move": p.move, "inputs.list": p.list, "inputs.search": p.tools.search, "inputs.order": p.tools.order,
	}
}

// act tells f the ID of a structure, if anybody wants to know.
func (p *Inputs) act(f func(id int), id int) {
	if f != nil {
		f(id)
	}
}
