// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/volume"
)

// A MapStyle is a way to draw maps that can be chosen.
type MapStyle struct {
	Word    string // by which rows name it
	Label   string
	Curve   bool // there is a transfer function to be set, not a level
	Opacity bool // the alpha of the colour counts; else the curve says how opaque all is
	Planes  bool // there are planes to be moved
}

// A SlicePlane is a plane across an axis of a map.
type SlicePlane struct {
	Show         bool
	At, Min, Max float64 // ångström
}

// A MapRow is a map in the picture.
type MapRow struct {
	Name    string
	Note    string // why there is nothing to be seen; "" if there is
	Visible bool
	Style   string      // word of a MapStyle
	Color   color.NRGBA // alpha is the opacity
	Level   float64
	Profile *volume.Profile // nil without a map
	Scale   *volume.Profile // by which σ is told: of what is left of a map, that of the whole
	Stops   []Stop          // of the transfer function
	Own     bool            // Stops are not those that follow level and colour
	Slices  [3]SlicePlane   // across x, y, z
	Extra   bool            // another level of a map: it can be removed
	Filter  bool            // further maps can be made of it by filters
}

// A MapsState is all maps in the picture.
type MapsState struct {
	Rows      []MapRow
	Near      bool    // only what is near the selected residues or placement is shown
	Radius    float64 // of that, ångström
	Molecules bool    // that counts for molecules too
}

// Maps says which maps are seen and how: levels, colours, transfer functions,
// slices, and the zone around the selected placement.
type Maps struct {
	widget.BaseWidget

	// OnChange is told a row that was changed; done is false while a person
	// still moves something.
	OnChange func(row int, to MapRow, done bool)
	// OnColor asks for another colour of a row; give it to set.
	OnColor func(now color.NRGBA, set func(color.NRGBA))
	// OnAdd asks for another level of a map, OnRemove takes one away.
	OnAdd, OnRemove func(row int)
	// OnFilter asks for a further map that a filter makes of that of a row.
	OnFilter func(row int)
	// OnReset lets the transfer function of a row follow its level and colour.
	OnReset func(row int)
	// OnMenu asks for the context menu of a row, at a place of the window.
	OnMenu func(row int, at fyne.Position)
	// OnZone is told what is shown near the selected residues or placement.
	OnZone func(near bool, radius float64, molecules bool)

	styles []MapStyle
	state  MapsState
	chosen int
	mute   bool

	lines  []*mapLine
	list   *fyne.Container
	detail *mapDetail
	near   *widget.Check
	radius *entry
	others *widget.Check
}

// NewMaps returns an empty panel, which offers styles of maps.
func NewMaps(styles []MapStyle) *Maps {
	p := &Maps{styles: styles, list: container.NewVBox(), radius: newNumber()}
	p.detail = newMapDetail(p)
	p.near = widget.NewCheck("Show only what is near the selection", func(bool) { p.zone() })
	p.others = widget.NewCheck("molecules too", func(bool) { p.zone() })
	p.radius.OnDone = func(string) { p.zone() }
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer lays the panel out.
func (p *Maps) CreateRenderer() fyne.WidgetRenderer {
	radius := container.NewGridWrap(fyne.NewSize(56, p.radius.MinSize().Height), p.radius)
	zone := container.NewVBox(p.near, container.NewHBox(widget.NewLabel("within"), radius, widget.NewLabel("Å"), p.others))
	all := container.NewVBox(p.list, widget.NewSeparator(), p.detail.box, widget.NewSeparator(), zone)
	return widget.NewSimpleRenderer(scrolled(all))
}

// SetState shows s.
func (p *Maps) SetState(s MapsState) {
	p.state = s
	p.chosen = min(p.chosen, max(len(s.Rows)-1, 0))
	p.mute = true
	defer func() { p.mute = false }()
	if len(p.lines) != len(s.Rows) {
		p.lines = nil
		p.list.RemoveAll()
		for i := range s.Rows {
			l := newMapLine(p, i)
			p.lines = append(p.lines, l)
			p.list.Add(l.box)
		}
	}
	for i, l := range p.lines {
		l.show(s.Rows[i], p.styleOf(s.Rows[i]), i == p.chosen)
	}
	p.detail.show()
	p.near.SetChecked(s.Near)
	p.others.SetChecked(s.Molecules)
	p.radius.settle(strconv.FormatFloat(s.Radius, 'g', -1, 64))
}

// Choose shows the details of a row.
func (p *Maps) Choose(row int) {
	p.chosen = row
	p.SetState(p.state)
}

// menu chooses a row and asks for its menu.
func (p *Maps) menu(i int, at fyne.Position) {
	p.Choose(i)
	if p.OnMenu != nil {
		p.OnMenu(i, at)
	}
}

// MenuItems are what is done with a row, for a context menu.
func (p *Maps) MenuItems(i int) []*fyne.MenuItem {
	if i >= len(p.state.Rows) {
		return nil
	}
	row := p.state.Rows[i]
	seen := fyne.NewMenuItem("Show", func() { p.change(i, true, func(r *MapRow) { r.Visible = !r.Visible }) })
	seen.Checked = row.Visible
	colour := fyne.NewMenuItem("Colour…", func() { p.recolor(i) })
	style := fyne.NewMenuItem("Drawn as", nil)
	style.ChildMenu = fyne.NewMenu("")
	for _, s := range p.styles {
		one := fyne.NewMenuItem(s.Label, func() { p.change(i, true, func(r *MapRow) { r.Style = s.Word }) })
		one.Checked = s.Word == row.Style
		style.ChildMenu.Items = append(style.ChildMenu.Items, one)
	}
	item := func(label string, on bool, do func(int)) *fyne.MenuItem {
		m := fyne.NewMenuItem(label, func() { do(i) })
		m.Disabled = !on || do == nil
		return m
	}
	return []*fyne.MenuItem{
		seen, colour, style, fyne.NewMenuItemSeparator(), item("Another level", true, p.OnAdd), item("Filter…", row.Filter, p.OnFilter), item("Remove this level", row.Extra, p.OnRemove),
	}
}

// Places returns widgets by name, so that they can be found on the screen.
func (p *Maps) Places() map[string]fyne.CanvasObject {
	named := map[string]fyne.CanvasObject{"maps.curve": p.detail.curve, "maps.level": p.detail.bars, "maps.near": p.near}
	named["maps.filter"] = p.detail.filter
	for i, l := range p.lines {
		named[fmt.Sprintf("maps.%d.seen", i)] = l.seen
		named[fmt.Sprintf("maps.%d.name", i)] = l.name
		named[fmt.Sprintf("maps.%d.style", i)] = l.style
	}
	return named
}

// styleOf returns the style of a row.
func (p *Maps) styleOf(r MapRow) MapStyle {
	for _, s := range p.styles {
		if s.Word == r.Style {
			return s
		}
	}
	return MapStyle{}
}

// row returns the row whose details are shown.
func (p *Maps) row() (MapRow, bool) {
	if p.chosen >= len(p.state.Rows) {
		return MapRow{}, false
	}
	return p.state.Rows[p.chosen], true
}

// change tells a row that a person has changed.
func (p *Maps) change(i int, done bool, change func(*MapRow)) {
	if p.mute || i >= len(p.state.Rows) {
		return
	}
	r := p.state.Rows[i]
	change(&r)
	p.state.Rows[i] = r
	if p.OnChange != nil {
		p.OnChange(i, r, done)
	}
}

func (p *Maps) zone() {
	if p.mute {
		return
	}
	r, err := parse(p.radius.Text)
	if err != nil || !(r > 0) || math.IsInf(r, 0) {
		r = p.state.Radius
		p.radius.settle(strconv.FormatFloat(r, 'g', -1, 64))
	}
	p.state.Near, p.state.Radius, p.state.Molecules = p.near.Checked, r, p.others.Checked
	if p.OnZone != nil {
		p.OnZone(p.near.Checked, r, p.others.Checked)
	}
}
