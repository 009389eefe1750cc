// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"difffit/fitting/mol"
	"difffit/internal/testdata"
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
		if !strings.Contains(row[0], ".pdb") {
			continue
		}
		tried++
		want, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		b := unpacked(t, testdata.Shared(t, "readers/structures/"+row[0]))
		models, warnings, err := Decode(bytes.NewReader(b), Options{AllModels: true, KeepAlternates: true})
		if want == 0 {
			if err == nil {
				t.Errorf("%s: no error, want one", row[0])
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
		if got != want {
			t.Errorf("%s: %d atoms, want %d", row[0], got, want)
		}
		t.Logf("%s: %d models, %q", row[0], len(models), warnings)
	}
	if tried < 20 {
		t.Errorf("only %d files tried", tried)
	}
}

func TestNotStructures(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"header only", "HEADER    NOTHING\nREMARK   2\nEND\n", "pdb: no atoms: 3 lines, but none is a whole ATOM or HETATM record"},
		{"text", "this is not a structure\n", `pdb: not a PDB file: no line begins with the name of a record; the first text is "this is not a struct"`},
		{"nothing", "", "pdb: the file is empty"},
		{"word for a coordinate", line("ATOM", 1, " CA ", "ALA", "A", 1, "  12.3x4", "C"), `pdb: line 1, column 31: "12.3x4" is not a number`},
		{"NaN", "REMARK\n" + line("ATOM", 1, " CA ", "ALA", "A", 1, "     NaN", "C"), `pdb: line 2, column 31: "NaN" is not a number`},
		{"overflow", line("ATOM", 1, " CA ", "ALA", "A", 1, "********", "C"), `pdb: line 1, column 31: "********" is not a number`},
		{"too large", line("ATOM", 1, " CA ", "ALA", "A", 1, "  1e+200", "C"), "pdb: line 1, column 31: coordinate 1e+200 is out of range, want at most 1e+06 Å"},
		{"blank coordinate", line("ATOM", 1, " CA ", "ALA", "A", 1, "        ", "C"), `pdb: line 1, column 31: "" is not a number`},
		{"placeholder", strings.Replace(line("ATOM", 1, " CA ", "ALA", "A", 1, "9999.000", "C"), "   2.000   3.000", "9999.0009999.000", 1), "pdb: line 1, column 31: three coordinates of 9999 stand for an atom without a place"},
		{"half of the atoms", line("ATOM", 1, " CA ", "ALA", "A", 1, "   1.000", "C") + line("ATOM", 1, " CB ", "ALA", "A", 1, "     nan", "C"), `pdb: line 2, column 31: "nan" is not a number`},
		{"cut short in the middle", "ATOM      1  CA  ALA A   1       1.000\nEND\n", "pdb: line 1, column 39: the line ends within the atom, want at least 54 columns"},
		{"CR alone, counted", strings.ReplaceAll("REMARK\nREMARK\n"+line("ATOM", 1, " CA ", "ALA", "A", 1, "       x", "C"), "\n", "\r"), `pdb: line 3, column 31: "x" is not a number`},
		{"cut short and alone", "ATOM      1  CA  ALA A   1       1.000", "pdb: no atoms: 1 lines, but none is a whole ATOM or HETATM record"},
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

// line is an atom record with columns as in the format.
func line(record string, serial int, name, residue, chain string, seq int, x, element string) string {
	pad := func(s string, n int) string { return strings.Repeat(" ", max(0, n-len(s))) + s }
	return record + strings.Repeat(" ", 6-len(record)) + pad(strconv.Itoa(serial), 5) + " " + name + " " + pad(residue, 3) +
		pad(chain, 2) + pad(strconv.Itoa(seq), 4) + "    " + x + "   2.000   3.000  0.50 10.00          " + pad(element, 2) + "\n"
}

func decodeOne(t *testing.T, file string, o Options) (*mol.Structure, []string) {
	t.Helper()
	models, warnings, err := Decode(strings.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	return models[0], warnings
}

func TestAtomFields(t *testing.T) {
	s, warnings := decodeOne(t, "TITLE     A TITLE OF\r\nTITLE    2 TWO LINES\r\n"+
		"HELIX    1   1 GLY A   13  GLY A   22  1                                  10\r\n"+
		"SHEET    1   A 2 ILE B   3  CYS B   7  0\r\nSHEET    1   B 2 ILE B   3  CYS B   7  0\r\n"+
		"HETATM  123 ZN  BHOH B -12C    -11.562   0.025+123.456  0.25  7.50          ZN2+\r\n", Options{KeepAlternates: true})
	a := s.Atoms[0]
	want := mol.Atom{
		Pos: a.Pos, Name: "ZN", Element: 30, Alt: "B", Residue: "HOH", Chain: "B", Seq: -12, Insert: "C",
		Serial: 123, Occupancy: 0.25, B: 7.5, Charge: 2, Het: true,
	}
	if a != want {
		t.Errorf("atom %+v, want %+v", a, want)
	}
	if a.Pos.X != -11.562 || a.Pos.Y != 0.025 || a.Pos.Z != 123.456 {
		t.Errorf("position %v", a.Pos)
	}
	if s.Title != "A TITLE OF TWO LINES" {
		t.Errorf("title %q", s.Title)
	}
	if len(s.Secondary) != 2 || s.Secondary[0] != (mol.Secondary{Kind: mol.Helix, Chain: "A", First: 13, Last: 22}) ||
		s.Secondary[1] != (mol.Secondary{Kind: mol.Strand, Chain: "B", First: 3, Last: 7}) {
		t.Errorf("secondary structure %v", s.Secondary)
	}
	if len(warnings) != 0 {
		t.Errorf("warnings %q", warnings)
	}
}

func TestElementsFromNames(t *testing.T) {
	tests := []struct {
		name, residue string
		want          string
	}{
		{" CA ", "ALA", "C"},
		{"CA  ", " CA", "Ca"},
		{"CA  ", "PCA", "C"},
		{" CA ", " CA", "Ca"},
		{"CA  ", "XXX", "Ca"},
		{" N  ", "GLY", "N"},
		{"HG11", "VAL", "H"},
		{"1HG1", "VAL", "H"},
		{"HG  ", " HG", "Hg"},
		{"HE21", "XYZ", "H"},
		{"SE  ", "MSE", "Se"},
		{" C  ", "  U", "C"},
		{" P  ", " DG", "P"},
		{"O5'", " DG", "O"},
		{"FE  ", "HEM", "Fe"},
		{" NA ", "HEM", "N"},
		{"NA  ", " NA", "Na"},
		{"Na+ ", "Na+", "Na"},
		{"CL1 ", "LIG", "Cl"},
		{" 1A ", "LIG", "X"},
		{" Q1 ", "LIG", "X"},
		{"ZN  ", " ZN", "Zn"},
		{" D  ", "DOD", "H"},
		{"CD  ", " CD", "Cd"},
		{" CD ", "LYS", "C"},
	}
	for _, tt := range tests {
		name := tt.name + strings.Repeat(" ", 4-len(tt.name))
		s, warnings := decodeOne(t, line("HETATM", 1, name, tt.residue, "A", 1, "   1.000", ""), Options{})
		if got := s.Atoms[0].Element.String(); got != tt.want {
			t.Errorf("%q of %q: %s, want %s", tt.name, tt.residue, got, tt.want)
		}
		if len(warnings) == 0 || warnings[0] != "atoms without a valid element, guessed from their names: 1" {
			t.Errorf("%q of %q: warnings %q", tt.name, tt.residue, warnings)
		}
	}
}

func TestAlternates(t *testing.T) {
	alt := func(name, alt, residue string, seq int, x, occupancy string) string {
		l := line("ATOM", 1, name, residue, "A", seq, x, "C")
		return l[:16] + alt + l[17:56] + occupancy + l[60:]
	}
	file := alt(" CA ", "A", "ALA", 1, "   1.000", "0.40") + alt(" CA ", "B", "ALA", 1, "   2.000", "0.60") +
		alt(" CB ", "A", "ALA", 1, "   3.000", "0.50") + alt(" CB ", "B", "ALA", 1, "   4.000", "0.50") +
		alt(" CG ", "B", "ALA", 1, "   5.000", "0.50") + alt(" C  ", " ", "ALA", 1, "   6.000", "1.00") +
		alt(" CA ", "A", "SER", 2, "   7.000", "0.30") + alt(" OG ", "A", "SER", 2, "   8.000", "0.30") +
		alt(" CA ", "B", "PRO", 2, "   9.000", "0.70") + alt(" CG ", "B", "PRO", 2, "  10.000", "0.70") +
		alt(" O  ", " ", "HOH", 2, "  11.000", "1.00")
	s, warnings := decodeOne(t, file, Options{})
	var got []float64
	for _, a := range s.Atoms {
		got = append(got, a.Pos.X)
		if a.Alt != "" {
			t.Errorf("atom at %g still has location %q", a.Pos.X, a.Alt)
		}
	}
	want := []float64{2, 3, 5, 6, 9, 10, 11}
	if len(got) != len(want) {
		t.Fatalf("atoms at %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("atoms at %v, want %v", got, want)
		}
	}
	if len(warnings) != 1 || !strings.HasSuffix(warnings[0], ": 4") {
		t.Errorf("warnings %q, want 4 locations left out", warnings)
	}
	if s, _ := decodeOne(t, file, Options{KeepAlternates: true}); len(s.Atoms) != 11 {
		t.Errorf("%d atoms with all locations, want 11", len(s.Atoms))
	}
}

func TestModels(t *testing.T) {
	a := line("ATOM", 1, " CA ", "ALA", "A", 1, "   1.000", "C")
	tests := []struct {
		name, file string
		want       []int // model numbers
	}{
		{"none", a + a, []int{1}},
		{"two", "MODEL        3\n" + a + "ENDMDL\nMODEL        5\n" + a + "ENDMDL\n", []int{3, 5}},
		{"no ENDMDL", "MODEL        1\n" + a + "MODEL        2\n" + a, []int{1, 2}},
		{"END between", a + "END\n" + a + "END\n", []int{1, 2}},
		{"first empty", "MODEL        1\nENDMDL\nMODEL        2\n" + a, []int{2}},
		{"without number", "MODEL\n" + a + "MODEL\n" + a, []int{1, 2}},
	}
	for _, tt := range tests {
		models, _, err := Decode(strings.NewReader(tt.file), Options{AllModels: true})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []int
		for _, m := range models {
			got = append(got, m.Model)
		}
		if len(got) != len(tt.want) || got[0] != tt.want[0] || got[len(got)-1] != tt.want[len(tt.want)-1] {
			t.Errorf("%s: models %v, want %v", tt.name, got, tt.want)
		}
		first, warnings, err := Decode(strings.NewReader(tt.file), Options{})
		if err != nil || len(first) != 1 || first[0].Model != tt.want[0] {
			t.Errorf("%s: first model: %v, %v", tt.name, first, err)
		}
		if more := len(tt.want) - 1; more > 0 && warnings[len(warnings)-1] != "further models left out: "+strconv.Itoa(more) {
			t.Errorf("%s: warnings %q", tt.name, warnings)
		}
	}
}

func TestLeniency(t *testing.T) {
	whole := line("ATOM", 1, " CA ", "ALA", "A", 1, "   1.000", "C")
	tests := []struct {
		name, file string
		atoms      int
		warnings   []string
	}{
		{"last line cut short", whole + whole[:40], 1, []string{"last line cut short, dropped: 1"}},
		{"last line without occupancy", whole + strings.Replace(whole[:54], " CA ", " CB ", 1), 2, []string{"atoms without a valid element, guessed from their names: 1"}},
		{"duplicate", whole + whole, 2, []string{"atoms that stand twice in their residue, all kept: 1"}},
		{"same residue behind TER", whole + "TER\n" + whole, 2, nil},
		{"serial overflow", strings.Replace(whole, "    1", "*****", 1), 1, []string{"serial numbers that cannot be read, counted on: 1"}},
		{"serial of six digits", "ATOM 123456" + whole[11:] + "HETATM123457" + whole[12:], 2, []string{"atoms that stand twice in their residue, all kept: 1"}},
		{"byte order mark", "\xef\xbb\xbf" + whole, 1, nil},
		{"very long line", "REMARK" + strings.Repeat("x", 1<<20) + "\n" + whole, 1, nil},
		{"very long last line", whole + "REMARK" + strings.Repeat("x", 1<<20), 1, nil},
		{"CR alone", strings.ReplaceAll("TITLE     A\n"+whole+"TER\n"+whole, "\n", "\r"), 2, nil},
		{"CR LF and all others", whole[:len(whole)-1] + "\r\n" + "TER\r" + whole + "\rTER\n\r" + whole, 3, nil},
		{"CR alone, larger than the buffer", strings.Repeat(strings.Repeat("REMARK\r", 9999)+"\r\n", 9) + whole, 1, nil},
		{"hydrogens without a place", whole + hydrogens(whole, "     nan"), 1, []string{"atoms without coordinates or a name, left out: 3"}},
		{"an atom without a place", strings.Repeat(whole+"TER\n", 9) + line("ATOM", 1, " CA ", "ALA", "A", 1, "********", "C"), 9, []string{"atoms without coordinates or a name, left out: 1"}},
		{"a line without coordinates", strings.Repeat(whole+"TER\n", 9) + whole[:40] + "\nEND\n", 9, []string{"atoms without coordinates or a name, left out: 1"}},
		{"residue number that is none", strings.Replace(whole, "   1    ", "****    ", 1), 1, []string{"residue numbers that cannot be read, counted on: 1"}},
		{"model with a word", "MODEL  1  REFINED\n" + whole + "ENDMDL\nMODEL 2.000\n" + whole, 1, []string{"further models left out: 1"}},
		{"model that is a word", "MODEL        x\n" + whole, 1, []string{"model numbers that cannot be read, counted on: 1"}},
	}
	for _, tt := range tests {
		s, warnings := decodeOne(t, tt.file, Options{})
		if len(s.Atoms) != tt.atoms || strings.Join(warnings, "|") != strings.Join(tt.warnings, "|") {
			t.Errorf("%s: %d atoms, %q, want %d and %q", tt.name, len(s.Atoms), warnings, tt.atoms, tt.warnings)
		}
		if o := s.Atoms[len(s.Atoms)-1].Occupancy; tt.name == "last line without occupancy" && o != 1 {
			t.Errorf("occupancy %g, want 1", o)
		}
	}
}

// hydrogens are three of them, in the residue of an atom.
func hydrogens(atom, x string) string {
	var b strings.Builder
	for _, name := range []string{" HA ", " HB ", " H  "} {
		b.WriteString(line("ATOM", 1, name, "ALA", "A", 1, x, "H"))
	}
	return b.String()
}

// TestManyWaters has numbers as programs of molecular dynamics write them
// behind 9999.
func TestManyWaters(t *testing.T) {
	water := func(number string) string {
		var b strings.Builder
		for _, name := range []string{" O  ", " H1 "} {
			b.WriteString(strings.Replace(line("HETATM", 1, name, "SOL", "W", 1, "   1.000", name[1:2]), "   1    ", number+"    ", 1))
		}
		return b.String()
	}
	for _, tt := range []struct {
		name    string
		numbers string
		want    []int
	}{
		{"hexadecimal", "9998 9999 2710 2711 271a 2720", []int{9998, 9999, 10000, 10001, 10010, 10016}},
		{"hexadecimal from the middle", "2719 271a 271b 2720    1", []int{2719, 10010, 10011, 10016, 1}},
		{"hybrid-36", "9999 A000 A001", []int{9999, 10000, 10001}},
		{"decimal", "2709 2710 2711", []int{2709, 2710, 2711}},
		{"stars", "9998 9999 **** **** ****", []int{9998, 9999, 10000, 10001, 10002}},
		{"from 0 again", "9999    0    1", []int{9999, 0, 1}},
	} {
		var b strings.Builder
		for _, n := range regexp.MustCompile("....( |$)").FindAllString(tt.numbers, -1) {
			b.WriteString(water(n[:4]))
		}
		s, _ := decodeOne(t, b.String(), Options{})
		var got []int
		for i := 0; i < len(s.Atoms); i += 2 {
			if s.Atoms[i].Seq != s.Atoms[i+1].Seq {
				t.Errorf("%s: one water has numbers %d and %d", tt.name, s.Atoms[i].Seq, s.Atoms[i+1].Seq)
			}
			got = append(got, s.Atoms[i].Seq)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestChainColumns(t *testing.T) {
	tests := []struct{ columns, residue, chain string }{
		{"ALA A", "ALA", "A"},
		{"ALA  ", "ALA", ""},
		{" MGAA", "MG", "AA"},
		{"ALAAB", "ALA", "AB"},
		{"TIP3 ", "TIP3", ""},
		{"TIP3W", "TIP3", "W"},
		{"POPCM", "POPC", "M"},
		{"hem x", "hem", "x"},
	}
	for _, tt := range tests {
		l := line("ATOM", 1, " C1 ", "ALA", "A", 1, "   1.000", "C")
		s, _ := decodeOne(t, l[:17]+tt.columns+l[22:], Options{})
		if a := s.Atoms[0]; a.Residue != tt.residue || a.Chain != tt.chain {
			t.Errorf("%q: residue %q of chain %q, want %q and %q", tt.columns, a.Residue, a.Chain, tt.residue, tt.chain)
		}
	}
}

func TestHybrid36(t *testing.T) {
	// Values from the description of hybrid-36, http://cci.lbl.gov/hybrid_36/.
	tests := []struct {
		text string
		want int
	}{
		{"    1", 1},
		{"99999", 99999},
		{"A0000", 100000},
		{"A0001", 100001},
		{"ZZZZZ", 43770015},
		{"a0000", 43770016},
		{"zzzzz", 87440031},
		{"-9999", -9999},
		{"9999", 9999},
		{"A000", 10000},
		{"ZZZZ", 1223055},
		{"a000", 1223056},
		{"zzzz", 2436111},
		{"-999", -999},
	}
	for _, tt := range tests {
		got, ok := parseHybrid36([]byte(strings.TrimSpace(tt.text)), len(tt.text))
		if !ok || got != tt.want {
			t.Errorf("%q: %d, %t, want %d", tt.text, got, ok, tt.want)
		}
		dst := make([]byte, len(tt.text))
		if !formatHybrid36(dst, tt.want, true) || string(dst) != tt.text {
			t.Errorf("%d: %q, want %q", tt.want, dst, tt.text)
		}
	}
	for _, v := range []int{100000, -10000, 87440032} {
		if dst := make([]byte, 5); formatHybrid36(dst, v, false) {
			t.Errorf("%d: written as %q, want refusal", v, dst)
		}
	}
	for _, s := range []string{"Aa000", "A-000", "AA", "", "1A000"} {
		if v, ok := parseHybrid36([]byte(s), 5); ok {
			t.Errorf("%q: %d, want refusal", s, v)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(line("ATOM", 1, " CA ", "ALA", "A", 1, "   1.000", "C")))
	f.Add([]byte("MODEL        1\nHETATMA42PC MG    MGAA1601     -15.370   5.844 -58.511  1.00 44.55          MG\nENDMDL\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		models, _, err := Decode(bytes.NewReader(b), Options{AllModels: true, KeepAlternates: true})
		if err != nil {
			return
		}
		for _, m := range models {
			var out bytes.Buffer
			if Encode(&out, m, EncodeOptions{Hybrid36: true}) != nil {
				continue
			}
			again, _, err := Decode(&out, Options{KeepAlternates: true})
			if err != nil || len(again[0].Atoms) != len(m.Atoms) {
				t.Fatalf("decoded again: %v\n%s", err, out.Bytes())
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	file := unpacked(b, testdata.Shared(b, "assemblies/1aon.pdb.gz"))
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Decode(bytes.NewReader(file), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLibrary(t *testing.T) {
	for _, folder := range []string{"library/pdb_mixed", "library/alphafold_domains", "assemblies"} {
		dir := testdata.Shared(t, folder)
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		tried := 0
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".pdb.gz") && !strings.HasSuffix(e.Name(), ".ent.gz") {
				continue
			}
			tried++
			file := unpacked(t, filepath.Join(dir, e.Name()))
			models, warnings, err := Decode(bytes.NewReader(file), Options{AllModels: true, KeepAlternates: true})
			if err != nil {
				t.Errorf("%s: %v", e.Name(), err)
				continue
			}
			want := bytes.Count(file, []byte("\nATOM  ")) + bytes.Count(file, []byte("\nHETATM"))
			if bytes.HasPrefix(file, []byte("ATOM  ")) || bytes.HasPrefix(file, []byte("HETATM")) {
				want++
			}
			got := 0
			for _, m := range models {
				got += len(m.Atoms)
				for _, a := range m.Atoms {
					if a.Element == mol.Unknown && a.Residue != "UNX" {
						t.Errorf("%s: atom %d %q of %s has no element", e.Name(), a.Serial, a.Name, a.Residue)
					}
				}
			}
			if got != want {
				t.Errorf("%s: %d atoms, want %d", e.Name(), got, want)
			}
			if len(warnings) > 0 {
				t.Logf("%s: %q", e.Name(), warnings)
			}
		}
		if tried == 0 {
			t.Errorf("%s: no file was tried", folder)
		}
	}
}
