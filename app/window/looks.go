// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"

	"fyne.io/fyne/v2"

	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/render"
)

// looks says how things are drawn. It is kept in the preferences.
type looks struct {
	style       render.Style
	colours     render.Coloring
	mapStyle    render.MapStyle
	solidMap    bool
	occlusion   bool
	silhouettes bool
	noHaze      bool // far things do not fade
	light       render.Light
	ground      view.Ground
	paint       bool // the map has the colours of the placements that explain it
}

// The keys of preferences.
const (
	keyStyle, keyColours, keyMapStyle       = "view.style", "view.colours", "view.map"
	keySolid, keyOcclusion, keySilhouettes  = "view.solid", "view.occlusion", "view.silhouettes"
	keyLight, keyScaleBar, keyAxes, keyJump = "view.light", "view.scalebar", "view.axes", "view.jump"
	keyBackground, keyPaint, keyNoLegend    = "view.background", "view.paint", "view.nolegend"
	keyNoHaze, keyInertia                   = "view.nohaze", "view.inertia"
	keyMouse, keyWheel                      = "mouse.preset", "mouse.wheel"
)

// firstLooks returns the looks as they were left, or cartoons in soft light.
func firstLooks(p fyne.Preferences) looks {
	within := func(key string, first, most int) int {
		if x := p.IntWithFallback(key, first); x >= 0 && x <= most {
			return x
		}
		return first
	}
	return looks{
		style:       render.Style(within(keyStyle, int(render.Cartoon), int(render.Skin))),
		colours:     render.Coloring(within(keyColours, int(render.Uniform), int(render.ByValue))),
		mapStyle:    render.MapStyle(within(keyMapStyle, int(render.Surface), int(render.Slices))),
		solidMap:    p.Bool(keySolid),
		occlusion:   p.BoolWithFallback(keyOcclusion, true),
		silhouettes: p.Bool(keySilhouettes),
		noHaze:      p.Bool(keyNoHaze),
		light:       render.Light(within(keyLight, int(render.Headlight), int(render.Flat))),
		ground:      view.Ground(within(keyBackground, int(view.ThemeGround), int(view.BlackGround))),
		paint:       p.Bool(keyPaint),
	}
}

// look returns what the renderer wants to know.
func (l looks) look() render.Look {
	look := render.Look{Light: l.light, NoHaze: l.noHaze}
	if l.occlusion {
		look.Occlusion = 0.7
	}
	if l.silhouettes {
		look.Silhouettes = 1
	}
	return look
}

// keep puts the looks into the preferences.
func (l looks) keep(p fyne.Preferences) {
	p.SetInt(keyStyle, int(l.style))
	p.SetInt(keyColours, int(l.colours))
	p.SetInt(keyMapStyle, int(l.mapStyle))
	p.SetInt(keyLight, int(l.light))
	p.SetInt(keyBackground, int(l.ground))
	p.SetBool(keyPaint, l.paint)
	p.SetBool(keySolid, l.solidMap)
	p.SetBool(keyOcclusion, l.occlusion)
	p.SetBool(keySilhouettes, l.silhouettes)
	p.SetBool(keyNoHaze, l.noHaze)
}

// setLooks changes how things are drawn.
func (w *window) setLooks(change func(l *looks)) {
	before := w.looks
	change(&w.looks)
	w.looks.keep(w.app.Preferences())
	if w.looks.mapStyle != before.mapStyle || w.looks.solidMap != before.solidMap {
		restyle(&w.maps.Maps[0], w.looks.mapStyle, w.looks.solidMap)
		w.maps.Maps[0].Transfer = nil
		w.showMaps()
	}
	w.showScene()
	w.enable()
}

// setView changes how the picture is worked with.
func (w *window) setView(key string, on bool) {
	w.app.Preferences().SetBool(key, on)
	w.readView()
	w.view.Refresh()
	w.enable()
}

// readView takes over what the preferences say about the picture.
func (w *window) readView() {
	p := w.app.Preferences()
	w.view.ScaleBar = p.BoolWithFallback(keyScaleBar, true)
	w.view.Axes = p.BoolWithFallback(keyAxes, false)
	w.view.Jump = p.Bool(keyJump)
	w.view.Inertia = p.Bool(keyInertia)
	w.view.Preset = viewport.Preset(min(max(p.Int(keyMouse), 0), len(viewport.Presets)-1))
	w.view.Wheel = viewport.WheelAsPreset
	if x := p.Int(keyWheel); x == int(viewport.WheelZooms) || x == int(viewport.WheelLevels) {
		w.view.Wheel = viewport.Wheel(x)
	}
	for _, q := range w.compare.cells[1:] {
		w.readCompanion(q.view)
	}
}

// A choice is an item of the menu with a mark that tells whether it is on.
type choice struct {
	item *fyne.MenuItem
	on   func(w *window) bool
}

// check sets the marks of all choices.
func (m *menus) check(w *window) {
	for _, c := range m.choices {
		c.item.Checked = c.on(w)
	}
}

// choice makes an item with a mark.
func (m *menus) choice(w *window, label string, on func(w *window) bool, do func()) *fyne.MenuItem {
	i := w.item(label, nil, do)
	m.choices = append(m.choices, choice{i, on})
	return i
}

// oneOf makes a menu of values of which one is chosen.
func oneOf[T comparable](m *menus, w *window, name string, labels []string, values []T, field func(l *looks) *T) *fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, label := range labels {
		items = append(items, m.choice(w, label,
			func(w *window) bool { return *field(&w.looks) == values[i] },
			func() { w.setLooks(func(l *looks) { *field(l) = values[i] }) }))
	}
	return sub(name, items)
}

func sub(name string, items []*fyne.MenuItem) *fyne.MenuItem {
	i := fyne.NewMenuItem(name, nil)
	i.ChildMenu = fyne.NewMenu("", items...)
	return i
}

// viewMenu has the choices of how things are drawn.
func (m *menus) viewMenu(w *window) *fyne.Menu {
	atoms := oneOf(m, w, "Molecules",
		[]string{"Cartoon", "Tube", "Sticks", "Balls and sticks", "Van der Waals spheres", "Small spheres", "Spheres of residues", "Molecular surface"},
		[]render.Style{render.Cartoon, render.Tube, render.Sticks, render.BallAndStick, render.Spheres, render.Balls, render.Trace, render.Skin},
		func(l *looks) *render.Style { return &l.style })
	colours := oneOf(m, w, "Colours",
		[]string{"By structure", "By chain", "By element", "By B factor", "By pLDDT", "By local fit"},
		[]render.Coloring{render.Uniform, render.ByChain, render.ByElement, render.ByBFactor, render.ByPLDDT, render.ByValue},
		func(l *looks) *render.Coloring { return &l.colours })
	density := oneOf(m, w, "Map",
		[]string{"Surface", "Mesh", "Cloud", "Maximum along the line of sight", "Slice through the middle"},
		[]render.MapStyle{render.Surface, render.Mesh, render.Cloud, render.Projection, render.Slices},
		func(l *looks) *render.MapStyle { return &l.mapStyle })
	light := oneOf(m, w, "Light",
		[]string{"From the eye", "Two lamps", "Flat"}, []render.Light{render.Headlight, render.TwoLights, render.Flat},
		func(l *looks) *render.Light { return &l.light })
	toggle := func(label string, field func(l *looks) *bool) *fyne.MenuItem {
		return m.choice(w, label, func(w *window) bool { return *field(&w.looks) },
			func() { w.setLooks(func(l *looks) { *field(l) = !*field(l) }) })
	}
	density.ChildMenu.Items = append(density.ChildMenu.Items, fyne.NewMenuItemSeparator(),
		toggle("Opaque", func(l *looks) *bool { return &l.solidMap }))
	light.ChildMenu.Items = append(light.ChildMenu.Items, fyne.NewMenuItemSeparator(),
		toggle("Darker hollows", func(l *looks) *bool { return &l.occlusion }),
		toggle("Silhouettes", func(l *looks) *bool { return &l.silhouettes }),
		m.choice(w, "Depth cueing", func(w *window) bool { return !w.looks.noHaze },
			func() { w.setLooks(func(l *looks) { l.noHaze = !l.noHaze }) }))
	m.addShow(w, showItems{atoms, colours, density, light})
	return fyne.NewMenu("View",
		w.item("Show all", shortcut(fyne.KeyF, 0), w.view.FrameAll), w.item("From the front", shortcut(fyne.KeyR, 0), w.view.ResetView),
		fyne.NewMenuItemSeparator(), atoms, colours, density, light, m.backgroundItem(w),
		fyne.NewMenuItemSeparator(), sub("Camera", m.cameraItems(w)), sub("Appearance", m.appearanceItems(w)))
}

// cameraItems are about the point of view and what lies over the picture.
func (m *menus) cameraItems(w *window) []*fyne.MenuItem {
	key := func(r rune) func() { return func() { w.view.TypedRune(r); w.enable() } }
	preference := func(label, name string, first bool) *fyne.MenuItem {
		is := func(w *window) bool { return w.app.Preferences().BoolWithFallback(name, first) }
		return m.choice(w, label, is, func() { w.setView(name, !is(w)) })
	}
	return []*fyne.MenuItem{
		m.choice(w, "Parallel projection (O)", func(w *window) bool { return w.view.Camera().Ortho }, key('o')),
		w.item("Thinner slab ([)", nil, key('[')), w.item("Thicker slab (])", nil, key(']')), w.item("No slab (\\)", nil, key('\\')),
		fyne.NewMenuItemSeparator(),
		preference("Scale bar", keyScaleBar, true), preference("Axes", keyAxes, false),
		sub("Mouse as in", m.mouseItems(w)), sub("Wheel", m.wheelItems(w)), preference("No flight to new points of view", keyJump, false),
		preference("The scene turns on when it is let go", keyInertia, false),
		fyne.NewMenuItemSeparator(), w.item("Restart the graphics", nil, w.restartGraphics),
	}
}

// mouseItems choose what the buttons of the mouse do.
func (m *menus) mouseItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, p := range viewport.Presets {
		items = append(items, m.choice(w, p.Name, func(w *window) bool { return w.view.Preset == p.Preset }, func() { w.setMouse(keyMouse, int(p.Preset)) }))
	}
	return items
}

// wheelItems choose what the wheel does.
func (m *menus) wheelItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, name := range wheelNames {
		items = append(items, m.choice(w, name, func(w *window) bool { return int(w.view.Wheel) == i }, func() { w.setMouse(keyWheel, i) }))
	}
	return items
}

// wheelNames name what the wheel may do: viewport.WheelAsPreset and so on.
var wheelNames = []string{"As the mouse", "Zooms", "Changes the level"}

// setMouse changes what the mouse does.
func (w *window) setMouse(key string, value int) {
	w.app.Preferences().SetInt(key, value)
	w.readView()
	w.enable()
}

func (m *menus) appearanceItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, name := range appearanceNames {
		items = append(items, m.choice(w, name,
			func(w *window) bool {
				return w.app.Preferences().StringWithFallback(keyAppearance, bySystem) == appearances[i]
			},
			func() { w.setAppearance(appearances[i]) }))
	}
	return items
}

// describe returns the words beside the pointer.
func (w *window) describe(hit render.Hit) string {
	density := ""
	if p := w.derived.profile; p != nil { // of the remaining map, also where others are seen
		d := w.derived.target.Grid().Sample(hit.Position)
		density = fmt.Sprintf("density %.3g", d)
		if p.SD > 0 {
			density += fmt.Sprintf(" (%.1f σ)", (d-p.Mean)/p.SD)
		}
	}
	t := w.doc.State().Structure(hit.ID)
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
