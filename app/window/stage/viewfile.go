// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/fitting/volume"
)

// WithView returns a state with how it is seen now, as it is saved.
func (st *Stage) WithView(s document.State) document.State {
	v := view.View{
		Camera: st.View.Camera(), Style: st.display.Style, Coloring: st.display.Colours, Look: st.display.look(), Maps: st.maps.seen, Hidden: st.hidden.of(s),
	}
	v.Setting = &view.Setting{
		Ground: st.display.Ground, Painted: st.display.Paint, Dust: st.display.Dust, Hydrogens: st.display.Hydrogens, Zero: volume.DefaultZeroOptions(),
	}
	if id := st.sh.Doc.Selected(); !id.IsZero() {
		v.Selected = &view.Selected{Round: id.Round, Structure: id.Structure, Rank: id.Rank}
	}
	if zero, err := st.compose.ZeroOptions(); err == nil {
		v.Setting.Zero = zero
	}
	v.Residues = st.inspect.Saved()
	data, err := v.Encode()
	if err != nil { // a number that is none: rather a session without it
		st.sh.Note("view: " + panel.Reason(err))
		return s
	}
	s.View = data
	return s
}

// TakeView shows a session as it was seen when it was saved: the styles at
// once, the point of view when its map is shown.
func (st *Stage) TakeView(s document.State) {
	st.camera, st.levels.taken = nil, st.savedLevel(s)
	contour := st.maps.seen.Contour // of the map that is still shown; see reveal
	st.display, st.hidden = firstDisplay(st.sh.App.Preferences()), hidden{}
	st.maps.seen = firstMaps(st.display)
	st.maps.seen.Contour = contour
	if s.View == nil {
		return
	}
	v, err := view.Decode(s.View)
	if err != nil {
		st.sh.Note("The session does not say how it is to be seen: " + panel.Reason(err))
		return
	}
	l := &st.display
	l.Style, l.Colours, l.Light, l.NoHaze = v.Style, v.Coloring, v.Look.Light, v.Look.NoHaze
	l.Occlusion, l.Silhouettes = v.Look.Occlusion > 0, v.Look.Silhouettes > 0
	if len(v.Maps.Maps) > 0 && v.Maps.Maps[0].Kind == view.Remaining {
		v.Maps.Contour = contour
		st.maps.seen = v.Maps
		l.MapStyle = v.Maps.Maps[0].Style
	}
	st.hidden = hiddenOf(v.Hidden)
	defer st.OnSeen()
	if set := v.Setting; set != nil {
		l.Ground, l.Paint, l.Dust, l.Hydrogens = set.Ground, set.Painted, set.Dust, set.Hydrogens
		st.compose.SetZeroOptions(set.Zero)
	}
	st.camera = &v.Camera
	st.sh.Enable()
}

// savedLevel returns what finds the level at which the map of a session is to be
// seen, nil where it says nothing of that. One of an older program was seen at the
// level of the fit, which the map must be looked at for.
func (st *Stage) savedLevel(s document.State) func() volume.Level {
	if s.Map == nil || s.View == nil && s.Options.Level == nil {
		return nil
	}
	if level, ok, err := s.SeenLevel(); ok && err == nil {
		return func() volume.Level { return level }
	}
	return func() volume.Level { return st.sh.Targets.Level(s) }
}

// TakeSelection selects what was selected when a session was saved, placement and
// residues, and measures what was measured; the point of view stays.
func (st *Stage) TakeSelection(s document.State) {
	v, err := view.Decode(s.View)
	if err != nil {
		return // TakeView has told what is wrong
	}
	defer st.inspect.Take(v.Residues, st.sh.Doc.State())
	if v.Selected == nil {
		return
	}
	st.Still(func() {
		st.sh.Doc.Select(document.ClusterID{Round: v.Selected.Round, Structure: v.Selected.Structure, Rank: v.Selected.Rank})
	})
}

// frame shows all of a map that was opened, or what its session says.
func (st *Stage) frame() {
	if st.camera == nil {
		st.View.ResetView()
		return
	}
	st.View.SetCamera(*st.camera)
	st.camera = nil
}
