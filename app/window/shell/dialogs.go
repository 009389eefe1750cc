// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Question is a dialog: those of Fyne have this in common.
type Question interface {
	Show()
	Hide()
	SetOnClosed(func())
}

// Ask shows a dialog. While one is open the keys of the window rest, but
// Escape, which closes the latest.
func (sh *Shell) Ask(q Question) {
	sh.questions = append(sh.questions, q)
	q.SetOnClosed(func() {
		sh.questions = slices.DeleteFunc(sh.questions, func(p Question) bool { return p == q })
	})
	q.Show()
}

// Fail shows an error with its full text, which can be copied, and keeps it in
// the log.
func (sh *Shell) Fail(heading string, err error) {
	text := err.Error()
	sh.Say(heading + ": " + strings.Split(text, "\n")[0])
	if rest := strings.Split(text, "\n")[1:]; len(rest) > 0 {
		sh.Note(strings.Join(rest, "\n"))
	}
	full := widget.NewLabel(text)
	full.Wrapping = fyne.TextWrapWord
	full.Selectable = true
	box := container.NewVScroll(full)
	box.SetMinSize(fyne.NewSize(560, 120))
	d := dialog.NewCustomWithoutButtons(heading, box, sh)
	copyText := widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { sh.App.Clipboard().SetContent(heading + "\n" + text) })
	closeIt := widget.NewButton("Close", d.Hide)
	closeIt.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{copyText, closeIt})
	sh.Ask(d)
}

// Confirm asks before something is done.
func (sh *Shell) Confirm(heading, text, yes string, do func()) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustomConfirm(heading, yes, "Cancel", container.NewGridWrap(fyne.NewSize(460, 70), label), func(ok bool) {
		if ok {
			do()
		}
	}, sh)
	sh.Ask(d)
}

// AskPath asks where to write a file. An existing one is replaced only after
// another question.
func (sh *Shell) AskPath(title, suggestion, help string, write func(path string)) {
	var d *dialog.CustomDialog
	path := NewPathField(func() { d.Hide() })
	path.SetText(suggestion)
	save := func(p string) {
		p = Expand(p)
		if p == "" {
			return
		}
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		d.Hide()
		sh.UnlessThere(func() { write(p) }, p)
	}
	path.OnSubmitted = save
	browse := sh.FolderButton(func(folder string) { path.SetText(filepath.Join(folder, filepath.Base(path.Text))) })
	text := widget.NewLabel(help)
	text.Wrapping = fyne.TextWrapWord
	text.Importance = widget.LowImportance
	box := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Path"), browse, path), text)
	d = dialog.NewCustomWithoutButtons(title, container.NewStack(Spacer(fyne.NewSize(640, 90)), box), sh)
	ok := widget.NewButton("Save", func() { save(path.Text) })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	sh.Ask(d)
	sh.Canvas().Focus(path)
	sh.Named["save.path"], sh.Named["save.ok"] = path, ok
}

// FolderButton is a button that browses for a folder, and calls chosen with it.
func (sh *Shell) FolderButton(chosen func(folder string)) fyne.CanvasObject {
	return widget.NewButtonWithIcon("Folder…", theme.FolderOpenIcon(), func() { sh.askFolder(chosen) })
}

// askFolder browses for a folder, and calls chosen with it.
func (sh *Shell) askFolder(chosen func(folder string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			chosen(u.Path())
		}
	}, sh)
	d.Resize(fyne.NewSize(860, 560))
	sh.Ask(d)
}

// TypedKey does what keys do where no field takes them. While a dialog is
// open, Escape closes it and the others rest.
func (sh *Shell) TypedKey(k *fyne.KeyEvent) {
	if q := sh.Latest(); q != nil {
		if k.Name == fyne.KeyEscape {
			q.Hide()
		}
		return
	}
	sh.OnKey(k)
}

// Escape does what Escape does: it closes the latest dialog.
func (sh *Shell) Escape() { sh.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
