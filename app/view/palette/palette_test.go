// SPDX-License-Identifier: BSD-3-Clause

package palette

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// Known values of OKLab, from its publication.
func TestOKLab(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    color.NRGBA
		want lab
	}{
		{"white", color.NRGBA{255, 255, 255, 255}, lab{1, 0, 0}},
		{"red", color.NRGBA{255, 0, 0, 255}, lab{0.628, 0.225, 0.126}},
		{"green", color.NRGBA{0, 255, 0, 255}, lab{0.866, -0.234, 0.179}},
		{"blue", color.NRGBA{0, 0, 255, 255}, lab{0.452, -0.032, -0.312}},
	} {
		got := labOf(linear(tt.c))
		if d := far(got, tt.want); d > 0.001 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if back := got.lch().rgb(); back != tt.c {
			t.Errorf("%s: comes back as %v", tt.name, back)
		}
	}
}

// grounds are the lightest and the darkest that colours are seen on.
var grounds = []color.NRGBA{{255, 255, 255, 255}, {0, 0, 0, 255}}

// Colours of structures are told apart by all people, and are seen on white and
// on black. 0.02 is just seen; 0.1 at a glance.
func TestStructuresAreToldApart(t *testing.T) {
	for i := range bases {
		a := impressionOf(Base(i + 1))
		for _, g := range grounds {
			if d := far(a[0], impressionOf(g)[0]); d < 0.2 {
				t.Errorf("structure %d is %.3f from the ground %v, want 0.2", i+1, d, g)
			}
		}
		for k := range i {
			b := impressionOf(Base(k + 1))
			if d := far(a[0], b[0]); d < 0.15 {
				t.Errorf("structures %d and %d are %.3f apart, want 0.15", k+1, i+1, d)
			}
			if d := min(far(a[1], b[1]), far(a[2], b[2])); d < 0.07 {
				t.Errorf("structures %d and %d are %.3f apart for the colour-blind, want 0.07", k+1, i+1, d)
			}
		}
	}
	for i := range 64 {
		a := impressionOf(Base(i + 1))[0]
		for k := max(0, i-7); k < i; k++ { // those that are opened together
			if d := far(a, impressionOf(Base(k + 1))[0]); d < 0.055 {
				t.Errorf("structures %d and %d are %.3f apart, want 0.055", k+1, i+1, d)
			}
		}
	}
}

func structures(n int) document.State {
	var s document.State
	for i := range n {
		s.Structures = append(s.Structures, &document.Structure{ID: i + 1, Model: &mol.Structure{}})
	}
	return s
}

// Fourteen copies, as of GroEL, differ at a glance: of one structure in hue, of
// several in shades that stay nearer to their structure than to others.
func TestCopiesAreToldApart(t *testing.T) {
	for _, tt := range []struct {
		name              string
		structures        int
		all, blind, stays float64
	}{
		{"one structure", 1, 0.085, 0.04, 2},
		{"eight", 8, 0.04, 0.02, 0.8}, // 45° of hue at most, and lighter or darker by 0.2
	} {
		s := structures(tt.structures)
		p := Of(s)
		for id := 1; id <= tt.structures; id++ {
			var seen []impression
			base := impressionOf(p.Structure(id))[0].lch()
			for n := range 14 {
				a := impressionOf(p.Next(id, n))
				if turn := math.Abs(math.Remainder(a[0].lch().h-base.h, 2*math.Pi)); turn > tt.stays && tt.stays < 2 {
					t.Errorf("%s: copy %d of structure %d is %.2f from its hue, want %.2f", tt.name, n+1, id, turn, tt.stays)
				}
				for k, b := range seen {
					if d := far(a[0], b[0]); d < tt.all {
						t.Errorf("%s: copies %d and %d of structure %d are %.3f apart, want %.3f", tt.name, k+1, n+1, id, d, tt.all)
					}
					if d := min(far(a[1], b[1]), far(a[2], b[2])); d < tt.blind {
						t.Errorf("%s: copies %d and %d of structure %d are %.3f apart for the colour-blind, want %.3f", tt.name, k+1, n+1, id, d, tt.blind)
					}
				}
				seen = append(seen, a)
			}
		}
	}
}

// A colour stays, whatever is accepted, withdrawn, opened or removed beside it.
func TestColoursStay(t *testing.T) {
	s := structures(1)
	accept := func(copies ...int) {
		s.Accepted = nil
		for _, n := range copies {
			s.Accepted = append(s.Accepted, &document.Accepted{ID: n, Structure: 1, Copy: n, Alone: true})
		}
	}
	accept(1, 2, 3)
	third, next := Of(s).Accepted(s.Accepted[2]), Of(s).Next(1, 0)
	accept(3)
	if c := Of(s).Accepted(s.Accepted[0]); c != third {
		t.Errorf("copy 3 is %v without the others, was %v", c, third)
	}
	if n := s.FreeCopy(1, 0); n != 1 {
		t.Errorf("the next copy is %d, want 1", n)
	}
	s.Structures = append(s.Structures, structures(2).Structures[1])
	if c := Of(s).Accepted(s.Accepted[0]); c != third {
		t.Errorf("copy 3 is %v beside another structure, was %v", c, third)
	}
	s = structures(1)
	accept(1, 2, 3, 4)
	if c := Of(s).Accepted(s.Accepted[3]); c != next {
		t.Errorf("copy 4 is %v, was to be %v", c, next)
	}
	own := color.NRGBA{200, 20, 30, 255}
	s.Structures[0].Color = own
	p := Of(s)
	if c := p.Accepted(s.Accepted[0]); c != own {
		t.Errorf("copy 1 is %v, want the colour that was chosen, %v", c, own)
	}
	if turn := math.Abs(math.Remainder(labOf(linear(p.Accepted(s.Accepted[3]))).lch().h-labOf(linear(own)).lch().h, 2*math.Pi)); turn > 0.8 {
		t.Errorf("copy 4 is %.2f from the hue that was chosen", turn)
	}
}

// A placement that another round finds again has the colour of the copy that was
// accepted there; one elsewhere that of the next copy.
func TestAPlaceHasOneColour(t *testing.T) {
	s := structures(2)
	for i := range 40 {
		s.Structures[0].Model.Atoms = append(s.Structures[0].Model.Atoms, mol.Atom{Pos: r3.Vec{X: 3 * float64(i)}})
	}
	at := func(x float64) geom.Rigid {
		g := geom.Identity()
		g.Shift.X = x
		return g
	}
	s.Accepted = []*document.Accepted{{ID: 1, Structure: 1, Copy: 2, Cluster: document.ClusterID{Round: 3, Structure: 1, Rank: 1}}}
	s.Accepted[0].Placement.Motion = at(5)
	p := Of(s)
	copy2 := p.Accepted(s.Accepted[0])
	for _, tt := range []struct {
		name  string
		id    document.ClusterID
		x     float64
		again bool
	}{
		{"itself", s.Accepted[0].Cluster, 5, true},
		{"found in another round", document.ClusterID{Round: 1, Structure: 1, Rank: 4}, 6, true},
		{"elsewhere", document.ClusterID{Round: 1, Structure: 1, Rank: 5}, 60, false},
		{"beside it in its round", document.ClusterID{Round: 3, Structure: 1, Rank: 2}, 6, false},
	} {
		if got := p.Placement(tt.id, at(tt.x)); (got == copy2) != tt.again || !tt.again && got != p.Structure(1) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
