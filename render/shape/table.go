// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"

	"difffit/fitting/mol"
)

// radii are van der Waals radii in ångström: A. Bondi, J. Phys. Chem. 68, 441
// (1964); hydrogen and the main-group elements that he lacks: M. Mantina et
// al., J. Phys. Chem. A 113, 5806 (2009).
var radii = map[mol.Element]float64{
	1: 1.10, 2: 1.40, 3: 1.81, 4: 1.53, 5: 1.92, 6: 1.70, 7: 1.55, 8: 1.52, 9: 1.47, 10: 1.54,
	11: 2.27, 12: 1.73, 13: 1.84, 14: 2.10, 15: 1.80, 16: 1.80, 17: 1.75, 18: 1.88, 19: 2.75, 20: 2.31,
	28: 1.63, 29: 1.40, 30: 1.39, 34: 1.90, 35: 1.83, 46: 1.63, 47: 1.72, 48: 1.58, 53: 1.98,
	78: 1.75, 79: 1.66, 80: 1.55, 82: 2.02, 92: 1.86,
}

// Radius returns the van der Waals radius of an element in ångström, 1.7 if
// the element is unknown and 2 if only its radius is.
func Radius(e mol.Element) float64 {
	if r, ok := radii[e]; ok {
		return r
	}
	if e == mol.Unknown {
		return 1.7
	}
	return 2
}

// elementColors follow the custom of space-filling models (R. B. Corey and
// L. Pauling, Rev. Sci. Instrum. 24, 621 (1953); W. L. Koltun, 1965): oxygen
// red, nitrogen blue, sulfur yellow, phosphorus orange.
var elementColors = map[mol.Element]color.NRGBA{
	1: {230, 230, 230, 255}, 6: {150, 155, 160, 255}, 7: {60, 95, 225, 255}, 8: {220, 60, 50, 255},
	9: {120, 210, 90, 255}, 11: {150, 90, 220, 255}, 12: {60, 170, 60, 255}, 15: {235, 140, 40, 255},
	16: {230, 200, 50, 255}, 17: {60, 200, 60, 255}, 20: {110, 190, 110, 255}, 26: {200, 100, 50, 255},
	30: {125, 128, 176, 255}, 34: {230, 160, 30, 255},
}

// ElementColor returns the colour of an element; pink if it has none of its own.
func ElementColor(e mol.Element) color.NRGBA {
	if c, ok := elementColors[e]; ok {
		return c
	}
	return color.NRGBA{220, 120, 190, 255}
}

// palette has the colours of chains: well apart also for colour-blind people
// (hues of M. Okabe and K. Ito, "Color Universal Design", 2008, with lighter
// and darker ones between).
var palette = [...]color.NRGBA{
	{230, 159, 0, 255},
	{86, 180, 233, 255},
	{0, 158, 115, 255},
	{240, 228, 66, 255},
	{204, 121, 167, 255},
	{213, 94, 0, 255},
	{0, 114, 178, 255},
	{160, 200, 120, 255},
	{190, 160, 230, 255},
	{170, 130, 90, 255},
	{120, 200, 200, 255},
	{245, 180, 160, 255},
}

// ChainColor returns the colour at place i of those of chains, which go round.
func ChainColor(i int) color.NRGBA {
	n := len(palette)
	return palette[(i%n+n)%n]
}
