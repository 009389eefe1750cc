// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"image/color"
	"slices"
	"testing"

	. "difffit/app/document"
)

// A copy keeps its number whatever is accepted or withdrawn beside it; one that
// is free is given again, and undo brings back what was.
func TestCopiesKeepTheirNumbers(t *testing.T) {
	d := reviewed(t)
	check := func(when string, want ...int) {
		t.Helper()
		var got []int
		for _, a := range d.State().Accepted {
			got = append(got, a.Copy)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: copies %d, want %d", when, got, want)
		}
	}
	for rank := 1; rank <= 3; rank++ {
		must(t, d.Accept(cluster(rank)))
	}
	check("three accepted", 1, 2, 3)
	must(t, d.Withdraw(d.State().Accepted[0].ID))
	check("the first withdrawn", 2, 3)
	if n, m := d.State().FreeCopy(1, 0), d.State().FreeCopy(1, 1); n != 1 || m != 4 {
		t.Errorf("the next copies are %d and %d, want 1 and 4", n, m)
	}
	must(t, d.Accept(cluster(1)))
	check("accepted again", 2, 3, 1)
	d.Undo()
	d.Undo()
	check("undone", 1, 2, 3)
	for _, a := range d.State().Accepted {
		if want := len(d.State().Structures) == 1; a.Alone != want {
			t.Errorf("copy %d: alone %t, want %t", a.Copy, a.Alone, want)
		}
	}
}

// Each placement that is proposed is shown as the copy that it will be, in
// whatever order they are decided about; all others will be the next one.
func TestProposalsHaveTheirCopies(t *testing.T) {
	d := reviewed(t)
	if n := d.State().NextCopy(cluster(3)); n != 1 {
		t.Errorf("the third that was found will be copy %d, want 1", n)
	}
	must(t, d.Accept(cluster(1)))
	r := found(0.9, 0.8, 0.7, 0.6)
	propose(t, d, "symmetry C5", &Basis{Options: d.State().Options, Symmetry: &SymmetryBasis{}}, Fit{Structure: 1, Options: d.State().Options, Result: r})
	at := func(rank int) ClusterID { return ClusterID{2, 1, rank} }
	check := func(when string, want ...int) {
		t.Helper()
		var got []int
		s := d.State()
		for rank := 1; rank <= 4; rank++ {
			if a := s.AcceptedFrom(at(rank)); a != nil {
				got = append(got, a.Copy)
			} else {
				got = append(got, s.NextCopy(at(rank)))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: copies %d, want %d", when, got, want)
		}
	}
	check("proposed", 2, 3, 4, 5)
	must(t, d.Accept(at(3)))
	check("the third accepted", 2, 3, 4, 5)
	must(t, d.SetRejected(at(1), true))
	check("the first rejected", 2, 3, 4, 5)
	must(t, d.AcceptAll([]ClusterID{at(4), at(2)}))
	check("the others accepted", 2, 3, 4, 5)
}

func TestColourOfAStructure(t *testing.T) {
	d := reviewed(t)
	red := color.NRGBA{200, 30, 20, 255}
	for _, tt := range []struct {
		name  string
		id    int
		c     color.NRGBA
		want  color.NRGBA
		fails bool
	}{
		{"a colour", 1, red, red, false},
		{"half seen through", 1, color.NRGBA{1, 2, 3, 128}, red, true},
		{"of no structure", 77, red, red, true},
		{"its own again", 1, color.NRGBA{R: 9}, color.NRGBA{}, false},
	} {
		if err := d.SetColor(tt.id, tt.c); (err != nil) != tt.fails {
			t.Errorf("%s: %v", tt.name, err)
		}
		if c := d.State().Structure(1).Color; c != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, c, tt.want)
		}
	}
	d.Undo()
	if c := d.State().Structure(1).Color; c != red || d.RedoLabel() != "Colour of alpha" {
		t.Errorf("undone: %v; can be done again: %q", c, d.RedoLabel())
	}
}
