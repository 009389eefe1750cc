// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"testing"

	"difffit/app/document"
)

// Of the significant rows of one fit those are accepted together that make the
// complex: each place once, and of each structure as many copies as are expected.
func TestTogetherInRealMaps(t *testing.T) {
	tests := []struct {
		name, folder, density string
		resolution            float64
		starts                []string
		copies                int         // of the first, as a person says
		want                  map[int]int // copies of each structure
	}{
		{"four files of one subunit", "emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", 3.4, []string{"start_A.pdb.gz", "start_B.pdb.gz", "start_C.pdb.gz", "start_D.pdb.gz"}, 0, map[int]int{1: 1, 2: 1, 3: 1, 4: 1}},
		{"two of one, two of others", "emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", 3.4, []string{"start_A.pdb.gz", "start_B.pdb.gz", "start_C.pdb.gz"}, 2, map[int]int{1: 2, 2: 1, 3: 1}},
		{"three chains", "emd6187_3j8x_kinesin_tubulin", "emd_6187_ABK.mrc", 5, []string{"start_A.pdb.gz", "start_B.pdb.gz", "start_K.pdb.gz"}, 0, map[int]int{1: 1, 2: 1, 3: 1}},
		{"one alone", "emd1461_vp6_trimer", "emd_1461.mrc.gz", 3.8, []string{"start_vp6.pdb.gz"}, 0, map[int]int{1: 3}},
		{"one alone, of which two are expected", "emd1461_vp6_trimer", "emd_1461.mrc.gz", 3.8, []string{"start_vp6.pdb.gz"}, 2, map[int]int{1: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := fitted(t, tt.folder, tt.density, tt.resolution, tt.starts...)
			if err := d.SetCopies(1, tt.copies); err != nil {
				t.Fatal(err)
			}
			ids, err := Together(t.Context(), d.State(), d.State().Acceptable())
			if err != nil {
				t.Fatal(err)
			}
			got := map[int]int{}
			for _, id := range ids {
				got[id.Structure]++
			}
			for structure, n := range tt.want {
				if got[structure] != n {
					t.Errorf("%d copies of %s, want %d (%v)", got[structure], d.State().Name(structure), n, ids)
				}
			}
			if taken, err := Taken(t.Context(), d.State(), d.State().Significant()); err != nil || len(taken) > 0 {
				t.Errorf("%v are taken (%v) before anything is accepted", taken, err)
			}
			if err := d.AcceptAll(ids); err != nil {
				t.Fatal(err)
			}
			open := d.State().Significant()
			if taken, err := Taken(t.Context(), d.State(), open); err != nil || len(taken) != len(open) {
				t.Errorf("of %v only %v are taken (%v)", open, taken, err)
			}
			v, err := new(Surveyor).Survey(t.Context(), d.State(), 0, tt.resolution)
			if err != nil || v.TooNear() > 0 {
				t.Errorf("%d clashes (%v), want none", v.TooNear(), err)
			}
			if again, err := Together(t.Context(), d.State(), d.State().Significant()); err != nil || len(again) > 0 {
				t.Errorf("%v would be accepted beside these (%v), want none", again, err)
			}
		})
	}
}

// A structure that is gone or complete is not taken.
func TestTogetherLeavesOut(t *testing.T) {
	s := state()
	if ids, err := Together(t.Context(), s, []document.ClusterID{{Round: 9, Structure: 1, Rank: 1}, {}}); err != nil || len(ids) > 0 {
		t.Errorf("%v (%v) of places that are not there", ids, err)
	}
}
