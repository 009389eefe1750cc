// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"
	"testing"

	"difffit/fitting/mol"
)

func someStructure() *mol.Structure {
	return &mol.Structure{Atoms: []mol.Atom{
		{Name: "N", Element: mol.Nitrogen, Residue: "GLY", Chain: "B"},
		{Name: "CA", Element: mol.Carbon, Residue: "GLY", Chain: "B"},
		{Name: "CA", Element: 20, Residue: "CA", Chain: "B", Het: true}, // calcium
		{Name: "P", Element: 15, Residue: "A", Chain: "A"},
		{Name: "O", Element: mol.Oxygen, Residue: "HOH", Chain: "A", Het: true},
	}}
}

func spheresOf(s *mol.Structure, kind Kind, p Paint) []Sphere {
	return Of(s, kind, Fine, p.AtomColors(s)).Spheres
}

func TestSpheres(t *testing.T) {
	tests := []struct {
		kind  Kind
		atoms []int
		first float64
	}{
		{VanDerWaals, []int{0, 1, 2, 3}, 1.55},
		{Small, []int{0, 1, 2, 3}, 0.4 * 1.55},
		{Residues, []int{1, 3}, 1.9},
	}
	for _, tt := range tests {
		got := spheresOf(someStructure(), tt.kind, Paint{})
		if len(got) != len(tt.atoms) {
			t.Fatalf("kind %d: %d spheres, want %d", tt.kind, len(got), len(tt.atoms))
		}
		for i, s := range got {
			if s.Atom != tt.atoms[i] {
				t.Errorf("kind %d: sphere %d is atom %d, want %d", tt.kind, i, s.Atom, tt.atoms[i])
			}
		}
		if math.Abs(got[0].Radius-tt.first) > 1e-12 {
			t.Errorf("kind %d: radius %g, want %g", tt.kind, got[0].Radius, tt.first)
		}
	}
}

func TestColors(t *testing.T) {
	one := color.NRGBA{1, 2, 3, 255}
	chain := spheresOf(someStructure(), VanDerWaals, Paint{First: 4})
	if chain[0].Color != ChainColor(4) || chain[0].Color != chain[1].Color || chain[3].Color != ChainColor(5) {
		t.Errorf("by chain: %v", chain)
	}
	if s := spheresOf(someStructure(), VanDerWaals, Paint{Colors: Element}); s[0].Color != ElementColor(mol.Nitrogen) || s[0].Color == s[1].Color {
		t.Errorf("by element: %v", s)
	}
	if s := spheresOf(someStructure(), VanDerWaals, Paint{Colors: One, One: one}); s[0].Color != one || s[3].Color != one {
		t.Errorf("one colour: %v", s)
	}
	if ChainColor(-1) != ChainColor(len(palette)-1) || ChainColor(len(palette)) != ChainColor(0) {
		t.Error("ChainColor does not go round")
	}
}

func TestRadius(t *testing.T) {
	for e, want := range map[mol.Element]float64{mol.Carbon: 1.70, mol.Oxygen: 1.52, 26: 2, mol.Unknown: 1.7} {
		if got := Radius(e); got != want {
			t.Errorf("Radius(%v) = %g, want %g", e, got, want)
		}
	}
}
