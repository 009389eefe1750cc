// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/window/compose"
)

// ofText lets a field that is being written have a shortcut, and tells whether
// there is one.
func (w *window) ofText(s fyne.Shortcut) bool {
	e, ok := w.Canvas().Focused().(fyne.Shortcutable)
	if !ok || !w.writing() || !isWritten(e) {
		return false
	}
	e.TypedShortcut(s)
	return true
}

// isWritten tells whether a field has words of a person that are not done with: a
// number that was taken over is written no more, an empty filter was not.
func isWritten(field any) bool {
	switch f := field.(type) {
	case interface{ Pending() bool }:
		return f.Pending()
	case interface{ Written() bool }:
		return f.Written()
	}
	return true
}

// undo takes the last step back; in a field that is being written, the last words.
func (w *window) undo() {
	if w.ofText(&fyne.ShortcutUndo{}) {
		return
	}
	if w.Dialogs() > 0 || w.MustWait("Undo") {
		return
	}
	if what := w.Doc.Undo(); what != "" {
		w.Say("Undone: " + what)
	}
}

// redo does again what was undone.
func (w *window) redo() {
	if w.ofText(&fyne.ShortcutRedo{}) {
		return
	}
	if w.Dialogs() > 0 || w.MustWait("Redo") {
		return
	}
	if what := w.Doc.Redo(); what != "" {
		w.Say("Done again: " + what)
	}
}

// writing tells whether a person is in a text field.
func (w *window) writing() bool { return isText(w.Canvas().Focused()) }

// tools are the buttons above.
type tools struct {
	bar                                       fyne.CanvasObject
	open, save, undo, redo                    *widget.Button
	fit, accept, next, complete, symmetry     *widget.Button
	saveFit, saveMap, frame, appearance, help *widget.Button
}

func newTools(w *window) tools {
	const low, medium = widget.LowImportance, widget.MediumImportance
	t := tools{
		open:       w.button(actOpen, "Open", low),
		save:       w.button(actSave, "Save", low),
		undo:       w.button(actUndo, "", low),
		redo:       w.button(actRedo, "", low),
		fit:        w.button(actFit, "Fit", medium),
		accept:     w.button(actAccept, "Accept", medium),
		next:       w.button(actNext, "Next", medium),
		complete:   w.button(actComplete, "Complete", low),
		symmetry:   w.button(actSymmetry, "Symmetry", low),
		saveFit:    w.button(actSaveFit, "Save fitted structure", low),
		saveMap:    w.button(actSaveMap, "Save remaining map", low),
		frame:      w.button(actFrame, "", low),
		appearance: w.button(actLook, "", low),
		help:       w.button(actHelp, "", low),
	}
	t.bar = toolbar(t)
	return t
}

// enable switches the buttons.
func (t *tools) enable(w *window, s document.State, busy, selected bool) {
	on := func(b *widget.Button, on bool) {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	on(t.fit, !busy && s.Map != nil && len(s.Fitted()) > 0)
	on(w.Cancel, busy && !w.Stopping())
	on(t.open, !busy)
	on(t.save, !busy && (s.Map != nil || len(s.Structures) > 0))
	on(t.undo, !busy && w.Doc.UndoLabel() != "")
	on(t.redo, !busy && w.Doc.RedoLabel() != "")
	on(t.accept, !busy && w.canAccept(s, selected))
	open := s.Map != nil && len(s.Open()) > 0
	on(t.next, !busy && open)
	on(t.complete, !busy && open)
	on(t.symmetry, !busy && compose.CanProposeSymmetry(s))
	on(t.saveFit, !busy && selected)
	on(t.saveMap, !busy && s.Map != nil)
}

// suggest has the button of the act that comes next stand out, and no other; one
// that has no button above gets it beside the hint.
func (w *window) suggest(next actID) {
	for id, b := range map[actID]*widget.Button{
		actOpen: w.tools.open, actSave: w.tools.save, actFit: w.tools.fit, actAccept: w.tools.accept,
		actNext: w.tools.next, actComplete: w.tools.complete, actSymmetry: w.tools.symmetry,
	} {
		look := widget.LowImportance
		switch {
		case id == next:
			look = widget.HighImportance
		case id == actFit || id == actAccept || id == actNext:
			look = widget.MediumImportance
		}
		if b.Importance != look {
			b.Importance = look
			b.Refresh()
		}
	}
	label := ""
	if next == actAcceptAll && !w.alone.on {
		label = "Accept all"
	}
	w.help.SetButton(label, func() { actOf(next).do(w) })
}

// canAccept tells whether one of the selected placements is to be accepted.
func (w *window) canAccept(s document.State, selected bool) bool {
	id := w.Doc.Selected()
	return selected && (s.IsOpen(id) || s.Replaced(id) != nil || slices.ContainsFunc(w.table.Results.Selection(), s.IsOpen))
}

// shortcut is a key with Ctrl (on a Mac, Cmd), and more if need be.
func shortcut(key fyne.KeyName, more fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}
}

// plain is a key alone. Fyne shows it in a menu but does not act on it;
// window.typedKey does.
func plain(key fyne.KeyName) fyne.Shortcut { return &desktop.CustomShortcut{KeyName: key} }
