// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
)

// addPlaces tells where widgets are, and which of them are switched off.
func (p *Probe) addPlaces(t *State) {
	named := map[string]fyne.CanvasObject{}
	for name, b := range p.w.Buttons() {
		named[name] = b
	}
	p.addStage(named)
	p.addTable(named)
	p.addComposite(named)
	p.addInputs(named)
	maps.Copy(named, p.sh.Named)
	scale, driver := p.sh.Canvas().Scale(), p.sh.App.Driver()
	for name, o := range named {
		if o == nil || !o.Visible() || driver.CanvasForObject(o) == nil {
			continue
		}
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			t.Disabled = append(t.Disabled, name)
		}
		t.Places[name] = scaled(driver.AbsolutePositionForObject(o), o.Size(), scale)
	}
	p.addMenus(t)
	p.addPopUp(t)
	slices.Sort(t.Disabled)
	table, results := t.Places["table"], p.w.Table().Results
	for _, title := range results.Titles() {
		x, width := results.ColumnOffset(title)
		t.Columns[title] = [4]int{table[0] + int(x*scale), table[1], int(width * scale), int(24 * scale)}
	}
}

// addStage adds the widgets of the picture.
func (p *Probe) addStage(named map[string]fyne.CanvasObject) {
	st := p.w.Stage()
	named["edge"] = p.w.Dock().Edge()
	_, shut := p.w.Help().Hint()
	maps.Copy(named, map[string]fyne.CanvasObject{
		"viewport": st.View, "tabs": p.sh.Tabs, "hints.close": shut,
		"histogram": st.LevelPanel.Histogram(), "level": st.LevelPanel.Entry(), "level.use": st.LevelPanel.UseButton(),
	})
	maps.Copy(named, st.MapsPanel.Places())
}

// addTable adds those of the table and of comparing.
func (p *Probe) addTable(named map[string]fyne.CanvasObject) {
	tb := p.w.Table()
	shift, angle := tb.Results.Tolerances()
	maps.Copy(named, map[string]fyne.CanvasObject{
		"table": tb.Results.Table(), "filter": tb.Results.Filter(), "tolerance.shift": shift, "tolerance.angle": angle, "columns": tb.Results.Chooser(),
		"path.play": tb.PathPanel().Play(), "path.ask": tb.PathPanel().Ask(), "path.steps": tb.PathPanel().Steps(),
	})
	if c := tb.Chooser(); c != nil {
		for name, box := range c.Boxes() {
			named["columns."+name] = box
		}
	}
	pictures := tb.Seen().Pictures
	for i, q := range pictures {
		if len(pictures) > 1 {
			named["view."+string(rune('1'+i))] = q.Object
		}
	}
}

// addComposite adds those of the panels Fit and Compose, while they are seen.
func (p *Probe) addComposite(named map[string]fyne.CanvasObject) {
	panel, options := p.w.Composer().Panel, p.w.Composer().Options
	tab := p.sh.Tabs.Selected()
	if tab != nil && tab.Content == options {
		maps.Copy(named, options.Named())
	}
	if tab == nil || tab.Content != panel {
		return
	}
	maps.Copy(named, panel.Named())
	p.addRows(named, named["compose.tree"], panel.Rows())
}

// addRows adds what of the rows of a list is not scrolled away.
func (p *Probe) addRows(named map[string]fyne.CanvasObject, list fyne.CanvasObject, rows map[string]fyne.CanvasObject) {
	driver := p.sh.App.Driver()
	top, height := driver.AbsolutePositionForObject(list).Y, list.Size().Height
	for name, o := range rows {
		if y := driver.AbsolutePositionForObject(o).Y - top; driver.CanvasForObject(o) != nil && y >= 0 && y+o.Size().Height/2 < height { // its middle is seen
			named[name] = o
		}
	}
}
