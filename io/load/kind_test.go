// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"slices"
	"testing"
)

func TestKinds(t *testing.T) {
	tests := []struct {
		path    string
		kind    Kind // read
		written Kind
		format  StructureFormat // written
	}{
		{"a.mrc", DensityMap, DensityMap, ""},
		{"maps/emd_1.MAP.gz", DensityMap, DensityMap, ""},
		{"emd_1.map.bz2", DensityMap, Other, ""},
		{"a.ccp", DensityMap, Other, ""},
		{"a.rec", DensityMap, Other, ""},
		{"a.pdb", AtomicStructure, AtomicStructure, PDB},
		{"a.ENT.gz", AtomicStructure, AtomicStructure, PDB},
		{"a.cif.GZ", AtomicStructure, AtomicStructure, MMCIF},
		{"a.mmcif", AtomicStructure, AtomicStructure, MMCIF},
		{"a.pdbx", AtomicStructure, Other, ""},
		{"b/a.bcif", AtomicStructure, Other, ""},
		{"a.cif.bz2", AtomicStructure, Other, ""},
		{"a.pdb/b", Other, Other, ""},
		{"pdb", Other, Other, ""},
		{"a.tsv", Other, Other, ""},
		{"a.gz", Other, Other, ""},
		{"", Other, Other, ""},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			if got := KindOf(tt.path); got != tt.kind {
				t.Errorf("read as %q, want %q", got, tt.kind)
			}
			if kind, format := Written(tt.path); kind != tt.written || format != tt.format {
				t.Errorf("written as %q in %q, want %q in %q", kind, format, tt.written, tt.format)
			}
		})
	}
}

// Every ending that is listed is read, and taken away from names.
func TestEndings(t *testing.T) {
	for _, kind := range []Kind{DensityMap, AtomicStructure} {
		for _, e := range Endings(kind) {
			for _, packed := range append(Packings(), "") {
				if path := "x" + e + packed; KindOf(path) != kind || Name(path) != "x" {
					t.Errorf("%s is %q with the name %q, want %q with the name x", path, KindOf(path), Name(path), kind)
				}
			}
		}
		for _, e := range WrittenEndings(kind) {
			if got, _ := Written("x" + e + ".gz"); got != kind || !slices.Contains(Endings(kind), e) {
				t.Errorf("%s is written as %q, want %q, and read again", e, got, kind)
			}
		}
	}
	if got, want := Patterns(AtomicStructure), "*.pdb, *.ent, *.cif, *.mmcif, *.pdbx or *.bcif, also with .gz or .bz2"; got != want {
		t.Errorf("patterns %q, want %q", got, want)
	}
}
