// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/symmetry"
	"difffit/fitting/volume"
)

// Of a map of all copies of a cubic symmetry and rows of some of them, a little off
// their places, the others are proposed where they are.
func TestCubicSymmetryOfRows(t *testing.T) {
	tests := []struct {
		kind         symmetry.Kind
		copies, rows int
		arm          r3.Vec // from the centre to the first copy, ångström
	}{
		{symmetry.Tetrahedral, 12, 9, r3.Vec{X: 26, Y: 9, Z: 14}},
		{symmetry.Octahedral, 24, 20, r3.Vec{X: 36, Y: 9, Z: 20}},
		{symmetry.Icosahedral, 60, 52, r3.Vec{X: 52, Y: 13, Z: 40}},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, 1))
			m := enginetest.Molecule(3, 150, r3.Vec{})
			center := mol.Center(m.Atoms)
			g := symmetry.Group{Kind: tt.kind, Frame: geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Vec{X: 90, Y: 80, Z: 85}}}
			first := geom.About(geom.Random(rng), center, g.Frame.Apply(tt.arm))
			var all []geom.Rigid
			for k := range tt.copies {
				all = append(all, first.Then(g.Operator(k)))
			}
			d := document.New()
			for _, err := range []error{
				d.SetMap(&document.Map{Name: "all", Grid: enginetest.Map(t, m, all...)}),
				d.AddStructures(&document.Structure{Model: m, Fit: true}),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			s := d.State()
			b := SymmetryBasis(s, "")
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, at := range all[:tt.rows] {
				off := geom.About(geom.Exp(r3.Vec{X: 0.01 * rng.NormFloat64(), Y: 0.01 * rng.NormFloat64()}), center, r3.Vec{X: center.X + 0.2*rng.NormFloat64(), Y: center.Y, Z: center.Z})
				b.Symmetry.Rows = append(b.Symmetry.Rows, document.FixedPlacement{Structure: 1, Motion: off.Then(at), Score: 0.8})
			}
			b.Symmetry.Wanted = []document.Wanted{{Structure: 1, Assumed: true}}
			var targets Targets
			w := Proposer{State: s, Target: targets.Whole(s.Map), Engine: cpu.New()}
			p, _, err := w.Outcome(t.Context(), b, volume.StatedLevel(targets.Level(s).Value), "test")
			if err != nil {
				t.Fatal(err)
			}
			if p.By != "symmetry "+string(tt.kind) || len(p.Fits) != 1 || len(p.Fits[0].Result.Clusters) != len(all) {
				t.Fatalf("%d fits by %q: %s", len(p.Fits), p.By, p.Reason)
			}
			for _, at := range all {
				least := 99.0
				for _, c := range p.Fits[0].Result.Clusters {
					least = min(least, s.Structure(1).Apart(at, c.Motion))
				}
				if least > 1 {
					t.Errorf("the nearest to a copy is %.1f Å from it", least)
				}
			}
		})
	}
}
