// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"difffit/fitting/volume"
)

// someStyles are styles of maps, of all kinds that the panel tells apart.
var someStyles = []MapStyle{
	{Word: "skin", Label: "A skin", Opacity: true},
	{Word: "net", Label: "A net", Opacity: true},
	{Word: "fog", Label: "Fog", Curve: true},
	{Word: "cuts", Label: "Cuts", Curve: true, Opacity: true, Planes: true},
}

// mapsTest is a panel with two maps, one of them with a curve, and what it told.
type mapsTest struct {
	*Maps
	row  int
	to   MapRow
	done bool
	told int
}

func newMapsTest(t *testing.T) *mapsTest {
	p := &mapsTest{Maps: NewMaps(someStyles)}
	shown(t, p.Maps, 700, 400)
	p.OnChange = func(row int, to MapRow, done bool) { p.row, p.to, p.done, p.told = row, to, done, p.told+1 }
	profile := volume.NewProfile(ramp())
	p.SetState(MapsState{Radius: 6, Rows: []MapRow{
		{Name: "Remaining map", Style: "skin", Visible: true, Color: color.NRGBA{140, 175, 215, 120}, Level: 0.5, Profile: profile},
		{
			Name: "Whole map", Style: "fog", Color: color.NRGBA{90, 90, 90, 255}, Level: 0.5, Profile: profile,
			Stops: []Stop{{0.2, color.NRGBA{0, 0, 255, 0}}, {0.6, color.NRGBA{0, 255, 0, 64}}, {0.9, color.NRGBA{255, 0, 0, 255}}},
		},
	}})
	return p
}

func TestMapsChangeRows(t *testing.T) {
	p := newMapsTest(t)
	if p.told != 0 {
		t.Fatalf("showing tells %d changes", p.told)
	}
	test.Tap(p.lines[1].seen)
	if p.row != 1 || !p.to.Visible || !p.done {
		t.Errorf("row %d: %+v", p.row, p.to)
	}
	p.lines[0].style.SetSelected("A net")
	if p.row != 0 || p.to.Style != "net" {
		t.Errorf("row %d: style %q", p.row, p.to.Style)
	}
	p.lines[0].opacity.SetValue(0.5)
	if p.to.Color.A != 128 {
		t.Errorf("opacity %d, want 128", p.to.Color.A)
	}
	p.detail.bars.to(0.7)
	if p.row != 0 || p.to.Level != 0.7 || p.done {
		t.Errorf("level %g done %t, want 0.7, not yet done", p.to.Level, p.done)
	}
	var asked color.NRGBA
	p.OnColor = func(now color.NRGBA, set func(color.NRGBA)) { asked = now; set(color.NRGBA{1, 2, 3, 255}) }
	p.lines[0].color.Tapped(nil)
	if asked.R != 140 || p.to.Color != (color.NRGBA{1, 2, 3, 128}) {
		t.Errorf("asked with %v, got %v: the opacity stays", asked, p.to.Color)
	}
	near, radius, molecules := false, 0.0, false
	p.OnZone = func(n bool, r float64, m bool) { near, radius, molecules = n, r, m }
	test.Tap(p.near)
	p.radius.SetText("8,5")
	p.radius.OnSubmitted("8,5")
	test.Tap(p.others)
	if !near || radius != 8.5 || !molecules {
		t.Errorf("zone %t, %g Å, molecules %t", near, radius, molecules)
	}
}

func TestSlicesAreMoved(t *testing.T) {
	p := newMapsTest(t)
	s := p.state
	s.Rows[0].Style = "cuts"
	s.Rows[0].Slices = [3]SlicePlane{{Min: -10, Max: 10}, {Min: 0, Max: 50, At: 20}, {Show: true, Min: 0, Max: 9, At: 4}}
	p.SetState(s)
	if p.told != 0 || !p.detail.planes.Visible() || p.detail.where[1].Text != "20.0 Å" {
		t.Fatalf("%d changes told, planes at %q", p.told, p.detail.where[1].Text)
	}
	test.Tap(p.detail.shown[1])
	p.detail.at[1].SetValue(30)
	if !p.to.Slices[1].Show || p.to.Slices[1].At != 30 || p.to.Slices[2].At != 4 {
		t.Errorf("slices %+v", p.to.Slices)
	}
}

// What can be set of a map is what its style has.
func TestStylesSayWhatIsSet(t *testing.T) {
	tests := []struct {
		style                         string
		level, curve, opacity, planes bool
	}{
		{"skin", true, false, true, false},
		{"net", true, false, true, false},
		{"fog", false, true, false, false},
		{"cuts", false, true, true, true},
	}
	for _, tt := range tests {
		p := newMapsTest(t)
		s := p.state
		s.Rows[0].Style = tt.style
		p.SetState(s)
		l, d := p.lines[0], p.detail
		got := [4]bool{d.bars.Visible() && l.note.Text == "level 0.5", d.curve.Visible(), !l.opacity.Disabled(), d.planes.Visible()}
		if want := [4]bool{tt.level, tt.curve, tt.opacity, tt.planes}; got != want || p.told != 0 {
			t.Errorf("%s: level, curve, opacity, planes %v, want %v; %d changes told", tt.style, got, want, p.told)
		}
	}
}

// A person edits the transfer function: piecewise linear in density.
func TestCurveIsEdited(t *testing.T) {
	p := newMapsTest(t)
	p.Choose(1)
	c := p.detail.curve
	c.Resize(fyne.NewSize(400, 84))
	if s := c.between(0.3); s.Color != (color.NRGBA{0, 64, 191, 16}) {
		t.Errorf("at a quarter between two points: %v", s.Color)
	}
	if c.between(0.1).Color.A != 0 || c.between(0.95).Color.A != 255 {
		t.Error("beyond the points: want nothing before, the last after")
	}
	at := func(i int) fyne.Position {
		x, y := c.place(c.stops[i], 400, 84, curveEdge)
		return fyne.NewPos(float32(x), float32(y))
	}
	event := func(p fyne.Position) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary}
	}
	from := at(1)
	c.MouseDown(event(from))
	c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.AddXY(40, -20)}})
	if p.done || !p.to.Own || p.to.Stops[1].Density <= 0.6 || p.to.Stops[1].Color.A <= 64 {
		t.Errorf("dragged up and right: %+v", p.to.Stops[1])
	}
	c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(4000, 10)}})
	c.DragEnd()
	if !p.done || p.to.Stops[1].Density != 0.9 {
		t.Errorf("dragged over its neighbour: %g, want it to stop at 0.9", p.to.Stops[1].Density)
	}
	c.DoubleTapped(&fyne.PointEvent{Position: at(0).AddXY(30, -30)})
	if len(p.to.Stops) != 4 || p.to.Stops[1].Density <= 0.2 || c.chosen != 1 {
		t.Fatalf("double click: %+v, chosen %d", p.to.Stops, c.chosen)
	}
	before := p.to.Stops[1]
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	c.KeyUp(nil)
	if s := p.to.Stops[1]; s.Density <= before.Density || s.Color.A <= before.Color.A || !p.done {
		t.Errorf("keys: %+v, was %+v", s, before)
	}
	c.recolor(color.NRGBA{9, 8, 7, 255})
	if s := p.to.Stops[1].Color; s.R != 9 || s.A == 255 {
		t.Errorf("colour %v: the opacity stays", s)
	}
	for range 5 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	}
	if len(p.to.Stops) != 2 {
		t.Errorf("%d points after Delete, want two that stay", len(p.to.Stops))
	}
	c.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(200, -50)}) // beside all
	if m := c.draw(400, 84); m.Bounds().Dx() != 400 || math.IsNaN(c.back.lo) {
		t.Errorf("picture %v", m.Bounds())
	}
}
