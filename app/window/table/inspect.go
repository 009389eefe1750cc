// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/io/atomicfile"
	"difffit/render"
)

// The keys of preferences about the table.
const (
	keyColumns = "table.columns"
	keyBars    = "table.bars"
	keyFolding = "table.folding"
	keyMerging = "table.merging"
)

func (tb *Table) keepColumns(names []string) {
	tb.sh.App.Preferences().SetStringList(keyColumns, names)
}

// SetTolerance shows the clusters that other tolerances make; they become part
// of the document when the slider is let go.
func (tb *Table) SetTolerance(shift, angle float64, done bool) {
	s := tb.sh.Doc.State()
	if o := s.Options; done && (o.ClusterShift != shift || o.ClusterAngle != angle) {
		o.ClusterShift, o.ClusterAngle = shift, angle
		tb.compose.ChangeOptions(o)
		return
	}
	preview := s.Regrouped(shift, angle)
	tb.Results.SetState(preview)
	tb.Results.SetSelected(preview.Follow(s, tb.sh.Doc.Selected()))
}

// AskColumns lets a person choose the columns of the table.
func (tb *Table) AskColumns() {
	c := panel.NewChooser(tb.Results.Columns())
	c.OnChange = func(names []string) {
		tb.Results.SetColumns(names)
		tb.keepColumns(names)
	}
	d := tb.sh.Present("Columns of the table", container.NewStack(shell.Spacer(fyne.NewSize(560, 430)), c))
	c.OnClose = d.Hide
	tb.chooser = c
	tb.sh.Canvas().Focus(c.First())
}

// ToggleBars shows bars in the cells of the table, or hides them.
func (tb *Table) ToggleBars() {
	on := !tb.HasBars()
	tb.sh.App.Preferences().SetBool(keyBars, on)
	tb.Results.SetBars(on)
	tb.sh.Enable()
}

// HasBars tells whether there are bars in the cells of the table.
func (tb *Table) HasBars() bool { return tb.sh.App.Preferences().BoolWithFallback(keyBars, true) }

// CopyRow copies the selected row, with the names of the columns, or what is
// marked in a text field.
func (tb *Table) CopyRow() {
	if e, ok := tb.sh.Canvas().Focused().(interface{ SelectedText() string }); ok && e.SelectedText() != "" {
		tb.sh.App.Clipboard().SetContent(e.SelectedText())
		return
	}
	tb.copySheet(tb.Results.Sheet(true), "Select a row to copy it")
}

// CopyRows copies all rows that are shown.
func (tb *Table) CopyRows() { tb.copySheet(tb.Results.Sheet(false), "There are no rows to copy") }

func (tb *Table) copySheet(s panel.Sheet, none string) {
	if s.Len() == 0 {
		tb.sh.Say(none)
		return
	}
	tb.copied = s.TSV()
	tb.sh.App.Clipboard().SetContent(tb.copied)
	tb.sh.Say(fmt.Sprintf("Copied %d %s as TSV", s.Len(), map[bool]string{true: "row", false: "rows"}[s.Len() == 1]))
}

// AskExport asks where to write the table as it is shown.
func (tb *Table) AskExport() {
	if tb.Results.Sheet(false).Len() == 0 {
		tb.sh.Say("There are no rows to export")
		return
	}
	name := "placements"
	if m := tb.sh.Doc.State().Map; m != nil {
		name = m.Name + "_placements"
	}
	tb.sh.AskPath("Export the table", filepath.Join(tb.files.Folder(), name+".csv"),
		"The rows and columns that are shown, in their order. The ending says how: .csv, .tsv or .json; JSON also has the motion of each placement.",
		tb.export)
}

// export writes the table as it is shown.
func (tb *Table) export(path string) {
	s := tb.Results.Sheet(false)
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		err = atomicfile.Write(path, s.CSV)
	case ".tsv", ".txt":
		err = atomicfile.Write(path, func(f io.Writer) error {
			_, err := io.WriteString(f, s.TSV())
			return err
		})
	case ".json":
		err = atomicfile.Write(path, func(f io.Writer) error { return s.JSON(f, tb.sh.Program()) })
	default:
		err = errors.New(path + ": the ending tells no table; want .csv, .tsv or .json")
	}
	if err != nil {
		tb.sh.Fail("The table was not exported", err)
		return
	}
	tb.sh.Say(fmt.Sprintf("Exported %s to %s", panel.Plural(s.Len(), "row"), path))
}

// SelectPicked selects the row of the placement that was clicked on in a
// picture. What is clicked on is seen already: the picture does not follow.
func (tb *Table) SelectPicked(scene render.Scene, hit render.Hit) {
	if hit.Molecule < 0 || hit.Molecule >= len(scene.Molecules) || tb.IsLive() {
		return
	}
	m := scene.Molecules[hit.Molecule]
	if hit.Motion < 0 || hit.Motion >= len(m.Motions) {
		return
	}
	if id, ok := tb.sh.Doc.State().At(m.ID, m.Motions[hit.Motion]); ok {
		tb.selectSeen(id)
	}
}

// selectSeen selects a placement that is seen; the picture does not follow.
func (tb *Table) selectSeen(id document.ClusterID) {
	tb.stage.Still(func() { tb.sh.Doc.Select(id) })
	tb.Results.Focus()
}

// SelectCluster shows the placement that a person picked in the table, also one
// of those that a running fit has found so far, which the document does not have.
func (tb *Table) SelectCluster(id document.ClusterID) {
	if !tb.IsLive() {
		tb.sh.Doc.Select(id)
		return
	}
	tb.live.chosen = id
	if structure, motion := tb.Chosen(); structure > 0 {
		tb.stage.Follow(tb.sh.Doc.State().Structure(structure), motion)
	}
	tb.stage.Show()
}
