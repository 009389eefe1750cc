// SPDX-License-Identifier: BSD-3-Clause

// Package atomicfile writes files that are there whole or not at all. It does
// not know what is in them.
package atomicfile

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Write lets fill write into a temporary file beside path and then gives it
// that name, so that what was there before stays until the new content is
// safe. The content is packed if path ends in ".gz".
func Write(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Join(filepath.Dir(path), "."), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = pack(f, path, fill); err != nil {
		return err
	}
	mode := os.FileMode(0o644) // CreateTemp makes it private
	if info, e := os.Stat(path); e == nil {
		mode = info.Mode().Perm()
	}
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func pack(w io.Writer, path string, fill func(io.Writer) error) error {
	if !strings.EqualFold(filepath.Ext(path), ".gz") {
		return fill(w)
	}
	z := gzip.NewWriter(w)
	if err := fill(z); err != nil {
		return err
	}
	return z.Close()
}
