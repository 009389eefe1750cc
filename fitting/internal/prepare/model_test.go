// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// coil is a helix of carbon atoms.
func coil(atoms int) *mol.Structure {
	s := &mol.Structure{Name: "coil"}
	for i := range atoms {
		a := float64(i) / 2
		s.Atoms = append(s.Atoms, mol.Atom{Pos: r3.Vec{X: 6 * math.Cos(a), Y: 6 * math.Sin(a), Z: a}, Element: mol.Carbon, Name: "CA", Residue: "GLY"})
	}
	return s
}

func coilProblem(t *testing.T) *fitting.Problem {
	t.Helper()
	s := coil(80)
	g, err := volume.Simulate(context.Background(), fitting.Points(s.Atoms), volume.SimulateOptions{Resolution: 6, Spacing: 2, Padding: 12})
	if err != nil {
		t.Fatal(err)
	}
	o := fitting.DefaultOptions()
	o.Resolution, o.MinIsland = 6, 1
	return &fitting.Problem{Target: fitting.NewTarget(g), Structure: s, Options: o}
}

// The model of a molecule is made once for a structure, its atoms and the
// resolution; the level, the seed and what was taken out of the map do not matter.
func TestModelsAreKept(t *testing.T) {
	first := coilProblem(t)
	layer, err := volume.Zero(context.Background(), first.Target.Grid(), fitting.Points(first.Structure.Atoms[:20]), volume.DefaultZeroOptions())
	if err != nil {
		t.Fatal(err)
	}
	level := 0.5 * volume.NewProfile(first.Target.Grid()).Max
	tests := []struct {
		name           string
		edit           func(*fitting.Problem)
		molecule, same bool
	}{
		{"again", func(*fitting.Problem) {}, true, true},
		{"another seed", func(p *fitting.Problem) { p.Options.Seed = 2 }, true, true},
		{"another level", func(p *fitting.Problem) { p.Options.Level = &level }, true, true},
		{"what is left of the map", func(p *fitting.Problem) { p.Target = p.Target.Without(layer) }, true, true},
		{"another resolution", func(p *fitting.Problem) { p.Options.Resolution = 8 }, true, false},
		{"another selection", func(p *fitting.Problem) { p.Options.Atoms = mol.Backbone }, false, false},
		{"another structure", func(p *fitting.Problem) { p.Structure = coil(80) }, false, false},
		{"another map", func(p *fitting.Problem) { p.Target = fitting.NewTarget(p.Target.Grid()) }, false, false},
	}
	m, s := scorerOf(t, first)
	for _, tt := range tests {
		p := *first
		tt.edit(&p)
		other, scorer := scorerOf(t, &p)
		if (other == m) != tt.molecule || (scorer.model == s.model) != tt.same {
			t.Errorf("%s: the molecule is the same: %t, its model: %t; want %t and %t", tt.name, other == m, scorer.model == s.model, tt.molecule, tt.same)
		}
		if scorer.density != p.Target.Grid() {
			t.Errorf("%s: the scorer measures in another map", tt.name)
		}
	}
}

func scorerOf(t *testing.T, p *fitting.Problem) (*Molecule, *Scorer) {
	t.Helper()
	q, err := New(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	s, err := q.Scorer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return q.Molecule, s
}

// A problem without a map or a structure is an error, not a panic.
func TestIncompleteProblems(t *testing.T) {
	for name, edit := range map[string]func(*fitting.Problem){
		"no target":    func(p *fitting.Problem) { p.Target = nil },
		"no structure": func(p *fitting.Problem) { p.Structure = nil },
	} {
		p := coilProblem(t)
		edit(p)
		if _, err := New(context.Background(), p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
