// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"difffit/fitting/volume"
)

// simulateFlags are the flags of simulate.
type simulateFlags struct {
	volume.SimulateOptions
	noise float64 // SD over the maximum of the map without noise
	seed  uint64
	out   string
}

func (r *run) simulateCommand() *cobra.Command {
	f := &simulateFlags{}
	cmd := &cobra.Command{
		Use:   "simulate STRUCTURE --resolution R --out MAP",
		Short: "Make the density map that a structure would give",
		Long: `Make the density map of a structure at a resolution: a Gaussian for each atom
of σ = R/(π√2), weighted with the atomic number. Water and hydrogens are left
out. With --noise, normally distributed noise is added to every voxel.`,
		Example: "  " + r.program.Name + " simulate model.cif --resolution 4 --noise 0.05 --out model_4A.mrc",
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return r.simulate(cmd, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.Float64Var(&f.Resolution, "resolution", 0, "resolution `R` in Å; needed")
	flags.StringVar(&f.out, "out", "", "`MAP` to write (.mrc, .map, .ccp4, also with .gz); needed")
	flags.Float64Var(&f.Spacing, "spacing", 0, "voxel edge in `Å` (default: a third of the resolution)")
	flags.Float64Var(&f.Padding, "padding", 0, "empty margin about the atoms in `Å` (default: three times the resolution)")
	flags.Float64Var(&f.noise, "noise", 0, "`SD` of the noise, as a part of the map's maximum without noise (default: none)")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `S` of the noise")
	flags.SortFlags = false
	return cmd
}

// check finds all that can be known to be wrong before anything is read.
func (f *simulateFlags) check(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("resolution") {
		return usagef("--resolution is missing")
	}
	if err := wantMap("--out", f.out); err != nil {
		return err
	}
	if err := namedFlags("volume: simulate: ", f.Validate()); err != nil {
		return err
	}
	if !(f.noise >= 0 && f.noise <= 1000) {
		return usagef("--noise is %g, want 0 to 1000", f.noise)
	}
	return nil
}

func (r *run) simulate(cmd *cobra.Command, path string, f *simulateFlags) error {
	p := r.newProgress(1)
	if err := notInput("--out", f.out, path); err != nil {
		return err
	}
	points, err := readPoints(path, p)
	if err != nil {
		return err
	}
	grid, err := volume.Simulate(cmd.Context(), points, f.SimulateOptions)
	if err != nil {
		return err
	}
	greatest := 0.0
	for _, v := range grid.Data {
		greatest = max(greatest, float64(v))
	}
	contour := volume.MassLevel(grid, 0.95)
	if f.noise > 0 {
		grid = volume.AddNoise(grid, f.noise*greatest, f.seed)
	}
	if err := writeMap(f.out, grid); err != nil {
		return err
	}
	return columns(r.out, map[int]bool{0: true, 1: true}, [][]string{
		{"map", f.out},
		{"size", fmt.Sprintf("%d × %d × %d voxels of %.4g Å", grid.Size[0], grid.Size[1], grid.Size[2], grid.Step.X)},
		{"atoms", strconv.Itoa(len(points))},
		{"maximum", fmt.Sprintf("%.5g, noise SD %.5g", greatest, f.noise*greatest)},
		{"level", fmt.Sprintf("%.4g encloses 95 %% of the mass", contour)},
	})
}
