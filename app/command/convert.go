// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/mrc"
)

func (r *run) convertCommand() *cobra.Command {
	model := 0
	cmd := &cobra.Command{
		Use:   "convert IN OUT",
		Short: "Write a map or a structure in another format",
		Long: `Write what is read from IN in the format that the ending of OUT says: maps as
.mrc, .map or .ccp4, structures as .cif or .pdb, each also with .gz. A PDB file
that cannot hold the structure is refused. Of several models the first is taken,
or the one of the number --model.`,
		Example: "  " + r.program.Name + " convert model.bcif.gz model.pdb\n  " + r.program.Name + " convert nmr.cif fifth.cif --model 5",
		Args:    arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkConvert(args[0], args[1], cmd.Flags().Changed("model")); err != nil {
				return err
			}
			if isMap(args[0]) {
				return r.convertMap(args[0], args[1])
			}
			return r.convertStructure(args[0], args[1], model, cmd.Flags().Changed("model"))
		},
	}
	cmd.Flags().IntVar(&model, "model", 0, "of a structure with several models, that of number `N` (default: the first)")
	return cmd
}

// checkConvert finds what is wrong with the words before anything is read.
func checkConvert(in, out string, model bool) error {
	switch {
	case isMap(in) != isMap(out):
		return usagef("%s is %s and %s would be %s: there is no way from one to the other", in, kindOf(in), out, kindOf(out))
	case isMap(in) && model:
		return usagef("--model is for structures, and %s is a map", in)
	case isMap(in):
		if err := wantMap("OUT", out); err != nil {
			return err
		}
	case !isWritableStructure(out):
		return usagef("%s: cannot write this format, want .cif or .pdb, also with .gz", out)
	}
	return notInput("OUT", out, in)
}

func (r *run) convertMap(in, out string) error {
	density, err := readMap(in, r.newProgress(1).message)
	if err != nil {
		return err
	}
	grid := density.Grid
	var labels []string
	if r := density.Resolution(); r.Value > 0 {
		labels = append(labels, mrc.RemainingOf(r.Value))
	}
	if err := writeMap(out, grid, labels...); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "%s  %d × %d × %d voxels\n", out, grid.Size[0], grid.Size[1], grid.Size[2])
	return err
}

func (r *run) convertStructure(in, out string, model int, chosen bool) error {
	warn := warner(r.newProgress(1).message)
	file, err := load.Structure(in, load.StructureOptions{AllModels: chosen, Warn: warn.of(in)})
	if err != nil {
		return &inputError{in, err}
	}
	s := file.Structure
	if chosen {
		i := slices.IndexFunc(file.Models, func(m *mol.Structure) bool { return m.Model == model })
		if i < 0 {
			return usagef("--model is %d, and %s has %s", model, in, modelNumbers(file.Models))
		}
		s = file.Models[i]
	}
	if err := writeStructure(out, s); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "%s  %d atoms\n", out, len(s.Atoms))
	return err
}

// modelNumbers says in a few words which models there are.
func modelNumbers(models []*mol.Structure) string {
	first, last := models[0].Model, models[len(models)-1].Model
	switch len(models) {
	case 1:
		return fmt.Sprintf("model %d alone", first)
	case last - first + 1:
		return fmt.Sprintf("models %d to %d", first, last)
	}
	return fmt.Sprintf("%d models, from %d to %d", len(models), first, last)
}

func kindOf(path string) string {
	if isMap(path) {
		return "a map"
	}
	return "a structure"
}
