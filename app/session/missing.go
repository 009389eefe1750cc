// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
)

// A Locator is a Reader that knows where else an input may be.
type Locator interface {
	// Locate returns the path of the input with that SHA-256, "" if it is not known.
	Locate(sha256 string) string
}

// A Missing input is one that a session refers to and that cannot be had as
// it was: its file is not there, cannot be read, or has changed.
type Missing struct {
	Place           string // in the session: "map", "structures 2"
	document.Source        // where it was looked for, and what it must be
	Err             error
}

// Name returns the name of the file.
func (m Missing) Name() string { return filepath.Base(m.Path) }

// A MissingError has all inputs of a session that are missing.
type MissingError struct{ Inputs []Missing }

func (e *MissingError) Error() string {
	var lines []string
	for _, m := range e.Inputs {
		lines = append(lines, m.Err.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns why each of the inputs is missing.
func (e *MissingError) Unwrap() []error {
	var errs []error
	for _, m := range e.Inputs {
		errs = append(errs, m.Err)
	}
	return errs
}

func (e *MissingError) add(m *Missing) {
	if m != nil {
		e.Inputs = append(e.Inputs, *m)
	}
}

// Search looks for missing inputs in a file or in a folder and all folders in
// it, whatever the files are called now: length and SHA-256 tell. It returns
// the paths of those that it found by their SHA-256. Hidden folders are left
// out. What cannot be read is passed over.
func Search(ctx context.Context, where string, missing []Missing) (map[string]string, error) {
	found := map[string]string{}
	if _, err := os.Stat(where); err != nil {
		return found, err
	}
	wanted := map[int64]bool{}
	left := map[string]bool{}
	for _, m := range missing {
		wanted[m.Bytes] = true
		left[m.SHA256] = true
	}
	err := filepath.WalkDir(where, func(path string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return nil // one folder that is closed to us is no reason to end
		case e.IsDir() && path != where && strings.HasPrefix(e.Name(), "."):
			return filepath.SkipDir
		case len(left) == 0:
			return filepath.SkipAll
		}
		info, err := os.Stat(path) // follows links
		if err != nil || !info.Mode().IsRegular() || !wanted[info.Size()] {
			return nil // as above
		}
		sum, err := sumOf(ctx, path)
		if err == nil && left[sum] {
			delete(left, sum)
			found[sum] = path
		}
		return ctx.Err()
	})
	return found, err
}

// sumOf returns the SHA-256 of a file.
func sumOf(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if _, err := io.CopyN(h, f, 1<<24); errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		} else if err != nil {
			return "", err
		}
	}
}

// OpenFrom opens a session as Open does, and looks in folders for inputs that
// are not where they were. It tells where it found them.
func OpenFrom(ctx context.Context, path string, inputs Files, folders []string) (document.State, []string, error) {
	s, err := Open(ctx, path, inputs)
	var missing *MissingError
	if !errors.As(err, &missing) || len(folders) == 0 {
		return s, nil, err
	}
	var notes []string
	at := map[string]string{}
	for _, folder := range folders {
		found, err := Search(ctx, folder, missing.Inputs)
		if err != nil {
			return document.State{}, nil, fmt.Errorf("%s: %w", folder, err)
		}
		for _, m := range missing.Inputs {
			if p := found[m.SHA256]; p != "" && at[m.SHA256] == "" {
				at[m.SHA256] = p
				notes = append(notes, fmt.Sprintf("%s: found as %s", m.Name(), p))
			}
		}
	}
	inputs.At = at
	s, err = Open(ctx, path, inputs)
	return s, notes, err
}
