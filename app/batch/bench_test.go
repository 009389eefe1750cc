// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"context"
	"path/filepath"
	"testing"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// BenchmarkFit times a fit from what is in memory to the table, with nothing
// kept from the run before. It needs the shared data.
func BenchmarkFit(b *testing.B) {
	for _, c := range []struct {
		name, density, structure string
		resolution               float64
	}{
		{"domain", "domainfit_density2/density2.mrc", "domainfit_density2/start_I7M317_D1.pdb.gz", 4},
		{"kinesin", "emd6187_3j8x_kinesin_tubulin/*.m*", "emd6187_3j8x_kinesin_tubulin/start_K.pdb.gz", 5},
		{"tmv", "emd5185_3j06_tmv/*.[mc]*p*", "emd5185_3j06_tmv/start_A.pdb.gz", 3.3},
		{"apoferritin", "emd20026_apoferritin/*.mrc.gz", "emd20026_apoferritin/start_A.pdb.gz", 1.75},
		{"ribosome", "ribosome_uL4_crop/*.m*", "ribosome_uL4_crop/start_C.pdb.gz", 4},
		{"hcn4", "emd0093_6gyn_hcn4/emd_0093_masked.mrc.gz", "emd0093_6gyn_hcn4/start_A.pdb.gz", 3.4},
	} {
		b.Run(c.name, func(b *testing.B) {
			root := testdata.Shared(b, ".")
			maps, err := filepath.Glob(filepath.Join(root, c.density))
			if err != nil || len(maps) == 0 {
				b.Fatalf("no map %s: %v", c.density, err)
			}
			density, err := load.Volume(maps[0], load.Options{})
			if err != nil {
				b.Fatal(err)
			}
			file, err := load.Structure(filepath.Join(root, c.structure), load.StructureOptions{})
			if err != nil {
				b.Fatal(err)
			}
			var total fitting.Seconds
			for b.Loop() {
				opts := fitting.DefaultOptions()
				opts.Resolution, opts.Seed = c.resolution, uint64(b.N)
				r, err := cpu.New().Fit(context.Background(), &fitting.Problem{Target: fitting.NewTarget(density.Grid), Structure: file.Structure, Options: opts}, nil)
				if err != nil {
					b.Fatal(err)
				}
				total.Prepare += r.Seconds.Prepare
				total.Search += r.Seconds.Search
				total.Score += r.Seconds.Score
			}
			b.ReportMetric(1e3*total.Prepare/float64(b.N), "prepare-ms/op")
			b.ReportMetric(1e3*total.Search/float64(b.N), "search-ms/op")
			b.ReportMetric(1e3*total.Score/float64(b.N), "score-ms/op")
		})
	}
}
