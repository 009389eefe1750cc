// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"difffit/app/document"
	"difffit/app/view"
	"difffit/fitting/volume"
)

// withView returns a state with how it is seen now, as it is saved.
func (w *window) withView(s document.State) document.State {
	v := view.View{Camera: w.view.Camera(), Style: w.looks.style, Coloring: w.looks.colours, Look: w.looks.look(), Maps: w.maps}
	v.Setting = &view.Setting{Ground: w.looks.ground, Painted: w.looks.paint, Zero: volume.DefaultZeroOptions()}
	if zero, err := w.compose.ZeroOptions(); err == nil {
		v.Setting.Zero = zero
	}
	data, err := v.Encode()
	if err != nil { // a number that is none: rather a session without it
		w.note("view: " + err.Error())
		return s
	}
	s.View = data
	return s
}

// takeView shows a session as it was seen when it was saved: the styles at
// once, the point of view when its map is shown.
func (w *window) takeView(s document.State) {
	w.camera = nil
	if s.View == nil {
		return
	}
	v, err := view.Decode(s.View)
	if err != nil {
		w.note("The session does not say how it is to be seen: " + err.Error())
		return
	}
	l := &w.looks
	l.style, l.colours, l.light, l.noHaze = v.Style, v.Coloring, v.Look.Light, v.Look.NoHaze
	l.occlusion, l.silhouettes = v.Look.Occlusion > 0, v.Look.Silhouettes > 0
	if len(v.Maps.Maps) > 0 && v.Maps.Maps[0].Kind == view.Remaining {
		w.maps = v.Maps
		l.mapStyle, l.solidMap = v.Maps.Maps[0].Style, v.Maps.Maps[0].Color.A == 255
	}
	if set := v.Setting; set != nil {
		l.ground, l.paint = set.Ground, set.Painted
		w.compose.SetZeroOptions(set.Zero)
	}
	w.camera = &v.Camera
	w.enable()
}

// frame shows all of a map that was opened, or what its session says.
func (w *window) frame() {
	if w.camera == nil {
		w.view.ResetView()
		return
	}
	w.view.SetCamera(*w.camera)
	w.camera = nil
}
