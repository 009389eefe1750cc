// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

var subunit = Body{Center: r3.Vec{X: 12, Y: -30, Z: 4}, Gyration: 18}

// plant returns all copies of a group in a random frame, away from its axis,
// each displaced by noise in ångström and by as much of a turn.
func plant(g Group, copies []int, noise float64, seed uint64) (Group, []geom.Rigid) {
	rng := rand.New(rand.NewPCG(seed, 7))
	g.Frame = geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Vec{X: 100, Y: 80, Z: 120}}
	first := geom.About(geom.Random(rng), subunit.Center, g.Frame.Apply(r3.Vec{X: 40, Y: 12, Z: 25}))
	var out []geom.Rigid
	for _, k := range copies {
		m := first.Then(g.Operator(k))
		v := r3.Vec{X: rng.NormFloat64(), Y: rng.NormFloat64(), Z: rng.NormFloat64()}
		turn := geom.Exp(r3.Scale(noise/subunit.Gyration, v))
		at := r3.Add(m.Apply(subunit.Center), r3.Scale(noise/2, r3.Vec{X: v.Y, Y: v.Z, Z: v.X}))
		out = append(out, geom.About(geom.Unit(quat.Mul(turn, m.Rotation)), subunit.Center, at))
	}
	return g, out
}

func TestDetectPlanted(t *testing.T) {
	tests := []struct {
		group  Group
		copies []int
	}{
		{Group{Kind: Cyclic, Order: 2}, []int{0, 1}},
		{Group{Kind: Cyclic, Order: 3}, []int{0, 2}},
		{Group{Kind: Cyclic, Order: 4}, []int{0, 1}},
		{Group{Kind: Cyclic, Order: 4}, []int{0, 1, 2, 3}},
		{Group{Kind: Cyclic, Order: 5}, []int{0, 2}},
		{Group{Kind: Cyclic, Order: 6}, []int{0, 1, 3}},
		{Group{Kind: Cyclic, Order: 7}, []int{0, 1, 4}},
		{Group{Kind: Cyclic, Order: 12}, []int{0, 1, 2, 5}},
		{Group{Kind: Dihedral, Order: 2}, []int{0, 1, 2}},
		{Group{Kind: Dihedral, Order: 2}, []int{0, 1, 2, 3}},
		{Group{Kind: Dihedral, Order: 3}, []int{0, 1, 3}},
		{Group{Kind: Dihedral, Order: 3}, []int{0, 1, 2, 3, 4, 5}},
		{Group{Kind: Dihedral, Order: 4}, []int{0, 1, 4, 6}},
		{Group{Kind: Dihedral, Order: 7}, []int{0, 1, 2, 8, 9}},
		{Group{Kind: Helical, Rise: 27.5, Twist: -166.6}, []int{0, 1, 2}},
		{Group{Kind: Helical, Rise: 27.5, Twist: -166.6}, []int{0, 2, 3, 5}},
		{Group{Kind: Helical, Rise: 9, Twist: 40}, []int{0, 1, 2, 3, 4}},
		{Group{Kind: Helical, Rise: 9, Twist: 40}, []int{0, 2, 4, 5}},
	}
	for _, tt := range tests {
		for seed := range uint64(4) {
			name := fmt.Sprintf("%v, copies %v, seed %d", tt.group, tt.copies, seed)
			want, motions := plant(tt.group, tt.copies, 0.15, seed)
			got, err := detect(subunit, motions, Tolerance)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got.Kind != want.Kind || got.Order != want.Order || math.Abs(got.Rise-want.Rise) > 0.4 || math.Abs(got.Twist-want.Twist) > 1 {
				t.Errorf("%s: %v, residual %.2f Å", name, got.Group, got.Residual)
				continue
			}
			checkCopies(t, name, want, motions, got)
		}
	}
}

// checkCopies asks for the missing copies, and whether they are where they
// were planted.
func checkCopies(t *testing.T, name string, want Group, motions []geom.Rigid, got Found) {
	t.Helper()
	far := r3.Vec{X: 400, Y: 400, Z: 400}
	missing := got.Missing(subunit, motions, r3.Scale(-1, far), far)
	if n := want.size(); n > 0 && len(missing) != n-len(motions) {
		t.Errorf("%s: %d copies are missing, want %d", name, len(missing), n-len(motions))
	}
	first := motions[0]
	for _, c := range missing {
		least, turns := math.Inf(1), 0.0
		for k := -60; k < 60; k++ {
			if want.Kind != Helical && (k < 0 || k >= want.size()) {
				continue
			}
			if d := subunit.RMSD(first.Then(want.Operator(k)), c.Motion); d < least {
				least, turns = d, math.Abs(float64(k))
			}
		}
		limit := 3.5
		if want.Kind == Helical { // an error of the axis grows with the distance
			limit += 1.0 * turns
		}
		if least > limit {
			t.Errorf("%s: copy %d is %.2f Å from its place", name, c.Operator, least)
		}
	}
}

func TestNoSymmetry(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	var motions []geom.Rigid
	for range 4 {
		motions = append(motions, geom.About(geom.Random(rng), subunit.Center,
			r3.Vec{X: 80 * rng.Float64(), Y: 80 * rng.Float64(), Z: 80 * rng.Float64()}))
	}
	if got, err := detect(subunit, motions, Tolerance); !errors.Is(err, errNone) {
		t.Errorf("of random placements: %v, residual %.2f, %v", got.Group, got.Residual, err)
	}
	if _, err := detect(subunit, motions[:1], Tolerance); !errors.Is(err, errNone) {
		t.Errorf("of one placement: %v", err)
	}
}

// A given symmetry takes its axis from the placements, or from the custom.
func TestGiven(t *testing.T) {
	center := r3.Vec{X: 100, Y: 80, Z: 120}
	g, err := Parse(" c6", center)
	if err != nil {
		t.Fatal(err)
	}
	want, motions := plant(Group{Kind: Cyclic, Order: 6}, []int{0, 3}, 0.1, 4) // alone they are a C2
	got, err := Given(g, subunit, motions, Tolerance)
	if err != nil || got.Stated {
		t.Fatalf("%v, stated %t", err, got.Stated)
	}
	a, _ := got.axis()
	b, _ := want.axis()
	if c := math.Abs(r3.Dot(a, b)); c < 0.999 {
		t.Errorf("axis %v, want ±%v", a, b)
	}
	one, err := Given(g, subunit, motions[:1], Tolerance)
	if err != nil || !one.Stated {
		t.Fatalf("one placement: %v, stated %t", err, one.Stated)
	}
	if a, p := one.axis(); a.Z < 0.999 || p != center {
		t.Errorf("one placement: axis %v at %v, want z at %v", a, p, center)
	}
	far := r3.Vec{X: 900, Y: 900, Z: 900}
	if n := len(one.Missing(subunit, motions[:1], r3.Scale(-1, far), far)); n != 5 {
		t.Errorf("%d copies are missing, want 5", n)
	}
	if _, err := Given(g, subunit, append(motions, motions[0]), Tolerance); !errors.Is(err, errNone) {
		t.Errorf("a placement twice: %v", err)
	}
	_, turned := plant(Group{Kind: Helical, Rise: 20, Twist: 50}, []int{0, 1, 2}, 0.1, 4)
	h, err := Parse("H 20 50", center)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Given(h, subunit, turned, Tolerance); err != nil || got.Stated || got.Rise != 20 {
		t.Errorf("helix: %+v, %v", got.Group, err)
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"C4": "C4", "d 7": "D7", "h 27.5, -166.6": "helix of rise 27.50 Å and twist -166.60°", "H -10 30": "helix of rise 10.00 Å and twist -30.00°",
	} {
		if g, err := Parse(text, r3.Vec{}); err != nil || g.String() != want {
			t.Errorf("%q: %v, %v, want %s", text, g, err, want)
		}
	}
	for _, text := range []string{"", "C", "C1", "C99", "Q", "H 3", "H 0 10", "H x y", "D-2"} {
		if _, err := Parse(text, r3.Vec{}); err == nil || !strings.Contains(err.Error(), "want C2 to") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A helix is copied to the ends of the box, over gaps, and no farther.
func TestMissingOfAHelix(t *testing.T) {
	g := Group{Kind: Helical, Rise: 10, Twist: 30, Frame: geom.Identity()}
	first := geom.About(quat.Number{Real: 1}, subunit.Center, r3.Vec{X: 25, Z: 100})
	motions := []geom.Rigid{first, first.Then(g.Operator(2))}
	f := Found{Group: g, Reference: first, Index: []int{0, 2}}
	got := f.Missing(subunit, motions, r3.Vec{X: -50, Y: -50, Z: 65}, r3.Vec{X: 50, Y: 50, Z: 145})
	var ks []int
	for _, c := range got {
		ks = append(ks, c.Operator)
	}
	if want := fmt.Sprint([]int{1, 3, 4, -1, -2, -3}); fmt.Sprint(ks) != want {
		t.Errorf("copies %v, want %s", ks, want)
	}
}

// The screw of a motion is the motion.
func TestScrew(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		g := geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Vec{X: 30 * rng.NormFloat64(), Y: 10, Z: -5}}
		s := screwOf(g, r3.Vec{X: 1})
		h := geom.About(geom.Exp(r3.Scale(s.angle, s.axis)), s.point, r3.Add(s.point, r3.Scale(s.along, s.axis)))
		if d := subunit.RMSD(g, h); d > 1e-9 {
			t.Errorf("%+v: %g Å off", s, d)
		}
	}
	if s := screwOf(geom.Rigid{Rotation: quat.Number{Real: 1}, Shift: r3.Vec{Y: 3}}, r3.Vec{}); s.along != 3 || s.axis != (r3.Vec{Y: 1}) {
		t.Errorf("a shift: %+v", s)
	}
}
