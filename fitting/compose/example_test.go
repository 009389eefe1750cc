// SPDX-License-Identifier: BSD-3-Clause

package compose_test

import (
	"context"
	"fmt"
	"log"

	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/cpu"
	"difffit/io/load"
)

// Two chains of a complex, one copy of each.
func ExampleRun() {
	density, err := load.Volume("../../assets/demo/7cfn_map.mrc.gz", load.Options{})
	if err != nil {
		log.Fatal(err)
	}
	var parts []compose.Part
	for _, name := range []string{"A_galpha", "B_gbeta"} {
		file, err := load.Structure("../../assets/demo/7cfn_"+name+".cif.gz", load.StructureOptions{})
		if err != nil {
			log.Fatal(err)
		}
		parts = append(parts, compose.Part{Structure: file.Structure, Copies: 1})
	}
	r, err := compose.Run(context.Background(), cpu.New(), fitting.NewTarget(density.Grid), parts, compose.DefaultOptions(), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(r.Placements), "placed:", r.Reason)
	for _, p := range r.Placements {
		fmt.Printf("part %d, copy %d: believable %t, clash below 0.05: %t\n",
			p.Part+1, p.Copy, fitting.Believable(p.Metrics, r.Resolution.Value), p.Clash < 0.05)
	}

	// Output:
	// 2 placed: complete
	// part 2, copy 1: believable true, clash below 0.05: true
	// part 1, copy 1: believable true, clash below 0.05: true
}
