// SPDX-License-Identifier: BSD-3-Clause

// Package script writes scripts that rebuild a scene in other programs. They
// open files by their paths and place them; nothing is copied.
package script

import (
	"bufio"
	"fmt"
	"image/color"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A Scene is a map at a contour level with structures placed in it. What is
// zero is left as ChimeraX has it.
type Scene struct {
	Folder     string      // where the script lies; "" if that is not known
	Map        string      // path of the map; "" for none
	Level      float64     // contour level, in the units of the map
	Color      color.NRGBA // of the map; alpha is how opaque it is
	Dust       float64     // Å³; smaller islands of the map are hidden
	Background color.NRGBA
	Camera     *Camera // nil shows all
	Placed     []Placed
	// Taken are the numbers of the models that are open already.
	Taken []int
}

// A Coloring says what the colours of atoms tell.
type Coloring string

// Colorings.
const (
	Uniform   Coloring = ""          // Placed.Color
	ByChain   Coloring = "bychain"   // as ChimeraX has them
	ByElement Coloring = "byelement" // as ChimeraX has them
	ByBFactor Coloring = "bfactor"   // from blue by white to red
	ByPLDDT   Coloring = "plddt"     // the classes of AlphaFold DB, from the B factors
)

// Placed is a structure at a place.
type Placed struct {
	Path     string
	Name     string // shown in the model list; "" leaves the file's name
	Motion   geom.Rigid
	Color    color.NRGBA // for Uniform
	Coloring Coloring
	Hidden   bool // opened but not shown
}

// A Camera is a point of view.
type Camera struct {
	Eye      r3.Vec      // ångström
	Rotation quat.Number // takes the camera's axes (right, up, backward) to those of the scene
	Angle    float64     // of view, from the left to the right edge, degrees
}

// ChimeraX writes the scene as a ChimeraX command file (.cxc). Models get the
// lowest numbers that are not taken, the map first, then the structures.
// Files in the folder of the script are written as seen from there, for
// ChimeraX runs a script in its folder: they can be moved together. Other paths
// are absolute.
func ChimeraX(w io.Writer, s Scene) error {
	out := &writer{Writer: bufio.NewWriter(w), scene: s}
	if len(s.Taken) == 0 {
		fmt.Fprintln(out, "# Written by DiffFit. Open in an empty ChimeraX session: models are numbered from 1.")
	}
	if s.Background.A > 0 {
		fmt.Fprintf(out, "set bgColor %s\n", hex(s.Background))
	}
	if err := out.density(); err != nil {
		return err
	}
	for _, p := range s.Placed {
		if err := out.structure(p); err != nil {
			return err
		}
	}
	if c := s.Camera; c != nil {
		fmt.Fprintf(out, "camera mono fieldOfView %.6g\nview matrix camera %s\n", c.Angle, matrix(geom.NewRigid(c.Rotation, c.Eye)))
	} else {
		fmt.Fprintln(out, "view")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("script: chimerax: %w", err)
	}
	return nil
}

// A writer writes the commands of a scene.
type writer struct {
	*bufio.Writer
	scene Scene
	model int // that was opened last
}

// open opens a file as the next model.
func (w *writer) open(path string) error {
	seen, err := w.scene.seen(path)
	if err != nil {
		return fmt.Errorf("script: %s: %w", path, err)
	}
	quoted, err := quote(seen)
	if err != nil {
		return err
	}
	for w.model++; slices.Contains(w.scene.Taken, w.model); {
		w.model++
	}
	fmt.Fprintf(w, "open %s\n", quoted)
	return nil
}

// density opens the map.
func (w *writer) density() error {
	s := w.scene
	if s.Map == "" {
		return nil
	}
	if err := w.open(s.Map); err != nil {
		return err
	}
	fmt.Fprintf(w, "volume #%d style surface step 1 level %.6g", w.model, s.Level)
	transparency := 50
	if s.Color.A > 0 {
		fmt.Fprintf(w, " color %s", hex(s.Color))
		transparency = int(math.Round(100 - float64(s.Color.A)/2.55))
	}
	fmt.Fprintf(w, "\ntransparency #%d %d\n", w.model, transparency)
	if s.Dust > 0 {
		fmt.Fprintf(w, "surface dust #%d size %.4g metric volume\n", w.model, s.Dust)
	}
	return nil
}

// structure opens a structure.
func (w *writer) structure(p Placed) error {
	if err := w.open(p.Path); err != nil {
		return err
	}
	if p.Motion != geom.Identity() {
		fmt.Fprintf(w, "view matrix models #%d,%s\n", w.model, matrix(p.Motion))
	}
	if p.Name != "" {
		name, err := quote(p.Name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "rename #%d %s\n", w.model, name)
	}
	switch {
	case p.Coloring == ByBFactor:
		fmt.Fprintf(w, "color bfactor #%d palette blue:white:red\n", w.model)
	case p.Coloring == ByPLDDT:
		fmt.Fprintf(w, "color bfactor #%d palette alphafold\n", w.model)
	case p.Coloring != Uniform:
		fmt.Fprintf(w, "color #%d %s\n", w.model, p.Coloring)
	case p.Color.A > 0:
		fmt.Fprintf(w, "color #%d %s\n", w.model, hex(p.Color))
	}
	if p.Hidden {
		fmt.Fprintf(w, "hide #%d models\n", w.model)
	}
	return nil
}

// hex writes a colour without its alpha.
func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

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
