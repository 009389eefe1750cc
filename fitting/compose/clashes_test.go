// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"testing"

	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

// The clashes of a list are those of its pairs.
func TestClashes(t *testing.T) {
	a := planted(t)
	var placed []Placed
	for i, truth := range a.truth {
		for _, g := range truth {
			placed = append(placed, Placed{a.structures[i], g})
		}
	}
	shifted := placed[0]
	shifted.Motion = shifted.Motion.Then(geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 3}})
	placed = append(placed, shifted) // nearly where the first is
	got, err := Clashes(context.Background(), placed)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]int]Pair{}
	for _, p := range got {
		seen[[2]int{p.A, p.B}] = p
	}
	for j := range placed {
		for i := range j {
			want := Clash(placed[i].Structure.Moved(placed[i].Motion.Mover()), placed[j].Structure.Moved(placed[j].Motion.Mover()))
			p := seen[[2]int{i, j}]
			if p.Clash != want || (len(p.Atoms) > 0) != (want > 0) {
				t.Errorf("placements %d and %d: clash %g of %d atoms, want %g", i, j, p.Clash, len(p.Atoms), want)
			}
		}
	}
	if p := seen[[2]int{0, len(placed) - 1}]; p.Clash < 0.3 {
		t.Errorf("one on the other: clash %g", p.Clash)
	}
}

// What is fixed is not placed again, and nothing is placed on it.
func TestFixed(t *testing.T) {
	a := planted(t)
	o := options()
	o.MaxClash = 0.1 // as near as they are planted
	o.Fixed = []Placed{{a.structures[0], a.truth[0][0]}, {a.structures[1], a.truth[1][1]}}
	parts := []Part{{Structure: a.structures[0], Copies: 2}, {Structure: a.structures[1], Copies: 1}, {Structure: a.structures[2], Copies: 1}}
	r, err := Run(context.Background(), cpu.New(), a.target, parts, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Placements) != 4 || r.Reason != Complete {
		t.Errorf("%d placements (%s), want the 4 that are missing", len(r.Placements), r.Reason)
	}
	for _, p := range r.Placements {
		if m := rmsd(a.structures[p.Part].Atoms, p.Motion, o.Fixed[min(p.Part, 1)].Motion); p.Part < 2 && m < 5 {
			t.Errorf("structure %d is placed where one is fixed", p.Part)
		}
		for _, f := range o.Fixed {
			if c := Clash(a.structures[p.Part].Moved(p.Motion.Mover()), f.Structure.Moved(f.Motion.Mover())); c > o.MaxClash {
				t.Errorf("structure %d clashes with one that is fixed: %.3f", p.Part, c)
			}
		}
	}
	if r.Remaining == a.target.Grid() || len(r.Layers) != 4 {
		t.Errorf("%d layers, want 4, and what is fixed out of the map", len(r.Layers))
	}
}
