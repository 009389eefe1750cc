// SPDX-License-Identifier: BSD-3-Clause

package mol

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestElements(t *testing.T) {
	for symbol, want := range map[string]Element{"C": 6, "c": 6, "ZN": 30, "Zn": 30, "D": 1, "Se": 34, "U": 92, "Lr": 103} {
		if got, ok := ParseElement(symbol); !ok || got != want {
			t.Errorf("ParseElement(%q): %d, %t, want %d", symbol, got, ok, want)
		}
	}
	for _, symbol := range []string{"", "X", "Q", "CA1"} {
		if got, ok := ParseElement(symbol); ok {
			t.Errorf("ParseElement(%q): %v, want none", symbol, got)
		}
	}
	if m := Element(26).mass(); m != 55.845 {
		t.Errorf("mass of iron %g, want 55.845", m)
	}
	if s := Element(200).String(); s != "X" {
		t.Errorf("element 200 is %q, want X", s)
	}
}

func TestSelect(t *testing.T) {
	s := &Structure{Atoms: []Atom{
		{Name: "CA", Element: Carbon, Residue: "GLY"},
		{Name: "CA", Element: 20, Residue: "CA", Het: true},
		{Name: "CB", Element: Carbon, Residue: "ALA"},
		{Name: "HA", Element: Hydrogen, Residue: "GLY"},
		{Name: "O", Element: Oxygen, Residue: "HOH", Het: true},
	}}
	all, left := s.Select(AllAtoms)
	if want := (Excluded{Water: 1, Hydrogens: 1}); len(all) != 3 || left != want {
		t.Errorf("all: %d atoms, left out %+v, want 3 and %+v", len(all), left, want)
	}
	bb, left := s.Select(Backbone)
	if want := (Excluded{Water: 1, Hydrogens: 1, NotBackbone: 2}); len(bb) != 1 || left != want {
		t.Errorf("backbone: %d atoms, left out %+v, want 1 and %+v", len(bb), left, want)
	}
}

// The measures of a selection are those of the atoms that Select returns, to
// the last bit, and cost no copy of them.
func TestMeasuresOfASelection(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	s := &Structure{}
	for range 1000 {
		s.Atoms = append(s.Atoms, Atom{
			Pos:  r3.Vec{X: 100 * rng.Float64(), Y: -40 * rng.Float64(), Z: rng.Float64()},
			Name: []string{"CA", "CB", "N"}[rng.IntN(3)], Element: Element(1 + rng.IntN(16)), Residue: []string{"GLY", "HOH"}[rng.IntN(2)],
		})
	}
	for _, of := range []*Structure{s, {}, {Atoms: []Atom{{Element: Hydrogen}}}} {
		for _, sel := range []Selection{AllAtoms, Backbone} {
			atoms, left := of.Select(sel)
			n, gone := of.Count(sel)
			if n != len(atoms) || gone != left || of.Centroid(sel) != Center(atoms) || of.Mass(sel) != Mass(atoms) {
				t.Errorf("%d atoms, %s: %d (%+v), centroid %v, mass %v; want %d (%+v), %v, %v",
					len(of.Atoms), sel, n, gone, of.Centroid(sel), of.Mass(sel), len(atoms), left, Center(atoms), Mass(atoms))
			}
			if m, n := of.Moments(sel); n != len(atoms) || m != Moments(atoms) {
				t.Errorf("%d atoms, %s: moments %+v of %d, want %+v of %d", len(of.Atoms), sel, m, n, Moments(atoms), len(atoms))
			}
		}
	}
	if n := testing.AllocsPerRun(10, func() { s.Centroid(AllAtoms) }); n > 2 {
		t.Errorf("a centroid takes %.0f allocations, want none for atoms", n)
	}
}

func TestLeftInWords(t *testing.T) {
	for _, tt := range []struct {
		left Excluded
		want string
	}{
		{Excluded{}, ""},
		{Excluded{Water: 100}, "100 of water"},
		{Excluded{Water: 1}.Add(Excluded{Water: 1, Hydrogens: 3, NotBackbone: 4}), "2 of water, 3 hydrogens, 4 not of the backbone"},
	} {
		if got := tt.left.String(); got != tt.want {
			t.Errorf("%#v: %q, want %q", tt.left, got, tt.want)
		}
	}
}

func TestGeometryOfAtoms(t *testing.T) {
	atoms := []Atom{{Pos: r3.Vec{X: 1}, Element: Carbon}, {Pos: r3.Vec{X: -1, Y: 2}, Element: Oxygen}}
	if c := Center(atoms); c != (r3.Vec{Y: 1}) {
		t.Errorf("Center %v, want (0 1 0)", c)
	}
	if g, want := Gyration(atoms), math.Sqrt2; math.Abs(g-want) > 1e-12 {
		t.Errorf("Gyration %g, want %g", g, want)
	}
	if m, want := Mass(atoms), (12.011+15.999)*hydrogenFactor; math.Abs(m-want) > 1e-9 {
		t.Errorf("Mass %g, want %g", m, want)
	}
	if lo, hi := Bounds(atoms); lo != (r3.Vec{X: -1}) || hi != (r3.Vec{X: 1, Y: 2}) {
		t.Errorf("Bounds %v %v", lo, hi)
	}
}
