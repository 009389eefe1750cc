// SPDX-License-Identifier: BSD-3-Clause

package panel

import "math"

// A scale says what the length of a bar means. It is the same in all rounds
// and whatever the other rows are, but where it says so itself.
type scale struct {
	words string             // from where to where, for tooltips
	full  func(*row) float64 // value of a full bar; an empty one is 0
	moves bool               // a full bar is not the same everywhere: tooltips say what it is
}

func constant(v float64) func(*row) float64 { return func(*row) float64 { return v } }

// Factors of scales. The atoms of a good placement have about twice to three
// times the density of the contour.
const (
	fullZ      = 40 // twice what is believable
	fullLevels = 4
)

// Scales of the columns.
var (
	toOne        = &scale{words: "Bars run from 0 to 1.", full: constant(1)}
	toAll        = &scale{words: "Bars run from 0 to 100 %.", full: constant(100)}
	toBelievable = &scale{words: "Bars run from 0 to 40 and more: half a bar is believable.", full: constant(fullZ)}
	toLevels     = &scale{
		words: "Bars run from 0 to 4 times the contour level of the fit", moves: true,
		full: func(r *row) float64 { return fullLevels * r.level },
	}
	toMostHits = &scale{
		words: "Bars run from 0 to the most hits of a placement of the round", moves: true,
		full: func(r *row) float64 { return float64(r.most) },
	}
)

// part returns how much of a bar a value fills, 0 to 1; 0 where the scale has
// no length, as with a contour level that is not positive.
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
