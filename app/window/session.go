// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

// openSession opens a session file in place of all there is.
func (w *window) openSession(path string) { w.loadSession(path, func() { w.path = path }, nil) }

// loadSession opens a session file; then is called when it is open, before the
// window shows it, and after when it is shown.
func (w *window) loadSession(path string, then, after func()) { w.loadFrom(path, nil, then, after) }

// loadFrom opens a session file whose inputs may be elsewhere: at tells where,
// by their SHA-256. Those that are missing are asked for.
func (w *window) loadFrom(path string, at map[string]string, then, after func()) {
	w.run(&job{name: "Open session"}, func(ctx context.Context) (func(), error) {
		inputs := w.reader()
		inputs.At = at
		s, err := document.Open(ctx, path, inputs)
		var missing *document.MissingError
		if errors.As(err, &missing) && ctx.Err() == nil {
			return func() {
				w.askMissing(path, missing.Inputs, at, func(at map[string]string) { w.loadFrom(path, at, then, after) })
			}, nil
		}
		if err != nil {
			return nil, err
		}
		return func() {
			then()
			w.takeView(s)
			w.doc.Replace(s)
			if len(at) > 0 {
				w.doc.MarkSaved(-1) // the file has other places
			}
			if w.path != "" {
				w.recent.add(w.path)
				w.showRecent()
			}
			w.title()
			what := "Opened session " + filepath.Base(path)
			if w.path == "" { // an autosave: its path is nothing to a person
				what = "Restored the last session"
			}
			w.say(fmt.Sprintf("%s: %s, %s, %d accepted; undo starts here", what, counted(len(s.Structures), "structure"), counted(len(s.Rounds), "round"), len(s.Accepted)))
			if w.path != "" {
				w.note("  " + path) // the log has room for all of it
			}
			if after != nil {
				after()
			}
		}, nil
	})
}

// counted writes a count and the noun that goes with it.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// unlessModified does something that loses unsaved changes; where there are
// some it asks first.
func (w *window) unlessModified(what string, do func()) {
	if !w.doc.Modified() {
		do()
		return
	}
	label := widget.NewLabel("The session has changes that are not saved.")
	d := dialog.NewCustomWithoutButtons("Save before you "+what+"?", container.NewPadded(label), w)
	save := widget.NewButton("Save", func() {
		d.Hide()
		if w.path == "" {
			w.saveAsThen(do)
		} else {
			w.saveTo(w.path, do)
		}
	})
	save.Importance = widget.HighImportance
	drop := widget.NewButton("Do not save", func() { d.Hide(); do() })
	drop.Importance = widget.DangerImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), drop, save})
	w.ask(d)
	w.state.named["modified.drop"], w.state.named["modified.save"] = drop, save
	w.tell()
}

func (w *window) saveAsThen(then func()) {
	name := "session"
	if m := w.doc.State().Map; m != nil {
		name = m.Name
	}
	w.askPath("Save session", w.folder()+"/"+name+document.Ending, "", func(path string) { w.saveTo(path, then) })
}

// quit ends the program; where there are unsaved changes it asks first.
func (w *window) quit() { w.unlessModified("quit", w.end) }

// end stops what runs, in order: jobs, drawing, autosave, the application.
func (w *window) end() {
	if w.quitting {
		return
	}
	w.quitting = true
	w.stop()
	w.autosave.stop()
	w.view.Stop()
	w.stopCompanions()
	w.app.Quit()
}

// mostCrashed is how many sessions that were left behind are offered at once.
const mostCrashed = 8

// offerCrashed asks whether to restore what a crash left behind. It tells
// whether there was something.
func (w *window) offerCrashed() bool {
	if w.autosave.folder == "" {
		return false
	}
	crashed, err := document.FindCrashed(w.autosave.folder)
	if err != nil {
		w.note("autosave: " + err.Error())
	}
	if len(crashed) == 0 {
		return false
	}
	var words []string
	for _, c := range crashed[:min(len(crashed), mostCrashed)] {
		words = append(words, c.Time.Format("2 January 15:04:05")+": "+c.Summary())
	}
	which := widget.NewRadioGroup(words, nil)
	which.Required = true
	which.SetSelected(words[0])
	chosen := func() document.Crashed { return crashed[max(0, slices.Index(words, which.Selected))] }
	label := widget.NewLabel("DiffFit did not end as it should. What was not saved was kept:")
	d := dialog.NewCustomWithoutButtons("Restore the last session?", container.NewPadded(container.NewVBox(label, which)), w)
	restore := widget.NewButton("Restore", func() {
		c := chosen()
		d.Hide()
		w.loadSession(c.Path, func() { w.path = "" }, func() {
			w.doc.MarkSaved(-1) // it is nowhere on disk but here
			w.title()
			w.autosave.saveThen(func() { w.try("", c.Remove()) }) // and not before
		})
	})
	restore.Importance = widget.HighImportance
	discard := widget.NewButton("Discard", func() { d.Hide(); w.try("", chosen().Remove()) })
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Later", d.Hide), discard, restore})
	w.ask(d)
	w.state.named["restore"], w.state.named["restore.which"] = restore, which
	w.tell()
	return true
}
