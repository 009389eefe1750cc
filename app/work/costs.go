// SPDX-License-Identifier: BSD-3-Clause

package work

import "slices"

// What a search costs, for the time that is left: startsUnit starts cost what is
// made once of a structure of massUnit dalton. Measured with 72 domains in
// domainfit_density2, each with 512 starts on one processor: 16 ms, and 0.5 ms a
// kDa (docs/adr/0028-live.md). Of a full search nobody knows how many starts it
// takes; fullStarts is what it is taken for.
const (
	startsUnit  = 512
	massUnit    = 32_000.
	fullStarts  = 4096
	assessUnits = 1. // to assess one structure
)

// costs returns what the searches of r cost, in their order, and after them what
// it costs to assess the best, in one.
func (r *fitRun) costs() []float64 {
	var sum, known float64
	for _, s := range r.subjects {
		if s.mass > 0 {
			sum, known = sum+s.mass, known+1
		}
	}
	mean := sum / max(1, known)
	cost := func(starts int, mass float64) float64 {
		if starts == 0 {
			starts = fullStarts
		} else if mass > 0 {
			starts = r.startsFor(starts, mass)
		}
		return float64(starts)/startsUnit + mass/massUnit
	}
	passes := []pass{{part: 1}}
	if r.screens() {
		passes = screen
	}
	var costs []float64
	for i, p := range passes {
		if i > 0 {
			costs = append(costs, slices.Repeat([]float64{cost(p.starts, mean)}, p.of(len(r.subjects)))...)
			continue
		}
		for _, s := range r.subjects {
			costs = append(costs, cost(p.starts, s.mass))
		}
	}
	return append(costs, assessUnits*float64(r.assessed()))
}
