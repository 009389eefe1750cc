// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/render"
)

// visible returns the maps that are seen.
func visible(s render.Scene) []render.Volume {
	var list []render.Volume
	for _, v := range s.Volumes {
		if v.Visible {
			list = append(list, v)
		}
	}
	return list
}

// change does what a person does in a line of the panel of maps.
func (b *bench) change(row int, change func(*panel.MapRow)) {
	m := &b.maps.Maps[row]
	r := b.mapRow(m, 1)
	change(&r)
	b.changeMap(row, r, true)
	b.idle()
}

func TestSeveralMapsAtOnce(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	if v := visible(b.view.Scene()); len(v) != 1 || v[0].Grid != b.derived.target.Grid() {
		t.Fatalf("at first %d maps, want the remaining one", len(v))
	}
	for row := 1; row < 4; row++ {
		b.change(row, func(r *panel.MapRow) { r.Visible = true; r.Color = color.NRGBA{uint8(row), 0, 0, 99} })
	}
	v := visible(b.view.Scene())
	if len(v) != 5 || v[2].Grid == nil || v[2].Color != (color.NRGBA{2, 0, 0, 99}) {
		t.Fatalf("%d maps are seen, want 4 with their colours, the residual with both sides", len(v))
	}
	whole, simulated, residual := v[1].Grid, v[2].Grid, v[3].Grid
	if whole != b.doc.State().Map.Grid || len(whole.Data) != len(residual.Data) {
		t.Error("the whole map is not that of the file, or the residual has other voxels")
	}
	at := b.view.Scene().Molecules[0].Motions[0].Apply(b.doc.State().Structures[0].Model.Atoms[0].Pos)
	if simulated.Sample(at) <= 0 || residual.Sample(at) >= whole.Sample(at) {
		t.Errorf("at an atom: simulated %g, residual %g of %g", simulated.Sample(at), residual.Sample(at), whole.Sample(at))
	}
	before := b.made.key
	b.doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	b.idle()
	if b.made.key == before || b.made.busy() {
		t.Error("another placement: the simulated map stays")
	}
	b.change(2, func(r *panel.MapRow) { r.Visible = false })
	b.change(3, func(r *panel.MapRow) { r.Visible = false })
	if b.made.Simulated != nil {
		t.Error("maps that nobody sees are kept")
	}
}

func TestLevelsOfOneMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	main := b.derived.level
	b.mapsPanel.OnAdd(0)
	v := visible(b.view.Scene())
	if len(v) != 2 || v[0].Grid != v[1].Grid || v[1].Level <= v[0].Level {
		t.Fatalf("%d maps seen, want another level of the first", len(v))
	}
	b.change(1, func(r *panel.MapRow) { r.Level = 2 * main })
	if v := visible(b.view.Scene()); float64(v[1].Level) != float64(float32(2*main)) || b.derived.level != main || b.doc.State().Options.Level != nil {
		t.Errorf("level %g, that of the fit %g", v[1].Level, b.derived.level)
	}
	b.change(0, func(r *panel.MapRow) { r.Level = 0.9 * main })
	if o := b.doc.State().Options.Level; o == nil || *o != 0.9*main {
		t.Errorf("the level of the fit is %v, want %g", o, 0.9*main)
	}
	b.mapsPanel.OnRemove(1)
	if n := len(visible(b.view.Scene())); n != 1 {
		t.Errorf("%d maps after removing one", n)
	}
	for range 9 {
		b.mapsPanel.OnAdd(0)
	}
	if n := len(b.maps.Maps); n != view.MostMaps {
		t.Errorf("%d maps, want at most %d", n, view.MostMaps)
	}
}

func TestTransferFunctionOfAMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	b.change(0, func(r *panel.MapRow) { r.Style = panel.CloudStyle })
	if v := b.view.Scene().Volumes[0]; v.Style != render.Cloud || v.Transfer != nil || b.looks.mapStyle != render.Cloud {
		t.Errorf("style %d, transfer %v", v.Style, v.Transfer)
	}
	b.change(0, func(r *panel.MapRow) { r.Stops[1].Density += 0.01; r.Own = true })
	v := b.view.Scene().Volumes[0]
	if len(v.Transfer) != 3 {
		t.Fatalf("transfer function %v, want that of the person", v.Transfer)
	}
	b.mapsPanel.OnReset(0)
	if v := b.view.Scene().Volumes[0]; v.Transfer != nil {
		t.Errorf("after the reset: %v", v.Transfer)
	}
	b.change(0, func(r *panel.MapRow) { r.Style = panel.SlicesStyle })
	b.change(0, func(r *panel.MapRow) { r.Slices[0].Show = true; r.Slices[0].At = 7 })
	if s := b.view.Scene().Volumes[0].Slices; !s.Show[0] || !s.Show[2] || s.At[0] != 7 {
		t.Errorf("slices %+v", s)
	}
}

func TestZoneAroundTheSelected(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.mapsPanel.OnZone(true, 4, true)
	s := b.view.Scene()
	z := s.Volumes[0].Zone
	if z == nil || z.Radius != 4 || len(z.Places) == 0 || s.Molecules[0].Zone != z {
		t.Fatalf("zone %v", z)
	}
	if b.showScene(); b.view.Scene().Volumes[0].Zone != z {
		t.Error("the same zone is made again")
	}
	b.doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	if b.view.Scene().Volumes[0].Zone == z {
		t.Error("another placement has the same zone")
	}
	test.Tap(b.tools.accept)
	b.mapsPanel.OnZone(false, 4, true)
	if b.view.Scene().Volumes[0].Zone != nil {
		t.Error("the zone is not taken away")
	}
}
