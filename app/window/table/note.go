// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/window/shell"
)

// AskNote asks for a note about the selected placement. by is what the key that
// asked types, which is not for the note; 0 if it was none.
func (tb *Table) AskNote(by rune) {
	id := tb.sh.Doc.Selected()
	if !tb.sh.MustWait("Note") && !id.IsZero() {
		tb.showNote(id, by)
	}
}

func (tb *Table) showNote(id document.ClusterID, by rune) {
	s := tb.sh.Doc.State()
	var d *dialog.CustomDialog
	text := newLine(func() { d.Hide() })
	text.skip = by
	text.SetText(s.Mark(id).Note)
	text.SetPlaceHolder("what you see here; empty removes the note")
	save := func(note string) {
		d.Hide()
		tb.sh.Edit("The note was not kept", func() error { return tb.sh.Doc.SetNote(id, note) })
	}
	text.OnSubmitted = save
	title := fmt.Sprintf("Note about %s of round %d", s.PlaceName(id), id.Round)
	d = dialog.NewCustomWithoutButtons(title, container.NewStack(shell.Spacer(fyne.NewSize(520, 40)), container.NewVBox(text)), tb.sh)
	ok := widget.NewButton("Keep", func() { save(text.Text) })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	tb.sh.Ask(d)
	tb.sh.Canvas().Focus(text)
	text.CursorColumn = len([]rune(text.Text))
	tb.sh.Named["note.text"], tb.sh.Named["note.ok"] = text, ok
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
