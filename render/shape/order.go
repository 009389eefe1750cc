// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"slices"

	"difffit/fitting/mol"
)

// rainbowColors go from the beginning of a chain to its end: evenly spaced, as
// bright as can be seen on white too.
var rainbowColors = []color.NRGBA{{45, 80, 220, 255}, {0, 165, 195, 255}, {60, 175, 60, 255}, {235, 175, 0, 255}, {220, 45, 35, 255}}

// Rainbows returns the colours of a chain from its beginning to its end, evenly
// spaced.
func Rainbows() []color.NRGBA { return slices.Clone(rainbowColors) }

// other is the colour of what is no polymer where colours tell about polymers.
var other = color.NRGBA{150, 155, 160, 255}

// rainbow returns the colours of atoms by the place of their residue in its
// chain. What is no polymer is grey, and water has no part in it.
func rainbow(s *mol.Structure) []color.NRGBA {
	list := residues(s)
	places, lengths := make([]int, len(list)), map[string]int{}
	for i := range list {
		if r := &list[i]; isPolymer(s, r) {
			places[i] = lengths[r.chain]
			lengths[r.chain]++
		}
	}
	colors := make([]color.NRGBA, len(s.Atoms))
	for i := range list {
		r := &list[i]
		c := other
		if isPolymer(s, r) {
			c = ramp(rainbowColors, float64(places[i])/float64(max(lengths[r.chain]-1, 1)))
		}
		fill(colors, r, c)
	}
	return colors
}

func isPolymer(s *mol.Structure, r *residue) bool {
	return r.trace() >= 0 && !s.Atoms[r.trace()].Het && !mol.IsWater(s.Atoms[r.first].Residue)
}

func fill(colors []color.NRGBA, r *residue, c color.NRGBA) {
	for k := r.first; k < r.last; k++ {
		colors[k] = c
	}
}

// The colours of secondary structure.
var (
	helixColor      = color.NRGBA{210, 60, 70, 255}
	strandColor     = color.NRGBA{235, 180, 30, 255}
	coilColor       = color.NRGBA{130, 150, 175, 255}
	nucleotideColor = color.NRGBA{75, 120, 205, 255}
)

// Folds returns the colours of secondary structure, and what they say.
func Folds() (colors []color.NRGBA, names []string) {
	return []color.NRGBA{helixColor, strandColor, coilColor, nucleotideColor, other}, []string{"helix", "strand", "coil", "nucleotide", "other"}
}

// folds returns the colours of atoms by what their residue is folded into: as
// cartoons are drawn.
func folds(s *mol.Structure) []color.NRGBA {
	list := residues(s)
	colors := make([]color.NRGBA, len(s.Atoms))
	for i := range list {
		fill(colors, &list[i], other)
	}
	f := newFolding(s, list)
	for _, stretch := range stretches(s, list) {
		kinds := f.of(stretch)
		for i := range stretch {
			r, c := &stretch[i], coilColor
			switch {
			case !r.isProtein():
				c = nucleotideColor
			case kinds[i] == mol.Helix:
				c = helixColor
			case kinds[i] == mol.Strand:
				c = strandColor
			}
			fill(colors, r, c)
		}
	}
	return colors
}
