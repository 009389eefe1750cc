// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
	"difffit/io/fetch"
	"difffit/io/load"
)

// Files is the Reader of files on disk and of what is built in.
type Files struct {
	// BuiltIn returns the bytes of an input under DemoScheme; nil if there are none.
	BuiltIn func(name string) ([]byte, bool)
	// MaxVoxels is how many voxels a map may have; 0 leaves that to its reader.
	MaxVoxels int64
	// At tells where inputs are that are not where a session says, by their
	// SHA-256 (see Search).
	At map[string]string
}

// Locate returns where an input is that is not where a session says, "" if
// that is not known.
func (f Files) Locate(sha256 string) string { return f.At[sha256] }

// Map reads a density map.
func (f Files) Map(ctx context.Context, path string) (m *document.Map, err error) {
	err = f.onDisk(ctx, path, func(file string) error {
		v, err := load.Volume(file, load.Options{MaxVoxels: f.MaxVoxels})
		if err != nil {
			return err
		}
		m = &document.Map{Source: document.Source{Path: path, SHA256: v.SHA256}, Name: v.Name, Grid: v.Grid, Resolution: v.Resolution(), Notes: v.Warnings}
		id, entry, fault := fetch.Beside(file)
		if fault != nil { // the map can be used without it
			m.Notes = append(m.Notes, fault.Error())
		}
		m.Contour = entry.Level(id)
		m.Bytes, err = length(file)
		return err
	})
	return m, err
}

// Structures reads the first model of a structure file.
func (f Files) Structures(ctx context.Context, path string) (list []*document.Structure, err error) {
	err = f.onDisk(ctx, path, func(file string) error {
		s, err := load.Structure(file, load.StructureOptions{})
		if err != nil {
			return err
		}
		if len(s.Structure.Atoms) == 0 {
			return fmt.Errorf("%s: has no atoms", path)
		}
		t := &document.Structure{Source: document.Source{Path: path, SHA256: s.SHA256}, Model: s.Structure, Fit: true, Notes: s.Warnings}
		t.Bytes, err = length(file)
		list = []*document.Structure{t}
		return err
	})
	return list, err
}

func length(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// onDisk calls read with a file: path itself, or a copy of what is built in.
func (f Files) onDisk(ctx context.Context, path string, read func(string) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name, builtIn := strings.CutPrefix(path, document.DemoScheme)
	if !builtIn {
		return read(path)
	}
	var data []byte
	if f.BuiltIn != nil {
		data, builtIn = f.BuiltIn(name)
	}
	if !builtIn || data == nil {
		return fmt.Errorf("%s: %w", path, os.ErrNotExist)
	}
	folder, err := os.MkdirTemp("", "difffit-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, filepath.Base(name))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return err
	}
	return read(file)
}
