// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
	"difffit/internal/testdata"
)

func TestRoundTrip(t *testing.T) {
	files := []string{
		"1l2y.pdb.gz", "1igy_insertion_codes.pdb.gz", "1fn8_altloc_aniso_insertion.pdb.gz", "1crn_hybrid36.pdb", "noChainNameTerRecords.pdb",
		"a_structure_with_faults.pdb.gz", "lowerCaseResname.pdb", "4gxy.pdb.gz", "h36_serials.pdb",
	}
	for _, name := range files {
		file := unpacked(t, testdata.Shared(t, "readers/structures/"+name))
		s, _ := decodeOne(t, string(file), Options{KeepAlternates: true})
		var out bytes.Buffer
		if err := Encode(&out, s, EncodeOptions{Hybrid36: true}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, l := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
			if len(l) != 80 {
				t.Fatalf("%s: line %d has %d columns, want 80: %q", name, i+1, len(l), l)
			}
		}
		again, _ := decodeOne(t, out.String(), Options{KeepAlternates: true})
		if len(again.Atoms) != len(s.Atoms) || again.Title != s.Title {
			t.Errorf("%s: %d atoms, title %q, want %d and %q", name, len(again.Atoms), again.Title, len(s.Atoms), s.Title)
			continue
		}
		for i, want := range s.Atoms {
			got := again.Atoms[i]
			got.Serial = want.Serial // numbered anew
			if got != want {
				t.Fatalf("%s: atom %d: %+v, want %+v", name, i+1, got, want)
			}
		}
	}
}

func TestEncodeText(t *testing.T) {
	s := &mol.Structure{Title: "Example", Atoms: []mol.Atom{
		{Pos: r3.Vec{X: 1, Y: -2.5, Z: 999.9996}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: 7, Insert: "B", Occupancy: 1, B: 12.345},
		{Pos: r3.Vec{X: 1, Y: 2, Z: 3}, Name: "CA", Element: 20, Residue: "CA", Chain: "A", Seq: 101, Occupancy: 0.5, B: 1234.5, Charge: 2, Het: true},
	}}
	want := pad("TITLE     Example") +
		"ATOM      1  CA  ALA A   7B      1.000  -2.5001000.000  1.00 12.35           C  \n" +
		pad("TER       2      ALA A   7B") +
		"HETATM    3 CA    CA A 101       1.000   2.000   3.000  0.501234.5          CA2+\n" +
		pad("END")
	s.Atoms[0].B = 12.346 // 12.345 is not a binary number and may round either way
	var out bytes.Buffer
	if err := Encode(&out, s, EncodeOptions{}); err != nil || out.String() != want {
		t.Errorf("%v\n%s, want\n%s", err, out.String(), want)
	}
}

func TestEncodeRefuses(t *testing.T) {
	tests := []struct {
		name string
		edit func(*mol.Atom)
		want string
	}{
		{"chain name", func(a *mol.Atom) { a.Chain = "AA" }, `pdb: atom ALA 7/CA of chain "AA": chain name "AA" does not fit, want one character; write mmCIF instead`},
		{"residue number", func(a *mol.Atom) { a.Seq = 10000 }, "residue number 10000 does not fit, want -999 to 9999"},
		{"negative residue number", func(a *mol.Atom) { a.Seq = -1000 }, "residue number -1000 does not fit"},
		{"coordinate", func(a *mol.Atom) { a.Pos.Y = 10000 }, "coordinate 10000 does not fit, want -999.999 to 9999.999"},
		{"rounded coordinate", func(a *mol.Atom) { a.Pos.Y = -999.9996 }, "coordinate -999.9996 does not fit"},
		{"not a number", func(a *mol.Atom) { a.Pos.Z = math.NaN() }, "coordinate NaN does not fit"},
		{"residue name", func(a *mol.Atom) { a.Residue = "A1LU6" }, `residue name "A1LU6" does not fit`},
		{"no residue name", func(a *mol.Atom) { a.Residue = "" }, `residue name "" does not fit`},
		{"atom name", func(a *mol.Atom) { a.Name = "C1234" }, `atom name "C1234" does not fit`},
		{"blank in a name", func(a *mol.Atom) { a.Name = "C 1" }, `atom name "C 1" does not fit`},
		{"charge", func(a *mol.Atom) { a.Charge = 10 }, "charge 10 does not fit"},
		{"B factor", func(a *mol.Atom) { a.B = 1e7 }, "B factor 1e+07 does not fit"},
	}
	for _, tt := range tests {
		s := &mol.Structure{Atoms: []mol.Atom{
			{Name: "N", Residue: "ALA", Chain: "A", Seq: 7, Occupancy: 1},
			{Name: "CA", Residue: "ALA", Chain: "A", Seq: 7, Occupancy: 1},
		}}
		tt.edit(&s.Atoms[1])
		var out bytes.Buffer
		err := Encode(&out, s, EncodeOptions{})
		var fault *RangeError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		if out.Len() > 0 {
			t.Errorf("%s: %d bytes written before the refusal", tt.name, out.Len())
		}
	}
}

func TestEncodeManyAtoms(t *testing.T) {
	s := &mol.Structure{Atoms: make([]mol.Atom, 100001)}
	for i := range s.Atoms {
		s.Atoms[i] = mol.Atom{Name: "O", Element: mol.Oxygen, Residue: "HOH", Chain: "W", Seq: i % 9999, Occupancy: 1, Het: true}
	}
	var out bytes.Buffer
	err := Encode(&out, s, EncodeOptions{})
	if want := "serial number 100000 does not fit, want at most 99999"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	if err := Encode(&out, s, EncodeOptions{Hybrid36: true}); err != nil {
		t.Fatal(err)
	}
	again, _ := decodeOne(t, out.String(), Options{})
	if n := len(again.Atoms); n != 100001 || again.Atoms[n-1].Serial != 100001 {
		t.Errorf("%d atoms, the last is number %d, want 100001 of both", n, again.Atoms[n-1].Serial)
	}
}
