// SPDX-License-Identifier: BSD-3-Clause

package mol

import "fmt"

// A Residue is a run of atoms of one residue of a structure.
type Residue struct {
	Chain       string
	Name        string // component name: "ALA"
	Seq         int
	Insert      string
	First, Last int  // its atoms in Structure.Atoms: first included, last not
	Polymer     bool // it is part of a chain of amino acids or nucleotides
}

// String names the residue as people do: "ALA 12A".
func (r Residue) String() string { return fmt.Sprintf("%s %d%s", r.Name, r.Seq, r.Insert) }

// Residues returns the residues of a structure in the order of its atoms, but for
// waters. Residues that have several names by their alternate locations have the first.
func (s *Structure) Residues() []Residue {
	var list []Residue
	for i := range s.Atoms {
		a := &s.Atoms[i]
		if IsWater(a.Residue) {
			continue
		}
		k := len(list) - 1
		if k < 0 || list[k].Last != i || list[k].Chain != a.Chain || list[k].Seq != a.Seq || list[k].Insert != a.Insert || list[k].Name != a.Residue && a.Alt == "" {
			list = append(list, Residue{Chain: a.Chain, Name: a.Residue, Seq: a.Seq, Insert: a.Insert, First: i})
			k++
		}
		list[k].Last = i + 1
		list[k].Polymer = list[k].Polymer || isBackbone(a)
	}
	return list
}

// isBackbone tells the atoms that chains are drawn through, and that ions and
// ligands lack.
func isBackbone(a *Atom) bool {
	switch a.Name {
	case "CA":
		return a.Element == Carbon || a.Element == Unknown
	case "C3'", "C3*":
		return !a.Het || len(a.Residue) < 3
	}
	return false
}

// Center returns the atom that stands for the residue, as an index of the atoms
// of its structure: its Cα, else its P, else its first.
func (r Residue) Center(s *Structure) int {
	for _, name := range [2]string{"CA", "P"} {
		for i := r.First; i < r.Last; i++ {
			if s.Atoms[i].Name == name {
				return i
			}
		}
	}
	return r.First
}

// letters are the one-letter codes of amino acids (IUPAC-IUB, Eur. J. Biochem.
// 138, 9 (1984)), of some modified ones those of what they were, and of
// nucleotides.
var letters = map[string]byte{
	"ALA": 'A', "ARG": 'R', "ASN": 'N', "ASP": 'D', "CYS": 'C', "GLN": 'Q', "GLU": 'E', "GLY": 'G', "HIS": 'H', "ILE": 'I',
	"LEU": 'L', "LYS": 'K', "MET": 'M', "PHE": 'F', "PRO": 'P', "SER": 'S', "THR": 'T', "TRP": 'W', "TYR": 'Y', "VAL": 'V',
	"SEC": 'U', "PYL": 'O', "ASX": 'B', "GLX": 'Z',
	"MSE": 'M', "SEP": 'S', "TPO": 'T', "PTR": 'Y', "CSO": 'C', "HYP": 'P', "MLY": 'K', "HID": 'H', "HIE": 'H', "HIP": 'H', "CYX": 'C',
	"A": 'A', "C": 'C', "G": 'G', "U": 'U', "I": 'I', "DA": 'A', "DC": 'C', "DG": 'G', "DT": 'T', "DU": 'U', "T": 'T',
	"PSU": 'U', "5MU": 'U', "5MC": 'C', "OMG": 'G', "OMC": 'C', "OMU": 'U',
}

// Letter returns the one-letter code of the residue, 'X' for one of a polymer that
// has none, and '•' for what is none.
func (r Residue) Letter() rune {
	if c, ok := letters[r.Name]; ok {
		return rune(c)
	}
	if r.Polymer {
		return 'X'
	}
	return '•'
}
