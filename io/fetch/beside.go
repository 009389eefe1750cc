// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"difffit/fitting/volume"
)

// entryMap is the name of a map of EMDB, as the archive and the cache have it.
var entryMap = regexp.MustCompile(`^emd_([0-9]{4,6})\.map(?:\.gz)?$`)

// Beside returns the entry of EMDB that a map on disk belongs to by its name, and
// what its header says, if that lies where the cache has it, beside the map, or
// where the archive has it, in the folder header beside that of the map. Without
// one it is nil. Nobody is asked for anything.
func Beside(path string) (ID, *Entry, error) {
	m := entryMap.FindStringSubmatch(filepath.Base(path))
	if m == nil {
		return ID{}, nil, nil
	}
	id, folder := ID{EMDB, m[1]}, filepath.Dir(path)
	for _, at := range []string{folder, filepath.Join(filepath.Dir(folder), "header")} {
		name := filepath.Join(at, headerFile(id))
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return id, nil, fmt.Errorf("fetch: header: %w", err)
		}
		entry, err := decodeHeader(f)
		_ = f.Close()
		if err != nil {
			return id, nil, fmt.Errorf("fetch: %s: %w", name, err)
		}
		return id, entry, nil
	}
	return id, nil, nil
}

// headerFile is the name of the header of an entry.
func headerFile(id ID) string { return "emd-" + id.Name + ".xml" }

// Level returns the recommended contour level in words, nil if there is none.
func (e *Entry) Level(id ID) *volume.Level {
	if e == nil || e.Contour == nil {
		return nil
	}
	return &volume.Level{Value: *e.Contour, Rule: fmt.Sprintf("recommended by the authors of %v", id)}
}
