// SPDX-License-Identifier: BSD-3-Clause

// Package probe tells the test of the real window (e2e) what the window shows,
// so that it can wait for a state and need not guess how long something takes. It
// is no part of the program: the window is watched only if it is built with the
// tag e2e. How the window works, and that it is watched, neither knows of the
// other.
package probe

import (
	"bytes"
	"encoding/json"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/window/compose"
	"difffit/app/window/help"
	"difffit/app/window/models"
	"difffit/app/window/room"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
	"difffit/app/window/table"
)

// Variable is the environment variable with the path of the file that tells the
// state. The file is replaced as a whole by a State as JSON whenever that is
// another one. Without the variable nothing is written.
const Variable = "DIFFFIT_TESTSTATE"

// A Window is what a probe sees of the window: what its parts show, and where.
type Window interface {
	// Base returns the shell of the window.
	Base() *shell.Shell
	Stage() *stage.Stage
	Table() *table.Table
	Composer() *compose.Composer
	Models() *models.Models
	Inputs() *panel.Inputs
	Dock() *room.Dock
	Help() *help.Help
	// Menu returns the menu bar.
	Menu() *fyne.MainMenu
	// Buttons returns those above, by name.
	Buttons() map[string]*widget.Button
}

// every is how long the window is left alone between two looks at it.
const every = 60 * time.Millisecond

// A Probe looks at a window again and again.
type Probe struct {
	w      Window
	sh     *shell.Shell
	path   string
	number int
	last   []byte // that was written, but for its number
	spots  spots
	sizes  map[string]fyne.Size // of menus, by path
}

// Watch begins to write the state of a window where Variable says, until the
// program ends. Call it on the goroutine of the window.
func Watch(w Window) {
	if path := os.Getenv(Variable); path != "" {
		New(w, path).watch()
	}
}

// New makes a probe that writes what it sees to a file.
func New(w Window, path string) *Probe { return &Probe{w: w, sh: w.Base(), path: path} }

// watch looks at the window, and does so again after a while: Fyne gives widgets
// their places when it draws, and a person changes the size of the window, of
// which nobody is told.
func (p *Probe) watch() {
	if p.sh.Quitting {
		return
	}
	if err := p.Write(); err != nil {
		p.sh.Note("probe: " + err.Error())
		return
	}
	time.AfterFunc(every, func() { p.sh.Do(p.watch) })
}

// Write writes the state, if it is another one than before.
func (p *Probe) Write() error {
	s := p.State()
	same, err := json.Marshal(s)
	if err != nil || bytes.Equal(same, p.last) {
		return err
	}
	p.last = same
	p.number++
	s.Number = p.number
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(p.path+".part", data, 0o600); err != nil {
		return err
	}
	return os.Rename(p.path+".part", p.path)
}
