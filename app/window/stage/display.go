// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"

	"fyne.io/fyne/v2"

	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/render"
)

// Display says how things are drawn. It is kept in the preferences, but for what
// colours tell and what else belongs to one job.
type Display struct {
	Style       render.Style
	Colours     render.Coloring // of the session alone
	MapStyle    render.MapStyle
	Hydrogens   bool // are drawn too, where bonds are
	Occlusion   bool
	Silhouettes bool
	NoHaze      bool // far things do not fade
	Light       render.Light
	Ground      view.Ground
	Dust        bool // islands of the map that are too small to be anything are seen
	Paint       bool // of the session alone: the map has the colours of the placements that explain it
}

// The keys of preferences about light and ground. What is drawn of which things,
// and in which style, belongs to the session: the next begins as any other.
const (
	keyOcclusion, keySilhouettes = "view.occlusion", "view.silhouettes"
	keyLight, keyNoHaze          = "view.light", "view.nohaze"
	keyBackground, keyNoLegend   = "view.background", "view.nolegend"
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

// firstDisplay returns cartoons and a surface, in the light that was left.
func firstDisplay(p fyne.Preferences) Display {
	return Display{
		Style:       render.Cartoon,
		Colours:     view.FirstColoring,
		MapStyle:    render.Surface,
		Occlusion:   p.BoolWithFallback(keyOcclusion, true),
		Silhouettes: p.Bool(keySilhouettes),
		NoHaze:      p.Bool(keyNoHaze),
		Light:       kept(p, keyLight, view.Lights, render.Headlight),
		Ground:      kept(p, keyBackground, view.Grounds, view.ThemeGround),
	}
}

// kept returns the kind whose word is in the preferences; older programs kept
// its number. It is first where there is neither.
func kept[T ~int | ~uint8](p fyne.Preferences, key string, words map[string]T, first T) T {
	if x, ok := words[p.String(key)]; ok {
		return x
	}
	number := p.IntWithFallback(key, int(first))
	for _, x := range words {
		if int(x) == number {
			return x
		}
	}
	return first
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

// keep puts light and ground into the preferences.
func (l Display) keep(p fyne.Preferences) {
	p.SetString(keyLight, view.WordOf(view.Lights, l.Light))
	p.SetString(keyBackground, view.WordOf(view.Grounds, l.Ground))
	p.SetBool(keyOcclusion, l.Occlusion)
	p.SetBool(keySilhouettes, l.Silhouettes)
	p.SetBool(keyNoHaze, l.NoHaze)
}

// SetDisplay changes how things are drawn.
func (st *Stage) SetDisplay(change func(l *Display)) {
	before := st.display
	change(&st.display)
	st.display.keep(st.sh.App.Preferences())
	if st.display.MapStyle != before.MapStyle {
		st.maps.restyle(st.display.MapStyle)
	}
	if st.display.Dust != before.Dust || st.display.Paint != before.Paint {
		st.maps.make()
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
	if p := st.derived.whole; p != nil { // the density is that of all of the map, also where others are seen
		d := st.derived.base.Grid.Sample(hit.Position)
		density = fmt.Sprintf("density %.3g", d)
		if p.SD > 0 {
			density += fmt.Sprintf(" (%.1f σ)", p.Sigmas(d))
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
