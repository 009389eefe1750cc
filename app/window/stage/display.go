// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"

	"fyne.io/fyne/v2"

	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/render"
)

// Display says how things are drawn. It is kept in the preferences.
type Display struct {
	Style       render.Style
	Colours     render.Coloring
	MapStyle    render.MapStyle
	SolidMap    bool
	Occlusion   bool
	Silhouettes bool
	NoHaze      bool // far things do not fade
	Light       render.Light
	Ground      view.Ground
	Paint       bool // the map has the colours of the placements that explain it
}

// The keys of preferences about how things are drawn.
const (
	keyStyle, keyColours, keyMapStyle      = "view.style", "view.colours", "view.map"
	keySolid, keyOcclusion, keySilhouettes = "view.solid", "view.occlusion", "view.silhouettes"
	keyLight, keyNoHaze                    = "view.light", "view.nohaze"
	keyBackground, keyPaint, keyNoLegend   = "view.background", "view.paint", "view.nolegend"
)

// The keys of preferences about how the picture is worked with.
const (
	KeyScaleBar = "view.scalebar"
	KeyAxes     = "view.axes"
	KeyJump     = "view.jump"
	KeyInertia  = "view.inertia"
	KeyMouse    = "mouse.preset"
	KeyWheel    = "mouse.wheel"
)

// firstDisplay returns the looks as they were left, or cartoons in soft light.
func firstDisplay(p fyne.Preferences) Display {
	within := func(key string, first, most int) int {
		if x := p.IntWithFallback(key, first); x >= 0 && x <= most {
			return x
		}
		return first
	}
	return Display{
		Style:       render.Style(within(keyStyle, int(render.Cartoon), int(render.Skin))),
		Colours:     render.Coloring(within(keyColours, int(render.Uniform), int(render.ByValue))),
		MapStyle:    render.MapStyle(within(keyMapStyle, int(render.Surface), int(render.Slices))),
		SolidMap:    p.Bool(keySolid),
		Occlusion:   p.BoolWithFallback(keyOcclusion, true),
		Silhouettes: p.Bool(keySilhouettes),
		NoHaze:      p.Bool(keyNoHaze),
		Light:       render.Light(within(keyLight, int(render.Headlight), int(render.Flat))),
		Ground:      view.Ground(within(keyBackground, int(view.ThemeGround), int(view.BlackGround))),
		Paint:       p.Bool(keyPaint),
	}
}

// look returns what the renderer wants to know.
func (l Display) look() render.Look {
	look := render.Look{Light: l.Light, NoHaze: l.NoHaze}
	if l.Occlusion {
		look.Occlusion = 0.7
	}
	if l.Silhouettes {
		look.Silhouettes = 1
	}
	return look
}

// keep puts the looks into the preferences.
func (l Display) keep(p fyne.Preferences) {
	p.SetInt(keyStyle, int(l.Style))
	p.SetInt(keyColours, int(l.Colours))
	p.SetInt(keyMapStyle, int(l.MapStyle))
	p.SetInt(keyLight, int(l.Light))
	p.SetInt(keyBackground, int(l.Ground))
	p.SetBool(keyPaint, l.Paint)
	p.SetBool(keySolid, l.SolidMap)
	p.SetBool(keyOcclusion, l.Occlusion)
	p.SetBool(keySilhouettes, l.Silhouettes)
	p.SetBool(keyNoHaze, l.NoHaze)
}

// SetDisplay changes how things are drawn.
func (st *Stage) SetDisplay(change func(l *Display)) {
	before := st.display
	change(&st.display)
	st.display.keep(st.sh.App.Preferences())
	if st.display.MapStyle != before.MapStyle || st.display.SolidMap != before.SolidMap {
		restyle(&st.maps.seen.Maps[0], st.display.MapStyle, st.display.SolidMap)
		st.maps.seen.Maps[0].Transfer = nil
		st.maps.show()
	}
	st.Show()
	st.sh.Enable()
}

// SetView changes how the picture is worked with.
func (st *Stage) SetView(key string, on bool) {
	st.sh.App.Preferences().SetBool(key, on)
	st.ReadView()
	st.View.Refresh()
	st.sh.Enable()
}

// ReadView takes over what the preferences say about the picture.
func (st *Stage) ReadView() {
	p := st.sh.App.Preferences()
	st.View.ScaleBar = p.BoolWithFallback(KeyScaleBar, true)
	st.View.Axes = p.BoolWithFallback(KeyAxes, false)
	st.View.Jump = p.Bool(KeyJump)
	st.View.Inertia = p.Bool(KeyInertia)
	st.View.Preset = viewport.Preset(min(max(p.Int(KeyMouse), 0), len(viewport.Presets)-1))
	st.View.Wheel = viewport.WheelAsPreset
	if x := p.Int(KeyWheel); x == int(viewport.WheelZooms) || x == int(viewport.WheelLevels) {
		st.View.Wheel = viewport.Wheel(x)
	}
	for _, v := range st.companions {
		st.ReadCompanion(v)
	}
}

// SetMouse changes what the mouse does.
func (st *Stage) SetMouse(key string, value int) {
	st.sh.App.Preferences().SetInt(key, value)
	st.ReadView()
	st.sh.Enable()
}

// Describe returns the words beside the pointer.
func (st *Stage) Describe(hit render.Hit) string {
	density := ""
	if p := st.derived.profile; p != nil { // of the remaining map, also where others are seen
		d := st.derived.target.Grid().Sample(hit.Position)
		density = fmt.Sprintf("density %.3g", d)
		if p.SD > 0 {
			density += fmt.Sprintf(" (%.1f σ)", (d-p.Mean)/p.SD)
		}
	}
	t := st.sh.Doc.State().Structure(hit.ID)
	if !hit.IsAtom || t == nil || hit.Atom < 0 || hit.Atom >= len(t.Model.Atoms) {
		return density
	}
	a := t.Model.Atoms[hit.Atom]
	name := fmt.Sprintf("%s /%s %s %d%s %s", t.Model.Name, a.Chain, a.Residue, a.Seq, a.Insert, a.Name)
	if density != "" {
		name += ", " + density
	}
	return name
}
