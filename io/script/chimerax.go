// SPDX-License-Identifier: BSD-3-Clause

// Package script writes scripts that rebuild a scene in other programs. They
// open files by their paths and place them; nothing is copied.
package script

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"difffit/fitting/geom"
)

// A Scene is a map at a contour level with structures placed in it.
type Scene struct {
	Folder string  // where the script lies; "" if that is not known
	Map    string  // path of the map; "" for none
	Level  float64 // contour level, in the units of the map
	Placed []Placed
}

// Placed is a structure at a place.
type Placed struct {
	Path   string
	Name   string // shown in the model list; "" leaves the file's name
	Motion geom.Rigid
	Hidden bool // opened but not shown
}

// ChimeraX writes the scene as a ChimeraX command file (.cxc). Models get
// numbers from 1 in an empty session: the map first, then the structures.
// Files in the folder of the script are written as seen from there, for
// ChimeraX runs a script in its folder: they can be moved together. Other paths
// are absolute.
func ChimeraX(w io.Writer, s Scene) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# Written by DiffFit. Open in an empty ChimeraX session: models are numbered from 1.")
	model := 0
	open := func(path string) error {
		seen, err := s.seen(path)
		if err != nil {
			return fmt.Errorf("script: %s: %w", path, err)
		}
		quoted, err := quote(seen)
		if err != nil {
			return err
		}
		model++
		fmt.Fprintf(out, "open %s\n", quoted)
		return nil
	}
	if s.Map != "" {
		if err := open(s.Map); err != nil {
			return err
		}
		fmt.Fprintf(out, "volume #%d style surface level %.6g\ntransparency #%d 50\n", model, s.Level, model)
	}
	for _, p := range s.Placed {
		if err := open(p.Path); err != nil {
			return err
		}
		fmt.Fprintf(out, "view matrix models #%d,%s\n", model, matrix(p.Motion))
		if p.Name != "" {
			name, err := quote(p.Name)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "rename #%d %s\n", model, name)
		}
		if p.Hidden {
			fmt.Fprintf(out, "hide #%d models\n", model)
		}
	}
	fmt.Fprintln(out, "view")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("script: chimerax: %w", err)
	}
	return nil
}

// seen returns the path of a file as the script has it.
func (s Scene) seen(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil || s.Folder == "" {
		return abs, err
	}
	folder, err := filepath.Abs(s.Folder)
	if err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(folder, abs); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel), nil
	}
	return abs, nil
}

// matrix returns the motion as ChimeraX wants it: three rows of four numbers,
// the shift in the fourth column.
func matrix(g geom.Rigid) string {
	m, t := g.Matrix(), [3]float64{g.Shift.X, g.Shift.Y, g.Shift.Z}
	var numbers []string
	for row := range 3 {
		for col := range 3 {
			numbers = append(numbers, fmt.Sprintf("%.9f", m[3*row+col]))
		}
		numbers = append(numbers, fmt.Sprintf("%.6f", t[row]))
	}
	return strings.Join(numbers, ",")
}

// quote puts a word into double quotes. A command file has no way to write a
// line break or a double quote inside of one.
func quote(s string) (string, error) {
	if strings.ContainsAny(s, "\"\n\r") {
		return "", fmt.Errorf("script: %q has a quote or a line break, which a ChimeraX command cannot hold", s)
	}
	return `"` + s + `"`, nil
}
