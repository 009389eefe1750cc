// SPDX-License-Identifier: BSD-3-Clause

// Package table is the table of results and what is done with its rows: what is
// selected, accepted, rejected and noted, and how placements are looked at
// together: pinned ones, a cloud of them, the path of a start to one of them. How
// they are found, and how a scene is drawn, it does not know.
package table

import (
	"image/color"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/render"
)

// A Stage shows scenes.
type Stage interface {
	// Show shows the state of the document as it is now.
	Show()
	// Scene returns what is to be seen of a state, without what is compared.
	Scene(s document.State) render.Scene
	// Molecule returns a structure at a place, drawn as all are.
	Molecule(t *document.Structure, motion geom.Rigid, c color.NRGBA) render.Molecule
	// Level returns the contour level that is shown, and whether there is one.
	Level() (level float64, ok bool)
	// Viewport returns the picture of the window.
	Viewport() *viewport.Viewport
	// NewCompanion makes a further picture, ReadCompanion lets it be worked with
	// as that of the window is.
	NewCompanion() *viewport.Viewport
	ReadCompanion(v *viewport.Viewport)
	// Still does something while the picture does not follow the selection.
	Still(do func())
	// Follow has a placement seen.
	Follow(t *document.Structure, motion geom.Rigid)
}

// Options change those of the next fit.
type Options interface {
	ChangeOptions(o fitting.Options)
	// AskResolution has the resolution of the next fit stated.
	AskResolution()
}

// A Folder is where files of this work are likely wanted.
type Folder interface{ Folder() string }

// A Table is the table of results and the panels for comparing its rows.
type Table struct {
	Results *panel.Results

	sh      *shell.Shell
	stage   Stage
	compose Options
	files   Folder

	inside    shell.Latest[insideKey, panel.Inside]
	live      live
	pinned    []document.ClusterID
	copied    string         // rows that were put on the clipboard
	tolerance [2]float64     // that is shown: shift in ångström, angle in degrees
	chooser   *panel.Chooser // of columns, the latest
	compare   comparison
	paths     pathView
}

// New makes the table of a window. Connect must be called before it is used.
func New(sh *shell.Shell) *Table {
	tb := &Table{Results: panel.NewResults(), sh: sh}
	tb.compare.panel, tb.paths.panel = panel.NewCompare(), panel.NewPath()
	tb.paths.tb, tb.compare.cloud.tb, tb.compare.cloud.view = tb, tb, panel.FirstCloud()
	return tb
}

// Connect ties the table to the others, and its panels to the document.
func (tb *Table) Connect(st Stage, o Options, f Folder) {
	tb.stage, tb.compose, tb.files = st, o, f
	tb.compare.cells = []*cell{newCellOf(st.Viewport())}
	tb.compare.stage = container.New(&grid{}, tb.compare.cells[0])
	r, p := tb.Results, tb.sh.App.Preferences()
	r.SetColumns(p.StringList(keyColumns))
	r.SetBars(p.BoolWithFallback(keyBars, true))
	r.SetFolding(panel.Folding(p.String(keyFolding)))
	r.OnFolding = func(f panel.Folding) { p.SetString(keyFolding, string(f)) }
	r.SetMerging(p.Bool(keyMerging))
	r.OnMerging = func(on bool) { p.SetBool(keyMerging, on) }
	r.OnRound = func(int) { tb.ShowInside() }
	r.OnResolution = o.AskResolution
	r.OnSelect, r.OnKey = tb.SelectCluster, tb.sh.TypedKey
	r.OnMore = func() { tb.stage.Show(); tb.sh.Enable() }
	r.OnTolerance, r.OnColumns, r.OnChoose = tb.SetTolerance, tb.keepColumns, tb.AskColumns
	tb.connectComparison()
	tb.paths.connect()
}

// Picture returns what lies where the picture does: it, and those beside it.
func (tb *Table) Picture() fyne.CanvasObject { return tb.compare.stage }

// Tabs returns the panels for comparing placements.
func (tb *Table) Tabs() []*container.TabItem {
	return []*container.TabItem{
		container.NewTabItem("Compare", tb.compare.panel),
		container.NewTabItem("Search path", tb.paths.panel),
	}
}

// Changed shows a state of which some parts have changed.
func (tb *Table) Changed(s document.State, what document.Change) {
	const rows = document.StructuresChanged | document.RoundsChanged | document.AcceptedChanged | document.LayersChanged | document.MarksChanged
	other := tb.tolerance != [2]float64{s.Options.ClusterShift, s.Options.ClusterAngle}
	if !what.Has(rows) && !other {
		return
	}
	tb.tolerance = [2]float64{s.Options.ClusterShift, s.Options.ClusterAngle}
	if what == document.EverythingChanged { // another session
		tb.Results.Begin()
	}
	tb.Results.SetState(s)
	tb.showPins()
	if pins := s.Pins(); !slices.Equal(pins, tb.pinned) {
		tb.pinned = pins
		if tb.compare.mode != panel.OneAtATime {
			tb.stage.Show()
		}
	}
}

// Selected shows another placement as the selected one.
func (tb *Table) Selected(id document.ClusterID) {
	tb.Results.SetSelected(id)
	if last := &tb.compare.last; !id.IsZero() && id != last[0] {
		*last = [2]document.ClusterID{id, last[0]}
	}
	tb.showPins()
	if id != tb.paths.of {
		tb.paths.close()
	}
	tb.paths.panel.Enable(!id.IsZero() && !tb.sh.Busy())
}

// Enable switches what can be done in the panels.
func (tb *Table) Enable(s document.State, selected bool) {
	tb.compare.panel.Enable(selected && !tb.sh.Busy(), tb.canFlicker(s))
	tb.paths.panel.Enable(selected && !tb.sh.Busy())
}

// canFlicker tells whether there are two placements to go to and fro between.
func (tb *Table) canFlicker(s document.State) bool {
	return len(s.Pins()) >= 2 || !tb.compare.last[1].IsZero()
}

// TogglePaths looks for the paths to the selected placement, or goes back to it.
func (tb *Table) TogglePaths() { tb.paths.toggle() }

// PickedCloud selects the cluster of a point of the cloud that was clicked on,
// and tells whether it was one.
func (tb *Table) PickedCloud(hit render.Hit) bool { return tb.compare.cloud.picked(hit) }

// Legend tells what the colours of the cloud are, if there is one.
func (tb *Table) Legend() []panel.LegendState { return tb.compare.cloud.legend() }

// Focus gives the table the keyboard.
func (tb *Table) Focus() { tb.Results.Focus() }

// Tooltips explain the buttons of the panels for comparing.
func (tb *Table) Tooltips() map[fyne.CanvasObject]string {
	tips := tb.compare.panel.Tooltips()
	maps.Copy(tips, tb.paths.panel.Tooltips())
	return tips
}
