// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A wrong placement among right ones hides the symmetry from detect alone.
func TestAmong(t *testing.T) {
	tests := []struct {
		name   string
		group  Group
		copies []int
		wrong  []int // where a wrong placement is put among them, in rising order
		must   int
	}{
		{"none wrong", Group{Kind: Cyclic, Order: 4}, []int{0, 1, 2, 3}, nil, 0},
		{"the last", Group{Kind: Cyclic, Order: 4}, []int{0, 1, 2, 3}, []int{4}, 0},
		{"the best", Group{Kind: Dihedral, Order: 3}, []int{0, 1, 2, 3, 4, 5}, []int{0}, 0},
		{"two of a D7", Group{Kind: Dihedral, Order: 7}, []int{0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 7}, []int{1, 6}, 0},
		{"beside what is right", Group{Kind: Cyclic, Order: 5}, []int{0, 2, 1, 3}, []int{2}, 2},
		{"of a helix", Group{Kind: Helical, Rise: 27.5, Twist: -166.6}, []int{0, 1, 2, 3, 4}, []int{3}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, motions := plant(tt.group, tt.copies, 0.15, 3)
			rng := rand.New(rand.NewPCG(5, 6))
			for _, at := range tt.wrong {
				wrong := geom.About(geom.Random(rng), subunit.Center, r3.Vec{X: 90 + 60*rng.Float64(), Y: 70, Z: 100})
				motions = slices.Insert(motions, at, wrong)
			}
			found, members, err := Among(subunit, motions, tt.must, Tolerance)
			if err != nil {
				t.Fatal(err)
			}
			if found.Kind != tt.group.Kind || found.Order != tt.group.Order {
				t.Errorf("%v, want %v", found.Group, tt.group)
			}
			for i := range motions {
				if is, want := slices.Contains(members, i), !slices.Contains(tt.wrong, i); is != want {
					t.Errorf("placement %d is a member: %t, want %t (members %v)", i, is, want, members)
				}
			}
			if len(found.Index) != len(members) {
				t.Errorf("%d operators of %d members", len(found.Index), len(members))
			}
		})
	}
}

// Placements at random have no symmetry, also not a few of them.
func TestAmongNone(t *testing.T) {
	for seed := range uint64(5) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var motions []geom.Rigid
		for range 8 {
			motions = append(motions, geom.About(geom.Random(rng), subunit.Center, r3.Vec{X: 150 * rng.Float64(), Y: 150 * rng.Float64(), Z: 150 * rng.Float64()}))
		}
		if found, members, err := Among(subunit, motions, 0, Tolerance); err == nil {
			t.Errorf("seed %d: %v of %v", seed, found.Group, members)
		}
	}
}

// Another molecule of a complex has its symmetry too, about the same axis.
func TestOfAnotherMolecule(t *testing.T) {
	g, first := plant(Group{Kind: Cyclic, Order: 4}, []int{0, 1, 2, 3}, 0, 2)
	found, err := detect(subunit, first, Tolerance)
	if err != nil {
		t.Fatal(err)
	}
	other := Body{Gyration: 12}
	at := geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 130, Y: 60, Z: 90}}
	motions := []geom.Rigid{at, at.Then(g.Operator(2)), {Rotation: at.Rotation, Shift: r3.Vec{X: 10}}, at.Then(g.Operator(2))}
	got, members := found.Of(other, at, motions, Tolerance)
	if !slices.Equal(members, []int{0, 1}) {
		t.Errorf("members %v, want the first two", members)
	}
	far := r3.Vec{X: 500, Y: 500, Z: 500}
	if missing := got.Missing(other, chosen(motions, members), r3.Scale(-1, far), far); len(missing) != 2 {
		t.Errorf("%d are missing, want 2", len(missing))
	}
}
