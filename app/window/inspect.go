// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/render"
)

// inspection is what the window knows about looking at placements.
type inspection struct {
	follows follows
	copied  string // rows that were put on the clipboard
	compare comparison
	ways    pathView
	spots   spots // for tests
}

// The keys of preferences about the table.
const (
	keyColumns = "table.columns"
	keyBars    = "table.bars"
)

// connectInspection ties what the table does to the document.
func (w *window) connectInspection() {
	p := w.app.Preferences()
	w.results.SetColumns(p.StringList(keyColumns))
	w.results.SetBars(p.BoolWithFallback(keyBars, true))
	w.results.OnTolerance = w.setTolerance
	w.results.OnColumns = w.keepColumns
	w.results.OnChoose = w.askColumns
	w.connectComparison()
	w.connectPath()
}

// inspectionTabs are the panels for comparing placements.
func (w *window) inspectionTabs() []*container.TabItem {
	w.ways.panel = panel.NewPath()
	w.ways.tab = container.NewTabItemWithIcon("Path", theme.HistoryIcon(), w.ways.panel)
	w.compare.tab = container.NewTabItemWithIcon("Compare", theme.GridIcon(), w.compare.panel)
	return []*container.TabItem{w.compare.tab, w.ways.tab}
}

func (w *window) keepColumns(names []string) { w.app.Preferences().SetStringList(keyColumns, names) }

// reject says that the selected placement is wrong, or takes that back.
func (w *window) reject() {
	id := w.doc.Selected()
	if w.job != nil || id.IsZero() || w.isHidden(id) {
		return
	}
	s := w.doc.State()
	rejected := !s.Mark(id).Rejected
	if err := w.doc.SetRejected(id, rejected); err != nil {
		w.fail("The placement was not rejected", err)
		return
	}
	what := map[bool]string{true: "Rejected ", false: "No longer rejected: "}[rejected]
	w.say(fmt.Sprintf("%s%s of round %d", what, s.PlaceName(id), id.Round))
}

// askNote asks for a note about the selected placement. by is what the key that
// asked types, which is not for the note; 0 if it was none.
func (w *window) askNote(by rune) {
	id := w.doc.Selected()
	if w.job == nil && !id.IsZero() {
		w.showNote(id, by)
	}
}

func (w *window) showNote(id document.ClusterID, by rune) {
	s := w.doc.State()
	var d *dialog.CustomDialog
	text := newLine(func() { d.Hide() })
	text.skip = by
	text.SetText(s.Mark(id).Note)
	text.SetPlaceHolder("what you see here; empty removes the note")
	save := func(note string) {
		d.Hide()
		w.edit("The note was not kept", func() error { return w.doc.SetNote(id, note) })
	}
	text.OnSubmitted = save
	title := fmt.Sprintf("Note about %s of round %d", s.PlaceName(id), id.Round)
	d = dialog.NewCustomWithoutButtons(title, container.NewStack(spacer(fyne.NewSize(520, 40)), container.NewVBox(text)), w)
	ok := widget.NewButton("Keep", func() { save(text.Text) })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	w.ask(d)
	w.Canvas().Focus(text)
	text.CursorColumn = len([]rune(text.Text))
	w.state.named["note.text"], w.state.named["note.ok"] = text, ok
	w.tell()
}

// A line is a field of a dialog that Escape closes.
type line struct {
	widget.Entry
	escape func()
	skip   rune // what the key that asked types, too; 0 for none
}

func newLine(escape func()) *line {
	l := &line{escape: escape}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey closes the dialog on Escape.
func (l *line) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		l.escape()
		return
	}
	l.Entry.TypedKey(k)
}

// TypedRune leaves out what the key types that asked.
func (l *line) TypedRune(r rune) {
	skip := l.skip
	l.skip = 0
	if r != skip || r == 0 {
		l.Entry.TypedRune(r)
	}
}

// setTolerance shows the clusters that other tolerances make; they become part
// of the document when the slider is let go.
func (w *window) setTolerance(shift, angle float64, done bool) {
	s := w.doc.State()
	if o := s.Options; done && (o.ClusterShift != shift || o.ClusterAngle != angle) {
		o.ClusterShift, o.ClusterAngle = shift, angle
		w.changeOptions(o)
		return
	}
	preview := s.Regrouped(shift, angle)
	w.results.SetState(preview)
	w.results.SetSelected(preview.Follow(s, w.doc.Selected()))
}

// askColumns lets a person choose the columns of the table.
func (w *window) askColumns() {
	c := panel.NewChooser(w.results.Columns())
	c.OnChange = func(names []string) {
		w.results.SetColumns(names)
		w.keepColumns(names)
	}
	d := dialog.NewCustom("Columns of the table", "Close", container.NewStack(spacer(fyne.NewSize(560, 430)), c), w)
	c.OnClose = d.Hide
	w.ask(d)
	w.state.chooser = c
	w.Canvas().Focus(c.First())
}

// toggleBars shows bars in the cells of the table, or hides them.
func (w *window) toggleBars() {
	on := !w.hasBars()
	w.app.Preferences().SetBool(keyBars, on)
	w.results.SetBars(on)
	w.enable()
}

func (w *window) hasBars() bool { return w.app.Preferences().BoolWithFallback(keyBars, true) }

// copyRow copies the selected row, with the names of the columns, or what is
// marked in a text field.
func (w *window) copyRow() {
	if e, ok := w.Canvas().Focused().(interface{ SelectedText() string }); ok && e.SelectedText() != "" {
		w.app.Clipboard().SetContent(e.SelectedText())
		return
	}
	w.copySheet(w.results.Sheet(true), "Select a row to copy it")
}

// copyRows copies all rows that are shown.
func (w *window) copyRows() { w.copySheet(w.results.Sheet(false), "There are no rows to copy") }

func (w *window) copySheet(s panel.Sheet, none string) {
	if s.Len() == 0 {
		w.say(none)
		return
	}
	w.copied = s.TSV()
	w.app.Clipboard().SetContent(w.copied)
	w.say(fmt.Sprintf("Copied %d %s as TSV", s.Len(), map[bool]string{true: "row", false: "rows"}[s.Len() == 1]))
}

// askExport asks where to write the table as it is shown.
func (w *window) askExport() {
	if w.results.Sheet(false).Len() == 0 {
		w.say("There are no rows to export")
		return
	}
	name := "clusters"
	if m := w.doc.State().Map; m != nil {
		name = m.Name + "_clusters"
	}
	w.askPath("Export the table", filepath.Join(w.folder(), name+".csv"),
		"The rows and columns that are shown, in their order. The ending says how: .csv, .tsv or .json; JSON also has the motion of each placement.",
		w.export)
}

// export writes the table as it is shown.
func (w *window) export(path string) {
	s := w.results.Sheet(false)
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		err = writeFile(path, func(f *os.File) error { return s.CSV(f) })
	case ".tsv", ".txt":
		err = writeFile(path, func(f *os.File) error {
			_, err := f.WriteString(s.TSV())
			return err
		})
	case ".json":
		err = writeFile(path, func(f *os.File) error { return s.JSON(f, w.program()) })
	default:
		err = errors.New(path + ": the ending tells no table; want .csv, .tsv or .json")
	}
	if err != nil {
		w.fail("The table was not exported", err)
		return
	}
	w.say(fmt.Sprintf("Exported %d rows to %s", s.Len(), path))
}

// selectPicked selects the row of the placement that was clicked on in a
// picture. What is clicked on is seen already: the picture does not follow.
func (w *window) selectPicked(scene render.Scene, hit render.Hit) {
	if hit.Molecule < 0 || hit.Molecule >= len(scene.Molecules) || w.live != nil {
		return
	}
	m := scene.Molecules[hit.Molecule]
	if hit.Motion < 0 || hit.Motion >= len(m.Motions) {
		return
	}
	if id, ok := w.doc.State().At(m.ID, m.Motions[hit.Motion]); ok {
		w.selectSeen(id)
	}
}

// selectSeen selects a placement that is seen; the picture does not follow.
func (w *window) selectSeen(id document.ClusterID) {
	w.follows.rest = true
	w.doc.Select(id)
	w.follows.rest = false
	w.results.Focus()
}
