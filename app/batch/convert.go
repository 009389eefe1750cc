// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (r *run) convertCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "convert IN OUT",
		Short: "Write a map or a structure in another format",
		Long: `Write what is read from IN in the format that the ending of OUT says: maps as
.mrc, .map or .ccp4, structures as .cif or .pdb, each also with .gz. A PDB file
that cannot hold the structure is refused. Of several models the first is taken.`,
		Example: "  " + r.program.Name + " convert model.bcif.gz model.pdb",
		Args:    arguments(2, 2),
		RunE:    func(_ *cobra.Command, args []string) error { return r.convert(args[0], args[1]) },
	}
}

func (r *run) convert(in, out string) error {
	p := r.newProgress(1)
	if isMap(in) != isMap(out) {
		return usagef("%s is %s and %s would be %s: there is no way from one to the other", in, kindOf(in), out, kindOf(out))
	}
	if isMap(in) {
		if err := wantMap("OUT", out); err != nil {
			return err
		}
		density, err := readMap(in, p.message)
		if err != nil {
			return err
		}
		grid := density.Grid
		if err := writeMap(out, grid); err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.out, "%s  %d × %d × %d voxels\n", out, grid.Size[0], grid.Size[1], grid.Size[2])
		return err
	}
	if !isWritableStructure(out) {
		return usagef("%s: cannot write this format, want .cif or .pdb, also with .gz", out)
	}
	s, err := readStructure(in, p.message)
	if err != nil {
		return err
	}
	if err := writeStructure(out, s.Structure); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "%s  %d atoms\n", out, len(s.Structure.Atoms))
	return err
}

func kindOf(path string) string {
	if isMap(path) {
		return "a map"
	}
	return "a structure"
}
