// SPDX-License-Identifier: BSD-3-Clause

package site

import "difffit/fitting/mol"

// Residues calls yield with the bounds of each residue: a run of atoms of one
// chain, number, insertion code and name.
func Residues(atoms []mol.Atom, yield func(start, end int)) {
	start := 0
	for i := 1; i <= len(atoms); i++ {
		if i == len(atoms) || !SameResidue(&atoms[i], &atoms[start]) {
			yield(start, i)
			start = i
		}
	}
}

// SameResidue reports whether two neighbouring atoms belong to one residue.
// Alternative residues at one position count as one.
func SameResidue(a, b *mol.Atom) bool {
	return a.Seq == b.Seq && a.Insert == b.Insert && a.Chain == b.Chain && a.LabelAsym == b.LabelAsym &&
		(a.Residue == b.Residue || a.Alt != "" && b.Alt != "")
}

// InPolymer reports whether a residue is a link of a chain: its atoms are
// ATOM records, or it has the backbone of an amino acid or of a nucleotide, as
// modified residues have, which are HETATM records (MSE).
func InPolymer(residue []mol.Atom) bool {
	backbone := 0
	for i := range residue {
		if !residue[i].Het {
			return !mol.IsWater(residue[i].Residue)
		}
		switch residue[i].Name {
		case "N", "CA", "C", "P", "C4'", "O3'":
			backbone++
		}
	}
	return backbone >= 3
}
