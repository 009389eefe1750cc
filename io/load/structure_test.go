// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"difffit/internal/testdata"
	"difffit/io/mmcif"
	"difffit/io/pdb"
)

func TestStructure(t *testing.T) {
	tests := []struct {
		file, name string
		format     StructureFormat
		atoms      int
	}{
		{"1l2y.pdb.gz", "1l2y", PDB, 304},
		{"1l2y.cif.gz", "1l2y", MMCIF, 304},
		{"1l2y.bcif", "1l2y", BinaryCIF, 304},
		{"1gbt.bcif.gz", "1gbt", BinaryCIF, 0},
		{"odd_tokens.cif", "odd_tokens", MMCIF, 4},
		{"crlf.pdb", "crlf", PDB, 327},
		{"noChainNameTerRecords.pdb", "noChainNameTerRecords", PDB, 67},
		{"AF-A5YKK6-F1-model_v4.pdb.gz", "AF-A5YKK6-F1-model_v4", PDB, 18763},
	}
	for _, tt := range tests {
		path := testdata.Shared(t, "readers/structures/"+tt.file)
		var told []string
		s, err := Structure(path, StructureOptions{Warn: func(w string) { told = append(told, w) }})
		if err != nil {
			t.Errorf("%s: %v", tt.file, err)
			continue
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(file)
		if s.SHA256 != hex.EncodeToString(sum[:]) || s.Path != path {
			t.Errorf("%s: SHA-256 %s of %s", tt.file, s.SHA256, s.Path)
		}
		if s.Name != tt.name || s.Structure.Name != tt.name || s.Format != tt.format || len(s.Models) != 1 || s.Models[0] != s.Structure {
			t.Errorf("%s: name %q and %q, format %s, %d models", tt.file, s.Name, s.Structure.Name, s.Format, len(s.Models))
		}
		if n := len(s.Structure.Atoms); n != tt.atoms && tt.atoms != 0 || n == 0 {
			t.Errorf("%s: %d atoms, want %d", tt.file, n, tt.atoms)
		}
		if strings.Join(told, "|") != strings.Join(s.Warnings, "|") {
			t.Errorf("%s: told %q, want %q", tt.file, told, s.Warnings)
		}
	}
	s, err := Structure(testdata.Shared(t, "readers/structures/1l2y.bcif"), StructureOptions{AllModels: true})
	if err != nil || len(s.Models) != 38 || s.Models[37].Name != "1l2y" {
		t.Errorf("all models: %v, %v, want 38", s, err)
	}
}

func TestStructureErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(strings.Repeat("REMARK\n", 1000))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ path, want string }{
		{testdata.Shared(t, "readers/structures/no_atoms.pdb"), "pdb: no atoms: 3 lines, but none is a whole ATOM or HETATM record"},
		{testdata.Shared(t, "readers/structures/not_a_structure.pdb"), `pdb: not a PDB file: no line begins with the name of a record; the first text is "this is not a struct"`},
		{testdata.Shared(t, "readers/structures/1MOM_min.cif"), "mmcif: no atoms: none of 1 data blocks has rows of _atom_site"},
		{testdata.Shared(t, "xray/1cbs/1cbs_2fofc.ccp4.gz"), "is a density map, want a structure"},
		{filepath.Join(dir, "none.pdb"), "no such file or directory"},
		{dir, "is a folder, want a file"},
		{write("a.txt", "some text"), `is neither PDB, mmCIF nor BinaryCIF: it begins with "some text"`},
		{write("a.bcif", "no BinaryCIF"), "mmcif: not a BinaryCIF file: want a map"},
		{write("empty.pdb", ""), "pdb: the file is empty"},
		{write("empty.cif", ""), "mmcif: the file is empty"},
		{write("cut.pdb.gz", packed.String()[:packed.Len()-6]), "pdb: line 1001: unexpected EOF"},
	}
	for _, tt := range tests {
		_, err := Structure(tt.path, StructureOptions{})
		var read *ReadError
		if !errors.As(err, &read) || err.Error() != tt.path+": "+tt.want {
			t.Errorf("%v, want %s: %s", err, tt.path, tt.want)
		}
	}
}

// The content counts, not the name.
func TestStructureByContent(t *testing.T) {
	s, err := Structure(testdata.Shared(t, "readers/structures/1crn.pdb"), StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, tt := range []struct {
		name   string
		format StructureFormat
	}{{"a.pdb", MMCIF}, {"b.cif.gz", PDB}, {"c", PDB}} {
		path := filepath.Join(dir, tt.name)
		if tt.format == PDB {
			err = pdb.WriteFile(path, s.Structure, pdb.EncodeOptions{})
		} else {
			err = mmcif.WriteFile(path, "a", s.Structure)
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := Structure(path, StructureOptions{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if again.Format != tt.format || len(again.Structure.Atoms) != 327 {
			t.Errorf("%s: %s with %d atoms, want %s with 327", tt.name, again.Format, len(again.Structure.Atoms), tt.format)
		}
	}
}
