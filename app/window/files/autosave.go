// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"sync"
	"time"

	"difffit/app/panel"
	"difffit/app/session"
)

// autosaveDelay is how long after a change the document is saved by itself.
// Changes after it are saved with it, or right after it: whenever the program
// is killed, no more than the last second is lost.
const autosaveDelay = 250 * time.Millisecond

// autosaver keeps the last state in a file until the program ends as it should.
type autosaver struct {
	fl      *Files
	folder  string
	file    *session.Autosave // nil if there is none
	timer   *time.Timer       // until the next save; nil if none is due
	writing bool
	again   bool       // changed while it was written
	after   []func()   // what waits for the next save
	mu      sync.Mutex // held while the file is written
}

func (a *autosaver) start(fl *Files, folder string) {
	a.fl, a.folder = fl, folder
	if folder == "" {
		return
	}
	var err error
	if a.file, err = session.NewAutosave(folder); err != nil {
		fl.sh.Note(panel.Reason(err))
	}
}

// changed saves the document soon. More changes do not put that off.
func (a *autosaver) changed() {
	switch {
	case a.file == nil || a.fl.sh.Quitting || a.timer != nil:
	case a.writing:
		a.again = true
	default:
		a.timer = time.AfterFunc(autosaveDelay, func() { a.fl.sh.Do(a.save) })
	}
}

// saveThen saves the document at once, and then does something that must not
// be done before.
func (a *autosaver) saveThen(then func()) {
	if a.file == nil {
		return // then would remove the only copy
	}
	a.after = append(a.after, then)
	if a.writing {
		a.again = true
		return
	}
	a.save()
}

// save writes the document; one without changes leaves nothing.
func (a *autosaver) save() {
	if a.timer != nil {
		a.timer.Stop()
		a.timer = nil
	}
	if a.fl.sh.Quitting || a.file == nil {
		return
	}
	if a.writing {
		a.again = true
		return
	}
	a.writing = true
	s, modified, program := a.fl.stage.WithView(a.fl.sh.Doc.State()), a.fl.sh.Doc.Modified(), a.fl.sh.Program()
	after := a.after
	a.after = nil
	go func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		var err error
		switch {
		case a.file == nil: // the program ends
		case modified:
			err = a.file.Save(s, program)
		default:
			err = a.file.Clear()
		}
		a.fl.sh.Do(func() { a.saved(err, after) })
	}()
}

func (a *autosaver) saved(err error, after []func()) {
	a.writing = false
	switch {
	case err != nil:
		a.fl.sh.Note("autosave: " + panel.Reason(err))
		a.after = append(after, a.after...)
	default:
		for _, f := range after {
			f()
		}
	}
	if a.again {
		a.again = false
		a.changed()
	}
}

// leave writes what is not saved and leaves it to be found, as a crash would:
// the lock of the file goes with the process.
func (a *autosaver) leave() {
	if a.file == nil || !a.fl.sh.Doc.Modified() {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.file.Save(a.fl.sh.Doc.State(), a.fl.sh.Program()); err != nil {
		a.fl.sh.Note("autosave: " + panel.Reason(err))
	}
	a.file = nil
}

// stop removes the file: the program ends as it should.
func (a *autosaver) stop() {
	if a.timer != nil {
		a.timer.Stop()
	}
	if a.file != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		if err := a.file.Close(); err != nil {
			a.fl.sh.Note(panel.Reason(err))
		}
		a.file = nil
	}
}
