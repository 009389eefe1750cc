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
	"strings"

	"difffit/app/export"
	"difffit/io/atomicfile"
	"difffit/io/folder"
	"difffit/io/script"
)

// destination is where the files of a run go.
type destination struct {
	folder *folder.Folder // nil for none
	out    string         // its path as it was given
	json   string         // "" for none, "-" for standard output
	inputs []string
	files  []madeFile
	faults []error // files that could not be made

	originals map[string]string // by path: files that inputs were unpacked to
}

// madeFile is a finished file.
type madeFile struct {
	Path   string `json:"path"` // within the folder
	SHA256 string `json:"sha256"`
}

const manifestFile = "manifest.json"

// newDestination finds out that the places can be written to, before any work
// is done for them, and that no input is lost by it; sure are the names of
// files that the folder will have whatever is found.
func newDestination(out, json string, inputs []string, sure ...string) (*destination, error) {
	d := &destination{out: out, json: json, inputs: inputs}
	if err := checkJSON(json, inputs); err != nil || out == "" {
		return d, err
	}
	for _, name := range sure {
		if err := notInput("--out", filepath.Join(out, name), inputs...); err != nil {
			return nil, err
		}
	}
	if info, err := os.Stat(out); err == nil && !info.IsDir() {
		return nil, usagef("--out %s: is a file, want a folder", out)
	}
	var err error
	if d.folder, err = folder.Open(out); err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	return d, nil
}

// checkJSON finds out that a file for JSON can be written, and is no input.
func checkJSON(json string, inputs []string) error {
	if json == "" || json == "-" {
		return nil
	}
	if err := notInput("--json", json, inputs...); err != nil {
		return err
	}
	dir := filepath.Dir(json)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return usagef("--json %s: there is no folder %s", json, dir)
	}
	info, err := os.Stat(json)
	switch {
	case err == nil && info.IsDir():
		return usagef("--json %s: is a folder, want a file", json)
	case err == nil && !info.Mode().IsRegular(): // written to as it is
		return nil
	}
	if err := atomicfile.Try(json); err != nil {
		return fmt.Errorf("--json: %w", err)
	}
	return nil
}

// add makes a file of the folder. A file that cannot be made does not keep the
// others from being made. One that would be put over an input gets another name.
func (d *destination) add(name string, write func(io.Writer) error) {
	if err := notInput("file", filepath.Join(d.out, name), d.inputs...); err != nil {
		ext := filepath.Ext(name)
		name = folder.Free(strings.TrimSuffix(name, ext), ext, func(s string) bool {
			_, err := os.Lstat(filepath.Join(d.out, s))
			return err == nil || d.folder.Has(s)
		})
		d.faults = append(d.faults, fmt.Errorf("%w: it is %s instead", err, name))
	}
	sum := sha256.New()
	if err := d.folder.Add(name, func(w io.Writer) error { return write(io.MultiWriter(w, sum)) }); err != nil {
		d.faults = append(d.faults, err)
		return
	}
	d.files = append(d.files, madeFile{name, hex.EncodeToString(sum.Sum(nil))})
}

// original returns the path of an input as ChimeraX opens it. What ChimeraX
// cannot open, because it is packed or because of its name, is written into the
// folder, once, under a name of its own that begins with original_.
func (d *destination) original(path, name, ending string, write func(io.Writer) error) string {
	if script.Opens(path) {
		return path
	}
	if d.originals == nil {
		d.originals = map[string]string{}
	}
	if d.originals[path] == "" {
		file := folder.Free("original_"+export.FileName(name), ending, d.folder.Has)
		d.add(file, write)
		d.originals[path] = file
	}
	return filepath.Join(d.out, d.originals[path])
}

// discard removes what was not published.
func (d *destination) discard() {
	if d.folder != nil {
		_ = d.folder.Close()
	}
}

// A delivery is what a run has to tell.
type delivery struct {
	json  func(io.Writer) error
	print func() error         // for a person
	fill  func(d *destination) // makes the files of --out
}

// deliver writes the files that are asked for, and prints a result, or writes
// it as JSON. The files come first, and what cannot be written keeps nothing
// else from being written.
func (d *destination) deliver(out io.Writer, r delivery) error {
	var faults []error
	if d.folder != nil {
		r.fill(d)
		for _, err := range append(d.faults, d.folder.Publish(manifestFile)) {
			if err != nil {
				faults = append(faults, fmt.Errorf("--out %s: %w", d.out, err))
			}
		}
	}
	if d.json != "" && d.json != "-" {
		if err := atomicfile.Write(d.json, r.json); err != nil {
			faults = append(faults, fmt.Errorf("--json: %w", err))
		}
	}
	if d.json == "-" {
		faults = append(faults, r.json(out))
	} else {
		faults = append(faults, r.print())
	}
	return errors.Join(faults...)
}
