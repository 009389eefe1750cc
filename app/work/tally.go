// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"sync"
	"time"

	"difffit/fitting"
)

// tally adds up how far the searches of a Fit are. It may be used by several
// goroutines.
type tally struct {
	to    func(Progress) // nil if nobody asked
	began time.Time

	mu       sync.Mutex
	parts    []float64 // fraction of each search
	sum      float64   // of parts
	finish   int       // searches that came to their end
	fraction float64   // highest that was told
}

func newTally(to func(Progress), searches int) *tally {
	return &tally{to: to, began: time.Now(), parts: make([]float64, searches)}
}

// report tells that a search for a subject goes on.
func (t *tally) report(task, subject int, p fitting.Progress) {
	if t.to == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(task, min(p.Fraction, 1))
	if len(t.parts) == 1 { // its own estimate is better
		t.to(Progress{Phase: p.Phase, Clusters: p.Clusters, All: 1, Fraction: p.Fraction, Left: p.Left})
		return
	}
	if p.Phase == fitting.Done {
		p.Phase = fitting.Searching // another one goes on
	}
	t.tell(Progress{Subject: subject, Phase: p.Phase, Clusters: p.Clusters})
}

// finished notes that a search is done, whatever came of it.
func (t *tally) finished(task, subject int) {
	if t.to == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(task, 1)
	t.finish++
	if len(t.parts) > 1 {
		t.tell(Progress{Subject: subject, Phase: fitting.Searching})
	}
}

// passed notes that the first n searches are done, also those that there was
// no need for.
func (t *tally) passed(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range min(n, len(t.parts)) {
		t.set(i, 1)
	}
	t.finish = n
}

func (t *tally) set(task int, part float64) {
	if part > t.parts[task] {
		t.sum += part - t.parts[task]
		t.parts[task] = part
	}
}

// tell reports p with how far all searches are, and the time that is left at
// the speed so far.
func (t *tally) tell(p Progress) {
	t.fraction = max(t.fraction, min(1, t.sum/float64(len(t.parts))))
	p.Done, p.All, p.Fraction = t.finish, len(t.parts), t.fraction
	if p.Fraction > 0 {
		p.Left = time.Duration(float64(time.Since(t.began)) * (1 - p.Fraction) / p.Fraction)
	}
	t.to(p)
}
