// SPDX-License-Identifier: BSD-3-Clause

package mol

import (
	"fmt"
	"strings"
	"testing"
)

func TestResidues(t *testing.T) {
	atom := func(name, residue string, seq int, more ...string) Atom {
		a := Atom{Name: name, Residue: residue, Chain: "A", Seq: seq, Element: Carbon}
		if len(more) > 0 {
			a.Alt = more[0]
		}
		if len(more) > 1 {
			a.Insert = more[1]
		}
		return a
	}
	calcium := Atom{Name: "CA", Residue: "CA", Chain: "A", Seq: 300, Element: 20, Het: true}
	other := atom("CA", "GLY", 1)
	other.Chain = "B"
	tests := []struct {
		name  string
		atoms []Atom
		want  string
	}{
		{"two", []Atom{atom("N", "ALA", 1), atom("CA", "ALA", 1), atom("CA", "TRP", 2)}, "A ALA 1 0-2 @1; W TRP 2 2-3 @2"},
		{"another chain", []Atom{atom("CA", "ALA", 1), other}, "A ALA 1 0-1 @0; G GLY 1 1-2 @1"},
		{"inserted", []Atom{atom("CA", "ALA", 1), atom("CA", "ALA", 1, "", "B")}, "A ALA 1 0-1 @0; A ALA 1B 1-2 @1"},
		{"two names at one place", []Atom{atom("CA", "SER", 5, "A"), atom("CA", "THR", 5, "B")}, "S SER 5 0-2 @0"},
		{"water between", []Atom{atom("CA", "ALA", 1), atom("O", "HOH", 1), atom("CB", "ALA", 1)}, "A ALA 1 0-1 @0; A ALA 1 2-3 @2"},
		{"an ion", []Atom{calcium}, "• CA 300 0-1 @0"},
		{"unknown, and modified", []Atom{atom("CA", "XYZ", 1), atom("CA", "MSE", 2)}, "X XYZ 1 0-1 @0; M MSE 2 1-2 @1"},
		{"a nucleotide", []Atom{atom("P", "DG", 7), atom("C3'", "DG", 7)}, "G DG 7 0-2 @0"},
		{"none", nil, ""},
	}
	for _, tt := range tests {
		s := &Structure{Atoms: tt.atoms}
		var got []string
		for _, r := range s.Residues() {
			got = append(got, fmt.Sprintf("%c %s %d-%d @%d", r.Letter(), r, r.First, r.Last, r.Center(s)))
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, g, tt.want)
		}
	}
}
