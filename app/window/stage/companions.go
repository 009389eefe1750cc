// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fyne.io/fyne/v2"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/render"
)

// NewCompanion makes a further picture that is worked with as that of the
// window is.
func (st *Stage) NewCompanion() *viewport.Viewport {
	v := st.NewView()
	v.ScaleBar = false
	v.OnLevelWheel, v.OnKey, v.Describe = st.turnLevel, st.sh.TypedKey, st.Describe
	v.OnPick = func(hit render.Hit, ok bool) { st.picked(v, hit, ok) }
	v.OnPickWith = func(hit render.Hit, ok bool, held fyne.KeyModifier) { st.inspect.PickedWith(v, hit, ok, held) }
	v.OnMenu = func(hit render.Hit, ok bool, at fyne.Position) { st.OnMenu(v, hit, ok, at) }
	v.OnCamera = func(c render.Camera) { st.table.Turned(v, c) }
	v.OnError = func(err error) { st.sh.Note("graphics: " + panel.Reason(err)) }
	st.ReadCompanion(v)
	v.SetCamera(st.View.Camera())
	st.companions = append(st.companions, v)
	return v
}

// ReadCompanion takes over how people work with the picture of the window.
func (st *Stage) ReadCompanion(v *viewport.Viewport) {
	v.Preset, v.Wheel, v.Inertia, v.Jump, v.Axes = st.View.Preset, st.View.Wheel, st.View.Inertia, st.View.Jump, st.View.Axes
}
