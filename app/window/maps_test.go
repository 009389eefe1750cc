// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/window/stage"
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
	m := b.stage.Maps().Maps[row]
	r := b.stage.MapRow(&m, 1)
	change(&r)
	b.stage.MapsPanel.OnChange(row, r, true)
	b.idle()
}

func TestSeveralMapsAtOnce(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.stage.SetDisplay(func(l *stage.Display) { l.Dust = true }) // maps as they are
	if v := visible(b.stage.View.Scene()); len(v) != 1 || v[0].Grid != b.Doc.State().Map.Grid || v[0].Color.A > 100 {
		t.Fatalf("at first %d maps, want all of the one that was opened, translucent", len(v))
	}
	for row := range 4 {
		b.change(row, func(r *panel.MapRow) { r.Visible = true; r.Color = color.NRGBA{uint8(row), 0, 0, 99} })
	}
	v := visible(b.stage.View.Scene())
	if len(v) != 5 || v[2].Grid == nil || v[2].Color != (color.NRGBA{2, 0, 0, 99}) {
		t.Fatalf("%d maps are seen, want 4 with their colours, the residual with both sides", len(v))
	}
	whole, simulated, residual := v[1].Grid, v[2].Grid, v[3].Grid
	if whole != b.Doc.State().Map.Grid || len(whole.Data) != len(residual.Data) {
		t.Error("the whole map is not that of the file, or the residual has other voxels")
	}
	at := b.stage.View.Scene().Molecules[0].Motions[0].Apply(b.Doc.State().Structures[0].Model.Atoms[0].Pos)
	if simulated.Sample(at) <= 0 || residual.Sample(at) >= whole.Sample(at) {
		t.Errorf("at an atom: simulated %g, residual %g of %g", simulated.Sample(at), residual.Sample(at), whole.Sample(at))
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	b.idle()
	if visible(b.stage.View.Scene())[2].Grid == simulated {
		t.Error("another placement: the simulated map stays")
	}
	b.change(2, func(r *panel.MapRow) { r.Visible = false })
	b.change(3, func(r *panel.MapRow) { r.Visible = false })
	m := b.stage.Maps().Maps[2]
	if note := b.stage.MapRow(&m, 1).Note; note != "made when it is shown" {
		t.Error("maps that nobody sees are kept")
	}
}

func TestLevelsOfOneMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	main := b.shownLevel()
	b.change(0, func(r *panel.MapRow) { r.Visible = true })
	b.change(1, func(r *panel.MapRow) { r.Visible = false })
	b.stage.MapsPanel.OnAdd(0)
	v := visible(b.stage.View.Scene())
	if len(v) != 2 || v[0].Grid != v[1].Grid || v[1].Level <= v[0].Level {
		t.Fatalf("%d maps seen, want another level of the first", len(v))
	}
	b.change(1, func(r *panel.MapRow) { r.Level = 2 * main })
	if v := visible(b.stage.View.Scene()); float64(v[1].Level) != float64(float32(2*main)) || b.shownLevel() != main {
		t.Errorf("level %g, that of the map %g", v[1].Level, b.shownLevel())
	}
	b.change(0, func(r *panel.MapRow) { r.Level = 0.9 * main })
	if o := b.Doc.State().Options.Level; o != nil || b.shownLevel() != 0.9*main {
		t.Errorf("the level is %g, want %g, and that of the fit as it was: %v", b.shownLevel(), 0.9*main, o)
	}
	b.stage.MapsPanel.OnRemove(1)
	if n := len(visible(b.stage.View.Scene())); n != 1 {
		t.Errorf("%d maps after removing one", n)
	}
	for range 9 {
		b.stage.MapsPanel.OnAdd(0)
	}
	if n := len(b.stage.Maps().Maps); n != view.MostMaps {
		t.Errorf("%d maps, want at most %d", n, view.MostMaps)
	}
}

func TestTransferFunctionOfAMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	b.change(1, func(r *panel.MapRow) { r.Style = "cloud" })
	if v := b.stage.View.Scene().Volumes[1]; v.Style != render.Cloud || v.Transfer != nil || b.stage.Display().MapStyle != render.Cloud {
		t.Errorf("style %d, transfer %v", v.Style, v.Transfer)
	}
	b.change(1, func(r *panel.MapRow) { r.Stops[1].Density += 0.01; r.Own = true })
	v := b.stage.View.Scene().Volumes[1]
	if len(v.Transfer) != 3 {
		t.Fatalf("transfer function %v, want that of the person", v.Transfer)
	}
	b.stage.MapsPanel.OnReset(1)
	if v := b.stage.View.Scene().Volumes[1]; v.Transfer != nil {
		t.Errorf("after the reset: %v", v.Transfer)
	}
	b.change(1, func(r *panel.MapRow) { r.Style = "slices" })
	b.change(1, func(r *panel.MapRow) { r.Slices[0].Show = true; r.Slices[0].At = 7 })
	if s := b.stage.View.Scene().Volumes[1].Slices; !s.Show[0] || !s.Show[2] || s.At[0] != 7 {
		t.Errorf("slices %+v", s)
	}
}

func TestZoneAroundTheSelected(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.stage.MapsPanel.OnZone(true, 4, true)
	s := b.stage.View.Scene()
	z := s.Volumes[0].Zone
	if z == nil || z.Radius != 4 || len(z.Places) == 0 || s.Molecules[0].Zone != z {
		t.Fatalf("zone %v", z)
	}
	if b.stage.Show(); b.stage.View.Scene().Volumes[0].Zone != z {
		t.Error("the same zone is made again")
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	if b.stage.View.Scene().Volumes[0].Zone == z {
		t.Error("another placement has the same zone")
	}
	test.Tap(b.tools.accept)
	b.stage.MapsPanel.OnZone(false, 4, true)
	if b.stage.View.Scene().Volumes[0].Zone != nil {
		t.Error("the zone is not taken away")
	}
}
