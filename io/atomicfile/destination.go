// SPDX-License-Identifier: BSD-3-Clause

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A destination is where a file goes.
type destination struct {
	path    string      // no symbolic link, unless it is written through
	mode    fs.FileMode // of the file that is there, 0 if there is none
	through bool        // written to as it is
}

// find looks at what has a name already.
func find(path string) (destination, error) {
	info, err := os.Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return destination{}, err
	}
	if err == nil && info.IsDir() {
		return destination{}, errors.New("is a folder, want a file")
	}
	end, open, linkErr := follow(path)
	switch {
	case err == nil && (open || !info.Mode().IsRegular()):
		return destination{path: path, through: true}, nil
	case linkErr != nil:
		return destination{}, linkErr
	case err != nil:
		return destination{path: end}, nil
	}
	return destination{path: end, mode: info.Mode().Perm()}, nil
}

// mostLinks is how many links to links are followed, as Linux does it.
const mostLinks = 40

// follow returns where symbolic links lead, to a file that may not exist yet,
// and whether they lead to an open descriptor of a process.
func follow(path string) (end string, open bool, err error) {
	for range mostLinks {
		dir, _ := filepath.Split(path)
		if dir == "" {
			dir = "."
		}
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			return "", false, err
		}
		open = open || dir == "/dev" || strings.HasPrefix(dir, "/proc/")
		to, err := os.Readlink(path)
		if err != nil { // it is no link, or there is nothing
			return path, open, nil
		}
		if !filepath.IsAbs(to) {
			to = dir + string(filepath.Separator) + to // Join would take "link/.." away
		}
		path = to
	}
	return "", false, errors.New("is a link to too many links")
}
