// SPDX-License-Identifier: BSD-3-Clause

package script

import (
	"path/filepath"
	"slices"
	"strings"
)

// Endings of files that ChimeraX opens as they are, and of those that it opens
// packed too (its user guide, command open: "+ compressed").
var (
	opens       = []string{".cif", ".mmcif", ".pdb", ".ent", ".mrc", ".map", ".ccp4", ".rec"}
	opensPacked = []string{".pdb", ".ent"}
)

// Opens tells whether ChimeraX opens a file of that path from a scene. Others
// are to be written anew, unpacked and under another name, for a scene.
func Opens(path string) bool {
	if _, err := quote(path); err != nil {
		return false
	}
	name := strings.ToLower(filepath.Base(path))
	for _, packed := range []string{".gz", ".bz2"} {
		if rest, ok := strings.CutSuffix(name, packed); ok {
			return slices.Contains(opensPacked, filepath.Ext(rest))
		}
	}
	return slices.Contains(opens, filepath.Ext(name))
}
