// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"difffit/app/panel"
	"difffit/app/work"
	"difffit/fitting"
)

// A Job is what runs beside the window. There is one at a time.
type Job struct {
	Name       string
	Structures []int  // the IDs of those that it places, which nobody removes meanwhile
	Then       func() // when it has done what it should; not after a failure or a cancel
	cancel     context.CancelFunc
	stopped    bool   // a person asked it to stop
	what       string // the name of what waits for its end
	ended      func() // what waits for its end, however it ends; the last wish counts
	began      time.Time
	pace       work.Pace // where nothing better is known
}

// Run runs a job: do on another goroutine, and then what it returns in the
// window. If it fails, nothing else is done but to say so. It tells whether
// the job was begun; while another runs it is not.
func (sh *Shell) Run(j *Job, do func(ctx context.Context) (func(), error)) bool {
	if sh.MustWait(j.Name) {
		return false
	}
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel, j.began = cancel, time.Now()
	sh.job = j
	sh.Say(j.Name + "…")
	sh.ShowProgress(fitting.Progress{})
	sh.Enable()
	go func() {
		done, err := do(ctx)
		sh.Do(func() {
			cancel()
			sh.job = nil
			sh.showBar(false)
			switch {
			case sh.Quitting:
				return
			case err != nil && j.stopped && errors.Is(err, context.Canceled):
				sh.Say(j.Name + ": cancelled")
			case err != nil:
				sh.Fail(j.Name+" failed", err)
			}
			if done != nil {
				done()
			}
			if err == nil && j.Then != nil && !j.stopped {
				j.Then()
			}
			sh.notify(j)
			if j.ended != nil {
				sh.UnlessBusy(j.what, j.ended) // should something else run now
			}
			sh.Enable()
			sh.Rest()
		})
	}()
	return true
}

// Stopped tells whether a person asked the job to stop, though it may have come
// to its end all the same: nothing should follow it then.
func (j *Job) Stopped() bool { return j.stopped }

// Stop asks the running job to end.
func (sh *Shell) Stop() {
	if j := sh.job; j != nil && !j.stopped {
		j.stopped = true
		j.cancel()
		sh.Say(j.Name + ": stopping…")
		sh.Enable()
	}
}

// ShowProgress shows how far the job is.
func (sh *Shell) ShowProgress(p fitting.Progress) {
	j := sh.job
	if j == nil {
		return
	}
	text := j.Name
	if p.Phase != "" {
		text = fmt.Sprintf("%s %.0f %%", p.Phase, 100*p.Fraction)
		if p.Left == 0 {
			p.Left = j.pace.Left(time.Now(), p.Fraction)
		}
		if left := work.About(p.Left); left != "" {
			text += ", " + left
		}
	}
	sh.working = text
	sh.Progress.TextFormatter = func() string {
		return panel.Shorten(text, barWidth-2*theme.InnerPadding(), theme.TextSize(), fyne.TextStyle{})
	}
	sh.Progress.SetValue(p.Fraction)
	sh.showBar(true)
	sh.Progress.Refresh()
}

// Rest does what waits for it (see OnRest), if nothing else is going on.
func (sh *Shell) Rest() {
	if sh.OnRest == nil || sh.Busy() || !sh.Settled() {
		return
	}
	f := sh.OnRest
	sh.OnRest = nil
	f()
}

// Busy tells whether a job runs.
func (sh *Shell) Busy() bool { return sh.job != nil }

// MustWait tells whether a job runs, and then says that what was asked for, by
// its name, has to wait for it.
func (sh *Shell) MustWait(what string) bool {
	if sh.Busy() {
		sh.Say(fmt.Sprintf("%s: wait until this is done: %s", what, sh.job.Name))
	}
	return sh.Busy()
}

// JobName returns the name of the job that runs, "" if none does.
func (sh *Shell) JobName() string {
	if sh.job == nil {
		return ""
	}
	return sh.job.Name
}

// Placed returns the IDs of the structures that the job that runs places.
func (sh *Shell) Placed() []int {
	if sh.job == nil {
		return nil
	}
	return sh.job.Structures
}

// Stopping tells whether the job that runs was asked to end.
func (sh *Shell) Stopping() bool { return sh.job != nil && sh.job.stopped }

// UnlessBusy does something that ends the job that runs, if there is one: it
// asks first, and lets the job end, so that what it found is kept.
func (sh *Shell) UnlessBusy(what string, do func()) {
	j := sh.job
	switch {
	case j == nil:
		do()
		return
	case j.stopped: // a person has waited for it long enough
		j.what, j.ended = what, do
		sh.Say(fmt.Sprintf("%s is ending; then: %s", j.Name, what))
		return
	}
	sh.Confirm(fmt.Sprintf("Stop before you %s?", what), j.Name+" is running. What it has found so far is kept.", "Stop", func() {
		if sh.job != j { // it has ended meanwhile
			do()
			return
		}
		j.what, j.ended = what, do
		sh.Stop()
	})
}

// Dialogs returns how many dialogs are open.
func (sh *Shell) Dialogs() int { return len(sh.questions) }

// Latest returns the dialog that was opened last of those that are open, nil if
// none is.
func (sh *Shell) Latest() Question {
	if n := len(sh.questions); n > 0 {
		return sh.questions[n-1]
	}
	return nil
}

// Asks tells whether a dialog is open.
func (sh *Shell) Asks(q Question) bool { return slices.Contains(sh.questions, q) }
