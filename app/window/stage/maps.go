// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/render"
)

var mapNames = map[view.Kind]string{
	view.Remaining: "What remains", view.Whole: "Whole map", view.Simulated: "Simulated map", view.Residual: "Residual map",
}

// seenMaps are the maps that may be seen, and those of them that are made of
// placements.
type seenMaps struct {
	st        *Stage
	seen      view.Maps
	simulated shell.Latest[string, simulatedMaps]
	others    shell.Latest[string, besides] // of the maps beside the one that is fitted into
	instead   map[view.Kind]view.Kind       // what filtered maps are shown in place of
	zoned     *render.Zone                  // around the selected placement
	zonedKey  zoneKey
}

// firstMaps returns the maps as they are seen at first: all of the map, so that
// what is placed lets it be seen, and no remnant of zeroing. What remains is
// shown on request.
func firstMaps(l Display) view.Maps {
	v := view.Maps{Radius: 6, Molecules: true, Maps: []view.Map{
		{Kind: view.Remaining, Color: remainingColour},
		{Kind: view.Whole, Visible: true, Color: palette.Map},
		{Kind: view.Simulated, Color: color.NRGBA{120, 200, 130, 110}},
		{Kind: view.Residual, Color: residualColour},
	}}
	v.Maps[1].Restyle(l.MapStyle)
	v.Maps[0].Style = l.MapStyle
	return v
}

// panelStyles returns the styles of maps as their panel offers them.
func panelStyles() []panel.MapStyle {
	var list []panel.MapStyle
	for _, s := range view.MapStyles {
		list = append(list, panel.MapStyle{Word: s.Word, Label: s.Label, Curve: s.HasCurve(), Opacity: s.Opacity, Planes: s.Planes})
	}
	return list
}

// source returns what the maps are drawn from, but paint and zone.
func (ms *seenMaps) source() view.Source {
	d := &ms.st.derived
	if d.target == nil || d.base == nil || d.base != ms.st.revealed || d.whole.IsFlat() {
		return view.Source{Level: d.level, Others: ms.otherSources()}
	}
	return view.Source{
		Remaining: d.target.Grid(), Whole: d.base.Grid, Level: d.level,
		SimulatedMaps: ms.simulated.Value.SimulatedMaps, Others: ms.otherSources(),
	}
}

// profile returns the profile of a map that is there.
func (ms *seenMaps) profile(k view.Kind) *volume.Profile {
	switch k {
	case view.Remaining:
		return ms.st.derived.profile
	case view.Whole:
		return ms.st.derived.whole
	case view.Simulated:
		return ms.simulated.Value.SimulatedProfile
	}
	if id, other := k.Other(); other {
		if o := ms.st.sh.Doc.State().Other(id); o != nil {
			return ms.others.Value.of[o.Map].Profile
		}
		return nil
	}
	return ms.simulated.Value.ResidualProfile
}

// levelOf returns the level at which a map is shown.
func (ms *seenMaps) levelOf(m *view.Map) float64 {
	from := ms.source()
	return from.LevelOf(m)
}

// volumes returns what is seen of the maps; paint is nil where they have their
// own colours.
func (ms *seenMaps) volumes(paint *render.Paint, zone *render.Zone) []render.Volume {
	from := ms.source()
	from.Paint, from.Zone, from.Swept, from.Dark = paint, zone, ms.st.dust.of, ms.st.isDark()
	return from.Volumes(ms.seen.Maps)
}

// A zoneKey tells zones apart.
type zoneKey struct {
	structure *document.Structure
	motion    geom.Rigid
	radius    float64
}

// zone returns what is near the selected residues, else near the selected
// placement; nil if all is shown.
func (ms *seenMaps) zone(s document.State, molecules []render.Molecule) *render.Zone {
	if !ms.seen.Near {
		return nil
	}
	if zone := ms.st.inspect.Zone(molecules, ms.seen.Radius); zone != nil {
		return zone
	}
	selected := ms.st.sh.Doc.Selected()
	c, ok := s.Cluster(selected)
	t := s.Structure(selected.Structure)
	if !ok || t == nil {
		return nil
	}
	key := zoneKey{t, c.Motion, ms.seen.Radius}
	if ms.zoned == nil || ms.zonedKey != key {
		places := make([]r3.Vec, len(t.Model.Atoms))
		move := c.Motion.Mover()
		for i, a := range t.Model.Atoms {
			places[i] = move(a.Pos)
		}
		ms.zoned, ms.zonedKey = &render.Zone{Places: places, Radius: ms.seen.Radius}, key
	}
	return ms.zoned
}

// show shows the maps in their panel.
func (ms *seenMaps) show() {
	s := panel.MapsState{Near: ms.seen.Near, Radius: ms.seen.Radius, Molecules: ms.seen.Molecules}
	seen := map[view.Kind]int{}
	for i := range ms.seen.Maps {
		m := &ms.seen.Maps[i]
		seen[m.Kind]++
		s.Rows = append(s.Rows, ms.row(m, seen[m.Kind]))
	}
	ms.st.MapsPanel.SetState(s)
}

// row returns the line of a map; nth tells levels of one map apart.
func (ms *seenMaps) row(m *view.Map, nth int) panel.MapRow {
	from := ms.source()
	grid := from.Grid(m.Kind)
	r := panel.MapRow{
		Name: ms.nameOf(m.Kind), Visible: m.Visible, Style: view.WordOf(view.MapStyleWords, m.Style), Color: view.OnGround(m.Color, ms.st.isDark()),
		Level: from.LevelOf(m), Own: len(m.Transfer) > 1, Extra: nth > 1,
	}
	_, other := m.Kind.Other()
	r.Extra, r.Filter = r.Extra || other, grid != nil && (other || m.Kind.IsOpened())
	if nth > 1 {
		r.Name = fmt.Sprintf("%s, level %d", r.Name, nth)
	}
	if grid == nil {
		r.Note = ms.whyNoMap(m)
		return r
	}
	if profile := ms.profile(m.Kind); profile != nil {
		r.Profile, r.Scale = profile, profile
		if m.Kind == view.Remaining {
			r.Scale = ms.st.derived.whole
		}
		stops := m.Transfer
		if len(stops) < 2 {
			stops = render.DefaultTransfer(m.Style, float32(r.Level), m.Color, float32(profile.Min), float32(profile.Median()), float32(profile.Max))
		}
		for _, x := range stops {
			r.Stops = append(r.Stops, panel.Stop{Density: float64(x.Density), Color: x.Color})
		}
	}
	lo, hi := grid.Origin, grid.Point(r3.Vec{X: float64(grid.Size[0] - 1), Y: float64(grid.Size[1] - 1), Z: float64(grid.Size[2] - 1)})
	planes := m.Slices
	if planes.Show == [3]bool{} {
		planes = render.SlicePlanes{Show: [3]bool{2: true}, At: [3]float64{(lo.X + hi.X) / 2, (lo.Y + hi.Y) / 2, (lo.Z + hi.Z) / 2}}
	}
	for i, b := range [3][2]float64{{lo.X, hi.X}, {lo.Y, hi.Y}, {lo.Z, hi.Z}} {
		r.Slices[i] = panel.SlicePlane{Show: planes.Show[i], At: planes.At[i], Min: b[0], Max: b[1]}
	}
	return r
}

// whyNoMap tells why there is nothing to be seen.
func (ms *seenMaps) whyNoMap(m *view.Map) string {
	_, other := m.Kind.Other()
	switch {
	case other:
		return "is being looked at"
	case ms.st.derived.base == nil:
		return "no map is open"
	case m.Kind == view.Remaining || m.Kind == view.Whole:
		return ""
	case m.Visible && !ms.simulated.Settled():
		return "is being made"
	case ms.simulated.Value.fault != "":
		return ms.simulated.Value.fault
	case m.Visible:
		return "select or accept a placement"
	}
	return "made when it is shown"
}

// connect ties the panel of maps to the picture.
func (ms *seenMaps) connect() {
	p := ms.st.MapsPanel
	p.OnChange = ms.change
	p.OnColor = func(now color.NRGBA, set func(color.NRGBA)) { ms.st.pickColour("Colour", now, set) }
	p.OnAdd = func(i int) {
		if len(ms.seen.Maps) >= view.MostMaps || i >= len(ms.seen.Maps) {
			ms.st.sh.Say(fmt.Sprintf("There can be %d maps in the picture", view.MostMaps))
			return
		}
		m := ms.seen.Maps[i]
		level := ms.levelOf(&m)
		if p := ms.profile(m.Kind); p != nil { // a quarter of the way to the top, whatever the sign
			level += (p.Max - level) / 4
		}
		m.Level, m.Visible = &level, true
		m.Color.R, m.Color.B = 255-m.Color.R/2, m.Color.B/2
		m.Transfer = slices.Clone(m.Transfer)
		ms.seen.Maps = slices.Insert(ms.seen.Maps, i+1, m)
		ms.changed()
		p.Choose(i + 1)
	}
	p.OnRemove = func(i int) {
		if ms.removeOther(i) {
			return
		}
		ms.seen.Maps = slices.Delete(ms.seen.Maps, i, i+1)
		ms.changed()
	}
	p.OnFilter = ms.askFilter
	p.OnReset = func(i int) {
		ms.seen.Maps[i].Transfer = nil
		ms.changed()
	}
	p.OnZone = func(near bool, radius float64, molecules bool) {
		ms.seen.Near, ms.seen.Radius, ms.seen.Molecules = near, radius, molecules
		ms.st.Show()
	}
}

// changed shows the maps as they are now wanted.
func (ms *seenMaps) changed() {
	ms.make()
	ms.show()
	ms.st.Show()
}

// change takes over a line of the panel.
func (ms *seenMaps) change(i int, r panel.MapRow, done bool) {
	m := &ms.seen.Maps[i]
	style := view.MapStyleWords[r.Style]
	if r.Level != ms.levelOf(m) || done && m.Kind.IsOpened() && m.Level == nil && r.Level != ms.seen.Contour.Value {
		ms.setLevel(i, r.Level, done)
	}
	m.Visible, m.Color = r.Visible, r.Color
	if style != m.Style {
		if m.Restyle(style); m.Kind == view.Whole && m.Level == nil {
			ms.st.display.MapStyle = style
			ms.st.display.keep(ms.st.sh.App.Preferences())
			ms.st.sh.Enable()
		}
	} else if r.Own {
		m.Transfer = m.Transfer[:0:0]
		for _, s := range r.Stops {
			m.Transfer = append(m.Transfer, render.Stop{Density: float32(s.Density), Color: s.Color})
		}
	}
	m.Slices = render.SlicePlanes{}
	for k, s := range r.Slices {
		m.Slices.Show[k], m.Slices.At[k] = s.Show, s.At
	}
	if done {
		ms.changed()
		return
	}
	ms.st.Show()
}

// setLevel sets the level of a map: its own, or the one of all of the map and
// what remains of it.
func (ms *seenMaps) setLevel(i int, level float64, done bool) {
	m := &ms.seen.Maps[i]
	if math.IsNaN(level) {
		return
	}
	if !m.Kind.IsOpened() || m.Level != nil {
		m.Level = &level
		return
	}
	ms.st.previewLevel(level)
	ms.st.tellLevel(ms.st.sh.Doc.State(), level)
	if done {
		ms.st.SetLevel(&level)
	}
}

// residualColour is that of the residual map, as of difference maps: green for
// density that no placement explains; the other side is red.
var residualColour = color.NRGBA{60, 175, 85, 150}

// ToggleMap shows a map or hides it.
func (st *Stage) ToggleMap(k view.Kind) {
	for i := range st.maps.seen.Maps {
		if st.maps.seen.Maps[i].Kind == k {
			st.maps.seen.Maps[i].Visible = !st.maps.seen.Maps[i].Visible
			break
		}
	}
	st.maps.changed()
	st.sh.Enable()
}

// ToggleZone shows only what is near the selected residues or placement, or all.
func (st *Stage) ToggleZone() {
	st.maps.seen.Near = !st.maps.seen.Near
	st.maps.changed()
	st.sh.Enable()
}
