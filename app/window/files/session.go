// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/window/shell"
)

// OpenSession opens a session file in place of all there is.
func (fl *Files) OpenSession(path string) { fl.loadSession(path, func() { fl.path = path }, nil) }

// loadSession opens a session file; then is called when it is open, before the
// window shows it, and after when it is shown.
func (fl *Files) loadSession(path string, then, after func()) { fl.loadFrom(path, nil, then, after) }

// loadFrom opens a session file whose inputs may be elsewhere: at tells where,
// by their SHA-256. Those that are missing are asked for.
func (fl *Files) loadFrom(path string, at map[string]string, then, after func()) {
	fl.sh.Run(&shell.Job{Name: "Open session"}, func(ctx context.Context) (func(), error) {
		inputs := fl.Reader()
		inputs.At = at
		s, err := session.Open(ctx, path, inputs)
		var missing *session.MissingError
		if errors.As(err, &missing) && ctx.Err() == nil {
			return func() {
				fl.askMissing(path, missing.Inputs, at, func(at map[string]string) { fl.loadFrom(path, at, then, after) })
			}, nil
		}
		if err != nil {
			return nil, err
		}
		return func() {
			then()
			fl.stage.TakeView(s)
			fl.sh.Doc.Replace(s)
			fl.stage.TakeSelection(s)
			if len(at) > 0 {
				fl.sh.Doc.MarkSaved(-1) // the file has other places
			}
			if fl.path != "" {
				fl.recent.add(fl.path)
				fl.OnRecent()
			}
			fl.title()
			what := "Opened session " + filepath.Base(path)
			if fl.path == "" { // an autosave: its path is nothing to a person
				what = "Restored the last session"
			}
			fl.sh.Say(fmt.Sprintf("%s: %s, %s, %d accepted; undo starts here", what, panel.Plural(len(s.Structures), "structure"), panel.Plural(len(s.Rounds), "round"), len(s.Accepted)))
			if fl.path != "" {
				fl.sh.Note("  " + path) // the log has room for all of it
			}
			if after != nil {
				after()
			}
		}, nil
	})
}

// unlessModified does something that loses unsaved changes; where there are
// some it asks first.
func (fl *Files) unlessModified(what string, do func()) {
	if !fl.sh.Doc.Modified() {
		do()
		return
	}
	label := widget.NewLabel("The session has changes that are not saved.")
	d := fl.sh.NewDialog("Save before you "+what+"?", container.NewPadded(label))
	save := widget.NewButton("Save", func() {
		d.Hide()
		if fl.path == "" {
			fl.saveAsThen(do)
		} else {
			fl.SaveTo(fl.path, do)
		}
	})
	drop := widget.NewButton("Do not save", func() { d.Hide(); do() })
	drop.Importance = widget.DangerImportance
	d.SetButtons(widget.NewButton("Cancel", d.Hide), drop, save)
	fl.sh.Ask(d)
	fl.sh.Named["modified.drop"], fl.sh.Named["modified.save"] = drop, save
}

// UnlessLost does something that ends what runs and loses unsaved changes; it
// asks about each of them first.
func (fl *Files) UnlessLost(what string, do func()) {
	fl.sh.UnlessBusy(what, func() { fl.unlessModified(what, do) })
}

// mostCrashed is how many sessions that were left behind are offered at once.
const mostCrashed = 8

// OfferCrashed asks whether to restore what a crash left behind. It tells
// whether there was something.
func (fl *Files) OfferCrashed() bool {
	if fl.autosave.folder == "" {
		return false
	}
	crashed, err := session.FindCrashed(fl.autosave.folder)
	if err != nil {
		fl.sh.Note("autosave: " + panel.Reason(err))
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
	chosen := func() session.Crashed { return crashed[max(0, slices.Index(words, which.Selected))] }
	label := widget.NewLabel("DiffFit did not end as it should. What was not saved was kept:")
	d := fl.sh.NewDialog("Restore the last session?", container.NewPadded(container.NewVBox(label, which)))
	restore := widget.NewButton("Restore", func() {
		c := chosen()
		d.Hide()
		fl.loadSession(c.Path, func() { fl.path = "" }, func() {
			fl.sh.Doc.MarkSaved(-1) // it is nowhere on disk but here
			fl.title()
			fl.autosave.saveThen(func() { fl.sh.Try("", c.Remove()) }) // and not before
		})
	})
	discard := widget.NewButton("Discard", func() { d.Hide(); fl.sh.Try("", chosen().Remove()) })
	d.SetButtons(widget.NewButton("Later", d.Hide), discard, restore)
	fl.sh.Ask(d)
	fl.sh.Named["restore"], fl.sh.Named["restore.which"] = restore, which
	return true
}

// title names the session, with a mark if it has changes.
func (fl *Files) title() {
	name := "untitled"
	if fl.path != "" {
		name = filepath.Base(fl.path)
	} else if m := fl.sh.Doc.State().Map; m != nil {
		name = m.Name
	}
	if fl.sh.Doc.Modified() {
		name += " •"
	}
	fl.sh.SetTitle(name + " – DiffFit")
}
