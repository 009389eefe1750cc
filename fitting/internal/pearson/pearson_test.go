// SPDX-License-Identifier: BSD-3-Clause

package pearson

import (
	"math"
	"testing"
)

func TestCorrelations(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		a, b                 []float32
		aboutMean, aboutZero float64
	}{
		{"none", nil, nil, 0, 0},
		{"the same", []float32{1, 2, 4}, []float32{1, 2, 4}, 1, 1},
		{"the contrary", []float32{1, 2, 4}, []float32{-1, -2, -4}, -1, -1},
		// About the means: (-1, 0, 1)·(-1, 1, 0)/2; about zero: (1·1 + 2·3 + 3·2)/14.
		{"by hand", []float32{1, 2, 3}, []float32{1, 3, 2}, 0.5, 13. / 14},
		{"does not vary", []float32{2, 2, 2}, []float32{1, 2, 3}, 0, 12 / math.Sqrt(12*14)},
		{"zero", []float32{0, 0}, []float32{1, 2}, 0, 0},
	} {
		var s, parts Sums
		s.Add(tt.a, tt.b)
		for i := range tt.a {
			parts.Add(tt.a[i:i+1], tt.b[i:i+1])
		}
		if parts != s {
			t.Errorf("%s: in parts %+v, at once %+v", tt.name, parts, s)
		}
		if m, z := s.AboutMean(), s.AboutZero(); math.Abs(m-tt.aboutMean) > 1e-12 || math.Abs(z-tt.aboutZero) > 1e-12 {
			t.Errorf("%s: about the mean %g, about zero %g, want %g and %g", tt.name, m, z, tt.aboutMean, tt.aboutZero)
		}
	}
}
