// SPDX-License-Identifier: BSD-3-Clause

package fitting_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/io/mmcif"
)

// A map, a structure, where the structure is in the map, and a file of it there.
func Example() {
	density, err := load.Volume("../assets/demo/7cfn_map.mrc.gz", load.Options{})
	if err != nil {
		log.Fatal(err)
	}
	file, err := load.Structure("../assets/demo/7cfn_B_gbeta.cif.gz", load.StructureOptions{})
	if err != nil {
		log.Fatal(err)
	}
	p := &fitting.Problem{Target: fitting.NewTarget(density.Grid), Structure: file.Structure, Options: fitting.DefaultOptions()}
	result, err := cpu.New().Fit(context.Background(), p, nil)
	if err != nil {
		log.Fatal(err)
	}
	best := result.Clusters[0]
	fmt.Printf("score %.1f, believable: %t, rounds agreed: %t\n",
		best.Score, fitting.Believable(best.Metrics, result.Resolution.Value), result.RoundsAgreed)

	placed := file.Structure.Moved(best.Motion.Mover())
	out := filepath.Join(os.TempDir(), fmt.Sprintf("best-%d.cif", os.Getpid()))
	defer os.Remove(out)
	if err := mmcif.WriteFile(out, "best", placed); err != nil {
		log.Fatal(err)
	}
	again, err := load.Structure(out, load.StructureOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(again.Structure.Atoms), "atoms written of", len(file.Structure.Atoms))

	// Output:
	// score 0.6, believable: true, rounds agreed: true
	// 2587 atoms written of 2587
}

// What is placed is taken out of the map, and the next structure is looked for
// in what is left: with the resolution and the level of the map as it was opened.
func ExampleTarget_Without() {
	density, err := load.Volume("../assets/demo/7cfn_map.mrc.gz", load.Options{})
	if err != nil {
		log.Fatal(err)
	}
	target, engine := fitting.NewTarget(density.Grid), cpu.New()
	whole := target
	for _, name := range []string{"B_gbeta", "N_nanobody"} {
		file, err := load.Structure("../assets/demo/7cfn_"+name+".cif.gz", load.StructureOptions{})
		if err != nil {
			log.Fatal(err)
		}
		p := &fitting.Problem{Target: target, Structure: file.Structure, Options: fitting.DefaultOptions()}
		r, err := engine.Fit(context.Background(), p, nil)
		if err != nil {
			log.Fatal(err)
		}
		best := r.Clusters[0]
		fmt.Printf("%s: score %.1f, in the whole map %.1f\n", name, best.Score, best.InWhole().Score)

		points := fitting.Points(file.Structure.Moved(best.Motion.Mover()).Atoms)
		layer, err := volume.Zero(context.Background(), whole.Grid(), points, volume.DefaultZeroOptions())
		if err != nil {
			log.Fatal(err)
		}
		target = whole.Without(layer)
	}
	fmt.Println("resolution of what is left is that of the map:", target.Resolution() == whole.Resolution())

	// Output:
	// B_gbeta: score 0.6, in the whole map 0.6
	// N_nanobody: score 0.6, in the whole map 0.6
	// resolution of what is left is that of the map: true
}
