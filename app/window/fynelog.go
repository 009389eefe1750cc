// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"log"
	"os"
	"strings"
	"sync"
)

// A fyneLog takes what Fyne writes to Go's logger while the window is open into
// the log of the window, where a person can read and copy it. Before and after,
// it goes to standard error.
//
// One complaint of Fyne (2.7.4) is left out, for it is none: saving preferences
// empties the file, and Fyne may notice the change and read it before it is
// full again ("Preferences load error", cause EOF).
type fyneLog struct {
	note func(string)

	mu   sync.Mutex
	drop int // lines of the complaint that are still to come
}

// complaintLines is how many lines Fyne writes for an error: what, cause, place.
const complaintLines = 3

// Write is given one line a call.
func (l *fyneLog) Write(p []byte) (int, error) {
	line := strings.TrimSpace(string(p))
	l.mu.Lock()
	defer l.mu.Unlock()
	if strings.Contains(line, "Preferences load error") {
		l.drop = complaintLines
	}
	if l.drop > 0 {
		l.drop--
		return len(p), nil
	}
	l.note(line)
	return len(p), nil
}

// takeLog begins to take the log into the window, and returns what ends it.
func (w *window) takeLog() (end func()) {
	flags := log.Flags()
	log.SetFlags(0)
	log.SetOutput(&fyneLog{note: func(line string) { go w.Do(func() { w.Note(line) }) }})
	return func() {
		log.SetFlags(flags)
		log.SetOutput(os.Stderr)
	}
}
