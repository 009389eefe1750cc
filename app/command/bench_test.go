// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"difffit/assets"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// BenchmarkFit times a fit from what is in memory to the table, with nothing
// kept from the run before, and what of that goes by until the first row is
// there. All but the demo need the shared data.
func BenchmarkFit(b *testing.B) {
	for _, c := range []struct {
		name, density, structure string
		resolution               float64
	}{
		{"demo", "", "", 6},
		{"domain", "domainfit_density2/density2.mrc", "domainfit_density2/start_I7M317_D1.pdb.gz", 4},
		{"kinesin", "emd6187_3j8x_kinesin_tubulin/emd_6187_ABK.mrc", "emd6187_3j8x_kinesin_tubulin/start_K.pdb.gz", 5},
		{"tmv", "emd5185_3j06_tmv/3j06_no_ligand_box.ccp4", "emd5185_3j06_tmv/start_A.pdb.gz", 3.3},
		{"apoferritin", "emd20026_apoferritin/emd20026_prot.mrc.gz", "emd20026_apoferritin/start_A.pdb.gz", 1.75},
		{"ribosome", "ribosome_uL4_crop/ribocut4a.mrc.gz", "ribosome_uL4_crop/start_C.pdb.gz", 4},
		{"hcn4", "emd0093_6gyn_hcn4/emd_0093_masked.mrc.gz", "emd0093_6gyn_hcn4/start_A.pdb.gz", 3.4},
	} {
		b.Run(c.name, func(b *testing.B) {
			density, structure := c.density, c.structure
			if c.name == "demo" {
				d, s := assets.Demo()
				density, structure = saved(b, d), saved(b, s[0])
			} else {
				density, structure = testdata.Shared(b, density), testdata.Shared(b, structure)
			}
			benchmarkFit(b, density, structure, c.resolution)
		})
	}
}

// saved writes a file of the demo to disk.
func saved(b *testing.B, f assets.DemoFile) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), f.Name)
	if err := os.WriteFile(path, f.Data, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func benchmarkFit(b *testing.B, density, structure string, resolution float64) {
	v, err := load.Volume(density, load.Options{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := load.Structure(structure, load.StructureOptions{})
	if err != nil {
		b.Fatal(filepath.Base(structure), err)
	}
	var total fitting.Seconds
	var row time.Duration
	seed := uint64(0)
	for b.Loop() {
		seed++
		opts := fitting.DefaultOptions()
		opts.Resolution, opts.Seed = resolution, seed
		start, first := time.Now(), time.Duration(0)
		r, err := cpu.New().Fit(context.Background(), &fitting.Problem{Target: fitting.NewTarget(v.Grid), Structure: s.Structure, Options: opts}, func(p fitting.Progress) {
			if first == 0 && len(p.Clusters) > 0 {
				first = time.Since(start)
			}
		})
		if err != nil {
			b.Fatal(err)
		}
		row += first
		total.Prepare += r.Seconds.Prepare
		total.Search += r.Seconds.Search
		total.Score += r.Seconds.Score
	}
	n := float64(b.N)
	b.ReportMetric(1e3*row.Seconds()/n, "first-row-ms/op")
	b.ReportMetric(1e3*total.Prepare/n, "prepare-ms/op")
	b.ReportMetric(1e3*total.Search/n, "search-ms/op")
	b.ReportMetric(1e3*total.Score/n, "score-ms/op")
}
