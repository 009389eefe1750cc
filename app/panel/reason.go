// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"
	"strings"
)

// ownPackages begin the errors of packages of this program: who reads the window
// knows files and what they asked for, but no packages.
var ownPackages = []string{
	"atomicfile", "compose", "cpu", "cuda", "document", "export", "fetch", "filedialog", "filelock", "fitting", "geom", "handover",
	"load", "mmcif", "mol", "mrc", "palette", "pdb", "rank", "render", "report", "script", "search", "session", "shape", "surface",
	"symmetry", "table", "view", "viewport", "volume", "work",
}

// Reason tells what is wrong in the words of an error, without the names of
// packages that they have for those who mend it.
func Reason(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		parts := strings.Split(line, ": ")
		kept := slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return slices.Contains(ownPackages, p) })
		if len(kept) > 0 {
			lines[i] = strings.Join(kept, ": ")
		}
	}
	return strings.Join(lines, "\n")
}
