// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// A residual is shown at a level at which there is something to see: of the
// four subunits of HCN4 three standard deviations leave 0.1 % of the map.
func TestResidualShowsSomething(t *testing.T) {
	folder := testdata.Shared(t, "emd0093_6gyn_hcn4")
	v, err := load.Volume(filepath.Join(folder, "emd_0093_masked.mrc.gz"), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var placed []Placed
	for _, name := range []string{"A", "B", "C", "D"} {
		s, err := load.Structure(filepath.Join(folder, "truth_"+name+".pdb.gz"), load.StructureOptions{})
		if err != nil {
			t.Fatal(err)
		}
		placed = append(placed, Placed{Model: s.Structure, Motion: geom.Identity()})
	}
	target := fitting.NewTarget(v.Grid)
	m, err := Simulate(t.Context(), target, placed, 3.4, true)
	if err != nil {
		t.Fatal(err)
	}
	contour := target.Level().Value
	seen := m.ResidualProfile.Enclosed(m.ResidualLevel) / target.Profile().Enclosed(contour)
	t.Logf("level %.3g, %.2f SD of the residual, shows %.1f %% of the map at %.3g", m.ResidualLevel, m.ResidualLevel/m.ResidualSD, 100*seen, contour)
	if seen < 0.01 || m.ResidualLevel < contour || m.ResidualLevel > 3*m.ResidualSD {
		t.Errorf("the level %g shows %.2g of the map at %g, the standard deviation is %g", m.ResidualLevel, seen, contour, m.ResidualSD)
	}
}

func TestResidualLevelIsAtMostThreeSD(t *testing.T) {
	g := volume.New([3]int{20, 20, 20}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), r3.Vec{X: 10, Y: 10, Z: 10})) / 20))
	}
	whole := volume.NewProfile(g)
	if got := residualLevel(whole, whole, whole.Max/2, whole.Max/100); math.Abs(got-3*whole.Max/100) > 1e-9 {
		t.Errorf("level %g, want three SD, %g", got, 3*whole.Max/100)
	}
}
