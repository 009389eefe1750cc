// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"

	"difffit/fitting/volume"
)

// WriteFile writes g to a file, packed if its name ends in ".gz". The file
// appears when it is complete: until then what was there before stays.
func WriteFile(path string, g *volume.Grid, o WriteOptions) error {
	return replaceFile(path, func(w io.Writer) error {
		if !strings.EqualFold(filepath.Ext(path), ".gz") {
			return Encode(w, g, o)
		}
		z, err := gzip.NewWriterLevel(w, gzip.BestSpeed) // densities hardly get smaller with more
		if err != nil {
			return err
		}
		if err := Encode(z, g, o); err != nil {
			return err
		}
		return z.Close()
	})
}

// replaceFile lets write fill a temporary file beside path, and then gives it
// that name.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	dir, base := filepath.Split(path)
	if dir == "" {
		dir = "." // and not the folder for temporary files
	}
	f, err := os.CreateTemp(dir, "."+base+".*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
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
