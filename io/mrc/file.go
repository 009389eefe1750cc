// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"compress/gzip"
	"io"

	"difffit/fitting/volume"
	"difffit/io/atomicfile"
)

// WriteFile writes g to a file, packed if its name ends in ".gz". The file
// appears when it is complete: until then what was there before stays.
func WriteFile(path string, g *volume.Grid, o WriteOptions) error {
	// Densities hardly get smaller with more than the best speed.
	return atomicfile.WritePacked(path, gzip.BestSpeed, func(w io.Writer) error { return Encode(w, g, o) })
}
