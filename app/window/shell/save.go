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

// UnlessThere writes a file; where there is one already it asks first. What the
// session was read from is never replaced: the session would be lost with it.
func (sh *Shell) UnlessThere(path string, write func()) {
	info, err := os.Stat(path)
	if err != nil {
		write()
		return
	}
	for _, input := range sh.inputPaths() {
		if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
			sh.Fail("Nothing was saved", fmt.Errorf("%s: is open here as an input, and this session needs it as it is; choose another name", path))
			return
		}
	}
	sh.Confirm("Replace the file?", path+" is there already.", "Replace", write)
}

// inputPaths returns the files that the session refers to.
func (sh *Shell) inputPaths() []string {
	s := sh.Doc.State()
	var paths []string
	if s.Map != nil {
		paths = append(paths, s.Map.Path)
	}
	for _, t := range s.Structures {
		paths = append(paths, t.Path)
	}
	return paths
}

// WriteFile writes a file beside path and then gives it that name.
func WriteFile(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close() // again, which does no harm
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
