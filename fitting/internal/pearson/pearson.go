// SPDX-License-Identifier: BSD-3-Clause

// Package pearson has Pearson's correlation from sums, to which pairs can be
// added piece by piece. It knows nothing of maps.
package pearson

import "math"

// Sums are what a correlation of pairs (a, b) needs.
type Sums struct{ N, A, B, AA, BB, AB float64 }

// Add adds the pairs of a and of as many elements of b.
func (s *Sums) Add(a, b []float32) {
	b = b[:len(a)]
	s.N += float64(len(a))
	for i, v := range a {
		x, y := float64(v), float64(b[i])
		s.A += x
		s.B += y
		s.AA += x * x
		s.BB += y * y
		s.AB += x * y
	}
}

// AboutMean returns the correlation about the means, 0 if either side does not
// vary: by less than the rounding of its sum of squares.
func (s *Sums) AboutMean() float64 {
	if s.N == 0 || !s.AVaries() || !s.bVaries() {
		return 0
	}
	return (s.AB - s.A*s.B/s.N) / math.Sqrt((s.AA-s.A*s.A/s.N)*(s.BB-s.B*s.B/s.N))
}

// AboutZero returns the correlation about zero, Σab/√(Σa²·Σb²), 0 if either
// side is zero.
func (s *Sums) AboutZero() float64 {
	if !(s.AA*s.BB > 0) {
		return 0
	}
	return s.AB / math.Sqrt(s.AA*s.BB)
}

// rounding is the part of a sum of squares below which a variance is nothing
// but what float64 has rounded away: 2⁻⁵² times a few thousand terms.
const rounding = 1e-12

// AVaries tells whether the a are not all the same.
func (s *Sums) AVaries() bool { return s.AA-s.A*s.A/s.N > rounding*s.AA }

func (s *Sums) bVaries() bool { return s.BB-s.B*s.B/s.N > rounding*s.BB }
