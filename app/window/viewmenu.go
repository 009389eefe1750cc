// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"math"

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

// oneOf makes a menu of kinds of which one is chosen. The first ones have keys,
// Ctrl with more and a digit, unless more is 0.
func oneOf[T comparable](m *menus, w *window, name string, choices []view.Choice[T], more fyne.KeyModifier, field func(l *stage.Display) *T) *fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, c := range choices {
		item := m.choice(w, c.Item,
			func(w *window) bool { return shown(w, field) == c.Kind },
			func() { w.stage.SetDisplay(func(l *stage.Display) { *field(l) = c.Kind }) })
		if more != 0 && i < len(digits) {
			item.Shortcut = shortcut(digits[i], more)
		}
		items = append(items, item)
	}
	return sub(name, items)
}

// digits are the keys of the first choices of a menu.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// add adds items to a menu, below a line.
func add(menu *fyne.MenuItem, items ...*fyne.MenuItem) {
	menu.ChildMenu.Items = append(append(menu.ChildMenu.Items, fyne.NewMenuItemSeparator()), items...)
}

// toggle makes an item that switches how things are drawn.
func (m *menus) toggle(w *window, label string, key fyne.Shortcut, field func(l *stage.Display) *bool) *fyne.MenuItem {
	i := m.choice(w, label, func(w *window) bool { return shown(w, field) },
		func() { w.stage.SetDisplay(func(l *stage.Display) { *field(l) = !*field(l) }) })
	i.Shortcut = key
	return i
}

// withAlt is the modifier of the keys of the picture.
const withAlt = fyne.KeyModifierAlt

// showItems are the parts of the menu View that context menus have too.
type showItems struct{ atoms, colours, density, light *fyne.MenuItem }

// viewMenu has the choices of how things are drawn.
func (m *menus) viewMenu(w *window) *fyne.Menu {
	m.shown = showItems{m.moleculesItem(w), m.coloursItem(w), m.mapItem(w), m.lightItem(w)}
	return fyne.NewMenu("View",
		w.act(actFrame), w.act(actFront), m.pictureOnly(w), w.act(actMenus), m.sequence(w), fyne.NewMenuItemSeparator(), sub("Presets", m.presetItems(w)),
		fyne.NewMenuItemSeparator(), m.shown.atoms, m.shown.colours, m.shown.density, m.shown.light, m.backgroundItem(w),
		fyne.NewMenuItemSeparator(), sub("Camera", m.cameraItems(w)), sub("Appearance", m.appearanceItems(w)))
}

// presetKeys are their keys, with Ctrl and Alt: fit, publication, residue.
var presetKeys = []fyne.KeyName{fyne.KeyF, fyne.KeyU, fyne.KeyE}

// presetItems choose all of it at once.
func (m *menus) presetItems(w *window) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, p := range stage.Presets {
		items = append(items, w.item(p.Name, shortcut(presetKeys[i], withAlt), func() { w.stage.SetPreset(p) }))
	}
	return items
}

func (m *menus) moleculesItem(w *window) *fyne.MenuItem {
	item := oneOf(m, w, "Molecules", view.StyleChoices, fyne.KeyModifierShift, func(l *stage.Display) *render.Style { return &l.Style })
	add(item, m.toggle(w, "Hydrogens of sticks", nil, func(l *stage.Display) *bool { return &l.Hydrogens }))
	return item
}

func (m *menus) coloursItem(w *window) *fyne.MenuItem {
	var choices []view.Choice[render.Coloring]
	for _, c := range view.ColoringChoices {
		choices = append(choices, c.Choice)
	}
	item := oneOf(m, w, "Colours", choices, withAlt, func(l *stage.Display) *render.Coloring { return &l.Colours })
	legend := m.choice(w, "Legend of colours", func(w *window) bool { return w.stage.HasLegend() }, w.stage.ToggleLegend)
	legend.Shortcut = shortcut(fyne.KeyG, withAlt)
	add(item, legend)
	return item
}

// opacities are those that the menu offers; the panel Maps has all.
var opacities = []float64{0.1, 0.2, 0.3, 0.5, 0.7, 1}

func (m *menus) mapItem(w *window) *fyne.MenuItem {
	var choices []view.Choice[render.MapStyle]
	for _, s := range view.MapStyles {
		choices = append(choices, view.Choice[render.MapStyle]{Kind: s.Style, Word: s.Word, Item: s.Item})
	}
	item := oneOf(m, w, "Map", choices, withAlt|fyne.KeyModifierShift, func(l *stage.Display) *render.MapStyle { return &l.MapStyle })
	var opacity []*fyne.MenuItem
	for _, x := range opacities {
		opacity = append(opacity, m.choice(w, fmt.Sprintf("%.0f %%", 100*x), func(w *window) bool { return math.Abs(w.stage.Opacity()-x) < 0.005 },
			func() { w.stage.SetOpacity(x) }))
	}
	paint := m.toggle(w, "Coloured by the placement that explains it", shortcut(fyne.KeyP, withAlt), func(l *stage.Display) *bool { return &l.Paint })
	residual := m.choice(w, "Residual map", func(w *window) bool { return w.stage.Sees(view.Residual) }, func() { w.stage.ToggleMap(view.Residual) })
	residual.Shortcut = shortcut(fyne.KeyR, withAlt)
	near := m.choice(w, "Only near the selection", func(w *window) bool { return w.stage.Maps().Near }, w.stage.ToggleZone)
	near.Shortcut = shortcut(fyne.KeyN, withAlt)
	dust := m.choice(w, "Hide dust", func(w *window) bool { return !w.stage.Display().Dust },
		func() { w.stage.SetDisplay(func(l *stage.Display) { l.Dust = !l.Dust }) })
	remaining := m.choice(w, "What remains", func(w *window) bool { return w.stage.Sees(view.Remaining) }, func() { w.stage.ToggleMap(view.Remaining) })
	add(item, sub("Opacity", opacity), dust, remaining, paint, residual, near)
	return item
}

func (m *menus) lightItem(w *window) *fyne.MenuItem {
	item := oneOf(m, w, "Light", view.LightChoices, 0, func(l *stage.Display) *render.Light { return &l.Light })
	add(item,
		m.toggle(w, "Ambient occlusion", shortcut(fyne.KeyH, withAlt), func(l *stage.Display) *bool { return &l.Occlusion }),
		m.toggle(w, "Silhouettes", shortcut(fyne.KeyS, withAlt), func(l *stage.Display) *bool { return &l.Silhouettes }),
		m.choice(w, "Depth cueing", func(w *window) bool { return !w.stage.Display().NoHaze },
			func() { w.stage.SetDisplay(func(l *stage.Display) { l.NoHaze = !l.NoHaze }) }))
	return item
}

// backgroundItem chooses what is behind everything.
func (m *menus) backgroundItem(w *window) *fyne.MenuItem {
	item := oneOf(m, w, "Background", view.GroundChoices, 0, func(l *stage.Display) *view.Ground { return &l.Ground })
	add(item, w.item("Next", shortcut(fyne.KeyB, withAlt), func() {
		w.stage.SetDisplay(func(l *stage.Display) { l.Ground = (l.Ground + 1) % (view.BlackGround + 1) })
	}))
	return item
}

// arounds are the radii that the menu offers, in ångström; 0 is all.
var arounds = []float64{0, 10, 15, 25, 40}

// clippingItems are about what of the depth is seen.
func (m *menus) clippingItems(w *window) []*fyne.MenuItem {
	key := func(r rune) func() { return func() { w.stage.View.TypedRune(r); w.enable() } }
	var around []*fyne.MenuItem
	for _, x := range arounds {
		label := "Everything"
		if x > 0 {
			label = fmt.Sprintf("Only within %g Å", x)
		}
		around = append(around, m.choice(w, label, func(w *window) bool { return w.stage.View.Camera().Around == x }, func() { w.stage.SetAround(x) }))
	}
	follow := m.choice(w, "Clip the front while zooming", func(w *window) bool { return w.stage.View.Camera().Follow > 0 }, w.stage.ToggleFollow)
	return []*fyne.MenuItem{
		w.item("Thinner slab", plain(fyne.KeyLeftBracket), key('[')), w.item("Thicker slab", plain(fyne.KeyRightBracket), key(']')), w.item("No slab", plain(fyne.KeyBackslash), key('\\')),
		follow, sub("About the centre", around),
	}
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
	return append(append([]*fyne.MenuItem{parallel}, m.clippingItems(w)...),
		fyne.NewMenuItemSeparator(),
		preference("Scale bar", stage.KeyScaleBar, true), preference("Axes", stage.KeyAxes, false),
		sub("Mouse as in", m.mouseItems(w)), sub("Wheel", m.wheelItems(w)), preference("No flight to new points of view", stage.KeyJump, false),
		preference("The scene turns on when it is let go", stage.KeyInertia, false),
		fyne.NewMenuItemSeparator(), w.item("Restart the graphics", nil, w.stage.RestartGraphics),
	)
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
				return w.App.Preferences().StringWithFallback(shell.KeyAppearance, firstAppearance) == appearances[i]
			},
			func() { w.setAppearance(appearances[i]) }))
	}
	return items
}
