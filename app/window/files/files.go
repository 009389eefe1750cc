// SPDX-License-Identifier: BSD-3-Clause

// Package files is what the window opens and writes: maps and structures,
// sessions, and what a crash left of one, entries of archives, pictures, reports
// and files for other programs. What is in them it leaves to others.
package files

import (
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
)

// A Stage is seen, and can be seen again as it was.
type Stage interface {
	// WithView returns a state with how it is seen now, as it is saved.
	WithView(s document.State) document.State
	// TakeView shows a session as it was seen when it was saved.
	TakeView(s document.State)
	// TakeSelection selects what was selected in a session when it was saved.
	TakeSelection(s document.State)
	// Viewport returns the picture of the window.
	Viewport() *viewport.Viewport
	// Level returns the level at which the map is shown; it is not ok without one.
	Level() (level float64, ok bool)
	// ColoringTitle tells what the colours of atoms say, "" if those of structures.
	ColoringTitle() string
}

// A Fitter fits what is open. It tells whether it began.
type Fitter interface{ Fit() bool }

// Files opens and writes files, and has the panel of what is open.
type Files struct {
	Inputs   *panel.Inputs
	OnRecent func() // other files were opened last

	sh       *shell.Shell
	stage    Stage
	compose  Fitter
	path     string // of the session, "" if it has none yet
	recent   recent
	autosave autosaver
	estimate estimate
}

// New makes the files of a window. Without a folder for it nothing is saved by
// itself. Connect must be called before they are used.
func New(sh *shell.Shell, autosave string) *Files {
	fl := &Files{Inputs: panel.NewInputs(), OnRecent: func() {}, sh: sh, recent: recent{sh.App.Preferences()}}
	fl.autosave.start(fl, autosave)
	return fl
}

// Connect ties the files to the others, and the panel to the document.
func (fl *Files) Connect(st Stage, f Fitter) {
	fl.stage, fl.compose = st, f
	fl.Inputs.OnOpen = fl.AskOpen
	fl.Inputs.OnRemove = fl.remove
	fl.Inputs.OnFit = func(ids []int, fit bool) { fl.sh.Edit("", func() error { return fl.sh.Doc.SetFits(fit, ids...) }) }
	fl.Inputs.OnRemoveMap = func(id int) {
		fl.sh.Edit("Cannot remove the map", func() error { return fl.sh.Doc.RemoveMap(id) })
	}
}

// remove removes structures, unless one of them is being placed.
func (fl *Files) remove(ids []int) {
	for _, id := range ids {
		if slices.Contains(fl.sh.Placed(), id) && fl.sh.MustWait("Remove "+fl.sh.Doc.State().Name(id)) {
			return
		}
	}
	fl.sh.Edit("Cannot remove the structures", func() error { return fl.sh.Doc.RemoveStructures(ids...) })
}

// Changed shows a state of which some parts have changed, and saves it soon.
func (fl *Files) Changed(s document.State, what document.Change) {
	const listed = document.MapChanged | document.OthersChanged | document.StructuresChanged | document.RoundsChanged | document.AcceptedChanged | document.LayersChanged
	if what.Has(listed) || what.Has(document.OptionsChanged) && fl.Inputs.IsOfOther(s.Options) {
		fl.Inputs.SetState(s)
	}
	fl.title()
	fl.autosave.changed()
}

// Recent returns the files that were opened last, the latest first.
func (fl *Files) Recent() []string { return fl.recent.files() }

// Path returns that of the session, "" if it has none yet.
func (fl *Files) Path() string { return fl.path }

// Stop removes what was saved by itself: the program ends as it should.
func (fl *Files) Stop() { fl.autosave.stop() }

// Leave writes what is not saved, and leaves it to be found by the next start.
func (fl *Files) Leave() { fl.autosave.leave() }
