// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"sync"
	"time"

	"difffit/fitting"
)

// reportEvery is the least time between two reports.
const reportEvery = 50 * time.Millisecond

// A watch reports progress, not too often and never backwards.
type watch struct {
	report func(fitting.Progress)

	mu       sync.Mutex
	began    time.Time
	last     time.Time
	now      fitting.Progress
	finished bool
}

func newWatch(report func(fitting.Progress)) *watch { return &watch{report: report, began: time.Now()} }

func (w *watch) phase(p fitting.Phase, fraction float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Phase = p
	w.now.Fraction = max(w.now.Fraction, fraction)
	w.send()
}

// found tells about the best placements so far, now.
func (w *watch) found(c []fitting.Cluster) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Clusters = c
	w.last = time.Time{}
	w.send()
}

func (w *watch) done(c []fitting.Cluster) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = fitting.Progress{Phase: fitting.Done, Fraction: 1, Clusters: c}
	w.last = time.Time{}
	w.send()
}

func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finished = true
}

func (w *watch) send() {
	t := time.Now()
	if w.report == nil || w.finished || t.Sub(w.last) < reportEvery {
		return
	}
	w.last = t
	p := w.now
	if p.Fraction > 0.1 && p.Fraction < 1 {
		spent := t.Sub(w.began)
		p.Left = time.Duration(float64(spent) * (1 - p.Fraction) / p.Fraction)
	}
	w.report(p)
}
