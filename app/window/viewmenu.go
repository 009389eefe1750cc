// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"

	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
	"difffit/render"
)

// shown returns how things are drawn in one respect.
func shown[T any](w *window, field func(l *stage.Display) *T) T {
	d := w.stage.Display()
	return *field(&d)
}

// oneOf makes a menu of values of which one is chosen.
func oneOf[T comparable](m *menus, w *window, name string, labels []string, values []T, field func(l *stage.Display) *T) *fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, label := range labels {
		items = append(items, m.choice(w, label,
			func(w *window) bool { return shown(w, field) == values[i] },
			func() { w.stage.SetDisplay(func(l *stage.Display) { *field(l) = values[i] }) }))
	}
	return sub(name, items)
}

// viewMenu has the choices of how things are drawn.
func (m *menus) viewMenu(w *window) *fyne.Menu {
	atoms := oneOf(m, w, "Molecules",
		[]string{"Cartoon", "Tube", "Sticks", "Balls and sticks", "Van der Waals spheres", "Small spheres", "One sphere per residue", "Molecular surface"},
		[]render.Style{render.Cartoon, render.Tube, render.Sticks, render.BallAndStick, render.Spheres, render.Balls, render.Trace, render.Skin},
		func(l *stage.Display) *render.Style { return &l.Style })
	colours := oneOf(m, w, "Colours",
		[]string{"By structure", "By chain", "By element", "By B factor", "By pLDDT", "By local fit"},
		[]render.Coloring{render.Uniform, render.ByChain, render.ByElement, render.ByBFactor, render.ByPLDDT, render.ByValue},
		func(l *stage.Display) *render.Coloring { return &l.Colours })
	var items []string
	var styles []render.MapStyle
	for _, s := range view.MapStyles {
		items, styles = append(items, s.Item), append(styles, s.Style)
	}
	density := oneOf(m, w, "Map", items, styles,
		func(l *stage.Display) *render.MapStyle { return &l.MapStyle })
	light := oneOf(m, w, "Light",
		[]string{"Headlight", "Two lights", "Flat"}, []render.Light{render.Headlight, render.TwoLights, render.Flat},
		func(l *stage.Display) *render.Light { return &l.Light })
	toggle := func(label string, field func(l *stage.Display) *bool) *fyne.MenuItem {
		return m.choice(w, label, func(w *window) bool { return shown(w, field) },
			func() { w.stage.SetDisplay(func(l *stage.Display) { *field(l) = !*field(l) }) })
	}
	density.ChildMenu.Items = append(density.ChildMenu.Items, fyne.NewMenuItemSeparator(),
		toggle("Opaque", func(l *stage.Display) *bool { return &l.SolidMap }),
		m.choice(w, "Hide dust", func(w *window) bool { return !w.stage.Display().Dust },
			func() { w.stage.SetDisplay(func(l *stage.Display) { l.Dust = !l.Dust }) }))
	light.ChildMenu.Items = append(light.ChildMenu.Items, fyne.NewMenuItemSeparator(),
		toggle("Ambient occlusion", func(l *stage.Display) *bool { return &l.Occlusion }),
		toggle("Silhouettes", func(l *stage.Display) *bool { return &l.Silhouettes }),
		m.choice(w, "Depth cueing", func(w *window) bool { return !w.stage.Display().NoHaze },
			func() { w.stage.SetDisplay(func(l *stage.Display) { l.NoHaze = !l.NoHaze }) }))
	m.shown = showItems{atoms, colours, density, light}
	m.addShow(w, m.shown)
	return fyne.NewMenu("View",
		w.act(actFrame), w.act(actFront),
		m.pictureOnly(w), fyne.NewMenuItemSeparator(), atoms, colours, density, light, m.backgroundItem(w),
		fyne.NewMenuItemSeparator(), sub("Camera", m.cameraItems(w)), sub("Appearance", m.appearanceItems(w)))
}

// cameraItems are about the point of view and what lies over the picture.
func (m *menus) cameraItems(w *window) []*fyne.MenuItem {
	key := func(r rune) func() { return func() { w.stage.View.TypedRune(r); w.enable() } }
	preference := func(label, name string, first bool) *fyne.MenuItem {
		is := func(w *window) bool { return w.App.Preferences().BoolWithFallback(name, first) }
		return m.choice(w, label, is, func() { w.stage.SetView(name, !is(w)) })
	}
	parallel := m.choice(w, "Parallel projection", func(w *window) bool { return w.stage.View.Camera().Ortho }, key('o'))
	parallel.Shortcut = plain(fyne.KeyO)
	return []*fyne.MenuItem{
		parallel,
		w.item("Thinner slab", plain(fyne.KeyLeftBracket), key('[')), w.item("Thicker slab", plain(fyne.KeyRightBracket), key(']')), w.item("No slab", plain(fyne.KeyBackslash), key('\\')),
		fyne.NewMenuItemSeparator(),
		preference("Scale bar", stage.KeyScaleBar, true), preference("Axes", stage.KeyAxes, false),
		sub("Mouse as in", m.mouseItems(w)), sub("Wheel", m.wheelItems(w)), preference("No flight to new points of view", stage.KeyJump, false),
		preference("The scene turns on when it is let go", stage.KeyInertia, false),
		fyne.NewMenuItemSeparator(), w.item("Restart the graphics", nil, w.stage.RestartGraphics),
	}
}

// mouseItems choose what the buttons of the mouse do.
func (m *menus) mouseItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, p := range viewport.Presets {
		items = append(items, m.choice(w, p.Name, func(w *window) bool { return w.stage.View.Preset == p.Preset }, func() { w.stage.SetMouse(stage.KeyMouse, int(p.Preset)) }))
	}
	return items
}

// wheelItems choose what the wheel does.
func (m *menus) wheelItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, name := range wheelNames {
		items = append(items, m.choice(w, name, func(w *window) bool { return int(w.stage.View.Wheel) == i }, func() { w.stage.SetMouse(stage.KeyWheel, i) }))
	}
	return items
}

// wheelNames name what the wheel may do: viewport.WheelAsPreset and so on.
var wheelNames = []string{"As the mouse", "Zooms", "Changes the level"}

func (m *menus) appearanceItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, name := range appearanceNames {
		items = append(items, m.choice(w, name,
			func(w *window) bool {
				return w.App.Preferences().StringWithFallback(shell.KeyAppearance, bySystem) == appearances[i]
			},
			func() { w.setAppearance(appearances[i]) }))
	}
	return items
}

// showItems are the parts of the menu View that get keys, or more items.
type showItems struct{ atoms, colours, density, light *fyne.MenuItem }

// addShow gives the choices of the picture keys, and adds those that tell
// about placements and map.
func (m *menus) addShow(w *window, i showItems) {
	const shift, alt = fyne.KeyModifierShift, fyne.KeyModifierAlt
	number := func(items []*fyne.MenuItem, more fyne.KeyModifier) {
		for k, item := range items {
			if item.IsSeparator || k >= len(digits) {
				return
			}
			item.Shortcut = shortcut(digits[k], more)
		}
	}
	number(i.colours.ChildMenu.Items, alt)
	number(i.atoms.ChildMenu.Items, shift)
	number(i.density.ChildMenu.Items, alt|shift)
	paint := m.choice(w, "Coloured by the placement that explains it", func(w *window) bool { return w.stage.Display().Paint },
		func() { w.stage.SetDisplay(func(l *stage.Display) { l.Paint = !l.Paint }) })
	paint.Shortcut = shortcut(fyne.KeyP, alt)
	residual := m.choice(w, "Residual map", func(w *window) bool { return w.stage.Sees(view.Residual) }, func() { w.stage.ToggleMap(view.Residual) })
	residual.Shortcut = shortcut(fyne.KeyR, alt)
	near := m.choice(w, "Only near the selected placement", func(w *window) bool { return w.stage.Maps().Near }, w.stage.ToggleZone)
	near.Shortcut = shortcut(fyne.KeyN, alt)
	i.density.ChildMenu.Items = append(i.density.ChildMenu.Items, paint, residual, near)
	for _, item := range i.light.ChildMenu.Items {
		switch item.Label {
		case "Silhouettes":
			item.Shortcut = shortcut(fyne.KeyS, alt)
		case "Ambient occlusion":
			item.Shortcut = shortcut(fyne.KeyH, alt)
		}
	}
	legend := m.choice(w, "Legend of colours", func(w *window) bool { return w.stage.HasLegend() }, w.stage.ToggleLegend)
	legend.Shortcut = shortcut(fyne.KeyG, alt)
	i.colours.ChildMenu.Items = append(i.colours.ChildMenu.Items, fyne.NewMenuItemSeparator(), legend)
}

// digits are the keys of the first choices of a menu.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// backgroundItem chooses what is behind everything.
func (m *menus) backgroundItem(w *window) *fyne.MenuItem {
	item := oneOf(m, w, "Background", []string{"As the window", "White", "Black"},
		[]view.Ground{view.ThemeGround, view.WhiteGround, view.BlackGround}, func(l *stage.Display) *view.Ground { return &l.Ground })
	next := w.item("Next", shortcut(fyne.KeyB, fyne.KeyModifierAlt), func() {
		w.stage.SetDisplay(func(l *stage.Display) { l.Ground = (l.Ground + 1) % (view.BlackGround + 1) })
	})
	item.ChildMenu.Items = append(item.ChildMenu.Items, fyne.NewMenuItemSeparator(), next)
	return item
}
