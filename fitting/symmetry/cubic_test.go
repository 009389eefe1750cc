// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// The groups are as large as they must be, closed, and have as many axes of each
// order as the bodies (A. Holden, Shapes, Space, and Symmetry, 1971).
func TestCubicGroups(t *testing.T) {
	tests := []struct {
		kind  Kind
		size  int
		turns map[int]int // how many rotations have axes of a fold
	}{
		{Tetrahedral, 12, map[int]int{2: 3, 3: 8}},
		{Octahedral, 24, map[int]int{2: 6, 3: 8, 4: 9}},
		{Icosahedral, 60, map[int]int{2: 15, 3: 20, 5: 24}},
	}
	for _, tt := range tests {
		list := rotations[tt.kind]
		if len(list) != tt.size || list[0] != (quat.Number{Real: 1}) {
			t.Errorf("%s: %d rotations, the first %v", tt.kind, len(list), list[0])
		}
		for _, p := range list {
			for _, q := range list {
				product := geom.Unit(quat.Mul(p, q))
				if !slices.ContainsFunc(list, func(r quat.Number) bool { return geom.Angle(r, product) < 1e-4 }) {
					t.Fatalf("%s is not closed", tt.kind)
				}
			}
		}
		got := map[int]int{}
		for _, u := range turnsOf(tt.kind) {
			got[u.fold]++
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.turns) {
			t.Errorf("%s: rotations by fold %v, want %v", tt.kind, got, tt.turns)
		}
	}
}

// some returns n of the operators of a group, at random, in random order.
func some(g Group, n int, rng *rand.Rand) []int { return rng.Perm(g.size())[:n] }

// Cubic symmetries in any orientation are found from all copies or from a few, with
// noise in each, and the missing copies are where they belong.
func TestDetectCubic(t *testing.T) {
	tests := []struct {
		kind Kind
		n    int // placed
	}{{Tetrahedral, 12}, {Tetrahedral, 9}, {Octahedral, 24}, {Octahedral, 14}, {Icosahedral, 57}, {Icosahedral, 20}}
	for _, tt := range tests {
		for seed := range uint64(2) {
			g := Group{Kind: tt.kind}
			name := fmt.Sprintf("%v from %d, seed %d", g, tt.n, seed)
			want, motions := plant(g, some(g, tt.n, rand.New(rand.NewPCG(seed, 1))), 0.3, seed)
			got, err := detect(subunit, motions, Tolerance)
			if err != nil || got.Kind != tt.kind {
				t.Errorf("%s: %v, %v", name, got.Group, err)
				continue
			}
			checkCopies(t, name, want, motions, got)
		}
	}
}

// Among placements of which some are wrong the cubic symmetry of the others is found.
func TestCubicAmongWrong(t *testing.T) {
	for _, kind := range cubicKinds {
		g := Group{Kind: kind}
		rng := rand.New(rand.NewPCG(8, 2))
		n := g.size() - 3
		_, motions := plant(g, some(g, n, rng), 0.3, 5)
		for range 3 {
			wrong := geom.About(geom.Random(rng), subunit.Center, r3.Vec{X: 100 + 90*rng.Float64(), Y: 80 * rng.Float64(), Z: 120 * rng.Float64()})
			motions = slices.Insert(motions, len(motions)/2, wrong)
		}
		got, members, err := Among(subunit, motions, 0, Tolerance)
		if err != nil || got.Kind != kind || len(members) != n {
			t.Errorf("%s: %v of %d of %d, %v", kind, got.Group, len(members), len(motions), err)
		}
	}
}

// What is not cubic is not called so: dihedral placements, and random ones about a
// point at one distance.
func TestNotCubic(t *testing.T) {
	for _, order := range []int{2, 3, 4, 5, 7} {
		g := Group{Kind: Dihedral, Order: order}
		_, motions := plant(g, some(g, g.size(), rand.New(rand.NewPCG(1, 1))), 0.3, uint64(order))
		if got, err := detect(subunit, motions, Tolerance); err != nil || got.Group.Kind != Dihedral || got.Order != order {
			t.Errorf("of D%d: %v, %v", order, got.Group, err)
		}
	}
	rng := rand.New(rand.NewPCG(4, 4))
	for n := 3; n <= 24; n += 3 {
		var motions []geom.Rigid
		for range n {
			motions = append(motions, geom.About(geom.Random(rng), subunit.Center, r3.Scale(60, r3.Rotation(geom.Random(rng)).Rotate(r3.Vec{Z: 1}))))
		}
		if got, err := detect(subunit, motions, Tolerance); !errors.Is(err, errNone) {
			t.Errorf("of %d at random on a sphere: %v", n, got.Group)
		}
	}
}

// T may be a part of O, or of I in two ways; one of these has the copies of it.
func TestLargerThanTetrahedral(t *testing.T) {
	for _, kind := range []Kind{Octahedral, Icosahedral} {
		whole := Group{Kind: kind}
		var part []int
		for k, q := range rotations[kind] {
			if slices.ContainsFunc(rotations[Tetrahedral], func(p quat.Number) bool { return geom.Angle(p, q) < 0.01 }) {
				part = append(part, k)
			}
		}
		want, motions := plant(whole, part, 0.1, 3)
		f, err := detect(subunit, motions, Tolerance)
		if err != nil || f.Kind != Tetrahedral {
			t.Fatalf("of T in %s: %v, %v", kind, f.Group, err)
		}
		fits := 0
		for _, g := range f.Larger() {
			if g.Kind != kind {
				continue
			}
			all := true
			for k := range want.size() {
				least := math.Inf(1)
				for j := range g.size() {
					least = min(least, subunit.RMSD(f.Reference.Then(g.Operator(j)), motions[0].Then(want.Operator(k))))
				}
				all = all && least < 2
			}
			if all {
				fits++
			}
		}
		if fits != 1 {
			t.Errorf("%d of the larger ones are the %s that it is a part of, want 1", fits, kind)
		}
	}
}

func TestParseCubic(t *testing.T) {
	center := r3.Vec{X: 1, Y: 2, Z: 3}
	for _, text := range []string{"T", " o ", "I"} {
		g, err := Parse(text, center)
		if err != nil || !g.Kind.IsCubic() || g.Frame.Shift != center {
			t.Errorf("%q: %v, %v", text, g, err)
			continue
		}
		f, err := Given(g, subunit, []geom.Rigid{geom.Identity()}, Tolerance)
		if err != nil || !f.Stated || f.Kind != g.Kind {
			t.Errorf("%v of one placement: %+v, %v", g, f, err)
		}
	}
	for _, text := range []string{"T2", "I532", "X"} {
		if g, err := Parse(text, center); err == nil {
			t.Errorf("%q is %v", text, g)
		}
	}
}
