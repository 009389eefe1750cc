// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mrc"
)

func (r *run) zeroCommand() *cobra.Command {
	o, out := volume.DefaultZeroOptions(), ""
	var beside []string
	cmd := &cobra.Command{
		Use:   "zero MAP STRUCTURE... --out MAP",
		Short: "Take the density of placed structures out of a map",
		Long: `Take the density of structures, where they are in their files, out of a map and
write what remains. Several structures are taken out one after the other.

Modes: contour (voxels within --radius of an atom become 0, and about these the
crust: what is above --level and no other molecule's), distance (voxels within
--radius of an atom become 0; a --radius without --mode is for this one), mass
(voxels above the level that encloses 95 % of the simulated map's mass become 0),
soft (times 1 − simulated/that level, not below 0), subtract (minus the simulated
map, scaled by least squares), own (as distance, but voxels nearer to another
structure, or outside that level of the molecule itself, are spared).

Contested voxels are those that another structure claims too: one of its atoms is
within --radius or nearer. Others are the structures given, and those of --beside,
which stay in the map.`,
		Example: "  " + r.program.Name + " zero map.mrc placed.cif --out remaining.mrc",
		Args:    arguments(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("radius") && !cmd.Flags().Changed("mode") {
				o.Mode = volume.ZeroDistance
			}
			if err := namedFlags("volume: zero: ", o.Validate()); err != nil {
				return err
			}
			if err := wantMap("--out", out); err != nil {
				return err
			}
			return r.zero(cmd, args, o, beside, out)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "`MAP` to write (.mrc, .map, .ccp4, also with .gz); needed")
	flags.StringVar((*string)(&o.Mode), "mode", string(o.Mode), "`contour`, distance, mass, soft, subtract or own")
	flags.Float64Var(&o.Radius, "radius", o.Radius, "modes contour, distance and own: `Å` about the centres of atoms; 2 takes about the volume of the molecule")
	flags.Float64Var(&o.Resolution, "resolution", 0, "all modes but distance: resolution `R` of the simulated map in Å (default: estimated from the map)")
	flags.Float64Var(&o.Level, "level", 0, "mode contour: contour level `L` in the units of the map (default: suggested for the structure)")
	flags.StringArrayVar(&beside, "beside", nil, "placed structure `FILE` that stays in the map: a neighbour; may be given several times")
	flags.SortFlags = false
	return cmd
}

func (r *run) zero(cmd *cobra.Command, args []string, o volume.ZeroOptions, beside []string, out string) error {
	p := r.newProgress(len(args) - 1)
	paths, err := structurePaths(args[1:])
	if err != nil {
		return err
	}
	if err := notInput("--out", out, slices.Concat(paths, beside, args[:1])...); err != nil {
		return err
	}
	density, err := readMap(args[0], p.message)
	if err != nil {
		return err
	}
	whole := volume.StatedResolution(o.Resolution)
	if o.Resolution == 0 {
		whole = fitting.NewTargetAt(density.Grid, density.Resolution()).Resolution()
	}
	if o.Mode != volume.ZeroDistance && o.Resolution == 0 {
		o.Resolution = whole.Value
		p.message("resolution %.3g Å (%s)", whole.Value, whole.Rule)
	}
	var all [][]volume.Point
	for _, path := range slices.Concat(paths, beside) {
		points, err := readPoints(path, p)
		if err != nil {
			return err
		}
		all = append(all, points)
	}
	grid, rows, err := takeOut(cmd.Context(), density.Grid, paths, all, o, p)
	if err != nil {
		return err
	}
	if grid == density.Grid {
		return fmt.Errorf("%w: no structure is where the map is; %s was not written", errNoDensity, out)
	}
	if err := writeMap(out, grid, mrc.RemainingOf(whole.Value)); err != nil {
		return err
	}
	return columns(r.out, map[int]bool{0: true}, rows)
}

// takeOut takes the structures at paths, the first of all, out of a map, one
// after the other, and returns what is left, which is the map itself if that
// is all, and a table.
func takeOut(ctx context.Context, grid *volume.Grid, paths []string, all [][]volume.Point, o volume.ZeroOptions, p *progress) (*volume.Grid, [][]string, error) {
	rows := [][]string{{"structure", "voxels", "volume/Å³", "removed/Å³"}}
	if len(all) > 1 {
		rows[0] = append(rows[0], "contested", "spared")
	}
	for i, path := range paths {
		layer, err := volume.Zero(ctx, grid, all[i], o, slices.Concat(all[:i], all[i+1:])...)
		if err != nil {
			return nil, nil, err
		}
		if layer.Voxels == 0 {
			p.message("%s: takes out nothing: it is not where the map is", path)
		} else {
			grid = volume.Apply(grid, layer)
		}
		row := []string{path, strconv.Itoa(layer.Voxels), fmt.Sprintf("%.0f", layer.Volume), fmt.Sprintf("%.5g", layer.Removed)}
		if len(all) > 1 {
			row = append(row, strconv.Itoa(layer.Contested), strconv.Itoa(layer.Spared))
		}
		rows = append(rows, row)
	}
	return grid, rows, nil
}

var errNoDensity = errors.New("nothing to take out")

// readPoints reads a structure as points that weigh what its atoms scatter.
func readPoints(path string, p *progress) ([]volume.Point, error) {
	s, err := readStructure(path, p.message)
	if err != nil {
		return nil, err
	}
	atoms, left := s.Structure.Select(mol.AllAtoms)
	if len(atoms) == 0 {
		return nil, &inputError{path, fmt.Errorf("no atoms but %d of water and %d hydrogens", left.Water, left.Hydrogens)}
	}
	if left.Water+left.Hydrogens > 0 {
		p.message("%s: %d atoms of water and %d hydrogens are left out", path, left.Water, left.Hydrogens)
	}
	return fitting.Points(atoms), nil
}
