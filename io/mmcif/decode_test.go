// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
	"difffit/internal/testdata"
	"difffit/io/pdb"
)

// unpacked returns the content of a file of the shared data.
func unpacked(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// decode reads a file of the shared data, whatever of the formats it has.
func decode(t testing.TB, name string, o Options) ([]*mol.Structure, []string, error) {
	t.Helper()
	file := bytes.NewReader(unpacked(t, testdata.Shared(t, name)))
	switch name = strings.TrimSuffix(name, ".gz"); filepath.Ext(name) {
	case ".cif":
		return Decode(file, o)
	case ".bcif":
		return DecodeBinary(file, o)
	default:
		return pdb.Decode(file, o)
	}
}

func TestSharedFiles(t *testing.T) {
	table, err := os.Open(testdata.Shared(t, "readers/structures.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	rows := csv.NewReader(table)
	rows.Comma, rows.LazyQuotes = '\t', true
	records, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, row := range records {
		if !strings.Contains(row[0], "cif") {
			continue
		}
		tried++
		models, warnings, err := decode(t, "readers/structures/"+row[0], Options{AllModels: true, KeepAlternates: true})
		if row[1] == "0" {
			if want := "mmcif: no atoms: none of 1 data blocks has rows of _atom_site"; err == nil || err.Error() != want {
				t.Errorf("%s: %v, want %s", row[0], err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		got := 0
		for _, m := range models {
			got += len(m.Atoms)
		}
		if want, err := strconv.Atoi(row[1]); err == nil && got != want || got == 0 {
			t.Errorf("%s: %d atoms, want %s", row[0], got, row[1])
		}
		t.Logf("%s: %d models, %d atoms, %q", row[0], len(models), got, warnings)
	}
	if tried < 20 {
		t.Errorf("only %d files tried", tried)
	}
}

// The same entry gives the same atoms in the three formats.
func TestFormatsAgree(t *testing.T) {
	for _, entry := range []string{"1l2y", "3o5r", "1f2n", "4gxy", "5h73"} {
		for _, o := range []Options{{}, {AllModels: true, KeepAlternates: true}} {
			base := "readers/structures/" + entry
			fromPDB, _, err := decode(t, base+".pdb.gz", o)
			if err != nil {
				t.Fatal(err)
			}
			fromText, _, err := decode(t, base+".cif.gz", o)
			if err != nil {
				t.Fatal(err)
			}
			fromBinary, _, err := decode(t, base+".bcif", o)
			if err != nil {
				t.Fatal(err)
			}
			same(t, entry+" text and PDB", fromText, fromPDB, false)
			same(t, entry+" text and binary", fromText, fromBinary, true)
		}
	}
}

// same compares models; labels too if they are in both formats.
func same(t *testing.T, what string, a, b []*mol.Structure, labels bool) {
	t.Helper()
	if len(a) != len(b) {
		t.Errorf("%s: %d and %d models", what, len(a), len(b))
		return
	}
	for m := range a {
		if len(a[m].Atoms) != len(b[m].Atoms) || a[m].Model != b[m].Model {
			t.Errorf("%s: model %d with %d atoms, model %d with %d", what, a[m].Model, len(a[m].Atoms), b[m].Model, len(b[m].Atoms))
			return
		}
		for i := range a[m].Atoms {
			x, y := a[m].Atoms[i], b[m].Atoms[i]
			near := r3.Norm(r3.Sub(x.Pos, y.Pos)) < 1e-3 && math.Abs(x.B-y.B) < 1e-3 && math.Abs(x.Occupancy-y.Occupancy) < 1e-3
			x.Pos, x.B, x.Occupancy = y.Pos, y.B, y.Occupancy
			if !labels {
				x.LabelAsym, x.LabelSeq, x.Entity, x.Serial = "", 0, "", y.Serial // TER takes a number
			}
			if x != y || !near {
				t.Fatalf("%s: atom %d of model %d: %+v and %+v", what, i+1, m+1, a[m].Atoms[i], b[m].Atoms[i])
			}
		}
		if len(a[m].Secondary) != len(b[m].Secondary) {
			t.Errorf("%s: %d and %d stretches of secondary structure", what, len(a[m].Secondary), len(b[m].Secondary))
			return
		}
		for i, s := range a[m].Secondary {
			if s != b[m].Secondary[i] {
				t.Errorf("%s: stretch %d: %v and %v", what, i+1, s, b[m].Secondary[i])
			}
		}
	}
}

func TestOddTokens(t *testing.T) {
	models, _, err := decode(t, "readers/structures/odd_tokens.cif", Options{AllModels: true, KeepAlternates: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(models) != 2 || len(models[0].Atoms) != 5 || len(models[1].Atoms) != 1 {
		t.Fatalf("models %v, want two with 5 atoms and 1", models)
	}
	want := []mol.Atom{
		{Pos: r3.Vec{X: 1, Y: 2, Z: 3}, Name: "O5'", Element: 8, Residue: "DG", Chain: "AAA1", Seq: 1, LabelAsym: "A", LabelSeq: 1, Entity: "1", Serial: 1, Occupancy: 1, B: 10},
		{Pos: r3.Vec{X: 2, Y: 3, Z: 4}, Name: "C5'", Element: 6, Residue: "DG", Chain: "AAA1", Seq: 1, LabelAsym: "A", LabelSeq: 1, Entity: "1", Serial: 2, Occupancy: 1},
		{Pos: r3.Vec{X: -1.5, Y: 2.5, Z: 3}, Name: "ZN", Element: 30, Residue: "ZN", Chain: "B B", LabelAsym: "B", Entity: "2", Serial: 3, Occupancy: 0.5, B: 20, Het: true},
		{Pos: r3.Vec{X: 4, Y: 5, Z: 6}, Name: "CA", Element: 6, Alt: "A", Residue: "ALA", Chain: "C", Seq: 7, LabelAsym: "C", LabelSeq: 7, Entity: "3", Serial: 4, Occupancy: 0.6},
		{Pos: r3.Vec{X: 4.5, Y: 5, Z: 6}, Name: "CA", Element: 6, Alt: "B", Residue: "ALA", Chain: "C", Seq: 7, LabelAsym: "C", LabelSeq: 7, Entity: "3", Serial: 5, Occupancy: 0.4},
	}
	for i, a := range models[0].Atoms {
		if a != want[i] {
			t.Errorf("atom %d: %+v, want %+v", i+1, a, want[i])
		}
	}
	first, warnings, err := decode(t, "readers/structures/odd_tokens.cif", Options{})
	if err != nil || len(first) != 1 || len(first[0].Atoms) != 4 || first[0].Atoms[3].Pos.X != 4 {
		t.Errorf("first model: %v, %v, want 4 atoms, the last at 4 5 6", first, err)
	}
	if len(warnings) != 2 {
		t.Errorf("warnings %q, want one for the location and one for the model", warnings)
	}
}

const header = "data_x\nloop_\n_atom_site.type_symbol\n_atom_site.label_atom_id\n_atom_site.label_comp_id\n_atom_site.label_asym_id\n" +
	"_atom_site.label_seq_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n"

func TestFewColumns(t *testing.T) {
	models, _, err := Decode(strings.NewReader(header+"C CA GLY AB 12 1 2 3"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := mol.Atom{
		Pos: r3.Vec{X: 1, Y: 2, Z: 3}, Name: "CA", Element: 6, Residue: "GLY", Chain: "AB", Seq: 12,
		LabelAsym: "AB", LabelSeq: 12, Serial: 1, Occupancy: 1,
	}
	if a := models[0].Atoms[0]; a != want || models[0].Model != 1 {
		t.Errorf("atom %+v of model %d, want %+v of model 1", a, models[0].Model, want)
	}
}

func TestSyntax(t *testing.T) {
	row := "C CA GLY A 1 1 2 3\n"
	tests := []struct {
		name, file string
		atoms      int
		title      string
	}{
		{"CRLF and comments", strings.ReplaceAll("# comment\n"+header+row+"# another\n"+row, "\n", "\r\n"), 2, ""},
		{"keywords in capitals", strings.NewReplacer("data_", "DATA_", "loop_", "LOOP_").Replace(header) + row, 1, ""},
		{"items in capitals", strings.ToUpper(header) + row, 1, ""},
		{"row over lines, text field in it", header + "C\n;CA\n;\nGLY A\n1 1\n2 3\n", 1, ""},
		{"title in quotes", "data_x\n_struct.title 'a b'\n" + header[7:] + row, 1, "a b"},
		{"title as text field", "data_x\n_struct.entry_id x\n_struct.title\n;two\nlines\n;\n" + header[7:] + row, 1, "two\nlines"},
		{"quote inside quotes", "data_x _struct.title 'it's' \n" + header[7:] + row, 1, "it's"},
		{"reserved word in quotes", "data_x _struct.title 'loop_' \n" + header[7:] + row, 1, "loop_"},
		{"save frame", "data_x save_f _struct.title wrong\n" + header[7:] + row + "save_\n" + header[7:] + row, 1, ""},
		{"second block", "data_y _struct.title wrong _cell.a 1\n" + header + row, 1, ""},
		{"one atom without loop", "data_x _atom_site.type_symbol C _atom_site.label_atom_id CA _atom_site.Cartn_x 1 _atom_site.Cartn_y 2 _atom_site.Cartn_z 3", 1, ""},
		{"last row cut short", header + row + "C CA GLY A 1 1 2", 1, ""},
		{"last row cut in a quote", header + row + "C 'C", 1, ""},
		{"loop of others", "data_x\nloop_\n_a.b\n_a.c\n1 '2 3' _d.e 5\n" + header[7:] + row, 1, ""},
	}
	for _, tt := range tests {
		models, _, err := Decode(strings.NewReader(tt.file), Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if len(models[0].Atoms) != tt.atoms || models[0].Title != tt.title {
			t.Errorf("%s: %d atoms, title %q, want %d and %q", tt.name, len(models[0].Atoms), models[0].Title, tt.atoms, tt.title)
		}
	}
}

func TestFaults(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"empty", " \n", "mmcif: the file is empty"},
		{"comment only", "# nothing\n", "mmcif: not a CIF: there is no data block"},
		{"text", "this is not a structure", `mmcif: line 1, column 1: not a CIF: "this", want data_ before all values`},
		{"no atoms", "data_x\n_cell.length_a 1\n", "mmcif: no atoms: none of 1 data blocks has rows of _atom_site"},
		{"word for a coordinate", header + "C CA GLY A 1 1 2 x3\n", `mmcif: line 11, column 18: "x3" is not a number`},
		{"null coordinate", header + "C CA GLY A 1 1 ? 3\n", "mmcif: line 11, column 16: the atom has no coordinate here, want a number"},
		{"NaN", header + "C CA GLY A 1 nan 2 3\n", `mmcif: line 11, column 14: "nan" is not a number`},
		{"too large", header + "C CA GLY A 1 1e7 2 3\n", "mmcif: line 11, column 14: coordinate 1e+07 is out of range, want at most 1e+06 Å"},
		{"wrong uncertainty", header + "C CA GLY A 1 1.2() 2 3\n", `mmcif: line 11, column 14: "1.2()" is not a number`},
		{"too few values", header + "C CA GLY A 1 1 2\n_cell.a 1\n", "mmcif: line 11, column 1: the last row of _atom_site.* has 7 values, want 8"},
		{"open quote", "data_x _struct.title 'abc\n", "mmcif: line 1, column 22: the quote ' is not closed in its line"},
		{"open text field", "data_x _struct.title\n;abc\n", "mmcif: line 2, column 1: the text field is not closed: no line begins with a semicolon behind it"},
		{"no z", strings.Replace(header, "Cartn_z", "other", 1) + "C CA GLY A 1 1 2 3\n", "mmcif: line 11, column 1: _atom_site has no item Cartn_z"},
		{"item without value", "data_x _struct.title _struct.other 1", `mmcif: line 1, column 8: item "_struct.title" has no value`},
		{"value without item", "data_x _struct.title 1 2", `mmcif: line 1, column 24: value "2" has no item`},
		{"loop without items", "data_x loop_ 1 2", "mmcif: line 1, column 8: loop_ has no items"},
		{"open save frame", "data_x save_frame _a.b 1", `mmcif: line 1, column 8: the save frame "save_frame" is not closed`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := Decode(strings.NewReader(tt.file), Options{})
			if err == nil || err.Error() != tt.want {
				t.Errorf("Decode: %v, want %s", err, tt.want)
			}
		})
	}
}

// atomLine finds rows of atom_site in the files of the library, which have one in each line.
var atomLine = regexp.MustCompile(`(?m)^ *(ATOM|HETATM) `)

func TestLibrary(t *testing.T) {
	tried := 0
	for _, folder := range []string{"library/pdb_mixed", "assemblies"} {
		entries, err := os.ReadDir(testdata.Shared(t, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".cif.gz") {
				continue
			}
			tried++
			models, warnings, err := decode(t, folder+"/"+e.Name(), Options{AllModels: true, KeepAlternates: true})
			if err != nil {
				t.Errorf("%s: %v", e.Name(), err)
				continue
			}
			file := unpacked(t, testdata.Shared(t, folder+"/"+e.Name()))
			want, got := len(atomLine.FindAll(file, -1)), 0
			for _, m := range models {
				got += len(m.Atoms)
			}
			if got != want {
				t.Errorf("%s: %d atoms, want %d", e.Name(), got, want)
			}
			if len(warnings) > 0 {
				t.Logf("%s: %q", e.Name(), warnings)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d files tried", tried)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(header + "C CA GLY A 1 1 2 3\nC 'C B' \"G'\" . ? 1(2) -2e0 +3\n"))
	f.Add([]byte("data_x\n_struct.title\n;a\n;\nsave_a _b.c 1 save_ loop_ _struct_conf.conf_type_id HELX"))
	f.Fuzz(func(t *testing.T, b []byte) {
		models, _, err := Decode(bytes.NewReader(b), Options{AllModels: true, KeepAlternates: true})
		if err != nil {
			return
		}
		for _, m := range models {
			var out bytes.Buffer
			if err := Encode(&out, m); err != nil {
				t.Fatal(err)
			}
			again, _, err := Decode(&out, Options{KeepAlternates: true})
			if err != nil || len(again[0].Atoms) != len(m.Atoms) {
				t.Fatalf("decoded again: %v\n%q", err, out.Bytes())
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	file := unpacked(b, testdata.Shared(b, "readers/structures/3j2w_long_loops.cif.gz"))
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Decode(bytes.NewReader(file), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
