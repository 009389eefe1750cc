// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/window/shell"
)

// AskNote asks for a note about the selected placement.
func (tb *Table) AskNote() {
	id := tb.sh.Doc.Selected()
	if !tb.sh.MustWait("Note") && !id.IsZero() {
		tb.showNote(id)
	}
}

func (tb *Table) showNote(id document.ClusterID) {
	s := tb.sh.Doc.State()
	var d *shell.Dialog
	text := shell.NewPathField(func() { d.Hide() })
	text.SetText(s.Mark(id).Note)
	text.SetPlaceHolder("what you see here; empty removes the note")
	save := func(note string) {
		d.Hide()
		tb.sh.Edit("The note was not kept", func() error { return tb.sh.Doc.SetNote(id, note) })
	}
	text.OnSubmitted = save
	title := fmt.Sprintf("Note about %s of round %d", s.PlaceName(id), id.Round)
	d = tb.sh.NewDialog(title, container.NewStack(shell.Spacer(fyne.NewSize(520, 40)), container.NewVBox(text)))
	ok := widget.NewButton("Keep", func() { save(text.Text) })
	d.SetButtons(widget.NewButton("Cancel", d.Hide), ok)
	tb.sh.Ask(d)
	tb.sh.Canvas().Focus(text)
	text.CursorColumn = len([]rune(text.Text))
	tb.sh.Named["note.text"], tb.sh.Named["note.ok"] = text, ok
}
