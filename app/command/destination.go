// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"difffit/app/export"
	"difffit/io/atomicfile"
	"difffit/io/script"
)

// destination is where the files of a run go. Files of the folder are made in
// a temporary folder beside it and moved into it one by one when all are
// complete, so that no file is ever seen half written.
type destination struct {
	folder string // "" for none
	json   string // "" for none, "-" for standard output
	temp   string // temporary folder beside folder
	inputs []string
	files  []madeFile

	originals map[string]string // by path: files that inputs were unpacked to
}

// madeFile is a finished file in the temporary folder.
type madeFile struct {
	Path   string `json:"path"` // within the folder
	SHA256 string `json:"sha256"`
}

// newDestination finds out that the places can be written to, before any work
// is done for them, and that no input is lost by it; sure are the names of
// files that the folder will have whatever is found.
func newDestination(folder, json string, inputs []string, sure ...string) (*destination, error) {
	d := &destination{folder: folder, json: json, inputs: inputs}
	if err := notInput("--json", json, inputs...); err != nil {
		return nil, err
	}
	if json != "" && json != "-" {
		if info, err := os.Stat(filepath.Dir(json)); err != nil || !info.IsDir() {
			return nil, usagef("--json %s: there is no folder %s", json, filepath.Dir(json))
		}
		if info, err := os.Stat(json); err == nil && info.IsDir() {
			return nil, usagef("--json %s: is a folder, want a file", json)
		}
	}
	if folder == "" {
		return d, nil
	}
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return nil, usagef("--out %s: is a file, want a folder", folder)
	}
	for _, name := range sure {
		if err := notInput("--out", filepath.Join(folder, name), inputs...); err != nil {
			return nil, err
		}
	}
	clean := filepath.Clean(folder)
	if err := os.MkdirAll(filepath.Dir(clean), 0o755); err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(clean), "."+filepath.Base(clean)+".part-")
	if err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	d.temp = temp
	return d, nil
}

// add makes a file of the folder.
func (d *destination) add(name string, write func(io.Writer) error) error {
	if err := notInput("file", filepath.Join(d.folder, name), d.inputs...); err != nil {
		return err
	}
	sum := sha256.New()
	err := atomicfile.Write(filepath.Join(d.temp, name), func(w io.Writer) error { return write(io.MultiWriter(w, sum)) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, errors.Unwrap(err)) // without the temporary folder
	}
	d.files = append(d.files, madeFile{name, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// original returns the path of an input as ChimeraX opens it. What ChimeraX
// cannot open, because it is packed, is written into the folder, once, under a
// name of its own that begins with original_.
func (d *destination) original(path, name, ending string, write func(io.Writer) error) (string, error) {
	if script.Opens(path) {
		return path, nil
	}
	if d.originals == nil {
		d.originals = map[string]string{}
	}
	if d.originals[path] == "" {
		file := export.Free("original_"+export.FileName(name), ending, func(f string) bool {
			return slices.ContainsFunc(d.files, func(m madeFile) bool { return m.Path == f })
		})
		if err := d.add(file, write); err != nil {
			return "", err
		}
		d.originals[path] = file
	}
	return filepath.Join(d.folder, d.originals[path]), nil
}

// publish moves the finished files into the folder. Files of other names that
// are there stay as they are.
func (d *destination) publish() error {
	if err := os.MkdirAll(d.folder, 0o755); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	for _, f := range d.files {
		if err := atomicfile.Move(filepath.Join(d.temp, f.Path), filepath.Join(d.folder, f.Path)); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
	}
	return nil
}

// discard removes the temporary folder.
func (d *destination) discard() {
	if d.temp != "" {
		_ = os.RemoveAll(d.temp) // what is left in it is of no use to anybody
	}
}

// A delivery is what a run has to tell.
type delivery struct {
	json  func(io.Writer) error
	print func() error               // for a person
	fill  func(d *destination) error // makes the files of --out
}

// deliver prints a result, or writes it as JSON, and writes the files that are
// asked for.
func (d *destination) deliver(out io.Writer, r delivery) error {
	if d.json == "-" {
		if err := r.json(out); err != nil {
			return err
		}
	} else if err := r.print(); err != nil {
		return err
	}
	if d.json != "" && d.json != "-" {
		if err := atomicfile.Write(d.json, r.json); err != nil {
			return fmt.Errorf("--json: %w", err)
		}
	}
	if d.folder == "" {
		return nil
	}
	if err := r.fill(d); err != nil {
		return fmt.Errorf("--out %s: %w", d.folder, err)
	}
	return d.publish()
}
