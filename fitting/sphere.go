// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// A Sphere is where a search is done. The zero value stands for everywhere.
type Sphere struct {
	Center [3]float64 `json:"center"` // x, y, z in the map's frame, ångström
	Radius float64    `json:"radius"` // ångström
}

// IsZero tells whether s is everywhere.
func (s Sphere) IsZero() bool { return s == Sphere{} }

// Contains tells whether a point is in s.
func (s Sphere) Contains(p r3.Vec) bool {
	return s.IsZero() || r3.Norm2(r3.Sub(p, r3.Vec{X: s.Center[0], Y: s.Center[1], Z: s.Center[2]})) <= s.Radius*s.Radius
}

// fault says what is wrong with s, "" if nothing.
func (s Sphere) fault() string {
	for k, name := range [3]string{"x", "y", "z"} {
		if c := s.Center[k]; !(math.Abs(c) <= 1e6) {
			return fmt.Sprintf("has its centre at %s = %g Å, want a number between -1000000 and 1000000", name, c)
		}
	}
	if !s.IsZero() && !(s.Radius > 0 && s.Radius <= 1e6) {
		return fmt.Sprintf("has the radius %g Å, want above 0 and up to 1000000", s.Radius)
	}
	return ""
}
