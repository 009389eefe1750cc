// SPDX-License-Identifier: BSD-3-Clause

package site

import (
	"strings"

	"difffit/fitting/mol"
)

// organic are the residues made of H, C, N, O, S and P alone, so that the
// first letter of an atom's name is its element. Cα of alanine is not calcium.
var organic = set("ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL " +
	"ASX GLX UNK PYL HID HIE HIP HSD HSE HSP CYX ACE NME NH2 PCA SEP TPO PTR HYP " +
	"A C G U I N DA DC DG DT DU DI ADE CYT GUA URA THY " +
	"HOH WAT DOD H2O NAG BMA MAN FUC GAL GLC SIA SO4 PO4 GOL EDO ATP ADP GTP GDP AMP HEC")

// twoLetters are elements of two letters that begin the names of atoms in
// other residues often enough to be believed without the columns of a PDB file.
var twoLetters = set("CL BR FE ZN MG MN CU NI SE LI AL SI RU")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Columns tell where a name stands in the four name columns of a PDB file. By
// that format's rule elements of two letters begin in the first of them.
type Columns int

// Places of a name.
const (
	NoColumns Columns = iota // the file has no columns
	Leading                  // begins in the first column
	Indented                 // begins in a later column
)

// GuessElement returns the element of an atom from its name, as files
// without (valid) elements need it.
//
// An atom named like its residue is an ion. In residues known to be organic
// the first letter counts. Else a leading name of two valid letters is an
// element of two letters, unless it fills all columns and begins with H, as
// hydrogens do (HG11).
func GuessElement(name, residue string, columns Columns) mol.Element {
	upper := strings.ToUpper(strings.Trim(name, "+-0123456789'*\""))
	if upper == "" {
		return mol.Unknown
	}
	if strings.EqualFold(strings.TrimRight(residue, "+-0123456789"), upper) && len(upper) <= 2 {
		if e, ok := mol.ParseElement(upper); ok {
			return e
		}
	}
	if strings.EqualFold(residue, "MSE") && upper == "SE" {
		return 34
	}
	first, _ := mol.ParseElement(upper[:1])
	if organic[strings.ToUpper(residue)] {
		return first
	}
	letters := 0
	for letters < len(upper) && 'A' <= upper[letters] && upper[letters] <= 'Z' {
		letters++
	}
	isHydrogen := len(name) >= 4 && first == mol.Hydrogen
	if letters >= 2 && !isHydrogen && name[0] >= 'A' {
		if columns == Leading || columns == NoColumns && letters == 2 && twoLetters[upper[:2]] {
			if e, ok := mol.ParseElement(upper[:2]); ok {
				return e
			}
		}
	}
	return first
}
