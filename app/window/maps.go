// SPDX-License-Identifier: BSD-3-Clause

package window

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
func firstMaps(l looks) view.Maps {
	v := view.Maps{Radius: 6, Molecules: true, Maps: []view.Map{
		{Kind: view.Remaining, Visible: true, Color: mapColour},
		{Kind: view.Whole, Color: color.NRGBA{180, 180, 180, 70}},
		{Kind: view.Simulated, Color: color.NRGBA{120, 200, 130, 110}},
		{Kind: view.Residual, Color: residualColour},
	}}
	restyle(&v.Maps[0], l.mapStyle, l.solidMap)
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
func (w *window) grid(k view.Kind) (*volume.Grid, *volume.Profile) {
	d := &w.derived
	if d.target == nil || d.base == nil {
		return nil, nil
	}
	switch k {
	case view.Remaining:
		return d.target.Grid(), d.profile
	case view.Whole:
		return d.base.Grid, d.whole
	case view.Simulated:
		return w.made.Simulated, w.made.SimulatedProfile
	}
	return w.made.Residual, w.made.ResidualProfile
}

// levelOf returns the level at which a map is shown.
func (w *window) levelOf(m *view.Map) float64 {
	switch {
	case m.Level != nil:
		return *m.Level
	case m.Kind == view.Simulated:
		return w.made.SimulatedLevel
	case m.Kind == view.Residual && w.made.Residual != nil:
		return w.made.ResidualLevel
	}
	return w.derived.level
}

// volumes returns what is seen of the maps.
func (w *window) volumes(s document.State) []render.Volume {
	var list []render.Volume
	for i := range w.maps.Maps {
		m := &w.maps.Maps[i]
		grid, _ := w.grid(m.Kind)
		if grid == nil {
			continue
		}
		list = append(list, render.Volume{
			Grid: grid, Level: float32(w.levelOf(m)), Color: m.Color, Visible: m.Visible,
			Style: m.Style, Transfer: m.Transfer, Slices: m.Slices, Zone: w.zone(s),
		})
		if m.Kind == view.Residual && (m.Style == render.Surface || m.Style == render.Mesh) {
			list = append(list, w.made.OtherSide(list[len(list)-1]))
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
func (w *window) zone(s document.State) *render.Zone {
	selected := w.doc.Selected()
	c, ok := s.Cluster(selected)
	t := s.Structure(selected.Structure)
	if !w.maps.Near || !ok || t == nil {
		return nil
	}
	key := zoneKey{t, c.Motion, w.maps.Radius}
	if w.zoned == nil || w.zonedKey != key {
		places := make([]r3.Vec, len(t.Model.Atoms))
		move := c.Motion.Mover()
		for i, a := range t.Model.Atoms {
			places[i] = move(a.Pos)
		}
		w.zoned, w.zonedKey = &render.Zone{Places: places, Radius: w.maps.Radius}, key
	}
	return w.zoned
}

// showMaps shows the maps in their panel.
func (w *window) showMaps() {
	s := panel.MapsState{Near: w.maps.Near, Radius: w.maps.Radius, Molecules: w.maps.Molecules}
	seen := map[view.Kind]int{}
	for i := range w.maps.Maps {
		m := &w.maps.Maps[i]
		seen[m.Kind]++
		s.Rows = append(s.Rows, w.mapRow(m, seen[m.Kind]))
	}
	w.mapsPanel.SetState(s)
}

// mapRow returns the line of a map; nth tells levels of one map apart.
func (w *window) mapRow(m *view.Map, nth int) panel.MapRow {
	grid, profile := w.grid(m.Kind)
	r := panel.MapRow{
		Name: mapNames[m.Kind], Visible: m.Visible, Style: panel.MapStyle(m.Style), Color: m.Color,
		Level: w.levelOf(m), Profile: profile, Own: len(m.Transfer) > 1, Extra: nth > 1,
	}
	if nth > 1 {
		r.Name = fmt.Sprintf("%s, level %d", r.Name, nth)
	}
	if grid == nil {
		r.Note = w.whyNoMap(m)
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
func (w *window) whyNoMap(m *view.Map) string {
	switch {
	case w.derived.base == nil:
		return "no map is open"
	case m.Kind == view.Remaining || m.Kind == view.Whole:
		return ""
	case w.made.fault != "":
		return w.made.fault
	case m.Visible && w.made.busy():
		return "is being made"
	case m.Visible:
		return "select or accept a placement"
	}
	return "made when it is shown"
}

// connectMaps ties the panel of maps to the picture.
func (w *window) connectMaps() {
	p := w.mapsPanel
	p.OnChange = w.changeMap
	p.OnColor = func(now color.NRGBA, set func(color.NRGBA)) {
		d := dialog.NewColorPicker("Colour", "", func(c color.Color) { set(color.NRGBAModel.Convert(c).(color.NRGBA)) }, w)
		d.Advanced = true
		now.A = 255
		w.ask(d)
		d.SetColor(now)
	}
	p.OnAdd = func(i int) {
		if len(w.maps.Maps) >= view.MostMaps || i >= len(w.maps.Maps) {
			w.say(fmt.Sprintf("There can be %d maps in the picture", view.MostMaps))
			return
		}
		m := w.maps.Maps[i]
		level := w.levelOf(&m) * 1.5
		m.Level, m.Visible = &level, true
		m.Color.R, m.Color.B = 255-m.Color.R/2, m.Color.B/2
		m.Transfer = slices.Clone(m.Transfer)
		w.maps.Maps = slices.Insert(w.maps.Maps, i+1, m)
		w.mapsChanged()
		p.Choose(i + 1)
	}
	p.OnRemove = func(i int) {
		w.maps.Maps = slices.Delete(w.maps.Maps, i, i+1)
		w.mapsChanged()
	}
	p.OnReset = func(i int) {
		w.maps.Maps[i].Transfer = nil
		w.mapsChanged()
	}
	p.OnZone = func(near bool, radius float64, molecules bool) {
		w.maps.Near, w.maps.Radius, w.maps.Molecules = near, radius, molecules
		w.showScene()
	}
}

// mapsChanged shows the maps as they are now wanted.
func (w *window) mapsChanged() {
	w.makeMaps()
	w.showMaps()
	w.showScene()
}

// changeMap takes over a line of the panel.
func (w *window) changeMap(i int, r panel.MapRow, done bool) {
	m := &w.maps.Maps[i]
	style := render.MapStyle(r.Style)
	if r.Level != w.levelOf(m) {
		w.setMapLevel(i, r.Level, done)
	} else if done && i == 0 && m.Kind == view.Remaining {
		w.setLevelIfMoved(r.Level)
	}
	m.Visible, m.Color = r.Visible, r.Color
	if style != m.Style {
		restyle(m, style, false)
		if m.Transfer = nil; i == 0 {
			w.looks.mapStyle, w.looks.solidMap = style, false
			w.looks.keep(w.app.Preferences())
			w.enable()
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
		w.mapsChanged()
		return
	}
	w.showScene()
}

// setMapLevel sets the level of a map: that of the remaining one is the level
// of the fit.
func (w *window) setMapLevel(i int, level float64, done bool) {
	m := &w.maps.Maps[i]
	if math.IsNaN(level) {
		return
	}
	if m.Kind != view.Remaining || m.Level != nil {
		m.Level = &level
		return
	}
	w.previewLevel(level)
	w.tellLevel(level)
	if done {
		w.setLevel(&level)
	}
}

// setLevelIfMoved makes the level that is shown that of the fit, when a
// person has let it go.
func (w *window) setLevelIfMoved(level float64) {
	o := w.doc.State().Options
	suggested := w.derived.whole
	if suggested == nil {
		return
	}
	if o.Level != nil && *o.Level == level || o.Level == nil && suggested.SuggestLevel(w.doc.State().Masses()...).Value == level {
		return
	}
	w.setLevel(&level)
}
