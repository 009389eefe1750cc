// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// exitInterrupted is the exit code of a program that was told to end by a
// signal, as that of the commands.
const exitInterrupted = 130

// Fyne asks for signals on a goroutine of its own, at the start, some time.
// They are taken from it again and again, until it must have done so.
const (
	takeEvery = 100 * time.Millisecond
	takeTimes = 20
)

// takeSignals makes Ctrl+C in a terminal, kill and the end of a login end the
// program in order. Fyne (2.7.4) would take the graphics away while a picture
// is being drawn: a crash, or worse, a program that does not end. A second
// signal ends it at once.
func (w *window) takeSignals() {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	c := make(chan os.Signal, 1)
	take := func() {
		signal.Reset(ends...)
		signal.Notify(c, ends...)
	}
	take()
	go func() {
		again := time.NewTicker(takeEvery)
		defer again.Stop()
		for n := takeTimes; ; n-- {
			select {
			case <-c:
				signal.Reset(ends...)
				w.Do(w.terminate)
				return
			case <-again.C:
				take()
			}
			if n == 1 {
				again.Stop()
			}
		}
	}()
}

// terminate ends the program without asking anything: what is not saved is left
// for the next start, which offers to restore it.
func (w *window) terminate() {
	if w.Quitting {
		return
	}
	w.code = exitInterrupted
	w.files.Leave()
	w.end()
}
