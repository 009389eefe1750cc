// SPDX-License-Identifier: BSD-3-Clause

package search

import "difffit/fitting"

// likelyRounds is how many rounds a search takes, mostly.
const likelyRounds = 3

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
	sum, starts := 0.0, 0
	for _, n := range rounds[:likelyRounds] {
		if o.Starts > 0 {
			n = min(n, o.Starts-starts)
		}
		starts += n
		left := float64(n)
		for _, s := range stages(1) {
			sum += left * float64(min(s.atoms, atoms)) * float64(s.steps+1)
			left = float64(n) * s.keep
		}
	}
	return sum + likelyRounds*polished*polishSteps*float64(atoms)
}
