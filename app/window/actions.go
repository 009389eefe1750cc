// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting/volume"
)

// accept holds the selected placement to be right.
func (w *window) accept() {
	id := w.doc.Selected()
	if w.job != nil || id.IsZero() {
		return
	}
	s := w.doc.State()
	before := s.Elsewhere(id)
	switch {
	case s.AcceptedFrom(id) != nil:
		w.say("This placement is accepted already")
		return
	case w.isHidden(id):
		return
	case w.isTaken(id):
		return
	}
	if err := w.doc.Accept(id); err != nil {
		w.fail("The placement was not accepted", err)
		return
	}
	text := fmt.Sprintf("Accepted %s of round %d", s.PlaceName(id), id.Round)
	if before.Rejected {
		text += fmt.Sprintf("; its place was %s", before)
	}
	w.say(text)
}

// isHidden reports, and says, whether the filter hides a placement: nobody
// decides on what is not in the table.
func (w *window) isHidden(id document.ClusterID) bool {
	if w.results.Filtered() == "" || w.results.Shows(id) {
		return false
	}
	w.say("The filter hides the selected placement: choose a row, or clear the filter")
	return true
}

// isTaken reports, and says, whether a copy of the structure was accepted in
// the place of a placement in another round.
func (w *window) isTaken(id document.ClusterID) bool {
	s := w.doc.State()
	v := s.Elsewhere(id)
	if v.Accepted {
		w.say(fmt.Sprintf("A copy of %s is in this place already: %s", s.Name(id.Structure), v))
	}
	return v.Accepted
}

// zeroOut takes the density of the selected placement from the map, and
// accepts it if it was not; without a selection, that of all accepted ones.
func (w *window) zeroOut() {
	s := w.doc.State()
	var todo []zeroing
	id := w.doc.Selected()
	if c, ok := s.Cluster(id); ok {
		if a := s.AcceptedFrom(id); a == nil {
			if w.isHidden(id) || w.isTaken(id) {
				return
			}
			todo = append(todo, zeroing{nil, id, document.Layer{Structure: id.Structure, Motion: c.Motion}})
		} else if s.LayerOf(a.ID) == nil {
			todo = append(todo, ofAccepted(a))
		}
	} else {
		todo = zeroings(s.Unzeroed())
	}
	if len(todo) == 0 {
		w.say("Nothing to zero out: select a placement in the table, or accept one first")
		return
	}
	w.zero(todo)
}

// zeroAccepted takes the density of one accepted placement from the map.
func (w *window) zeroAccepted(id int) {
	s := w.doc.State()
	for _, a := range s.Unzeroed() {
		if a.ID == id {
			w.zero([]zeroing{ofAccepted(a)})
		}
	}
}

// A zeroing is a layer that is to be made.
type zeroing struct {
	accepted *document.Accepted // nil: cluster is to be accepted with it
	cluster  document.ClusterID
	layer    document.Layer // Structure and Motion
}

func ofAccepted(a *document.Accepted) zeroing {
	return zeroing{a, a.Cluster, document.Layer{Structure: a.Structure, Motion: a.Placement.Motion}}
}

func zeroings(list []*document.Accepted) []zeroing {
	var todo []zeroing
	for _, a := range list {
		todo = append(todo, ofAccepted(a))
	}
	return todo
}

// zero makes layers beside the window and adds them as one step.
func (w *window) zero(todo []zeroing) {
	o, err := w.compose.ZeroOptions()
	if err != nil {
		w.fail("Cannot zero out", err)
		return
	}
	s := w.doc.State()
	revision := w.doc.Revision()
	w.run(&job{name: "Zero out"}, func(ctx context.Context) (func(), error) {
		if o.Resolution == 0 && o.Mode != volume.ZeroDistance {
			o.Resolution = w.resolutionOf(s)
		}
		var made []*document.Layer
		for _, z := range todo {
			l, err := s.NewLayer(ctx, z.layer.Structure, z.layer.Motion, o)
			if err != nil {
				return nil, err
			}
			made = append(made, l)
		}
		return func() { w.addLayers(revision, todo, made, o) }, nil
	})
}

func (w *window) addLayers(revision int, todo []zeroing, made []*document.Layer, o volume.ZeroOptions) {
	if w.doc.Revision() != revision {
		w.fail("Nothing was zeroed out", errors.New("the document changed meanwhile; try again"))
		return
	}
	if err := w.doc.AddZeroing(toPlacements(todo), made); err != nil {
		w.fail("Nothing was zeroed out", err)
		return
	}
	voxels, removed := 0, 0.0
	for _, l := range made {
		voxels += l.Cut.Voxels
		removed += l.Cut.Volume
	}
	w.say(fmt.Sprintf("Zeroed out %d voxels (%.0f Å³, %s): press Fit for what is left", voxels, removed, o.Mode))
}

func toPlacements(todo []zeroing) []document.ClusterID {
	var ids []document.ClusterID
	for _, z := range todo {
		ids = append(ids, z.cluster)
	}
	return ids
}

// ofText lets a field that is being written have a shortcut, and tells whether
// there is one. A number that was taken over is written no more.
func (w *window) ofText(s fyne.Shortcut) bool {
	e, ok := w.Canvas().Focused().(fyne.Shortcutable)
	if number, is := e.(interface{ Pending() bool }); !ok || !w.writing() || is && !number.Pending() {
		return false
	}
	e.TypedShortcut(s)
	return true
}

// undo takes the last step back; in a field that is being written, the last words.
func (w *window) undo() {
	if w.ofText(&fyne.ShortcutUndo{}) {
		return
	}
	if w.job != nil || len(w.questions) > 0 {
		return
	}
	if what := w.doc.Undo(); what != "" {
		w.say("Undone: " + what)
	}
}

// redo does again what was undone.
func (w *window) redo() {
	if w.ofText(&fyne.ShortcutRedo{}) {
		return
	}
	if w.job != nil || len(w.questions) > 0 {
		return
	}
	if what := w.doc.Redo(); what != "" {
		w.say("Done again: " + what)
	}
}

// writing tells whether a person is in a text field.
func (w *window) writing() bool {
	_, ok := w.Canvas().Focused().(interface{ SelectedText() string })
	return ok
}

// tools are the buttons above.
type tools struct {
	bar                                                    fyne.CanvasObject
	open, save, undo, redo                                 *widget.Button
	fit, accept, zero, saveFit, saveMap, frame, appearance *widget.Button
	help                                                   *widget.Button
}

func newTools(w *window) tools {
	b := func(text string, icon fyne.Resource, f func()) *widget.Button {
		button := widget.NewButtonWithIcon(text, icon, f)
		button.Importance = widget.LowImportance
		return button
	}
	t := tools{
		open:       b("Open", theme.FolderOpenIcon(), w.askOpen),
		save:       b("Save", theme.DocumentSaveIcon(), w.save),
		undo:       b("", theme.ContentUndoIcon(), w.undo),
		redo:       b("", theme.ContentRedoIcon(), w.redo),
		fit:        b("Fit", theme.MediaPlayIcon(), w.fitOrCancel),
		accept:     b("Accept", theme.ConfirmIcon(), w.accept),
		zero:       b("Zero out", theme.ContentClearIcon(), w.zeroOut),
		saveFit:    b("Save fitted structure", theme.DownloadIcon(), w.askSaveStructure),
		saveMap:    b("Save remaining map", theme.DownloadIcon(), w.askSaveMap),
		frame:      b("", theme.ZoomFitIcon(), w.view.FrameAll),
		appearance: b("", theme.ColorPaletteIcon(), w.toggleAppearance),
		help:       b("", theme.HelpIcon(), w.showHelp),
	}
	t.fit.Importance = widget.HighImportance
	t.accept.Importance = widget.MediumImportance
	t.zero.Importance = widget.MediumImportance
	t.bar = toolbar(t)
	return t
}

// enable switches the buttons. The button Fit becomes Cancel while a job runs.
func (t *tools) enable(w *window, s document.State, busy, selected bool) {
	on := func(b *widget.Button, on bool) {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	switch {
	case busy:
		t.fit.SetText("Cancel")
		t.fit.SetIcon(theme.CancelIcon())
		t.fit.Importance = widget.WarningImportance
		on(t.fit, !w.job.stopped)
	default:
		t.fit.SetText("Fit")
		t.fit.SetIcon(theme.MediaPlayIcon())
		t.fit.Importance = widget.HighImportance
		on(t.fit, s.Map != nil && len(s.Fitted()) > 0)
	}
	t.fit.Refresh()
	on(t.open, !busy)
	on(t.save, !busy && (s.Map != nil || len(s.Structures) > 0))
	on(t.undo, !busy && w.doc.UndoLabel() != "")
	on(t.redo, !busy && w.doc.RedoLabel() != "")
	on(t.accept, !busy && selected && s.AcceptedFrom(w.doc.Selected()) == nil)
	on(t.zero, !busy && w.canZero(s, selected))
	on(t.saveFit, !busy && selected)
	on(t.saveMap, !busy && s.Map != nil)
}

// canZero tells whether there is something to zero out.
func (w *window) canZero(s document.State, selected bool) bool {
	if selected {
		a := s.AcceptedFrom(w.doc.Selected())
		return a == nil || s.LayerOf(a.ID) == nil
	}
	return len(s.Unzeroed()) > 0
}

// shortcut is a key with Ctrl (on a Mac, Cmd), and more if need be.
func shortcut(key fyne.KeyName, more fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}
}

// plain is a key alone. Fyne shows it in a menu but does not act on it;
// window.typedKey does.
func plain(key fyne.KeyName) fyne.Shortcut { return &desktop.CustomShortcut{KeyName: key} }
