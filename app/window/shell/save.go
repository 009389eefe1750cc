// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Expand replaces a leading ~ by the home folder.
func Expand(path string) string {
	path = strings.TrimSpace(path)
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// UnlessThere writes files; where there are some already it asks first. What the
// session was read from is never replaced: the session would be lost with it.
func (sh *Shell) UnlessThere(write func(), paths ...string) {
	var there []string
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			continue
		}
		there = append(there, path)
		if sh.isInput(path) {
			return
		}
	}
	switch n := len(there); n {
	case 0:
		write()
	case 1:
		sh.Confirm("Replace the file?", there[0]+" is there already.", "Replace", write)
	default:
		sh.Confirm("Replace the files?", fmt.Sprintf("%d files are there already: %s to %s.", n, there[0], filepath.Base(there[n-1])), "Replace", write)
	}
}

// isInput tells whether a file is open as an input, and then says that nothing
// is written over it.
func (sh *Shell) isInput(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, input := range sh.Doc.State().Sources() {
		if other, err := os.Stat(input.Path); err == nil && os.SameFile(info, other) {
			sh.Fail("Nothing was saved", fmt.Errorf("%s: is open here as an input, and this session needs it as it is; choose another name", path))
			return true
		}
	}
	return false
}

// WithEnding writes a file that was asked about already, unless its name lacks
// the ending: then that of another file is meant.
func (sh *Shell) WithEnding(path, ending string, ended bool, write func(path string)) {
	if ended {
		write(path)
		return
	}
	path += ending
	sh.UnlessThere(func() { write(path) }, path)
}
