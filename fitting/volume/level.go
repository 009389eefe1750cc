// SPDX-License-Identifier: BSD-3-Clause

package volume

import "gonum.org/v1/gonum/spatial/r3"

// A Level is a contour level and the rule that chose it.
type Level struct {
	Value float64 `json:"value"`
	Rule  string  `json:"rule"` // in words, for a person
}

// A Resolution is that of a map and where the number comes from.
type Resolution struct {
	Value float64 `json:"value"` // ångström
	Rule  string  `json:"rule"`  // "stated", or how it was estimated, in words
}

// A Point is a point of the given weight.
type Point struct {
	Pos    r3.Vec // ångström
	Weight float64
}
