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

// stated is the rule of what a person said.
const stated = "stated"

// StatedLevel is the contour level that a person said, in the units of the map.
func StatedLevel(v float64) Level { return Level{v, stated} }

// IsStated tells whether a person said it.
func (l Level) IsStated() bool { return l.Rule == stated }

// StatedResolution is the resolution that a person said, in ångström.
func StatedResolution(v float64) Resolution { return Resolution{v, stated} }
