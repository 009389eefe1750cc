// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/io/load"
)

// fitFlags are the flags of fit and refine.
type fitFlags struct {
	opts   fitting.Options
	level  float64 // counts only if stated
	sphere []float64
	engine string
	top    int
	save   int
	out    string
	json   string
}

func (r *run) fitCommand() *cobra.Command {
	f := &fitFlags{opts: fitting.DefaultOptions()}
	cmd := &cobra.Command{
		Use:   "fit MAP STRUCTURE...",
		Short: "Find where structures fit in a map, from anywhere",
		Long: `Find where structures fit in a map. Each structure is searched for in the
whole map, wherever its coordinates are, and its placements are ranked.

Several files, or a folder
(` + load.Patterns(load.AtomicStructure) + `),
ask which of many structures explains the density: all are fitted at one
contour level, which is suggested for the largest of them, and ranked together.
Files that cannot be read are counted and named at the end. Of more than 10
structures each is searched for with 512 starts, then the best quarter (at least
40) with 1024, the best 10 with 4096 and the best 3 in full, unless their rounds
agreed before. Where the density has room for more than 4 copies of a structure
there are 2, 4 or 8 times as many starts. --starts gives all the same number.

Structures are ranked together by (from 20 structures on)
  library_z = (z - a - b ln atoms) / s,
their significance z, atanh(ccD) sqrt(N-3) (Fisher), against what the library's
structures of that size have in this map: a and b are the line of Theil and Sen,
s the scaled median absolute deviation. z alone favours large structures. Fewer
are ranked by null_z = (atanh(map_corr) - mean) / sigma, where mean and sigma
are of the wrong placements of the same structure.

p is the part of wrong placements of the same structure with such a map_corr or
a higher one: a normal fitted to the places that unchosen random starts climb to
(after DomainFit's and fdrtool's method). q (in the files) is the false
discovery rate over all starts, E = p times the number of structures. Placements
are not independent, so p is a guide; it compares places of one structure, and
says nothing of one that is not in the library. With fewer than 200 distinct
places there is no p.

--out DIR holds fits.csv, fits.json, the best placements as mmCIF files,
open.cxc (places the original files in ChimeraX; what ChimeraX cannot open packed
is beside it as original_*), manifest.json and
session.difffit (for the window and for replay); with one structure also
fits_chimerax.txt.`,
		Example: "  " + r.program.Name + " fit map.mrc domain.cif --resolution 4 --out result\n" +
			"  " + r.program.Name + " fit map.mrc models/ --json fits.json --top 20",
		Args: arguments(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.fit(cmd, f, args, nil)
		},
	}
	flags := cmd.Flags()
	f.common(flags)
	o := &f.opts
	flags.IntVar(&o.Starts, "starts", 0, "starting placements at most, `K` (default: the method's own number)")
	flags.Uint64Var(&o.Seed, "seed", o.Seed, "seed `S`: same inputs, options and seed give the same result")
	flags.StringVar((*string)(&o.Method), "method", string(o.Method), "`search` (rounds until they agree) or difffit (the paper's: every start, fixed steps)")
	flags.Float64Var(&o.ClusterShift, "cluster-shift", o.ClusterShift, "placements nearer than this `shift` in Å and ...")
	flags.Float64Var(&o.ClusterAngle, "cluster-angle", o.ClusterAngle, "... this `angle` in degrees are one cluster")
	flags.Float64SliceVar(&f.sphere, "sphere", nil, "look for the centre of the structure only within a sphere: `x,y,z,radius` in Å, in the map's frame")
	flags.IntVar(&o.Smoothings, "smoothings", o.Smoothings, "method difffit: smoothed copies of the map, `N`")
	flags.IntVar(&o.Iterations, "iterations", o.Iterations, "method difffit: steps of Adam, `N`")
	flags.Float64Var(&o.Outside, "outside", o.Outside, "method difffit: `density` outside the molecule, in a map of maximum 1")
	flags.BoolVar(&o.Expand, "expand", o.Expand, "method difffit: fill the outside after all smoothings, not after each")
	flags.Float64Var(&o.ShiftRate, "shift-rate", o.ShiftRate, "method difffit: learning rate of the shift, as a `part` of the mean box edge")
	flags.Float64Var(&o.RotationRate, "rotation-rate", o.RotationRate, "method difffit: learning `rate` of the quaternion")
	flags.SortFlags = false
	return cmd
}

func (r *run) refineCommand() *cobra.Command {
	f := &fitFlags{opts: fitting.DefaultOptions()}
	cmd := &cobra.Command{
		Use:   "refine MAP STRUCTURE",
		Short: "Improve a placement: the local optimum from where the structure is",
		Long: `Find the local optimum of a placement, from where the structure's coordinates
are in its file. The motion that is reported takes the file to the optimum.`,
		Example: "  " + r.program.Name + " refine map.mrc placed.cif --resolution 4 --out result",
		Args:    arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			here := geom.Identity()
			return r.fit(cmd, f, args, &here)
		},
	}
	f.common(cmd.Flags())
	cmd.Flags().SortFlags = false
	return cmd
}

// common adds the flags that fit and refine share.
func (f *fitFlags) common(flags *pflag.FlagSet) {
	o := &f.opts
	flags.Float64Var(&f.level, "level", 0, "contour level `L`, in the units of the map (default: suggested from the map and the mass)")
	flags.Float64Var(&o.Resolution, "resolution", 0, "resolution `R` of the map in Å (default: estimated from the map)")
	flags.StringVar((*string)(&o.Atoms), "atoms", string(o.Atoms), "`all` or backbone; water and hydrogens never take part")
	flags.IntVar(&o.MinIsland, "min-island", o.MinIsland, "islands of fewer `voxels` above the level are dust (default: 20; 1 for the method difffit)")
	flags.StringVar(&f.engine, "engine", "auto", "`auto`, cpu or cuda")
	flags.IntVar(&o.Threads, "threads", 0, "processors to use, `N` (default: all); does not change the result")
	flags.IntVar(&f.top, "top", 10, "placements to report, `N` for each structure; 0 for all")
	flags.StringVar(&f.out, "out", "", "folder `DIR` for everything that is found; files of other names in it are left alone")
	flags.IntVar(&f.save, "save", 5, "placements to save as mmCIF files in --out, `N`")
	flags.StringVar(&f.json, "json", "", "`FILE` for the result as JSON (format difffit.fits, version 1); - for standard output, without the table")
}

// arguments checks the number of arguments; most < 0 means no limit.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if n := len(args); n < least || most >= 0 && n > most {
			return usagef("%s: %d arguments, want %s", cmd.Name(), n, cmd.Use)
		}
		return nil
	}
}

// options returns the options that the flags ask for, once they are found valid.
func (f *fitFlags) options(cmd *cobra.Command) (fitting.Options, error) {
	o := f.opts
	if cmd.Flags().Changed("level") {
		o.Level = &f.level
	}
	if cmd.Flags().Changed("sphere") {
		if len(f.sphere) != 4 {
			return o, usagef("--sphere has %d numbers, want four: x,y,z,radius", len(f.sphere))
		}
		o.Sphere = fitting.Sphere{Center: [3]float64(f.sphere), Radius: f.sphere[3]}
		if o.Sphere.IsZero() {
			return o, usagef("--sphere has the radius 0 Å, want above 0")
		}
	}
	if err := flagErrors(o.Validate()); err != nil {
		return o, err
	}
	if f.top < 0 {
		return o, usagef("--top is %d, want 0 or more", f.top)
	}
	if f.save < 0 {
		return o, usagef("--save is %d, want 0 or more", f.save)
	}
	return o, nil
}

// engine returns the engine of that name; "auto" is the one that chooses, or
// the first one.
func (r *run) engine(name string) (fitting.Engine, error) {
	if name == "auto" && r.program.Auto != nil {
		return r.program.Auto, nil
	}
	for _, e := range r.program.Engines {
		if name == "auto" || e.Info().Name == name {
			return e, nil
		}
	}
	for _, m := range r.program.Missing {
		if m.Name == name {
			return nil, fmt.Errorf("engine %s cannot be used: %s", name, m.Reason)
		}
	}
	switch name {
	case "auto":
		return nil, errors.New("this program was built without engines")
	case "cpu", "cuda":
		return nil, fmt.Errorf("engine %s is not in this program", name)
	}
	return nil, usagef("--engine is %q, want auto, cpu or cuda", name)
}
