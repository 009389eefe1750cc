// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"
	"testing"

	"difffit/fitting/volume"
	"difffit/render"
)

func TestVolumes(t *testing.T) {
	grids := [5]*volume.Grid{{}, {}, {}, {}, {}}
	remaining, whole, simulated, residual, lacking := grids[0], grids[1], grids[2], grids[3], grids[4]
	all := Source{
		Remaining: remaining, Whole: whole, Level: 1,
		SimulatedMaps: SimulatedMaps{Simulated: simulated, SimulatedLevel: 2, Residual: residual, Lacking: lacking, ResidualLevel: 3},
		Zone:          &render.Zone{Radius: 4},
	}
	plain := all
	plain.SimulatedMaps = SimulatedMaps{}
	painted := all
	painted.Paint = &render.Paint{}
	clean := &volume.Grid{}
	swept := painted
	swept.Swept = func(g *volume.Grid) *volume.Grid {
		if g != whole {
			t.Error("another map than the whole one is swept")
		}
		return clean
	}
	own := 7.0
	type drawn struct {
		grid  *volume.Grid
		level float32
		paint bool
	}
	tests := []struct {
		name string
		from Source
		m    Map
		want []drawn
	}{
		{"what remains", all, Map{Kind: Remaining}, []drawn{{remaining, 1, false}}},
		{"a level of its own", all, Map{Kind: Whole, Level: &own}, []drawn{{whole, 7, false}}},
		{"simulated", all, Map{Kind: Simulated}, []drawn{{simulated, 2, false}}},
		{"both sides of the residual", all, Map{Kind: Residual, Style: render.Mesh}, []drawn{{residual, 3, false}, {lacking, 3, false}}},
		{"a cloud has one side", all, Map{Kind: Residual, Style: render.Cloud}, []drawn{{residual, 3, false}}},
		{"not made", plain, Map{Kind: Residual}, nil},
		{"painted", painted, Map{Kind: Remaining}, []drawn{{whole, 1, true}}},
		{"without dust", swept, Map{Kind: Remaining}, []drawn{{clean, 1, true}}},
		{"a cloud keeps its dust", swept, Map{Kind: Whole, Style: render.Cloud}, []drawn{{whole, 1, false}}},
		{"what is made has no dust", swept, Map{Kind: Simulated}, []drawn{{simulated, 2, false}}},
		{"what is made is not painted", painted, Map{Kind: Simulated}, []drawn{{simulated, 2, false}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.m.Visible, tt.m.Color = true, color.NRGBA{1, 2, 3, 40}
			got := tt.from.Volumes([]Map{tt.m})
			if len(got) != len(tt.want) {
				t.Fatalf("%d maps are drawn, want %d", len(got), len(tt.want))
			}
			for i, v := range got {
				if d := (drawn{v.Grid, v.Level, v.Paint != nil}); d != tt.want[i] {
					t.Errorf("map %d: %+v, want %+v", i, d, tt.want[i])
				}
				if !v.Visible || v.Style != tt.m.Style || v.Color.A != 40 || v.Zone != tt.from.Zone {
					t.Errorf("map %d: %+v is not as %+v", i, v, tt.m)
				}
			}
		})
	}
	if from := plain; from.LevelOf(&Map{Kind: Residual}) != 1 {
		t.Errorf("the level of a residual map that is not made is %g, want that of the fit", from.LevelOf(&Map{Kind: Residual}))
	}
}
