// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// structurePaths returns the files that args stand for: files as they are, of
// a folder the structures in it, in order of their names.
func structurePaths(args []string) ([]string, error) {
	var paths []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			if len(args) > 1 { // counted with those that cannot be read
				paths = append(paths, arg)
				continue
			}
			return nil, &inputError{arg, err}
		}
		if !info.IsDir() {
			paths = append(paths, arg)
			continue
		}
		entries, err := os.ReadDir(arg) // sorted
		if err != nil {
			return nil, &inputError{arg, err}
		}
		before := len(paths)
		for _, e := range entries {
			if !e.IsDir() && load.KindOf(e.Name()) == load.AtomicStructure {
				paths = append(paths, filepath.Join(arg, e.Name()))
			}
		}
		if len(paths) == before {
			return nil, &inputError{arg, fmt.Errorf("no structures in this folder (want %s)", load.Patterns(load.AtomicStructure))}
		}
	}
	return paths, nil
}

// isMap tells by its ending whether a file is a density map.
func isMap(path string) bool { return load.KindOf(path) == load.DensityMap }

// wantMap reports a path, given with an option, that cannot be that of a map.
func wantMap(option, path string) error {
	if path == "" {
		return usagef("%s is missing", option)
	}
	if kind, _ := load.Written(path); kind != load.DensityMap {
		return usagef("%s %s: want a name that ends in %s, also with .gz", option, path, strings.Join(load.WrittenEndings(load.DensityMap), ", "))
	}
	return nil
}

// isWritableStructure tells by its ending whether a structure can be written so.
func isWritableStructure(path string) bool {
	kind, _ := load.Written(path)
	return kind == load.AtomicStructure
}

// warner is told what was odd about a file.
type warner func(format string, args ...any)

func (w warner) of(path string) func(string) {
	return func(fault string) { w("%s: %s", path, fault) }
}

// readMap reads a density map.
func readMap(path string, warn warner) (*load.VolumeFile, error) {
	v, err := load.Volume(path, load.Options{Warn: warn.of(path)})
	if err != nil {
		return nil, &inputError{path, err}
	}
	return v, nil
}

// readStructure reads the first model of a structure.
func readStructure(path string, warn warner) (*load.StructureFile, error) {
	s, err := load.Structure(path, load.StructureOptions{Warn: warn.of(path)})
	if err != nil {
		return nil, &inputError{path, err}
	}
	return s, nil
}

// writeMap writes a map, packed if its name ends in .gz, with labels.
func writeMap(path string, g *volume.Grid, labels ...string) error {
	return mrc.WriteFile(path, g, mrc.WriteOptions{Labels: labels})
}

// writeStructure writes a structure in the format that the ending says.
func writeStructure(path string, s *mol.Structure) error {
	if _, format := load.Written(path); format == load.PDB {
		return pdb.WriteFile(path, s, pdb.EncodeOptions{})
	}
	return mmcif.WriteFile(path, s.Name, s)
}
