// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"slices"
	"testing"

	"difffit/fitting/mol"
	"difffit/render/shape"
)

func TestLegendTellsTheColoursOfAtoms(t *testing.T) {
	a := &mol.Structure{Name: "a", Atoms: []mol.Atom{
		{Chain: "A", Element: mol.Carbon, B: 10, Residue: "ALA"}, {Chain: "B", Element: mol.Nitrogen, B: 30, Residue: "ALA"},
	}}
	b := &mol.Structure{Name: "b", Atoms: []mol.Atom{{Chain: "A", Element: mol.Oxygen, B: 95, Residue: "ALA"}}}
	scene := func(c Coloring) *Scene {
		v := &Values{Of: []float64{0, 1}, Low: 0, High: 1, Colors: []color.NRGBA{{A: 255}, {255, 255, 255, 255}}}
		return &Scene{Molecules: []Molecule{
			{Structure: a, Coloring: c, Values: v, Visible: true},
			{Structure: b, Coloring: c, Visible: true},
			{Structure: a, Coloring: c, Visible: true},
			{Structure: &mol.Structure{Name: "hidden", Atoms: a.Atoms}, Coloring: c},
		}}
	}
	tests := []struct {
		coloring Coloring
		names    []string
		colors   int
		low      float64
		high     float64
	}{
		{ByChain, []string{"a A", "a B", "b A"}, 3, 0, 0},
		{ByElement, []string{"C", "N", "O"}, 3, 0, 0},
		{ByBFactor, nil, 3, 9, 11}, // the percentiles of two atoms are both the first
		{ByPLDDT, []string{"above 90, very high", "70 to 90, confident", "50 to 70, low", "below 50, very low"}, 4, 0, 0},
		{ByValue, nil, 2, 0, 1},
		{Uniform, nil, 0, 0, 0},
	}
	for _, tt := range tests {
		s := scene(tt.coloring)
		l := LegendOf(s)
		if l.Coloring != tt.coloring || !slices.Equal(l.Names, tt.names) || len(l.Colors) != tt.colors || l.Low != tt.low || l.High < tt.high {
			t.Errorf("coloring %d: %+v, want %+v", tt.coloring, l, tt)
		}
		if tt.coloring != ByChain { // the colours are those of the picture
			continue
		}
		looks := looksOf(s.Molecules, false, func(t *mol.Structure) int { return len(t.Chains()) })
		got := shape.Paint{Colors: shape.Chain, First: looks[1].first}.AtomColors(b)[0]
		if got != l.Colors[2] {
			t.Errorf("the legend has %v for chain A of b, the picture %v", l.Colors[2], got)
		}
	}
}
