// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"difffit/fitting"
)

func (r *run) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say the version, and which engines are found and why not the others",
		Args:  arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return encodeJSON(r.out, r.versions())
			}
			return r.printVersions()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// versions is what the command version tells.
type versions struct {
	Program programInfo    `json:"program"`
	Engines []fitting.Info `json:"engines"`
	Missing []Missing      `json:"missing"`
}

func (r *run) versions() versions {
	v := versions{thisProgram(), []fitting.Info{}, append([]Missing{}, r.program.Missing...)}
	for _, e := range r.program.Engines {
		v.Engines = append(v.Engines, e.Info())
	}
	return v
}

func (r *run) printVersions() error {
	v := r.versions()
	rows := [][]string{{v.Program.Name, v.Program.Version}, {"built with", v.Program.Go + ", " + v.Program.System}}
	for _, e := range v.Engines {
		rows = append(rows, []string{"engine " + e.Name, fmt.Sprintf("%s, kernel %s", e.Device, e.Kernel)})
	}
	for _, m := range v.Missing {
		rows = append(rows, []string{"engine " + m.Name, "not found: " + m.Reason})
	}
	return columns(r.out, map[int]bool{0: true, 1: true}, rows)
}
