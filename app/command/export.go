// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/report"
	"difffit/fitting"
	"difffit/io/atomicfile"
)

// A Draw makes a picture of a session for its report, width pixels wide.
type Draw func(ctx context.Context, s document.State, width int) (image.Image, error)

// pictureWidth is the width of the picture in a report, in pixels.
const pictureWidth = 1600

func (r *run) exportCommand() *cobra.Command {
	o := export.DefaultOptions()
	var out, items string
	var folders []string
	var b strings.Builder
	var names []string
	for _, i := range export.Items() {
		names = append(names, string(i))
		fmt.Fprintf(&b, "  %-11s %s\n", i, i.What())
	}
	cmd := &cobra.Command{
		Use:   "export SESSION --out DIR",
		Short: "Write what a session has for other programs: scene, structures, maps, report",
		Long: `Write what a session (.difffit) has as files for other programs:

` + b.String() + `
Structures, mask and residual are those of the accepted placements; of the best
of each structure in the last round if none was accepted. The residual is the
map less the map simulated from them, scaled by least squares; the mask is 1
within --mask-radius of an atom and falls over --mask-edge to 0.`,
		Example: "  " + r.program.Name + " export work.difffit --out result\n" +
			"  " + r.program.Name + " export work.difffit --out result --items scene,composite,mask --pdb",
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usagef("--out is missing")
			}
			if err := o.Mask.Validate(); err != nil {
				return &usageError{err}
			}
			var err error
			if o.Items, err = itemsOf(items, names); err != nil {
				return err
			}
			return r.export(cmd.Context(), args[0], out, folders, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "folder `DIR` for the files; needed. Files of other names in it are left alone")
	flags.StringVar(&items, "items", "", "what to write, as `A,B,C` (default: everything)")
	flags.BoolVar(&o.PDB, "pdb", false, "structures as PDB files too; long chain names become free single characters")
	flags.Float64Var(&o.Mask.Radius, "mask-radius", o.Mask.Radius, "`Å` about the centres of atoms where the mask is 1")
	flags.Float64Var(&o.Mask.Edge, "mask-edge", o.Mask.Edge, "`Å` over which it falls to 0; 0 for a mask without an edge")
	flags.StringArrayVar(&folders, "inputs", nil, "look for inputs that are missing in the folder `DIR`, and in those in it; may be repeated")
	flags.SortFlags = false
	return cmd
}

// itemsOf reads the names of what is to be written; "" is everything.
func itemsOf(text string, names []string) ([]export.Item, error) {
	if text == "" {
		return export.Items(), nil
	}
	var items []export.Item
	for _, word := range strings.Split(text, ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(names, word) {
			return nil, usagef("--items has %q, want some of %s", word, strings.Join(names, ", "))
		}
		items = append(items, export.Item(word))
	}
	return items, nil
}

func (r *run) export(ctx context.Context, path, folder string, folders []string, o export.Options) error {
	bar := r.newProgress(1)
	s, err := r.openSession(ctx, path, folders, bar.message)
	if err != nil {
		return err
	}
	if slices.Contains(o.Items, export.Report) {
		o.Report = r.reportOptions(ctx, s, path, bar.message)
	}
	show := bar.of(0)
	files, err := export.Write(ctx, s, folder, o, func(part float64, what string) {
		show(fitting.Progress{Phase: "writing", Fraction: part})
	})
	bar.end(err == nil)
	for _, f := range files {
		fmt.Fprintln(r.out, filepath.Join(folder, f))
	}
	return err
}

func (r *run) reportCommand() *cobra.Command {
	var out string
	var folders []string
	var rows int
	cmd := &cobra.Command{
		Use:   "report SESSION --out FILE.html",
		Short: "Write a report of a session that opens in any browser, offline",
		Long: `Write one HTML file with what a session (.difffit) has: placed structures,
pictures, all fits with their decisions, inputs with their SHA-256, options and
provenance. The file needs nothing else and asks no server for anything.

The projections of the map are made without OpenGL; difffit adds a picture of
the scene, difffit-batch does not.`,
		Example: "  " + r.program.Name + " report work.difffit --out report.html",
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if e := strings.ToLower(filepath.Ext(out)); e != ".html" && e != ".htm" {
				return usagef("--out is %q, want a name that ends in .html", out)
			}
			if rows < 1 {
				return usagef("--rows is %d, want 1 or more", rows)
			}
			bar := r.newProgress(1)
			s, err := r.openSession(cmd.Context(), args[0], folders, bar.message)
			if err != nil {
				return err
			}
			o := r.reportOptions(cmd.Context(), s, args[0], bar.message)
			o.Rows = rows
			if err := atomicfile.Write(out, func(w io.Writer) error { return report.Write(w, s, o) }); err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.out, out)
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "the report to be written (`FILE`.html); needed")
	flags.IntVar(&rows, "rows", 20, "placements of each fit to list, `N`")
	flags.StringArrayVar(&folders, "inputs", nil, "look for inputs that are missing in the folder `DIR`, and in those in it; may be repeated")
	flags.SortFlags = false
	return cmd
}

// reportOptions draws the picture of a report, if this program can.
func (r *run) reportOptions(ctx context.Context, s document.State, path string, say func(string, ...any)) report.Options {
	o := report.Options{Program: programName(), Session: filepath.Base(path)}
	if r.program.Draw == nil {
		return o
	}
	m, err := r.program.Draw(ctx, s, pictureWidth)
	if err != nil {
		say("no picture of the scene in the report: %v", err)
		return o
	}
	o.Pictures = []report.Picture{{Title: "The map at its contour level with the placed structures", Image: m}}
	return o
}
