// SPDX-License-Identifier: BSD-3-Clause

// Package pdb reads and writes atomic structures in the PDB format, version
// 3.3 (https://www.wwpdb.org/documentation/file-format), with what programs
// add to it: hybrid-36 numbers and chain names of two letters. It reads
// atoms, models, the title, helices and sheets; bonds, symmetry and the rest
// of the header it does not know. Files and compression are for io/load.
package pdb

import (
	"fmt"

	"difffit/io/internal/site"
)

// Options say what of a file becomes part of the structures.
type Options = site.Options

// A FormatError reports that the input is not a valid PDB file.
type FormatError struct {
	Line   int // counted from 1; 0 if the fault is in the file as a whole
	Column int // counted from 1; 0 if the fault is in the line as a whole
	Msg    string
}

func (e *FormatError) Error() string {
	switch {
	case e.Line == 0:
		return "pdb: " + e.Msg
	case e.Column == 0:
		return fmt.Sprintf("pdb: line %d: %s", e.Line, e.Msg)
	}
	return fmt.Sprintf("pdb: line %d, column %d: %s", e.Line, e.Column, e.Msg)
}

// A field is a range of columns, counted from 1 as in the tables of the
// format, the last included.
type field struct{ first, last int }

// Fields of ATOM and HETATM.
var (
	fieldSerial    = field{7, 11}
	fieldName      = field{13, 16}
	fieldAlt       = field{17, 17}
	fieldResidue   = field{18, 20}
	fieldChain     = field{21, 22} // 22 alone in the standard; 21 too for names of two letters
	fieldSeq       = field{23, 26}
	fieldInsert    = field{27, 27}
	fieldX         = field{31, 38}
	fieldY         = field{39, 46}
	fieldZ         = field{47, 54}
	fieldOccupancy = field{55, 60}
	fieldB         = field{61, 66}
	fieldElement   = field{77, 78}
	fieldCharge    = field{79, 80}
)

// of returns the field of a line without the blanks around it; empty if the
// line ends before it.
func (f field) of(line []byte) []byte {
	first, last := f.first-1, f.last
	if last > len(line) {
		last = len(line)
	}
	for first < last && line[first] == ' ' {
		first++
	}
	for first < last && line[last-1] == ' ' {
		last--
	}
	if first >= last {
		return nil
	}
	return line[first:last]
}
