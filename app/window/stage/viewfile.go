// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"difffit/app/document"
	"difffit/app/view"
	"difffit/fitting/volume"
)

// WithView returns a state with how it is seen now, as it is saved.
func (st *Stage) WithView(s document.State) document.State {
	v := view.View{Camera: st.View.Camera(), Style: st.display.Style, Coloring: st.display.Colours, Look: st.display.look(), Maps: st.maps.seen, Hidden: st.hidden.of(s)}
	v.Setting = &view.Setting{Ground: st.display.Ground, Painted: st.display.Paint, Hydrogens: st.display.Hydrogens, Zero: volume.DefaultZeroOptions()}
	if zero, err := st.compose.ZeroOptions(); err == nil {
		v.Setting.Zero = zero
	}
	data, err := v.Encode()
	if err != nil { // a number that is none: rather a session without it
		st.sh.Note("view: " + err.Error())
		return s
	}
	s.View = data
	return s
}

// TakeView shows a session as it was seen when it was saved: the styles at
// once, the point of view when its map is shown.
func (st *Stage) TakeView(s document.State) {
	st.camera = nil
	st.display.Colours, st.display.Paint, st.hidden = view.FirstColoring, false, hidden{}
	if s.View == nil {
		return
	}
	v, err := view.Decode(s.View)
	if err != nil {
		st.sh.Note("The session does not say how it is to be seen: " + err.Error())
		return
	}
	l := &st.display
	l.Style, l.Colours, l.Light, l.NoHaze = v.Style, v.Coloring, v.Look.Light, v.Look.NoHaze
	l.Occlusion, l.Silhouettes = v.Look.Occlusion > 0, v.Look.Silhouettes > 0
	if len(v.Maps.Maps) > 0 && v.Maps.Maps[0].Kind == view.Remaining {
		st.maps.seen = v.Maps
		l.MapStyle = v.Maps.Maps[0].Style
	}
	st.hidden = hiddenOf(v.Hidden)
	defer st.OnSeen()
	if set := v.Setting; set != nil {
		l.Ground, l.Paint, l.Hydrogens = set.Ground, set.Painted, set.Hydrogens
		st.compose.SetZeroOptions(set.Zero)
	}
	st.camera = &v.Camera
	st.sh.Enable()
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
