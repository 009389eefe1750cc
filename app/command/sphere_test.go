// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
	"difffit/internal/testdata"
	"difffit/io/table"
)

// Small chains of real maps that 256 starts in the whole map miss, or rank low,
// are first with as many starts in a sphere of 12 Å about a point 6 Å from them.
func TestSphereFindsSmallChains(t *testing.T) {
	for _, tt := range []struct{ folder, start string }{
		{"emd6187_3j8x_kinesin_tubulin", "start_xtal_1BG2_K.pdb.gz"},
		{"emd1044_1oed_nachr", "start_A.pdb.gz"},
	} {
		t.Run(tt.folder, func(t *testing.T) {
			folder := testdata.Shared(t, tt.folder)
			c, truth := readCase(t, folder), ""
			for _, u := range c.Units {
				if u.Start == tt.start {
					truth = filepath.Join(folder, u.Placements[0].File)
				}
			}
			start := filepath.Join(folder, tt.start)
			from, to := readAll(t, start), readAll(t, truth)
			rank := func(f *table.Fits) int {
				for _, c := range f.Structures[0].Clusters {
					if rmsd(motionOf(&c).Mover(), from, to) < 5 { // nAChR: as the description of the data asks
						return c.Rank
					}
				}
				return math.MaxInt
			}
			options := []string{"--resolution", fmt.Sprint(c.Resolution), "--starts", "256"}
			global := rank(fitCase(t, filepath.Join(folder, c.Map.File), start, options...))
			at := r3.Add(mol.Center(to), r3.Vec{X: 4, Y: -4, Z: 3})
			options = append(options, "--sphere", fmt.Sprintf("%.1f,%.1f,%.1f,12", at.X, at.Y, at.Z))
			local := rank(fitCase(t, filepath.Join(folder, c.Map.File), start, options...))
			if local != 1 || global <= 3 {
				t.Errorf("rank %d in the sphere, %d in the whole map, want 1 and more than 3", local, global)
			}
		})
	}
}
