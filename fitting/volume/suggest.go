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

// The suggested level encloses at most roomFor copies of a structure, unless
// they fill more than crowded of the box and the mean is below centred of the SD.
const (
	roomFor = 3
	crowded = 1. / 3
	centred = 1. / 20
)

// SuggestLevel returns a contour level for finding molecules of the given
// masses in dalton, one for all: the lower one of mean + SD and the level that
// encloses the volume of three copies of the largest, but not below a quarter
// of the mean of the voxels that are not zero (masked maps). Without a mass it
// is the level that encloses one voxel of a hundred.
//
// Where three copies fill more than a third of the box and the mean is about
// zero it is mean + SD: in a map of a crystal, and in a box cut close to a
// molecule in a map without a mask, zero is not what the solvent has, and the
// level of three copies takes in half of the noise.
//
// The search needs no good level; one that is too low does less harm than one
// that is too high.
func (p *Profile) SuggestLevel(masses ...float64) Level {
	box := float64(p.Voxels) * p.voxelVolume
	hundredth := Level{p.LevelOfVolume(0.01 * box), "encloses 1 % of the voxels"}
	mass := 0.0
	for _, m := range masses {
		mass = max(mass, m)
	}
	if !(mass > 0) || math.IsInf(mass, 0) {
		return hundredth
	}
	deviation := Level{p.Mean + p.SD, "mean + SD"}
	copies := roomFor * ProteinVolume * mass
	level := Level{p.LevelOfVolume(copies), fmt.Sprintf("encloses %s Å³, %d × the volume of %s", grouped(copies), roomFor, largestOf(len(masses)))}
	if deviation.Value < level.Value {
		level = deviation
	}
	if quarter := 0.25 * p.NonZeroMean; quarter > level.Value {
		level = Level{quarter, "a quarter of the mean of the non-zero voxels"}
	}
	switch { // a box with little more than the molecule in it, about a mean of zero
	case copies > crowded*box && p.Mean < centred*p.SD && deviation.Value > 0:
		return Level{deviation.Value, fmt.Sprintf("mean + SD; %d × the volume of %s is %.0f %% of the box", roomFor, largestOf(len(masses)), 100*copies/box)}
	case level.Value > 0:
		return level
	case deviation.Value > 0:
		return deviation
	default:
		return hundredth
	}
}

// largestOf names the largest of n structures.
func largestOf(n int) string {
	if n == 1 {
		return "the structure"
	}
	return fmt.Sprintf("the largest of the %d structures", n)
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
