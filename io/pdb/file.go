// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"compress/gzip"
	"io"

	"difffit/fitting/mol"
	"difffit/io/atomicfile"
)

// WriteFile writes one structure to a file, packed if its name ends in
// ".gz". The file appears when it is complete.
func WriteFile(path string, s *mol.Structure, o EncodeOptions) error {
	return atomicfile.WritePacked(path, gzip.DefaultCompression, func(w io.Writer) error { return Encode(w, s, o) })
}
