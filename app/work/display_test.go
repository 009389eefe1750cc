// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// shownMaps are all shared maps with what a person takes for a good first
// contour, judged on pictures of each at several levels: σ of the map as opened,
// which is large where most of the box is a mask. truth are the structures that
// are in the map, where they are; start is one of them, somewhere else.
var shownMaps = []struct {
	folder, file string
	truth        []string
	start        string
	low, high    float64 // σ
}{
	{"domainfit_density2", "density2.mrc", []string{"truth_I7M317_D1*"}, "start_I7M317_D1*", 0.7, 3},
	{"emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", []string{"truth_[A-D].*"}, "start_A.*", 3.5, 8},
	{"emd1044_1oed_nachr", "1oed_box.ccp4.gz", []string{"truth_pentamer*"}, "start_A.*", 0.7, 2},
	{"emd1461_vp6_trimer", "emd_1461.mrc.gz", []string{"truth_vp6*"}, "start_vp6*", 0.9, 2.5},
	{"emd1883_1wcm_polII", "emd_1883.map.gz", []string{"truth_complex*"}, "start_A.*", 1.5, 3.5},
	{"emd20026_apoferritin", "emd20026_prot.mrc.gz", []string{"truth_A*"}, "start_A*", 1.8, 5},
	{"emd2513_4ci0_frh_af2", "emd_2513.mrc.gz", []string{"truth_AF2*"}, "start_AF2_1*", 0.9, 3},
	{"emd2566_3j6b_chain9", "emd_2566_3j6b_9.mrc", []string{"truth_9*"}, "start_9*", 1.2, 3},
	{"emd32143_gpcr_gs_7A", "low-res-emd-32143-42.map", []string{"truth_*"}, "start_Gbeta*", 1.2, 3.5},
	{"emd4118_5ly6_pneumolysin", "5ly6_box.ccp4.gz", []string{"truth_B*"}, "start_B*", 1.2, 2.8},
	{"emd4413_6i5a_tmv", "6i5a_box.ccp4", []string{"truth_A*"}, "start_A*", 1, 2.5},
	{"emd5168_factin", "emd_5168.map.gz", []string{"truth_3MFP*"}, "start_3MFP*", 1.5, 3},
	{"emd5170_actin", "emd_5170.map.gz", []string{"truth_*"}, "start_*", 1.3, 3.5},
	{"emd5185_3j06_tmv", "3j06_no_ligand_box.ccp4", []string{"truth_A*"}, "start_A*", 1.2, 3},
	{"emd6187_3j8x_kinesin_tubulin", "emd_6187_ABK.mrc", []string{"truth_[ABK].*"}, "start_K.*", 0.8, 2.2},
	{"emd6272_3j9s_vp6_af2", "3j9sA.mrc.gz", []string{"truth_DMM*"}, "start_DMM*", 1.2, 3},
	{"emd6824_trpml1_af", "6824.mrc.gz", []string{"truth_AF.*", "truth_AF_[0-9]*"}, "start_AF.*", 1.2, 3.2},
	{"ribosome_uL4_crop", "ribocut4a.mrc.gz", []string{"truth_C*"}, "start_C*", 0.6, 2.5},
	{"simulated/sim_3gbm_11A", "sim_3gbm_11A.mrc.gz", []string{"truth_*"}, "start_A*", 1.8, 3},
	{"simulated/sim_3j2w_8A", "sim_3j2w_8A.mrc.gz", []string{"truth_*"}, "start_A*", 1.8, 3},
	{"simulated/sim_6crk_4A", "sim_6crk_4A.mrc.gz", []string{"truth_[ABGH].*"}, "start_A.*", 1.6, 3},
	{"simulated/sim_8fxc_6A", "sim_8fxc_6A.mrc.gz", []string{"truth_[AEHL].*"}, "start_A.*", 1.3, 3},
	{"simulated/sim_8fxc_8A", "sim_8fxc_8A.mrc.gz", []string{"truth_*"}, "start_A*", 1.8, 3},
	{"xray/1cbs", "1cbs_2fofc.ccp4.gz", []string{"1cbs.cif.gz"}, "", 1, 3},
	{"xray/3ek3", "3ek3_2fofc.ccp4.gz", []string{"3ek3.cif.gz"}, "", 1, 3},
	{"xray/3pqr", "3pqr.ccp4.gz", []string{"3pqr.pdb.gz"}, "", 1, 3},
	{"domainseeker", "A.mrc.gz", nil, "", 0.5, 5},
	{"domainseeker", "B.mrc.gz", nil, "", 0.5, 5},
}

func TestDisplayLevelsOfSharedMaps(t *testing.T) {
	for _, tt := range shownMaps {
		t.Run(strings.ReplaceAll(tt.folder, "/", "_")+"_"+tt.file, func(t *testing.T) {
			folder := testdata.Shared(t, tt.folder)
			v, err := load.Volume(filepath.Join(folder, tt.file), load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := document.State{Map: &document.Map{Grid: v.Grid}, Options: fitting.DefaultOptions()}
			var targets Targets
			p := targets.Whole(s.Map).Profile()
			start := []string{tt.start}
			if tt.start == "" {
				start = nil
			}
			for _, with := range []struct {
				what  string
				files []string
			}{{"alone", nil}, {"with all in place", tt.truth}, {"with one elsewhere", start}} {
				s.Structures = structures(t, folder, with.files)
				level, err := targets.FirstLevel(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				mass := 0.0
				for _, m := range s.Masses() {
					mass += m
				}
				sigma := p.Sigmas(level.Value)
				t.Logf("%-18s %5.2f σ, encloses %4.0f kDa, opened %4.0f kDa: %s", with.what, sigma, p.Enclosed(level.Value)/volume.ProteinVolume/1000, mass/1000, level.Rule)
				if sigma < tt.low || sigma > tt.high {
					t.Errorf("%s: %.2f σ, want %g to %g", with.what, sigma, tt.low, tt.high)
				}
			}
		})
	}
}

// structures reads the files of a folder that have one of the patterns.
func structures(t *testing.T, folder string, patterns []string) []*document.Structure {
	t.Helper()
	var list []*document.Structure
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if filepath.Ext(strings.TrimSuffix(file, ".gz")) == ".json" {
				continue
			}
			s, err := load.Structure(file, load.StructureOptions{})
			if err != nil {
				t.Fatal(err)
			}
			u := &document.Structure{Model: s.Structure, Fit: true}
			list = append(list, u.WithID(len(list)+1))
		}
	}
	if len(list) == 0 && len(patterns) > 0 {
		t.Fatalf("%s: no %v", folder, patterns)
	}
	return list
}

// What a session says of its level counts, in this order.
func TestDisplayLevelOfASession(t *testing.T) {
	g := volume.New([3]int{20, 20, 20}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), r3.Vec{X: 20, Y: 20, Z: 20})) / 80))
	}
	author, none := volume.Level{Value: 0.4, Rule: "recommended"}, volume.Level{Value: 400, Rule: "recommended"}
	stated := 0.3
	base := document.State{Map: &document.Map{Grid: g}, Options: fitting.DefaultOptions()}
	var targets Targets
	first := targets.Whole(base.Map).Profile().DisplayLevel()
	tests := []struct {
		name    string
		contour *volume.Level
		level   *float64
		view    string
		want    volume.Level
	}{
		{"nothing", nil, nil, "", first},
		{"the authors", &author, nil, "", author},
		{"authors of another map", &none, nil, "", first},
		{"stated for the fit", &author, &stated, "", volume.StatedLevel(0.3)},
		{"seen by an older program: that of the fit", &author, nil, `{}`, targets.Level(base)},
		{"seen by an older program, stated", nil, &stated, `{}`, volume.StatedLevel(0.3)},
		{"seen", &author, &stated, `{"contour":{"value":0.2,"rule":"stated"}}`, volume.StatedLevel(0.2)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, m := base, *base.Map
			m.Contour, s.Map, s.Options.Level = tt.contour, &m, tt.level
			if tt.view != "" {
				s.View = []byte(tt.view)
			}
			if got, err := targets.DisplayLevel(t.Context(), s); err != nil || got != tt.want {
				t.Errorf("%+v (%v), want %+v", got, err, tt.want)
			}
		})
	}
	bad := base
	bad.View = []byte(`{"contour":7}`)
	if _, err := targets.DisplayLevel(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "document: view") {
		t.Errorf("a view that is wrong: %v", err)
	}
}
