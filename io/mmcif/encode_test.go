// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"maps"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

func TestRoundTrip(t *testing.T) {
	files := []string{
		"1l2y.cif.gz", "4gxy.bcif", "odd_tokens.cif", "3j2w_long_loops.cif.gz", "1igy_insertion_codes.pdb.gz", "1fn8_altloc_aniso_insertion.pdb.gz",
		"noChainNameTerRecords.pdb", "1crn_hybrid36.pdb", "1pfe.cif.gz", "115d.bcif.gz",
	}
	for _, name := range files {
		models, _, err := decode(t, "readers/structures/"+name, Options{KeepAlternates: true})
		if err != nil {
			t.Fatal(err)
		}
		s := models[0]
		var out bytes.Buffer
		if err := Encode(&out, s); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, _, err := Decode(&out, Options{KeepAlternates: true})
		if err != nil || len(again[0].Atoms) != len(s.Atoms) || again[0].Title != s.Title {
			t.Errorf("%s: %v, %d atoms, title %q, want %d and %q", name, err, len(again[0].Atoms), again[0].Title, len(s.Atoms), s.Title)
			continue
		}
		for i, want := range s.Atoms {
			got := again[0].Atoms[i]
			if want.LabelAsym == "" { // labels were made
				want.LabelAsym, want.LabelSeq = got.LabelAsym, got.LabelSeq
			}
			if r3.Norm(r3.Sub(got.Pos, want.Pos)) < 1e-3 && math.Abs(got.B-want.B) < 1e-5 && math.Abs(got.Occupancy-want.Occupancy) < 1e-5 {
				want.Pos, want.B, want.Occupancy = got.Pos, got.B, got.Occupancy // decimals
			}
			want.Serial = i + 1
			if got != want {
				t.Fatalf("%s: atom %d: %+v, want %+v", name, i+1, got, want)
			}
		}
	}
}

func TestEncodeText(t *testing.T) {
	s := &mol.Structure{Name: "my model", Title: "it's a 'title'", Atoms: []mol.Atom{
		{Pos: r3.Vec{X: 1, Y: -2.5, Z: 3.0004}, Name: "O5'", Element: mol.Oxygen, Residue: "DG", Chain: "A", Seq: 5, Occupancy: 1, B: 10},
		{Pos: r3.Vec{X: 1, Y: 2, Z: 3}, Name: "P", Element: 15, Residue: "DG", Chain: "A", Seq: 8, Insert: "B", Alt: "A", Occupancy: 0.333, B: 10.12345},
		{Name: "ZN", Element: 30, Residue: "ZN", Chain: "A", Seq: 100, Occupancy: 1, Charge: 2, Het: true},
		{Name: "CA", Element: 6, Residue: "ALA", Seq: 1, Occupancy: 1},
	}}
	want := "data_my_model\n#\n_entry.id my_model\n#\n_struct.entry_id my_model\n_struct.title \"it's a 'title'\"\n" + atomSiteItems +
		"ATOM   1 O \"O5'\" . DG A ? 1 ? 1.000 -2.500 3.000 1.00 10.00 ? 5 DG A \"O5'\" 1\n" +
		"ATOM   2 P P A DG A ? 4 B 1.000 2.000 3.000 0.333 10.12345 ? 8 DG A P 1\n" +
		"HETATM 3 Zn ZN . ZN A ? . ? 0.000 0.000 0.000 1.00 0.00 2 100 ZN A ZN 1\n" +
		"ATOM   4 C CA . ALA A2 ? 1 ? 0.000 0.000 0.000 1.00 0.00 ? 1 ALA . CA 1\n#\n"
	var out bytes.Buffer
	if err := Encode(&out, s); err != nil || out.String() != want {
		t.Errorf("%v\n%s, want\n%s", err, out.String(), want)
	}
	s.Atoms[1].Pos.Y = math.NaN()
	if err := Encode(&out, s); err == nil || err.Error() != `mmcif: atom DG 8B/P of chain "A": NaN cannot be written, want a number` {
		t.Errorf("NaN: %v", err)
	}
}

func TestQuote(t *testing.T) {
	tests := []string{
		"", ".", "?", "abc", "a b", "it's", "a' b", `a" b`, `a' b" c`, "_tag", "#c", "$x", "data_x", "loop_", "LOOP_", "save_", "stop_", "global_",
		"[x]", ";x", "'", `"`, "''", "two\nlines", "tab\there", "O5'", `O5"`, "a'", " lead", "µ",
	}
	for _, want := range tests {
		s := scanner{file: []byte("data_x " + quote(want) + "\n")}
		if _, err := s.next(); err != nil {
			t.Fatal(err)
		}
		v, err := s.next()
		if err != nil || v.kind != value {
			t.Errorf("%q as %s: kind %d, %v, want a value", want, quote(want), v.kind, err)
			continue
		}
		if want == "" {
			if !v.isNull() {
				t.Errorf("empty text as %q, want null", v.text)
			}
			continue
		}
		if string(v.text) != want || v.isNull() {
			t.Errorf("%q as %s: %q", want, quote(want), v.text)
		}
		if end, err := s.next(); err != nil || end.kind != endOfFile {
			t.Errorf("%q as %s: something follows", want, quote(want))
		}
	}
}

func TestMerge(t *testing.T) {
	part := func(name string, chains ...string) *mol.Structure {
		s := &mol.Structure{Name: name, Title: "title of " + name, Secondary: []mol.Secondary{{Kind: mol.Helix, Chain: chains[0], First: 1, Last: 2}}}
		for i, c := range chains {
			s.Atoms = append(s.Atoms, mol.Atom{Name: "CA", Element: 6, Residue: "ALA", Chain: c, Seq: i + 1, LabelAsym: c, LabelSeq: 1, Entity: "1"})
		}
		return s
	}
	parts := []*mol.Structure{part("p", "A", "B", "A2"), part("p", "A", "B"), part("q", "C", "", "A"), part("r", "", "")}
	parts[3].Atoms[1].LabelAsym = ""
	m := Merge("all", parts)
	var chains, entities []string
	for _, a := range m.Atoms {
		chains, entities = append(chains, a.Chain), append(entities, a.Entity)
	}
	if got, want := strings.Join(chains, " "), "A B A2 D E C  F G G"; got != want {
		t.Errorf("chains %q, want %q", got, want)
	}
	if got, want := strings.Join(entities, ""), "1111122233"; got != want {
		t.Errorf("entities %q, want %q", got, want)
	}
	if m.Secondary[1].Chain != "D" || len(m.Secondary) != 4 {
		t.Errorf("secondary structure %v, want the second in D", m.Secondary)
	}
	names := ChainNames(parts)
	for i, want := range []map[string]string{{"A": "A", "B": "B", "A2": "A2"}, {"A": "D", "B": "E"}, {"C": "C", "": "", "A": "F"}, {"": "G"}} {
		if !maps.Equal(names[i], want) {
			t.Errorf("part %d: names %v, want %v", i, names[i], want)
		}
	}
	if parts[1].Atoms[0].Chain != "A" || parts[1].Secondary[0].Chain != "A" {
		t.Error("a part was changed")
	}
	if m.Title != "title of p; title of q; title of r" {
		t.Errorf("title %q", m.Title)
	}
	path := filepath.Join(t.TempDir(), "all.cif.gz")
	if err := WriteFile(path, "all", parts...); err != nil {
		t.Fatal(err)
	}
	models, _, err := Decode(bytes.NewReader(unpacked(t, path)), Options{})
	if err != nil || len(models[0].Atoms) != len(m.Atoms) {
		t.Fatalf("%v, want %d atoms", err, len(m.Atoms))
	}
	owner := map[string]string{}
	for i, a := range models[0].Atoms {
		if a.Chain != chains[i] {
			t.Errorf("atom %d: chain %q, want %q", i, a.Chain, chains[i])
		}
		if c, ok := owner[a.LabelAsym]; ok && c != a.Chain {
			t.Errorf("label %q belongs to chains %q and %q", a.LabelAsym, c, a.Chain)
		}
		owner[a.LabelAsym] = a.Chain
	}
}

func TestChainNamesInOrder(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "a", 61: "9", 62: "AA", 63: "AB", 87: "AZ", 88: "BA", 62 + 26*26 - 1: "ZZ", 62 + 26*26: "AAA"} {
		if got := chainName(i); got != want {
			t.Errorf("name %d is %q, want %q", i, got, want)
		}
	}
}
