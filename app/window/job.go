// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"time"

	"difffit/fitting"
)

// A job is what runs beside the window. There is one at a time.
type job struct {
	name    string
	fit     bool
	cancel  context.CancelFunc
	stopped bool // a person asked it to stop
	began   time.Time
}

// run runs a job: work on another goroutine, and then what it returns in the
// window. If work fails, nothing else is done but to say so. It tells whether
// the job was begun; while another runs it is not.
func (w *window) run(j *job, work func(ctx context.Context) (func(), error)) bool {
	if w.job != nil {
		w.say(fmt.Sprintf("%s: wait until this is done: %s", j.name, w.job.name))
		return false
	}
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel, j.began = cancel, time.Now()
	w.job = j
	w.say(j.name + "…")
	w.showProgress(fitting.Progress{})
	w.enable()
	go func() {
		done, err := work(ctx)
		w.do(func() {
			cancel()
			w.job = nil
			w.showBar(false)
			switch {
			case w.quitting:
				return
			case err != nil && j.stopped && errors.Is(err, context.Canceled):
				w.say(j.name + ": cancelled")
			case err != nil:
				w.fail(j.name+" failed", err)
			}
			if done != nil {
				done()
			}
			w.enable()
			w.next()
		})
	}()
	return true
}

// stop asks the running job to end.
func (w *window) stop() {
	if j := w.job; j != nil && !j.stopped {
		j.stopped = true
		j.cancel()
		w.say(j.name + ": stopping…")
		w.enable()
	}
}

// showProgress shows how far the job is.
func (w *window) showProgress(p fitting.Progress) {
	j := w.job
	if j == nil {
		return
	}
	text := j.name
	if p.Phase != "" {
		text = fmt.Sprintf("%s %.0f %%", p.Phase, 100*p.Fraction)
		if p.Left >= time.Second {
			text += fmt.Sprintf(", %s left", p.Left.Round(time.Second))
		}
	}
	w.progress.TextFormatter = func() string { return text }
	w.progress.SetValue(p.Fraction)
	w.showBar(true)
	w.progress.Refresh()
}

// next does what was asked for at the start, when nothing else is going on.
func (w *window) next() {
	if w.afterJob == nil || w.job != nil || !w.settled() {
		return
	}
	f := w.afterJob
	w.afterJob = nil
	f()
}
