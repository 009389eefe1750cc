// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// placed returns an atom at distance, angle and dihedral (ångström, radians)
// from three others: the natural extension of J. Parsons et al., J. Comput.
// Chem. 26, 1063 (2005).
func placed(a, b, c r3.Vec, distance, angle, dihedral float64) r3.Vec {
	bc := r3.Unit(r3.Sub(c, b))
	n := r3.Unit(r3.Cross(r3.Sub(b, a), bc))
	m := r3.Cross(n, bc)
	d := r3.Add(r3.Scale(-distance*math.Cos(angle), bc), r3.Add(
		r3.Scale(distance*math.Sin(angle)*math.Cos(dihedral), m), r3.Scale(distance*math.Sin(angle)*math.Sin(dihedral), n)))
	return r3.Add(c, d)
}

// peptide returns a backbone of alanine with the same dihedral angles, in
// degrees, all along; bond lengths and angles of R. A. Engh and R. Huber, Acta
// Cryst. A47, 392 (1991).
func peptide(n int, phi, psi float64) *mol.Structure {
	const deg = math.Pi / 180
	s := &mol.Structure{}
	add := func(i int, name string, e mol.Element, p r3.Vec) r3.Vec {
		s.Atoms = append(s.Atoms, mol.Atom{Name: name, Element: e, Residue: "ALA", Chain: "A", Seq: i + 1, Pos: p})
		return p
	}
	pn, pa, pc := r3.Vec{}, r3.Vec{X: 1.458}, r3.Vec{X: 2.009, Y: 1.42}
	for i := range n {
		if i > 0 {
			next := placed(pn, pa, pc, 1.329, 116.2*deg, psi*deg)
			ca := placed(pa, pc, next, 1.458, 121.7*deg, math.Pi)
			c := placed(pc, next, ca, 1.525, 111.2*deg, phi*deg)
			pn, pa, pc = next, ca, c
		}
		add(i, "N", mol.Nitrogen, pn)
		add(i, "CA", mol.Carbon, pa)
		add(i, "C", mol.Carbon, pc)
		add(i, "O", mol.Oxygen, placed(pn, pa, pc, 1.231, 120.8*deg, psi*deg+math.Pi))
	}
	return s
}

func kindsOf(s *mol.Structure) []mol.SecondaryKind {
	list := residues(s)
	return newFolding(s, list).of(stretches(s, list)[0])
}

func count(kinds []mol.SecondaryKind, k mol.SecondaryKind) int {
	n := 0
	for _, x := range kinds {
		if x == k {
			n++
		}
	}
	return n
}

func TestSecondaryStructure(t *testing.T) {
	onlyCA := func(s *mol.Structure) *mol.Structure {
		var atoms []mol.Atom
		for _, a := range s.Atoms {
			if a.Name == "CA" {
				atoms = append(atoms, a)
			}
		}
		return s.WithAtoms(atoms)
	}
	stated := peptide(12, -60, -45)
	stated.Secondary = []mol.Secondary{{Kind: mol.Strand, Chain: "A", First: 3, Last: 6}}
	tests := []struct {
		name            string
		s               *mol.Structure
		helices, strand int // residues, at least; none if 0
	}{
		{"α helix by hydrogen bonds", peptide(20, -60, -45), 16, 0},
		{"α helix by Cα", onlyCA(peptide(20, -60, -45)), 16, 0},
		{"one extended chain has no hydrogen bonds", peptide(12, -120, 130), 0, 0},
		{"extended Cα", onlyCA(peptide(12, -120, 130)), 0, 8},
		{"polyproline", peptide(12, -75, 150), 0, 0},
		{"as stated", stated, 0, 4},
		{"too short for a helix", peptide(4, -60, -45), 0, 0},
	}
	for _, tt := range tests {
		k := kindsOf(tt.s)
		h, b := count(k, mol.Helix), count(k, mol.Strand)
		if h < tt.helices || b < tt.strand || tt.helices == 0 && h > 0 || tt.strand == 0 && b > 0 {
			t.Errorf("%s: %d of %d residues in helices and %d in strands, want %d and %d", tt.name, h, len(k), b, tt.helices, tt.strand)
		}
	}
}

// Every edge of a closed mesh belongs to two triangles, once in each
// direction, where vertices at the same place are one; and its volume is
// positive if triangles are counter-clockwise from outside.
func TestMeshesAreClosed(t *testing.T) {
	s := peptide(12, -60, -45)
	s.Secondary = []mol.Secondary{{Kind: mol.Helix, Chain: "A", First: 1, Last: 5}, {Kind: mol.Strand, Chain: "A", First: 7, Last: 10}}
	for _, kind := range []Kind{Tube, Cartoon} {
		for _, detail := range []Detail{Fine, Rough} {
			m := Of(s, kind, detail, make([]color.NRGBA, len(s.Atoms))).Mesh
			edges := map[[2]r3.Vec]int{}
			volume, against := 0.0, 0
			for i := 0; i < len(m.Triangles); i += 3 {
				var p [3]r3.Vec
				var n r3.Vec
				for k := range p {
					v := m.Vertices[m.Triangles[i+k]]
					p[k], n = v.Position, r3.Add(n, v.Normal)
					if l := r3.Norm(v.Normal); math.Abs(l-1) > 1e-6 {
						t.Fatalf("kind %d: normal of length %g", kind, l)
					}
				}
				for k := range p {
					if p[k] != p[(k+1)%3] {
						edges[[2]r3.Vec{p[k], p[(k+1)%3]}]++
						edges[[2]r3.Vec{p[(k+1)%3], p[k]}]--
					}
				}
				area := r3.Cross(r3.Sub(p[1], p[0]), r3.Sub(p[2], p[0]))
				volume += r3.Dot(p[0], r3.Cross(p[1], p[2])) / 6
				if r3.Norm(area) > 1e-3 && r3.Dot(area, n) < 0 {
					against++
				}
			}
			open := 0
			for _, n := range edges {
				if n != 0 {
					open++
				}
			}
			if open > 0 || volume <= 0 || 50*against > len(m.Triangles)/3 {
				t.Errorf("kind %d, detail %d: %d open edges, volume %g Å³, %d of %d triangles look inwards",
					kind, detail, open, volume, against, len(m.Triangles)/3)
			}
		}
	}
}

func TestCartoonLeavesGapsAndDrawsTheRest(t *testing.T) {
	s := peptide(12, -60, -45)
	for i := range s.Atoms {
		if s.Atoms[i].Seq > 6 {
			s.Atoms[i].Pos.X += 20
		}
	}
	for i, p := range []r3.Vec{{Y: 20}, {Y: 21.4}} {
		s.Atoms = append(s.Atoms, mol.Atom{Name: "C" + string(rune('1'+i)), Element: mol.Carbon, Residue: "LIG", Chain: "A", Seq: 100, Het: true, Pos: p})
	}
	s.Atoms = append(s.Atoms, mol.Atom{Name: "ZN", Element: 30, Residue: "ZN", Chain: "A", Seq: 101, Het: true, Pos: r3.Vec{Y: 30}})
	shape := Of(s, Cartoon, Fine, make([]color.NRGBA, len(s.Atoms)))
	if n := len(stretches(s, residues(s))); n != 2 {
		t.Errorf("%d stretches, want 2 with the gap between", n)
	}
	if len(shape.Spheres) != 3 || len(shape.Rods) != 1 {
		t.Fatalf("%d spheres and %d rods, want a bond and an ion", len(shape.Spheres), len(shape.Rods))
	}
	if r := shape.Spheres[2].Radius; !(r > StickRadius) {
		t.Errorf("ion of radius %g, want more than %g", r, StickRadius)
	}
}

func TestBonds(t *testing.T) {
	s := peptide(3, -60, -45)
	if n := len(Bonds(s)); n != 3*3+2 {
		t.Errorf("%d bonds in three residues, want 11", n)
	}
	alt := &mol.Structure{Atoms: []mol.Atom{
		{Element: mol.Carbon, Alt: "A"},
		{Element: mol.Carbon, Alt: "B", Pos: r3.Vec{X: 1.5}},
		{Element: mol.Carbon, Pos: r3.Vec{Y: 1.5}},
		{Element: 30, Pos: r3.Vec{Z: 1.5}},
		{Element: mol.Carbon, Pos: r3.Vec{X: math.NaN()}},
	}}
	if b := Bonds(alt); len(b) != 1 || b[0] != [2]int{0, 2} {
		t.Errorf("bonds %v, want one: not between alternates, not to metals, not to nowhere", b)
	}
}

func TestPaint(t *testing.T) {
	s := &mol.Structure{Atoms: []mol.Atom{{B: 95}, {B: 80}, {B: 60}, {B: 20}, {B: math.NaN()}}}
	want := []color.NRGBA{{0, 83, 214, 255}, {101, 203, 243, 255}, {255, 219, 19, 255}, {255, 125, 69, 255}, {128, 128, 128, 255}}
	for i, c := range (Paint{Colors: PLDDT}).AtomColors(s) {
		if c != want[i] {
			t.Errorf("pLDDT %g: %v, want %v", s.Atoms[i].B, c, want[i])
		}
	}
	values := &Values{Of: []float64{0, 1, 2, 3, 9}, Low: 1, High: 3, Colors: []color.NRGBA{{A: 255}, {100, 0, 0, 255}}}
	for i, red := range []uint8{0, 0, 50, 100, 100} {
		if c := (Paint{Colors: Value, Values: values}).AtomColors(s)[i]; c.R != red {
			t.Errorf("value %g: red %d, want %d", values.Of[i], c.R, red)
		}
	}
	b := (Paint{Colors: BFactor}).AtomColors(&mol.Structure{Atoms: []mol.Atom{{B: 10}, {B: 10}}})
	if b[0] != b[1] {
		t.Errorf("equal B factors: %v", b)
	}
}

func TestThin(t *testing.T) {
	s := peptide(10, -60, -45)
	all := Of(s, VanDerWaals, Fine, make([]color.NRGBA, len(s.Atoms)))
	thin := all.Thin(8)
	if len(all.Thin(1).Spheres) != 40 || len(thin.Spheres) != 5 || math.Abs(thin.Spheres[1].Radius-2*all.Spheres[8].Radius) > 1e-9 {
		t.Errorf("%d of %d spheres, radius %g", len(thin.Spheres), len(all.Spheres), thin.Spheres[1].Radius)
	}
}
