// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/render"
)

func TestLocalFitColoursTheSelectedPlacement(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	pick(t, b.window, "Colours", "By local fit")
	molecule := func() render.Molecule { return b.stage.View.Scene().Molecules[0] }
	b.until("the local fit is there", func() bool { return molecule().Values != nil })
	m := molecule()
	if m.Coloring != render.ByValue || len(m.Values.Of) != len(m.Structure.Atoms) || m.Values.Low != 0 || m.Values.High != 1 {
		t.Errorf("coloring %d, values %+v", m.Coloring, m.Values)
	}
	l := firstLegend(b)
	if !strings.HasPrefix(l.Title, "Local correlation") || !l.Ramp || len(l.Labels) != 3 || l.Labels[0] != "0" || l.Labels[2] != "1" {
		t.Errorf("legend %+v", l)
	}
	again := m.Values

	b.stage.Show()
	if molecule().Values != again {
		t.Error("the local fit is made again for the same placement")
	}
}

func TestMapHasTheColoursOfPlacements(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.compose.ZeroOut()
	b.idle()
	pick(t, b.window, "Map", "Hide dust") // or another map is drawn for its surface
	remaining := b.stage.View.Scene().Volumes[0].Grid
	pick(t, b.window, "Map", "Coloured by the placement")
	volume := func() render.Volume { return b.stage.View.Scene().Volumes[0] }
	b.until("the map is coloured", func() bool { return volume().Paint != nil })
	v := volume()
	if v.Grid == remaining || v.Grid != b.Doc.State().Map.Grid {
		t.Error("what was zeroed out is not shown")
	}
	there := false
	for _, c := range v.Paint.Colors {
		first := palette.Of(b.Doc.State()).Accepted(b.Doc.State().Accepted[0])
		there = there || c == first
		if c != first && c != (color.NRGBA{}) {
			t.Fatalf("colour %v is of no placement", c)
		}
	}
	if !there {
		t.Error("the placement has no place in the map")
	}
	if l := firstLegend(b); l.Title != "Map explained by" || len(l.Labels) != 2 || l.Labels[0] != "alpha copy 1" || l.Labels[1] != "none" {
		t.Errorf("legend %+v", l)
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 2})
	b.table.Accept()
	b.Doc.Select(document.ClusterID{})
	b.idle()
	if c := b.stage.View.Scene().Molecules[1].Color; c != palette.Of(b.Doc.State()).Accepted(b.Doc.State().Accepted[1]) || c == palette.Base(1) {
		t.Errorf("the second copy has the colour %v, want that of its density", c)
	}
	b.undo()
	b.undo()
	b.idle()
	if volume().Paint != nil {
		t.Error("without an accepted placement the map is still coloured")
	}
}

func TestLegendAndBackground(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	if b.stage.Legend.Visible() {
		t.Error("structures that have one colour each need no legend")
	}
	pick(t, b.window, "Colours", "By element")
	if l := firstLegend(b); l.Title != "Element" || len(l.Labels) != 1 || l.Labels[0] != "C" || !b.stage.Legend.Visible() {
		t.Errorf("legend %+v", l)
	}
	pick(t, b.window, "Colours", "By pLDDT")
	if l := firstLegend(b); len(l.Labels) != 4 || l.Ramp || l.Title != "pLDDT" {
		t.Errorf("legend %+v", l)
	}
	pick(t, b.window, "Colours", "By B factor")
	if l := firstLegend(b); !strings.Contains(l.Title, "Å²") || !l.Ramp {
		t.Errorf("legend %+v", l)
	}
	pick(t, b.window, "Colours", "Legend of colours")
	if b.stage.Legend.Visible() {
		t.Error("the legend cannot be switched off")
	}
	pick(t, b.window, "Colours", "Legend of colours")
	if !b.stage.Legend.Visible() {
		t.Error("the legend cannot be switched on again")
	}
	for _, want := range []color.NRGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {}} {
		if pick(t, b.window, "Background", "Next"); b.stage.View.Scene().Background != want {
			t.Errorf("background %v, want %v", b.stage.View.Scene().Background, want)
		}
	}
	if b.stage.Display().Ground != view.ThemeGround {
		t.Errorf("background %d", b.stage.Display().Ground)
	}
}

func firstLegend(b *bench) panel.LegendState {
	if l := b.stage.Legend.State(); len(l) > 0 {
		return l[0]
	}
	return panel.LegendState{}
}

func TestResidualHasTwoSides(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	before := len(seenMaps(b))
	pick(t, b.window, "Map", "Residual map")
	b.until("the residual is there", func() bool { return len(seenMaps(b)) == before+2 })
	v := seenMaps(b)
	more, less := v[before], v[before+1]
	if more.Level != less.Level || more.Color != (color.NRGBA{60, 175, 85, 150}) || less.Color.R != view.LackingColor.R {
		t.Errorf("levels %g, %g; colours %v, %v", more.Level, less.Level, more.Color, less.Color)
	}
	for i, x := range more.Grid.Data {
		if less.Grid.Data[i] != -x {
			t.Fatalf("voxel %d is %g on one side, %g on the other", i, x, less.Grid.Data[i])
		}
	}
	if l := firstLegend(b); !strings.HasPrefix(l.Title, "Residual map at ±") || !strings.HasSuffix(l.Title, " SD of the residual") {
		t.Errorf("legend %+v", l)
	}
	pick(t, b.window, "Map", "Only near")
	if seenMaps(b)[0].Zone == nil {
		t.Error("there is no zone")
	}
}

func seenMaps(b *bench) []render.Volume {
	var list []render.Volume
	for _, v := range b.stage.View.Scene().Volumes {
		if v.Visible {
			list = append(list, v)
		}
	}
	return list
}
