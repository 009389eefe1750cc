// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"slices"

	"difffit/fitting/mol"
	"difffit/render/shape"
)

// A Legend says what the colours of molecules tell: a ramp from Low to High,
// or names.
type Legend struct {
	Coloring  Coloring
	Colors    []color.NRGBA
	Names     []string // of Colors; none for a ramp
	Low, High float64  // of the first and the last colour of a ramp
	Differ    bool     // the ramps of several structures differ: Low and High are those of the first
}

// LegendOf returns what the colours of the visible molecules of a scene tell;
// without colours where each has one of its own.
func LegendOf(s *Scene) Legend {
	var structures []*mol.Structure
	var coloring Coloring
	var values *Values
	for _, m := range s.Molecules {
		if !m.Visible || m.Marked || m.Part != nil || m.Structure == nil || m.Coloring.isOne() {
			continue
		}
		if len(structures) == 0 {
			coloring = m.Coloring
		}
		if m.Coloring == coloring && !slices.Contains(structures, m.Structure) {
			structures = append(structures, m.Structure)
		}
		if values == nil && m.Coloring == ByValue {
			values = m.Values
		}
	}
	l := Legend{Coloring: coloring}
	if len(structures) == 0 {
		return Legend{Coloring: Uniform}
	}
	switch coloring {
	case ByChain:
		l.chains(structures)
	case ByElement, ByHetero:
		l.elements(structures, coloring == ByHetero)
	case ByBFactor:
		l.Low, l.High, l.Colors = shape.BFactors(structures[0])
		for _, t := range structures[1:] {
			low, high, _ := shape.BFactors(t)
			l.Differ = l.Differ || low != l.Low || high != l.High
		}
	case ByPLDDT:
		_, l.Colors = shape.Confidences()
		l.Names = []string{"above 90, very high", "70 to 90, confident", "50 to 70, low", "below 50, very low"}
	case ByRainbow:
		l.Colors = shape.Rainbows()
	case BySecondary:
		l.Colors, l.Names = shape.Folds()
	case ByValue:
		if values != nil {
			l.Low, l.High, l.Colors = values.Low, values.High, values.Colors
		}
	}
	return l
}

// chains names the chains of structures, in the colours of looksOf.
func (l *Legend) chains(structures []*mol.Structure) {
	for _, t := range structures {
		for _, name := range t.Chains() {
			l.Colors = append(l.Colors, shape.ChainColor(len(l.Colors)))
			if name == "" {
				name = "no name"
			}
			if len(structures) > 1 {
				name = t.Name + " " + name
			}
			l.Names = append(l.Names, name)
		}
	}
}

// elements names the elements of structures in order of their numbers; hetero
// are those without carbon.
func (l *Legend) elements(structures []*mol.Structure, hetero bool) {
	var there []mol.Element
	for _, t := range structures {
		for _, a := range t.Atoms {
			if !slices.Contains(there, a.Element) && !(hetero && a.Element == mol.Carbon) {
				there = append(there, a.Element)
			}
		}
	}
	slices.Sort(there)
	for _, e := range there {
		l.Colors, l.Names = append(l.Colors, shape.ElementColor(e)), append(l.Names, e.String())
	}
}
