// SPDX-License-Identifier: BSD-3-Clause

package volume_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// Of each shared map the estimate is compared with that of what is left when
// one molecule of several is taken out, in all modes; of all, with a ball cut
// out and with everything beyond 4 Å of the molecule made constant. ADR 0017 has
// the numbers.
func TestEstimateResolutionOfZeroedCases(t *testing.T) {
	tests := []struct {
		folder, unit string
		alone        bool // there is nothing but this unit, or it is all that the map resolves
	}{
		{"domainfit_density2", "I7M317_D1", false},
		{"emd0093_6gyn_hcn4", "A", false},
		{"emd1044_1oed_nachr", "A", false},
		{"emd1461_vp6_trimer", "vp6_1", false},
		{"emd1883_1wcm_polII", "A", false},
		{"emd20026_apoferritin", "A", true},
		{"emd2513_4ci0_frh_af2", "AF2_1", false},
		{"emd2566_3j6b_chain9", "9", false},
		{"emd32143_gpcr_gs_7A", "Gbeta", false},
		{"emd4118_5ly6_pneumolysin", "B", true},
		{"emd4413_6i5a_tmv", "A", false},
		{"emd5168_factin", "3MFP_1", false},
		{"emd5170_actin", "1J6Z_1", false},
		{"emd5185_3j06_tmv", "A", true},
		{"emd6187_3j8x_kinesin_tubulin", "A", false},
		{"emd6272_3j9s_vp6_af2", "AF2_head", false},
		{"emd6824_trpml1_af", "AF_1", false},
		{"ribosome_uL4_crop", "C", false},
		{"simulated/sim_3gbm_11A", "A", false},
		{"simulated/sim_3j2w_8A", "A", false},
		{"simulated/sim_6crk_4A", "A", false},
		{"simulated/sim_8fxc_6A", "A", false},
		{"simulated/sim_8fxc_8A", "A", false},
	}
	var ratios []float64
	for _, test := range tests {
		folder := testdata.Shared(t, test.folder)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			g, stated := readCase(t, folder)
			points := readUnit(t, filepath.Join(folder, "truth_"+test.unit+".pdb.gz"))
			whole := volume.EstimateResolution(g)
			ratio := whole.Value / stated
			t.Logf("stated %5.2f Å, estimated %5.2f Å, ratio %.2f", stated, whole.Value, ratio)
			if !(ratio > 0.5 && ratio < 1.7) {
				t.Errorf("estimated %.3g Å, stated %.3g Å", whole.Value, stated)
			}
			ratios = append(ratios, ratio)
			cuts := cutsOf(t, g, points)
			if !test.alone {
				for _, mode := range []volume.ZeroMode{volume.ZeroContour, volume.ZeroDistance, volume.ZeroMass, volume.ZeroSoft, volume.ZeroSubtract, volume.ZeroOwn} {
					cuts[string(mode)] = zeroed(t, g, points, mode)
				}
			}
			for name, cut := range cuts {
				if got := volume.EstimateResolution(cut); !(math.Abs(got.Value/whole.Value-1) <= 0.15) {
					t.Errorf("%s: %.3g Å, whole %.3g Å", name, got.Value, whole.Value)
				}
			}
		})
	}
	slices.Sort(ratios)
	if m := ratios[len(ratios)/2]; m < 0.9 || m > 1.1 {
		t.Errorf("median ratio to the stated resolution %.2f, want about 1", m)
	}
}

func readCase(t *testing.T, folder string) (*volume.Grid, float64) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	var about struct {
		Resolution float64 `json:"resolution"`
		Map        struct {
			File string `json:"file"`
		} `json:"map"`
	}
	if err := json.Unmarshal(raw, &about); err != nil {
		t.Fatal(err)
	}
	v, err := load.Volume(filepath.Join(folder, about.Map.File), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v.Grid, about.Resolution
}

func readUnit(t *testing.T, path string) []volume.Point {
	t.Helper()
	s, err := load.Structure(path, load.StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	atoms, _ := s.Structure.Select(mol.AllAtoms)
	return fitting.Points(atoms)
}

func zeroed(t *testing.T, g *volume.Grid, points []volume.Point, mode volume.ZeroMode) *volume.Grid {
	t.Helper()
	o := volume.DefaultZeroOptions()
	o.Mode = mode
	l, err := volume.Zero(context.Background(), g, points, o)
	if err != nil {
		t.Fatal(err)
	}
	return volume.Apply(g, l)
}

// cutsOf returns g with a ball about an atom cut out, an eighth of the box in
// radius, and with all that is not near the molecule at one value.
func cutsOf(t *testing.T, g *volume.Grid, points []volume.Point) map[string]*volume.Grid {
	t.Helper()
	mask, err := volume.Mask(context.Background(), g, points, volume.MaskOptions{Radius: 4})
	if err != nil {
		t.Fatal(err)
	}
	e := g.Extent()
	center, radius := points[len(points)/2].Pos, max(e.X, e.Y, e.Z)/8
	constant := float32(2 * volume.NewProfile(g).SD)
	ball, outside := g.Like(), g.Like()
	for i, v := range g.Data {
		if r3.Norm(r3.Sub(g.Position(i), center)) >= radius {
			ball.Data[i] = v
		}
		outside.Data[i] = constant
		if mask.Data[i] > 0 {
			outside.Data[i] = v
		}
	}
	return map[string]*volume.Grid{"a ball cut out": ball, "outside constant": outside}
}
