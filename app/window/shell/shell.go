// SPDX-License-Identifier: BSD-3-Clause

// Package shell is what all parts of the window have in common: the document,
// one job at a time, dialogs, the status line, the log, and the preferences
// that belong to no part alone. It knows none of the parts: they know it.
package shell

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/filedialog"
	"difffit/app/panel"
	"difffit/app/script"
	"difffit/app/work"
	"difffit/fitting"
)

// A Shell is what the parts of one window work with.
type Shell struct {
	fyne.Window
	StatusLine
	App fyne.App
	Doc *document.Document
	// Targets of the states of Doc.
	Targets work.Targets
	Do      func(func()) // calls a function on the goroutine of the window

	Engines []fitting.Engine // at least one
	Auto    fitting.Engine   // what chooses among them; nil for the first
	Missing []string         // engines that cannot be used, and why
	Version string

	Log      *panel.Log
	Tabs     *container.AppTabs
	Named    map[string]fyne.CanvasObject // fields and buttons of dialogs: the latest of a name
	Quitting bool
	Away     bool                     // a person has turned to another program
	Notify   func(title, text string) // shows a notification of the desktop

	// FindDialog returns the file dialog of the desktop, nil if there is none. It
	// may wait. Without it the program asks by itself.
	FindDialog func() filedialog.Dialog

	OnEnable func()               // what can be done may be different now
	OnKey    func(*fyne.KeyEvent) // a key that neither a field nor a dialog takes
	OnRest   func()               // what is to be done once nothing goes on; nil when it is done
	OnPanel  func()               // a panel is to be seen, which may be put away
	Settled  func() bool          // tells whether all that was asked for is shown

	job       *Job
	looking   int        // how many looks at a disk have not come back
	questions []Question // dialogs that are open, the latest last
}

// New makes the shell of a window with a document that is empty.
func New(a fyne.App, title string, do func(func())) *Shell {
	sh := &Shell{
		Window: a.NewWindow(title), App: a, Doc: document.New(), Do: do,
		Log: panel.NewLog(), Named: map[string]fyne.CanvasObject{}, Notify: notifier(a),
		OnEnable: func() {}, OnPanel: func() {}, OnKey: func(*fyne.KeyEvent) {}, Settled: func() bool { return true },
	}
	sh.StatusLine = newStatusLine(sh.Stop)
	sh.Log.OnCopy = func(text string) {
		a.Clipboard().SetContent(text)
		sh.Say("The log is on the clipboard")
	}
	return sh
}

// Program tells who wrote a file.
func (sh *Shell) Program() string { return strings.TrimSpace("DiffFit " + sh.Version) }

// Enable has what can be done now switched on, and the rest off.
func (sh *Shell) Enable() { sh.OnEnable() }

// ShowTab brings a tab to the front.
func (sh *Shell) ShowTab(content fyne.CanvasObject) {
	sh.OnPanel()
	for _, i := range sh.Tabs.Items {
		if i.Content == content {
			sh.Tabs.Select(i)
		}
	}
}

// Say shows a line at the bottom and keeps it in the log.
func (sh *Shell) Say(text string) {
	sh.show(text)
	sh.Note(text)
}

// Tell shows a line at the bottom that the log does not keep.
func (sh *Shell) Tell(text string) { sh.show(text) }

// SayMore adds to the line at the bottom.
func (sh *Shell) SayMore(text string) { sh.Say(sh.said + ": " + text) }

// Note adds lines to the log, as comments: the log is a script.
func (sh *Shell) Note(text string) {
	sh.Log.Add(script.Comment(time.Now().Format("15:04:05  ") + text))
}

// Write adds lines of a script to the log: see package script.
func (sh *Shell) Write(lines ...string) {
	if len(lines) > 0 {
		sh.Log.Add(strings.Join(lines, "\n"))
	}
}

// Try shows err, if there is one, under a heading.
func (sh *Shell) Try(heading string, err error) {
	if err != nil {
		if heading == "" {
			heading = "That did not work"
		}
		sh.Fail(heading, err)
	}
}

// Edit changes the document and says what was done, by the name that it has for
// undo; if it did not work, why not, under a heading.
func (sh *Shell) Edit(heading string, change func() error) {
	before := sh.Doc.Revision()
	sh.Try(heading, change())
	if sh.Doc.Revision() != before {
		sh.Say("Done: " + sh.Doc.UndoLabel())
	}
}
