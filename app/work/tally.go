// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"slices"
	"sync"
	"time"

	"difffit/fitting"
)

// tally adds up how far the searches of a Fit are. It may be used by several
// goroutines.
type tally struct {
	to  func(Progress) // nil if nobody asked
	now func() time.Time

	mu       sync.Mutex
	parts    []float64 // fraction of each search, and of what follows them
	costs    []float64 // of each, to be compared with each other
	sum, all float64   // of parts by their costs, and of costs
	searches int       // of parts
	finish   int       // searches that came to their end
	fraction float64   // highest that was told
	pace     Pace
}

// newTally counts searches that cost the same: see weigh.
func newTally(to func(Progress), searches int) *tally {
	t := &tally{to: to, now: time.Now, searches: searches}
	t.weigh(slices.Repeat([]float64{1}, searches))
	return t
}

// weigh says what the searches cost, and after them what else is to be done.
func (t *tally) weigh(costs []float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.costs, t.parts, t.sum, t.all = costs, make([]float64, len(costs)), 0, 0
	for _, c := range costs {
		t.all += c
	}
	t.pace = Pace{}
	t.pace.Left(t.now(), 0)
}

// report tells that a search for a subject goes on.
func (t *tally) report(task, subject int, p fitting.Progress) {
	if t.to == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(task, min(p.Fraction, 1))
	if len(t.parts) == 1 {
		t.to(Progress{Phase: p.Phase, Clusters: p.Clusters, All: 1, Fraction: p.Fraction, Left: t.pace.Left(t.now(), p.Fraction)})
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

// follows notes how far that is which follows the searches.
func (t *tally) follows(part float64) {
	if t.to == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if last := len(t.parts) - 1; last >= t.searches {
		t.set(last, part)
		t.tell(Progress{Phase: fitting.Scoring})
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
		t.sum += (part - t.parts[task]) * t.costs[task]
		t.parts[task] = part
	}
}

// tell reports p with how far all searches are, and the time that is left.
func (t *tally) tell(p Progress) {
	t.fraction = max(t.fraction, min(1, t.sum/t.all))
	p.Done, p.All, p.Fraction = t.finish, t.searches, t.fraction
	p.Left = t.pace.Left(t.now(), p.Fraction)
	t.to(p)
}
