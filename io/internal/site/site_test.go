// SPDX-License-Identifier: BSD-3-Clause

package site

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"difffit/fitting/mol"
)

func TestParseFloat(t *testing.T) {
	for _, text := range []string{
		"0", "1.000", "-12.345", "+2.5", "9999.999", ".5", "5.", "-0.001", "1e3", "-1.5E-2", "123456789012345", "1234567890123456789.25",
		"0.1234567890123456789", "00012.50",
	} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseFloat([]byte(text)); !ok || got != want {
			t.Errorf("%q: %g, %t, want %g", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-", ".", "+.", "1.2.3", "nan", "Inf", "0x10", "1_0", "1e", "--1", "1-2", " 1"} {
		if got, ok := ParseFloat([]byte(text)); ok {
			t.Errorf("%q: %g, want no number", text, got)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		text := strconv.FormatFloat(math.Ldexp(random.NormFloat64(), random.IntN(12)), 'f', random.IntN(12), 64)
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseFloat([]byte(text)); !ok || got != want {
			t.Fatalf("%q: %v, %t, want %v", text, got, ok, want)
		}
	}
}

func TestParseInt(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "-12": -12, "+7": 7, "0042": 42, "999999999": 999999999} {
		if got, ok := ParseInt([]byte(text)); !ok || got != want {
			t.Errorf("%q: %d, %t, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-", "1.0", "12a", "1234567890", " 1"} {
		if got, ok := ParseInt([]byte(text)); ok {
			t.Errorf("%q: %d, want no integer", text, got)
		}
	}
}

// Without columns the names of mmCIF have to do.
func TestGuessElementWithoutColumns(t *testing.T) {
	tests := []struct{ name, residue, want string }{
		{"CA", "ALA", "C"},
		{"CA", "CA", "Ca"},
		{"CA", "LIG", "C"},
		{"CL1", "LIG", "Cl"},
		{"FE", "HEM", "Fe"},
		{"NA", "HEM", "N"},
		{"NA", "NA", "Na"},
		{"SE", "MSE", "Se"},
		{"HG", "SER", "H"},
		{"HG", "HG", "Hg"},
		{"O5'", "DG", "O"},
		{"1HB", "ALA", "H"},
		{"*", "X", "X"},
	}
	for _, tt := range tests {
		if got := GuessElement(tt.name, tt.residue, NoColumns).String(); got != tt.want {
			t.Errorf("%s of %s: %s, want %s", tt.name, tt.residue, got, tt.want)
		}
	}
}

func TestModelsInAnyOrder(t *testing.T) {
	s := New(Options{AllModels: true})
	for i, model := range []int{2, 1, 2, 3, 1} {
		if !s.Switch(model) {
			t.Fatalf("model %d is not wanted", model)
		}
		*s.Next() = mol.Atom{Name: "C", Serial: i}
	}
	var got []int
	models, err := s.Structures()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		got = append(got, m.Model, len(m.Atoms))
	}
	want := []int{2, 2, 1, 2, 3, 1}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("models and atoms %v, want %v", got, want)
		}
	}
	first := New(Options{})
	if !first.Switch(2) {
		t.Fatal("the first model is not wanted")
	}
	first.Next().Name = "C"
	if first.Switch(1) || !first.Switch(2) {
		t.Error("want the model that comes first, and no other")
	}
}

func TestInPolymer(t *testing.T) {
	residue := func(het bool, name string, atoms ...string) []mol.Atom {
		var list []mol.Atom
		for _, a := range atoms {
			list = append(list, mol.Atom{Name: a, Residue: name, Het: het})
		}
		return list
	}
	tests := []struct {
		what  string
		atoms []mol.Atom
		want  bool
	}{
		{"amino acid", residue(false, "ALA", "N", "CA"), true},
		{"modified amino acid", residue(true, "MSE", "N", "CA", "C", "O", "SE"), true},
		{"modified nucleotide", residue(true, "PSU", "P", "O5'", "C4'", "O3'"), true},
		{"ion", residue(true, "ZN", "ZN"), false},
		{"ligand", residue(true, "GOL", "C1", "O1", "C2"), false},
		{"water as ATOM", residue(false, "HOH", "O"), false},
	}
	for _, tt := range tests {
		if got := InPolymer(tt.atoms); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.what, got, tt.want)
		}
	}
}
