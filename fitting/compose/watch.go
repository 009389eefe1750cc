// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"math"
	"sync"

	"difffit/fitting"
)

// A watch reports progress, never backwards.
type watch struct {
	report func(Progress)

	mu       sync.Mutex
	now      Progress
	fraction []float64 // of each fit of the round
}

// begin notes that a round of n fits begins.
func (w *watch) begin(round, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Round = round
	w.fraction = make([]float64, n)
}

// placed notes how many placements are chosen.
func (w *watch) placed(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Placed = n
}

// of returns the report function of the i-th fit of the round.
func (w *watch) of(i int) func(fitting.Progress) {
	return func(p fitting.Progress) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.fraction[i] = p.Fraction
		sum := 0.0
		for _, f := range w.fraction {
			sum += f
		}
		// Half of what is left is this round: how many there will be nobody knows.
		before := 1 - math.Pow(0.5, float64(w.now.Round-1))
		phase := p.Phase
		if phase == fitting.Done {
			phase = fitting.Searching // other fits go on
		}
		w.send(phase, before+(1-before)/2*sum/float64(len(w.fraction)))
	}
}

// tell reports the phase of the whole.
func (w *watch) tell(round int, phase fitting.Phase, fraction float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Round = round
	w.send(phase, fraction)
}

func (w *watch) send(phase fitting.Phase, fraction float64) {
	w.now.Phase = phase
	w.now.Fraction = math.Max(w.now.Fraction, math.Min(1, fraction))
	if w.report != nil {
		w.report(w.now)
	}
}
