// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/window/shell"
)

// fittedMap is the use of the one map that is fitted into.
const fittedMap document.MapUse = "map to fit into"

// uses are what maps that are opened are, in their order.
type uses struct {
	list       []document.MapUse
	newSession bool // they are opened in one
}

// of returns the use of the i-th map; one that nobody was asked about is fitted
// into.
func (u uses) of(i int) document.MapUse {
	if i < len(u.list) {
		return u.list[i]
	}
	return fittedMap
}

// guessUses tells by their names what maps are. One at most is fitted into: the
// first that seems to be nothing else, if none is open.
func guessUses(paths []string, open bool) []document.MapUse {
	list := make([]document.MapUse, len(paths))
	for i, path := range paths {
		switch name := strings.ToLower(filepath.Base(path)); {
		case strings.Contains(name, "mask") || strings.Contains(name, "msk"):
			list[i] = document.MaskMap
		case strings.Contains(name, "half"):
			list[i] = document.HalfMap
		default:
			list[i] = document.ReferenceMap
			if !open && !slices.Contains(list, fittedMap) {
				list[i] = fittedMap
			}
		}
	}
	if !open && !slices.Contains(list, fittedMap) && len(list) > 0 {
		list[0] = fittedMap
	}
	return list
}

// askUses asks what maps are, unless that is clear: one is, where none is open.
func (fl *Files) askUses(paths []string, open func(uses)) {
	present := fl.sh.Doc.State().Map
	if len(paths) == 0 || present == nil && len(paths) == 1 {
		open(uses{list: guessUses(paths, false)})
		return
	}
	q := &usesForm{fl: fl, present: present, paths: paths, list: guessUses(paths, present != nil), note: widget.NewLabel("")}
	q.note.Wrapping, q.note.Importance = fyne.TextWrapWord, widget.WarningImportance
	title, text := "Several maps", "One map is fitted into; the others are shown beside it."
	if present != nil {
		title, text = "Another map", present.Name+" is open. What is this?"
		if len(paths) > 1 {
			text = present.Name + " is open. What are these?"
		}
	}
	box := container.NewVBox(widget.NewLabel(text), q.rows(), q.note)
	d := fl.sh.NewDialog(title, container.NewStack(shell.Spacer(fyne.NewSize(520, 150)), box))
	answer := func(newSession bool) func() {
		return func() {
			d.Hide()
			if newSession {
				q.list = guessUses(paths, false)
			}
			open(uses{q.list, newSession})
		}
	}
	fresh := widget.NewButton("New session", answer(true))
	ok := widget.NewButton("Open", answer(false))
	buttons := []*widget.Button{widget.NewButton("Cancel", d.Hide), ok}
	if present != nil {
		buttons = slices.Insert(buttons, 1, fresh)
	}
	d.SetButtons(buttons...)
	q.show()
	fl.sh.Ask(d)
	fl.sh.Named["map.new"], fl.sh.Named["map.ok"] = fresh, ok
}

// A usesForm asks what maps are.
type usesForm struct {
	fl      *Files
	present *document.Map
	paths   []string
	list    []document.MapUse
	choices []*widget.Select
	note    *widget.Label
	mute    bool
}

// rows has a line for each map.
func (q *usesForm) rows() fyne.CanvasObject {
	form := container.New(layout.NewFormLayout())
	var words []string
	for _, u := range append([]document.MapUse{fittedMap}, document.MapUses...) {
		words = append(words, strings.ToUpper(string(u[:1]))+string(u[1:]))
	}
	for i, path := range q.paths {
		name := filepath.Base(path)
		choice := widget.NewSelect(words, nil)
		choice.OnChanged = func(string) { q.choose(i, choice.SelectedIndex()) }
		q.choices = append(q.choices, choice)
		form.Add(widget.NewLabel(name))
		form.Add(choice)
		if i == 0 {
			q.fl.sh.Named["map.use"] = choice
		}
	}
	return form
}

// choose says what a map is. Where it is fitted into, no other is.
func (q *usesForm) choose(i, use int) {
	if q.mute || use < 0 {
		return
	}
	if use > 0 {
		q.list[i] = document.MapUses[use-1]
	} else {
		for k, u := range q.list {
			if u == fittedMap {
				q.list[k] = document.ReferenceMap
			}
		}
		q.list[i] = fittedMap
	}
	q.show()
}

// show shows what the maps are, and what that means for the one that is open.
func (q *usesForm) show() {
	q.mute = true
	for i, c := range q.choices {
		c.SetSelectedIndex(1 + slices.Index(document.MapUses, q.list[i])) // 0 is that to fit into
	}
	q.mute = false
	note := ""
	if s := q.fl.sh.Doc.State(); q.present != nil && slices.Contains(q.list, fittedMap) {
		note = "It takes the place of " + q.present.Name + "."
		if len(s.Rounds)+len(s.Accepted)+len(s.Layers) > 0 {
			note += " What was found and accepted there is closed with it; undo brings it back."
		}
	}
	q.note.SetText(note)
}
