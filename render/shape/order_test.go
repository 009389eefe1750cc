// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// chain returns Cα atoms 3.8 Å apart, and a water.
func chainOf(names ...string) *mol.Structure {
	s := &mol.Structure{}
	for k, name := range names {
		for i := range 5 {
			s.Atoms = append(s.Atoms, mol.Atom{Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: name, Seq: i + 1, Pos: r3.Vec{X: 3.8 * float64(i), Y: 20 * float64(k)}})
		}
	}
	s.Atoms = append(s.Atoms, mol.Atom{Name: "O", Element: mol.Oxygen, Residue: "HOH", Chain: names[0], Seq: 100})
	return s
}

func TestRainbowGoesThroughEachChain(t *testing.T) {
	s := chainOf("A", "B")
	colors := Paint{Colors: Rainbow}.AtomColors(s)
	ends := Rainbows()
	for _, tt := range []struct {
		name string
		atom int
		want color.NRGBA
	}{
		{"first of A", 0, ends[0]},
		{"middle of A", 2, ends[2]},
		{"last of A", 4, ends[4]},
		{"first of B", 5, ends[0]},
		{"last of B", 9, ends[4]},
		{"water", 10, other},
	} {
		if colors[tt.atom] != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, colors[tt.atom], tt.want)
		}
	}
}

func TestColoursOfSecondaryStructure(t *testing.T) {
	s := chainOf("A")
	s.Secondary = []mol.Secondary{{Kind: mol.Helix, Chain: "A", First: 1, Last: 2}, {Kind: mol.Strand, Chain: "A", First: 4, Last: 4}}
	colors := Paint{Colors: Fold}.AtomColors(s)
	for i, want := range []color.NRGBA{helixColor, helixColor, coilColor, strandColor, coilColor, other} {
		if colors[i] != want {
			t.Errorf("atom %d: %v, want %v", i, colors[i], want)
		}
	}
}

// Bonds to hydrogens are left out, and with them hydrogens; nothing else.
func TestWithoutHydrogens(t *testing.T) {
	s := &mol.Structure{Atoms: []mol.Atom{
		{Name: "C", Element: mol.Carbon}, {Name: "O", Element: mol.Oxygen, Pos: r3.Vec{X: 1.2}}, {Name: "H", Element: mol.Hydrogen, Pos: r3.Vec{Y: 1}},
	}}
	all := Of(s, Sticks, Fine, make([]color.NRGBA, 3))
	bare := all.WithoutHydrogens(s)
	if len(all.Spheres) != 3 || len(all.Rods) != 2 || len(bare.Spheres) != 2 || len(bare.Rods) != 1 || bare.Rods[0].AtomTo+bare.Rods[0].AtomFrom != 1 {
		t.Errorf("%d atoms and %d bonds, without hydrogens %d and %d; want 3, 2, 2, 1", len(all.Spheres), len(all.Rods), len(bare.Spheres), len(bare.Rods))
	}
}
