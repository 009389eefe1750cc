// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// zigzag has residues of four atoms along a line, the first hydrogen.
func zigzag(residues int) *mol.Structure {
	s := &mol.Structure{Name: "zigzag"}
	for i := range residues {
		for k, e := range []mol.Element{mol.Hydrogen, mol.Carbon, mol.Nitrogen, mol.Oxygen} {
			s.Atoms = append(s.Atoms, mol.Atom{
				Element: e, Chain: "A", Residue: "ALA", Seq: i + 1,
				Pos: r3.Vec{X: 3.8 * float64(i), Y: 1.4 * float64(k), Z: 2 * math.Sin(float64(i+k))},
			})
		}
	}
	return s
}

// In a map of the structure itself every residue is right; in one that lacks
// the density of some residues, and has noise there, those are not.
func TestLocalFindsWhatIsWrong(t *testing.T) {
	s := zigzag(12)
	motion := geom.NewRigid(quat.Number{Real: 0.8, Imag: 0.6}, r3.Vec{X: 20, Y: 30, Z: 20})
	var there []mol.Atom
	for _, a := range s.Atoms {
		if a.Seq <= 8 && a.Element != mol.Hydrogen {
			a.Pos = motion.Apply(a.Pos)
			there = append(there, a)
		}
	}
	frame := volume.New([3]int{80, 60, 50}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	g, err := volume.Simulate(context.Background(), Points(there), volume.SimulateOptions{Resolution: 4, Frame: frame})
	if err != nil {
		t.Fatal(err)
	}
	for i := range g.Data { // noise that repeats, so that nothing is without variance
		g.Data[i] = 5*g.Data[i] + 0.02*float32(i*2654435761%1000)/1000
	}
	fit, err := Local(context.Background(), g, s, motion, 4)
	if err != nil {
		t.Fatal(err)
	}
	if fit.Residues != 12 || len(fit.Of) != len(s.Atoms) {
		t.Fatalf("%d residues, %d atoms", fit.Residues, len(fit.Of))
	}
	for i, a := range s.Atoms {
		switch cc := fit.Of[i]; {
		case a.Seq <= 7 && !(cc > 0.97): // the eighth has neighbours that are not there
			t.Errorf("residue %d, which is there, has %.3f", a.Seq, cc)
		case a.Seq >= 10 && !(math.Abs(cc) < 0.4):
			t.Errorf("residue %d, which is not there, has %.3f", a.Seq, cc)
		}
		if i%4 != 0 && fit.Of[i] != fit.Of[i-1] {
			t.Errorf("atoms of residue %d differ", a.Seq)
		}
	}
	sum := 0.0
	for i := 0; i < len(fit.Of); i += 4 {
		sum += fit.Of[i]
	}
	if math.Abs(sum/12-fit.Mean) > 1e-9 {
		t.Errorf("mean %g, want %g", fit.Mean, sum/12)
	}
}

func TestLocalWhereThereIsNothing(t *testing.T) {
	g := volume.New([3]int{20, 20, 20}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	far := geom.NewRigid(quat.Number{Real: 1}, r3.Vec{X: 1000})
	for name, m := range map[string]geom.Rigid{"outside": far, "in an empty map": geom.Identity()} {
		fit, err := Local(context.Background(), g, zigzag(3), m, 4)
		if err != nil {
			t.Fatal(err)
		}
		if fit.Residues != 0 || fit.Mean == fit.Mean || fit.Of[0] == fit.Of[0] {
			t.Errorf("%s: %+v, want no number", name, fit)
		}
	}
	if _, err := Local(context.Background(), g, zigzag(3), far, 0); err == nil {
		t.Error("a resolution of 0 is taken")
	}
	if _, err := Local(context.Background(), g, &mol.Structure{Name: "none"}, far, 4); err == nil {
		t.Error("a structure without atoms is taken")
	}
}
