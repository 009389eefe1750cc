// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"math"
	"testing"

	"difffit/app/document"
	"difffit/app/document/documenttest"
)

func TestSurvey(t *testing.T) {
	d := documenttest.Composed(t)
	v, err := new(Surveyor).Survey(context.Background(), d.State(), 0.5, 4)
	documenttest.Must(t, err)
	if v.Above == 0 || v.Total == 0 || v.Total != v.ByStructure[1]+v.ByStructure[2] || v.Total > v.Above {
		t.Errorf("above %d, explained %d, by structure %v", v.Above, v.Total, v.ByStructure)
	}
	if p := v.Part(v.Total); !(p > 0 && p <= 100) || math.Abs(p-100*float64(v.Total)/float64(v.Above)) > 1e-9 {
		t.Errorf("explained %.2f %%", p)
	}
	if len(v.Clashes) != 1 || v.Clashes[0].A != 0 || v.Clashes[0].B != 1 || len(v.Clashes[0].Atoms) == 0 {
		t.Errorf("clashes %+v, want one of alpha and beta", v.Clashes)
	}
	if c := v.Contested[1]; c == nil || c.Contested == 0 || c.Voxels != d.State().Layers[0].Cut.Voxels {
		t.Errorf("layer 1 has %+v, want contested voxels", c)
	}
	none, err := new(Surveyor).Survey(context.Background(), document.New().State(), 0, 0)
	if err != nil || none.Part(0) != 0 {
		t.Errorf("of nothing: %+v, %v", none, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := new(Surveyor).Survey(ctx, d.State(), 0.5, 4); err == nil {
		t.Error("a cancelled survey is no error")
	}
}

// A level that moves makes neither clashes nor what is contested anew.
func TestSurveyKeepsWhatALevelDoesNotTouch(t *testing.T) {
	d := documenttest.Composed(t)
	var v Surveyor
	survey := func(level float64) *Survey {
		t.Helper()
		got, err := v.Survey(t.Context(), d.State(), level, 4)
		documenttest.Must(t, err)
		want, err := new(Surveyor).Survey(t.Context(), d.State(), level, 4)
		documenttest.Must(t, err)
		if got.Total != want.Total || got.Above != want.Above || len(got.Clashes) != len(want.Clashes) || len(got.Contested) != len(want.Contested) {
			t.Errorf("with what was kept %+v, want %+v", got, want)
		}
		for id, l := range want.Contested {
			if got.Contested[id] == nil || got.Contested[id].Contested != l.Contested {
				t.Errorf("layer %d: %+v, want %+v", id, got.Contested[id], l)
			}
		}
		return got
	}
	first := survey(0.5)
	second := survey(1)
	if first.Above == second.Above {
		t.Error("the level did not move")
	}
	if &first.Clashes[0] != &second.Clashes[0] || first.Contested[1] != second.Contested[1] {
		t.Error("clashes and contested voxels were made anew for another level")
	}
	documenttest.Must(t, d.SetLayer(1, false))
	if third := survey(1); third.Contested[1] != second.Contested[1] {
		t.Error("contested voxels were made anew for a layer that was switched off")
	}
	documenttest.Must(t, d.Accept(document.ClusterID{Round: 2, Structure: 1, Rank: 1}))
	if fourth := survey(1); fourth.Contested[1] == second.Contested[1] {
		t.Error("another placement was accepted, but what is contested is that of before")
	}
	documenttest.Must(t, d.RemoveLayer(2))
	if fifth := survey(1); len(fifth.Contested) != 1 {
		t.Errorf("%d layers are contested, want 1", len(fifth.Contested))
	}
}
