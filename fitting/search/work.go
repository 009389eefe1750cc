// SPDX-License-Identifier: BSD-3-Clause

package search

import "difffit/fitting"

const (
	// likelyRounds is how many rounds a search takes: two that agree, and often
	// one more (docs/performance.md has the starts of the real cases).
	likelyRounds = 3
	// startWork is about how many samples the stages of an easy round take for
	// each start: atoms times steps and one more, of those that are left.
	startWork = 128*13 + 256*11/5 + 512*17/10
)

// Work estimates how many times a fit of so many atoms samples a field at an
// atom. That is what decides on which device it is fast; the rest, fields and
// scores, costs the same on all.
func Work(o fitting.Options, atoms int) float64 {
	if o.Method == fitting.DiffFit {
		starts := o.Starts
		if starts == 0 {
			starts = paperStarts
		}
		return float64(starts) * float64(o.Iterations) * float64(atoms)
	}
	starts := 0
	for _, n := range rounds[:likelyRounds] {
		starts += n
	}
	if o.Starts > 0 {
		starts = min(starts, o.Starts)
	}
	return float64(starts)*startWork + likelyRounds*polished*polishSteps*float64(atoms)
}
