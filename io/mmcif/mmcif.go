// SPDX-License-Identifier: BSD-3-Clause

// Package mmcif reads and writes atomic structures as PDBx/mmCIF
// (https://mmcif.wwpdb.org), a dictionary on top of CIF 1.1
// (https://www.iucr.org/resources/cif/spec/version1.1/cifsyntax), and reads
// BinaryCIF 0.3 (https://github.com/molstar/BinaryCIF). It reads atom sites,
// models, the title, helices and strands; other categories it passes over.
// Files and compression are for io/load.
package mmcif

import (
	"fmt"

	"difffit/io/internal/site"
)

// Options say what of a file becomes part of the structures.
type Options = site.Options

// A FormatError reports that the input is not a valid mmCIF or BinaryCIF file.
type FormatError struct {
	Line   int    // of a text file, counted from 1; 0 if unknown
	Column int    // of a text file, in bytes, counted from 1
	Item   string // of a binary file: category or item, "" if unknown
	Row    int    // of a binary file, counted from 1; 0 if the whole item is at fault
	Msg    string
}

func (e *FormatError) Error() string {
	switch {
	case e.Line > 0:
		return fmt.Sprintf("mmcif: line %d, column %d: %s", e.Line, e.Column, e.Msg)
	case e.Row > 0:
		return fmt.Sprintf("mmcif: %s, row %d: %s", e.Item, e.Row, e.Msg)
	case e.Item != "":
		return fmt.Sprintf("mmcif: %s: %s", e.Item, e.Msg)
	}
	return "mmcif: " + e.Msg
}
