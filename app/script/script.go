// SPDX-License-Identifier: BSD-3-Clause

// Package script writes what was done to a document as the command lines
// that do it again, for a shell: of each act a command, or a comment that says
// why there is none. It runs nothing and knows no window.
package script

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// Program is the name of the program in the lines.
const Program = "difffit"

// saved is how many placements of a round the lines have saved as files, which
// later lines refer to: no person accepts one farther down a list without reason.
const saved = 20

// Comment makes each line of a text a comment.
func Comment(text string) string {
	return "# " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n# ")
}

// Command writes a command and its arguments, quoted for a shell where need be.
func Command(args ...string) string {
	words := []string{Program}
	for _, a := range args {
		words = append(words, quoted(a))
	}
	return strings.Join(words, " ")
}

var harmless = regexp.MustCompile(`^[A-Za-z0-9_@%+:,./=-]+$`)

// quoted quotes a word for the shells of POSIX.
func quoted(word string) string {
	if harmless.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// Folder is where the lines have the files of a round.
func Folder(round int) string { return fmt.Sprintf("round_%d", round) }

// Round returns the lines that compute a round of s again. What they find is in
// Folder: the same fits.csv, but after zeroing, where the commands read the
// coordinates of placements from files, which are rounded to 0.001 Å.
func Round(s document.State, r *document.Round) []string {
	if fault := unreadable(s, r); fault != "" {
		return []string{Comment(fault)}
	}
	if r.Proposed != "" {
		return proposed(s, r)
	}
	f := r.Fits[0]
	density, lines := s.Map.Path, []string(nil)
	if f.LayersGone > 0 {
		return []string{Comment(fmt.Sprintf("round %d was fitted where density of structures that were removed since was zeroed: no command does that", r.Number))}
	}
	if len(f.Layers) > 0 {
		var fault string
		if density, fault = Remaining(f.Layers), unsaved(s, f.Layers); fault != "" {
			return []string{Comment(fault)}
		}
		lines = Zeroing(s, f.Layers)
	}
	args := []string{"fit", density}
	for _, f := range r.Fits {
		args = append(args, s.Structure(f.Structure).Path)
		if f.Partial {
			lines = append(lines, Comment(fmt.Sprintf("round %d was cancelled; the command goes on to its end", r.Number)))
			break
		}
	}
	o := f.Options
	if work.Screens(len(r.Fits), s.Options) { // each has the starts of its last pass
		o.Starts = s.Options.Starts
	}
	args = append(args, flags(o)...)
	return append(lines, Command(append(args, "--top", "0", "--save", strconv.Itoa(saved), "--out", Folder(r.Number))...))
}

// unreadable tells why no command can read what a round was made of, "" if one
// can.
func unreadable(s document.State, r *document.Round) string {
	switch {
	case s.Map == nil || len(r.Fits) == 0:
		return fmt.Sprintf("round %d has no map or no fit: no command makes it", r.Number)
	case strings.HasPrefix(s.Map.Path, document.DemoScheme):
		return fmt.Sprintf("round %d is of the demo, which is built into the window: no command reads it", r.Number)
	}
	for _, f := range r.Fits {
		if s.Structure(f.Structure) == nil {
			return fmt.Sprintf("round %d is of a structure that was removed since: no command makes it", r.Number)
		}
	}
	return ""
}

// proposed returns the lines of a round of proposals.
func proposed(s document.State, r *document.Round) []string {
	b := r.Basis
	switch {
	case b == nil || b.Symmetry != nil:
		return []string{Comment(fmt.Sprintf("round %d was proposed by %s: no command does that alone; replay computes it again from the session", r.Number, r.Proposed))}
	case !b.IsWhole() || len(b.Accepted) > 0:
		return []string{Comment(fmt.Sprintf("round %d was proposed beside what was accepted before: no command does that; replay computes it again from the session", r.Number))}
	}
	args := []string{"composite", s.Map.Path}
	for _, w := range b.Composite.Wanted {
		path := s.Structure(w.Structure).Path
		if w.Copies > 0 {
			path += "=" + strconv.Itoa(w.Copies)
		}
		args = append(args, path)
	}
	args = append(args, flags(b.Options)...)
	args = append(args, "--max-clash", decimal(b.Composite.MaxClash), "--max-rounds", strconv.Itoa(b.Composite.MaxRounds), "--out", Folder(r.Number))
	return []string{Command(args...)}
}

// flags returns the flags of options that are not those of the commands without
// flags. The number of threads changes no result and is left out.
func flags(o fitting.Options) []string {
	usual := fitting.DefaultOptions()
	var args []string
	add := func(differs bool, name, value string) {
		if differs {
			args = append(args, "--"+name, value)
		}
	}
	if o.Level != nil {
		args = append(args, "--level="+decimal(*o.Level)) // which may be negative
	}
	add(o.Resolution != usual.Resolution, "resolution", decimal(o.Resolution))
	add(o.Atoms != usual.Atoms, "atoms", string(o.Atoms))
	add(o.MinIsland != usual.MinIsland, "min-island", strconv.Itoa(o.MinIsland))
	add(o.Starts != usual.Starts, "starts", strconv.Itoa(o.Starts))
	add(o.Seed != usual.Seed, "seed", strconv.FormatUint(o.Seed, 10))
	add(o.Method != usual.Method, "method", string(o.Method))
	add(o.ClusterShift != usual.ClusterShift, "cluster-shift", decimal(o.ClusterShift))
	add(o.ClusterAngle != usual.ClusterAngle, "cluster-angle", decimal(o.ClusterAngle))
	if b := o.Sphere; !b.IsZero() {
		args = append(args, fmt.Sprintf("--sphere=%s,%s,%s,%s", decimal(b.Center[0]), decimal(b.Center[1]), decimal(b.Center[2]), decimal(b.Radius)))
	}
	add(o.Smoothings != usual.Smoothings, "smoothings", strconv.Itoa(o.Smoothings))
	add(o.Iterations != usual.Iterations, "iterations", strconv.Itoa(o.Iterations))
	add(o.Outside != usual.Outside, "outside", decimal(o.Outside))
	if o.Expand != usual.Expand {
		args = append(args, "--expand="+strconv.FormatBool(o.Expand))
	}
	add(o.ShiftRate != usual.ShiftRate, "shift-rate", decimal(o.ShiftRate))
	add(o.RotationRate != usual.RotationRate, "rotation-rate", decimal(o.RotationRate))
	return args
}

// decimal writes a number so that reading it gives the same one.
func decimal(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Placed returns the file in which the lines have a placement of a round, and ""
// if they have none.
func Placed(s document.State, id document.ClusterID) string {
	r := s.Round(id.Round)
	if r == nil || r.Proposed != "" || unreadable(s, r) != "" {
		return ""
	}
	for _, row := range export.Fits(s, r, 0).Rows() {
		if row.Order <= saved && row.Cluster.Rank == id.Rank && r.Fits[row.Structure].Structure == id.Structure {
			return fmt.Sprintf("%s/fit_%03d_%s.cif", Folder(id.Round), row.Order, export.FileName(s.Name(id.Structure)))
		}
	}
	return ""
}

// placedAt is Placed of the accepted placement of a structure at a place.
func placedAt(s document.State, structure int, motion geom.Rigid) string {
	for _, a := range s.Accepted {
		if a.Structure == structure && a.Placement.Motion == motion {
			return Placed(s, a.Cluster)
		}
	}
	return ""
}

// Remaining is the file in which the lines have what some layers leave of the
// map.
func Remaining(layers []*document.Layer) string {
	var ids []string
	for _, l := range layers {
		ids = append(ids, strconv.Itoa(l.ID))
	}
	return "remaining_" + strings.Join(ids, "_") + ".mrc"
}

// unsaved tells which placement of layers no file of the lines has, "" if all are
// in one.
func unsaved(s document.State, layers []*document.Layer) string {
	for _, l := range layers {
		if placedAt(s, l.Structure, l.Motion) == "" {
			return fmt.Sprintf("density of %s is zeroed where no command has placed it: save that placement, and take it out with zero", s.Name(l.Structure))
		}
	}
	return ""
}

// Zeroing returns the lines that take out of the map what layers do, and write
// what Remaining names. Layers that follow each other in one way are one command.
func Zeroing(s document.State, layers []*document.Layer) []string {
	if s.Map == nil || strings.HasPrefix(s.Map.Path, document.DemoScheme) {
		return []string{Comment("the map is none that a command can read: nothing is zeroed by one")}
	}
	if fault := unsaved(s, layers); fault != "" {
		return []string{Comment(fault)}
	}
	var lines []string
	from := s.Map.Path
	for i := 0; i < len(layers); {
		o := layers[i].Cut.Options
		n := 1
		for i+n < len(layers) && layers[i+n].Cut.Options == o {
			n++
		}
		to := Remaining(layers[:i+n])
		args := []string{"zero", from}
		var own []string
		for _, l := range layers[i : i+n] {
			own = append(own, placedAt(s, l.Structure, l.Motion))
		}
		args = append(args, own...)
		args = append(args, zeroFlags(o)...)
		for _, b := range layers[i].Beside {
			if path := placedAt(s, b.Structure, b.Motion); path != "" && !slices.Contains(own, path) {
				args = append(args, "--beside", path)
			}
		}
		lines = append(lines, Command(append(args, "--out", to)...))
		from, i = to, i+n
	}
	return lines
}

// zeroFlags returns the flags of a way of zeroing.
func zeroFlags(o volume.ZeroOptions) []string {
	args := []string{"--mode", string(o.Mode)}
	if o.Mode == volume.ZeroDistance || o.Mode == volume.ZeroOwn || o.Mode == volume.ZeroContour {
		args = append(args, "--radius", decimal(o.Radius))
	}
	if o.Mode == volume.ZeroContour && o.Level != 0 {
		args = append(args, "--level="+decimal(o.Level)) // which may be negative
	}
	if o.Mode != volume.ZeroDistance && o.Resolution > 0 {
		args = append(args, "--resolution", decimal(o.Resolution))
	}
	return args
}
