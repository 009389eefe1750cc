// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2/dialog"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/render"
)

var mapNames = map[view.Kind]string{
	view.Remaining: "Remaining map", view.Whole: "Whole map", view.Simulated: "Simulated map", view.Residual: "Residual map",
}

// firstMaps returns the maps as they are seen at first: what is left of the map.
func firstMaps(l Display) view.Maps {
	v := view.Maps{Radius: 6, Molecules: true, Maps: []view.Map{
		{Kind: view.Remaining, Visible: true, Color: mapColour},
		{Kind: view.Whole, Color: color.NRGBA{180, 180, 180, 70}},
		{Kind: view.Simulated, Color: color.NRGBA{120, 200, 130, 110}},
		{Kind: view.Residual, Color: residualColour},
	}}
	restyle(&v.Maps[0], l.MapStyle, l.SolidMap)
	return v
}

// restyle draws a map in another way. Only surfaces let what is behind them be
// seen, unless they are to be solid.
func restyle(m *view.Map, s render.MapStyle, solid bool) {
	m.Style = s
	m.Color.A = 255
	if s == render.Surface && !solid {
		m.Color.A = mapColour.A
	}
}

// grid returns a map and its profile, nil if there is none.
func (st *Stage) grid(k view.Kind) (*volume.Grid, *volume.Profile) {
	d := &st.derived
	if d.target == nil || d.base == nil {
		return nil, nil
	}
	switch k {
	case view.Remaining:
		return d.target.Grid(), d.profile
	case view.Whole:
		return d.base.Grid, d.whole
	case view.Simulated:
		return st.simulated.Value.Simulated, st.simulated.Value.SimulatedProfile
	}
	return st.simulated.Value.Residual, st.simulated.Value.ResidualProfile
}

// levelOf returns the level at which a map is shown.
func (st *Stage) levelOf(m *view.Map) float64 {
	switch {
	case m.Level != nil:
		return *m.Level
	case m.Kind == view.Simulated:
		return st.simulated.Value.SimulatedLevel
	case m.Kind == view.Residual && st.simulated.Value.Residual != nil:
		return st.simulated.Value.ResidualLevel
	}
	return st.derived.level
}

// volumes returns what is seen of the maps.
func (st *Stage) volumes(s document.State) []render.Volume {
	var list []render.Volume
	for i := range st.maps.Maps {
		m := &st.maps.Maps[i]
		grid, _ := st.grid(m.Kind)
		if grid == nil {
			continue
		}
		list = append(list, render.Volume{
			Grid: grid, Level: float32(st.levelOf(m)), Color: m.Color, Visible: m.Visible,
			Style: m.Style, Transfer: m.Transfer, Slices: m.Slices, Zone: st.zone(s),
		})
		if m.Kind == view.Residual && (m.Style == render.Surface || m.Style == render.Mesh) {
			list = append(list, st.simulated.Value.OtherSide(list[len(list)-1]))
		}
	}
	return list
}

// A zoneKey tells zones apart.
type zoneKey struct {
	structure *document.Structure
	motion    geom.Rigid
	radius    float64
}

// zone returns what is near the selected placement, nil if all is shown.
func (st *Stage) zone(s document.State) *render.Zone {
	selected := st.sh.Doc.Selected()
	c, ok := s.Cluster(selected)
	t := s.Structure(selected.Structure)
	if !st.maps.Near || !ok || t == nil {
		return nil
	}
	key := zoneKey{t, c.Motion, st.maps.Radius}
	if st.zoned == nil || st.zonedKey != key {
		places := make([]r3.Vec, len(t.Model.Atoms))
		move := c.Motion.Mover()
		for i, a := range t.Model.Atoms {
			places[i] = move(a.Pos)
		}
		st.zoned, st.zonedKey = &render.Zone{Places: places, Radius: st.maps.Radius}, key
	}
	return st.zoned
}

// showMaps shows the maps in their panel.
func (st *Stage) showMaps() {
	s := panel.MapsState{Near: st.maps.Near, Radius: st.maps.Radius, Molecules: st.maps.Molecules}
	seen := map[view.Kind]int{}
	for i := range st.maps.Maps {
		m := &st.maps.Maps[i]
		seen[m.Kind]++
		s.Rows = append(s.Rows, st.MapRow(m, seen[m.Kind]))
	}
	st.MapsPanel.SetState(s)
}

// MapRow returns the line of a map; nth tells levels of one map apart.
func (st *Stage) MapRow(m *view.Map, nth int) panel.MapRow {
	grid, profile := st.grid(m.Kind)
	r := panel.MapRow{
		Name: mapNames[m.Kind], Visible: m.Visible, Style: panel.MapStyle(m.Style), Color: m.Color,
		Level: st.levelOf(m), Profile: profile, Own: len(m.Transfer) > 1, Extra: nth > 1,
	}
	if nth > 1 {
		r.Name = fmt.Sprintf("%s, level %d", r.Name, nth)
	}
	if grid == nil {
		r.Note = st.whyNoMap(m)
		return r
	}
	if profile != nil {
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
func (st *Stage) whyNoMap(m *view.Map) string {
	switch {
	case st.derived.base == nil:
		return "no map is open"
	case m.Kind == view.Remaining || m.Kind == view.Whole:
		return ""
	case m.Visible && !st.simulated.Settled():
		return "is being made"
	case st.simulated.Value.fault != "":
		return st.simulated.Value.fault
	case m.Visible:
		return "select or accept a placement"
	}
	return "made when it is shown"
}

// connectMaps ties the panel of maps to the picture.
func (st *Stage) connectMaps() {
	p := st.MapsPanel
	p.OnChange = st.ChangeMap
	p.OnColor = func(now color.NRGBA, set func(color.NRGBA)) {
		d := dialog.NewColorPicker("Colour", "", func(c color.Color) { set(color.NRGBAModel.Convert(c).(color.NRGBA)) }, st.sh)
		d.Advanced = true
		now.A = 255
		st.sh.Ask(d)
		d.SetColor(now)
	}
	p.OnAdd = func(i int) {
		if len(st.maps.Maps) >= view.MostMaps || i >= len(st.maps.Maps) {
			st.sh.Say(fmt.Sprintf("There can be %d maps in the picture", view.MostMaps))
			return
		}
		m := st.maps.Maps[i]
		level := st.levelOf(&m) * 1.5
		m.Level, m.Visible = &level, true
		m.Color.R, m.Color.B = 255-m.Color.R/2, m.Color.B/2
		m.Transfer = slices.Clone(m.Transfer)
		st.maps.Maps = slices.Insert(st.maps.Maps, i+1, m)
		st.mapsChanged()
		p.Choose(i + 1)
	}
	p.OnRemove = func(i int) {
		st.maps.Maps = slices.Delete(st.maps.Maps, i, i+1)
		st.mapsChanged()
	}
	p.OnReset = func(i int) {
		st.maps.Maps[i].Transfer = nil
		st.mapsChanged()
	}
	p.OnZone = func(near bool, radius float64, molecules bool) {
		st.maps.Near, st.maps.Radius, st.maps.Molecules = near, radius, molecules
		st.Show()
	}
}

// mapsChanged shows the maps as they are now wanted.
func (st *Stage) mapsChanged() {
	st.makeMaps()
	st.showMaps()
	st.Show()
}

// ChangeMap takes over a line of the panel.
func (st *Stage) ChangeMap(i int, r panel.MapRow, done bool) {
	m := &st.maps.Maps[i]
	style := render.MapStyle(r.Style)
	if r.Level != st.levelOf(m) {
		st.setMapLevel(i, r.Level, done)
	} else if done && i == 0 && m.Kind == view.Remaining {
		st.setLevelIfMoved(r.Level)
	}
	m.Visible, m.Color = r.Visible, r.Color
	if style != m.Style {
		restyle(m, style, false)
		if m.Transfer = nil; i == 0 {
			st.display.MapStyle, st.display.SolidMap = style, false
			st.display.keep(st.sh.App.Preferences())
			st.sh.Enable()
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
		st.mapsChanged()
		return
	}
	st.Show()
}

// setMapLevel sets the level of a map: that of the remaining one is the level
// of the fit.
func (st *Stage) setMapLevel(i int, level float64, done bool) {
	m := &st.maps.Maps[i]
	if math.IsNaN(level) {
		return
	}
	if m.Kind != view.Remaining || m.Level != nil {
		m.Level = &level
		return
	}
	st.PreviewLevel(level)
	st.tellLevel(level)
	if done {
		st.SetLevel(&level)
	}
}

// setLevelIfMoved makes the level that is shown that of the fit, when a
// person has let it go.
func (st *Stage) setLevelIfMoved(level float64) {
	o := st.sh.Doc.State().Options
	suggested := st.derived.whole
	if suggested == nil {
		return
	}
	if o.Level != nil && *o.Level == level || o.Level == nil && suggested.SuggestLevel(st.sh.Doc.State().Masses()...).Value == level {
		return
	}
	st.SetLevel(&level)
}

// residualColour is that of the residual map, as of difference maps: green for
// density that no placement explains; the other side is red.
var residualColour = color.NRGBA{60, 175, 85, 150}

// ToggleMap shows a map or hides it.
func (st *Stage) ToggleMap(k view.Kind) {
	for i := range st.maps.Maps {
		if st.maps.Maps[i].Kind == k {
			st.maps.Maps[i].Visible = !st.maps.Maps[i].Visible
			break
		}
	}
	st.mapsChanged()
	st.sh.Enable()
}

// ToggleZone shows only what is near the selected placement, or all.
func (st *Stage) ToggleZone() {
	st.maps.Near = !st.maps.Near
	st.mapsChanged()
	st.sh.Enable()
}
