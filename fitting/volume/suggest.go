// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"fmt"
	"math"
	"strconv"
)

// ProteinVolume is the volume of protein in Å³ per dalton: partial specific
// volume 0.73 cm³/g.
const ProteinVolume = 1.21

// SuggestLevel returns a contour level for finding a molecule of the given
// mass in dalton: the lower one of mean + SD and the level that encloses the
// volume of three copies, but not below a quarter of the mean of the voxels
// that are not zero (masked maps). Without a mass it is the level that
// encloses one voxel of a hundred.
//
// The search needs no good level; one that is too low does less harm than one
// that is too high.
func (p *Profile) SuggestLevel(mass float64) Level {
	box := float64(p.Voxels) * p.voxelVolume
	hundredth := Level{p.LevelOfVolume(0.01 * box), "encloses 1 % of the voxels"}
	if !(mass > 0) || math.IsInf(mass, 0) {
		return hundredth
	}
	deviation := Level{p.Mean + p.SD, "mean + SD"}
	three := 3 * ProteinVolume * mass
	level := Level{p.LevelOfVolume(three), fmt.Sprintf("encloses three copies' volume (%s Å³)", grouped(three))}
	if deviation.Value < level.Value {
		level = deviation
	}
	if quarter := 0.25 * p.NonZeroMean; quarter > level.Value {
		level = Level{quarter, "a quarter of the mean of the non-zero voxels"}
	}
	switch { // a box with little more than the molecule in it, about a mean of zero
	case level.Value > 0:
		return level
	case deviation.Value > 0:
		return deviation
	default:
		return hundredth
	}
}

// grouped writes v with three digits that count, and a space between thousands.
func grouped(v float64) string {
	if v >= 1000 {
		unit := math.Pow(10, math.Floor(math.Log10(v))-2)
		v = math.Round(v/unit) * unit
	}
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}
