// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"

	"difffit/app/document"
	"difffit/fitting"
)

// A scale says what the length of a bar means. It is the same in all rounds
// and whatever the other rows are, but where it says so itself.
type scale struct {
	words string             // from where to where, for tooltips
	full  func(*row) float64 // value of a full bar; an empty one is 0
	moves bool               // a full bar is not the same everywhere: tooltips say what it is
}

func constant(v float64) func(*row) float64 { return func(*row) float64 { return v } }

// largest are values that scales depend on.
type largest struct {
	hits             int     // of the placements of the round
	density, overlap float64 // of those of all rounds, in the units of the map
}

// known returns a value, 0 for what is not finite.
func known(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// Factors of scales. The atoms of a good placement have two to three times the
// density of the contour; the overlap is about half of that, for simulated maps
// have a maximum of 1.
const (
	fullZ       = 2 * fitting.MinBlurredZ // twice what blurred maps ask for
	fullDensity = 4
	fullOverlap = 2
)

// Scales of the columns.
var (
	toOne     = &scale{words: "Bars run from 0 to 1.", full: constant(1)}
	toAll     = &scale{words: "Bars run from 0 to 100 %.", full: constant(100)}
	toFullZ   = &scale{words: "Bars run from 0 to 40 and more.", full: constant(fullZ)}
	toDensity = &scale{
		words: "Bars run from 0 to 4 times the contour level of the fit, or the largest of all rounds if that is more", moves: true,
		full: func(r *row) float64 { return max(fullDensity*r.level, r.largest.density) },
	}
	toOverlap = &scale{
		words: "Bars run from 0 to twice the contour level of the fit, or the largest of all rounds if that is more", moves: true,
		full: func(r *row) float64 { return max(fullOverlap*r.level, r.largest.overlap) },
	}
	toMostHits = &scale{
		words: "Bars run from 0 to the most starts that came to a placement of the round", moves: true,
		full: func(r *row) float64 { return float64(r.largest.hits) },
	}
)

// part returns how much of a bar a value fills, 0 to 1; 0 where the scale has
// no length.
func (s *scale) part(v float64, r *row) float64 {
	full := s.full(r)
	if !(full > 0) || math.IsNaN(v) {
		return 0
	}
	return min(max(v/full, 0), 1)
}

// tell says how bars run, with the number where all rows have the same.
func (s *scale) tell(c *column, rows []*row) string {
	if !s.moves {
		return s.words
	}
	if len(rows) == 0 {
		return s.words + "."
	}
	full := s.full(rows[0])
	for _, r := range rows {
		if s.full(r) != full {
			return s.words + "."
		}
	}
	return s.words + ", here " + c.format(full) + "."
}

// levelOf returns the contour level of a fit, 0 while one runs for which none
// was stated.
func levelOf(f document.Fit) float64 {
	if v := f.Options.Level; f.Result.Level.Value == 0 && v != nil {
		return *v
	}
	return f.Result.Level.Value
}

// largest finds what the bars of some columns end at.
func (r *Results) largest(shown []document.Fit) *largest {
	var l largest
	add := func(fits []document.Fit, hits bool) {
		for _, f := range fits {
			if f.Result == nil {
				continue
			}
			for _, c := range f.Result.Clusters {
				l.density, l.overlap = max(l.density, known(c.Density)), max(l.overlap, known(c.Overlap))
				if hits {
					l.hits = max(l.hits, c.Hits)
				}
			}
		}
	}
	for _, q := range r.state.Rounds {
		add(q.Fits, false)
	}
	add(shown, true)
	return &l
}
