// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"math"
	"sync"
	"time"

	"difffit/fitting"
)

// reportEvery is the least time from the end of a report to the next one.
const reportEvery = 50 * time.Millisecond

// A watch reports progress, not too often and never backwards. Reports take
// turns, and no worker of the fit waits for its turn: what it had to tell is in
// the next report.
type watch struct {
	report func(fitting.Progress)
	turn   sync.Mutex // of the one who reports

	mu       sync.Mutex // held for moments, never while a report runs
	began    time.Time
	last     time.Time // end of the last report
	now      fitting.Progress
	best     float64 // score of the best placement so far
	finished bool
}

func newWatch(report func(fitting.Progress)) *watch {
	return &watch{report: report, began: time.Now(), best: math.Inf(-1)}
}

// phase tells how far the fit is, if it is time to. Any worker may call it.
func (w *watch) phase(p fitting.Phase, fraction float64) {
	w.mu.Lock()
	w.now.Phase = p
	w.now.Fraction = max(w.now.Fraction, fraction)
	due := w.due()
	w.mu.Unlock()
	if due && w.turn.TryLock() {
		defer w.turn.Unlock()
		w.send(false)
	}
}

// found tells about the best placements so far: at once, if there is a better
// one among them than before.
func (w *watch) found(c []fitting.Cluster) {
	w.turn.Lock()
	defer w.turn.Unlock()
	w.mu.Lock()
	better := len(c) > 0 && c[0].Score > w.best
	if better {
		w.best = c[0].Score
	}
	w.now.Clusters = c
	w.mu.Unlock()
	w.send(better)
}

// done tells the end.
func (w *watch) done(c []fitting.Cluster) {
	w.turn.Lock()
	defer w.turn.Unlock()
	w.mu.Lock()
	w.now = fitting.Progress{Phase: fitting.Done, Fraction: 1, Clusters: c}
	w.mu.Unlock()
	w.send(true)
}

// stop ends all reports.
func (w *watch) stop() {
	w.turn.Lock()
	defer w.turn.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finished = true
}

// due tells whether a report that is not urgent may be made.
func (w *watch) due() bool { return time.Since(w.last) >= reportEvery }

// send reports, if it is time to or urgent. It is its caller's turn.
func (w *watch) send(urgent bool) {
	w.mu.Lock()
	p, silent := w.now, w.report == nil || w.finished || !urgent && !w.due()
	w.mu.Unlock()
	if silent {
		return
	}
	if p.Fraction > 0.1 && p.Fraction < 1 {
		p.Left = time.Duration(float64(time.Since(w.began)) * (1 - p.Fraction) / p.Fraction)
	}
	w.report(p)
	w.mu.Lock()
	w.last = time.Now()
	w.mu.Unlock()
}
