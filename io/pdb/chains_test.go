// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bytes"
	"maps"
	"strconv"
	"testing"

	"difffit/fitting/mol"
)

func chained(names ...string) *mol.Structure {
	s := &mol.Structure{Name: "s", Model: 1}
	for i, n := range names {
		s.Atoms = append(s.Atoms, mol.Atom{Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: n, Seq: i + 1})
	}
	return s
}

func TestShortChains(t *testing.T) {
	s := chained("A", "A2", "B", "AA", "")
	s.Secondary = []mol.Secondary{{Kind: mol.Helix, Chain: "A2", First: 1, Last: 2}}
	got, renamed := ShortChains(s)
	if want := map[string]string{"A2": "C", "AA": "D"}; !maps.Equal(renamed, want) {
		t.Errorf("renamed %v, want %v", renamed, want)
	}
	if got.Atoms[1].Chain != "C" || got.Atoms[2].Chain != "B" || got.Secondary[0].Chain != "C" || s.Atoms[1].Chain != "A2" || s.Secondary[0].Chain != "A2" {
		t.Errorf("chains %q, or the structure itself was changed", got.Chains())
	}
	if err := Encode(&bytes.Buffer{}, got, EncodeOptions{}); err != nil {
		t.Error(err)
	}
	if same, renamed := ShortChains(chained("A", "z", "9")); len(renamed) != 0 || len(same.Atoms) != 3 {
		t.Errorf("renamed %v where all names can stay", renamed)
	}
	var many []string
	for i := range 63 {
		many = append(many, "X"+strconv.Itoa(i))
	}
	got, renamed = ShortChains(chained(many...))
	if err := Encode(&bytes.Buffer{}, got, EncodeOptions{}); err == nil || renamed != nil {
		t.Errorf("63 chains in a PDB file: %v, want an error", err)
	}
}
