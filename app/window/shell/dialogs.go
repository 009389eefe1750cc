// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// A Question is a dialog: those of Fyne have this in common.
type Question interface {
	Show()
	Hide()
	SetOnClosed(func())
}

// A Dialog is a question of the window's own making: it has buttons, of which one
// is what Return presses, and may end something that goes on beside it.
type Dialog struct {
	*dialog.CustomDialog
	// OnEnd is called when it is closed.
	OnEnd func()

	answer *widget.Button
}

// NewDialog makes a dialog without buttons.
func (sh *Shell) NewDialog(title string, content fyne.CanvasObject) *Dialog {
	return &Dialog{CustomDialog: dialog.NewCustomWithoutButtons(title, content, sh), OnEnd: func() {}}
}

// SetButtons shows buttons, the last of which is the one that Return presses.
func (d *Dialog) SetButtons(buttons ...*widget.Button) {
	d.answer = buttons[len(buttons)-1]
	d.answer.Importance = widget.HighImportance
	var list []fyne.CanvasObject
	for _, b := range buttons {
		list = append(list, b)
	}
	d.CustomDialog.SetButtons(list)
}

// SetOnClosed has what goes on beside the dialog ended with it, and calls closed.
func (d *Dialog) SetOnClosed(closed func()) {
	d.CustomDialog.SetOnClosed(func() {
		d.OnEnd()
		closed()
	})
}

// Confirm presses the button that Return presses.
func (d *Dialog) Confirm() {
	if d.answer != nil && !d.answer.Disabled() {
		d.answer.OnTapped()
	}
}

// Present shows something with a button that closes it, and returns the dialog.
func (sh *Shell) Present(title string, content fyne.CanvasObject) *Dialog {
	d := sh.NewDialog(title, content)
	d.SetButtons(widget.NewButton("Close", d.Hide))
	sh.Ask(d)
	return d
}

// Ask shows a dialog. While one is open the keys of the window rest, but
// Escape, which closes the latest.
func (sh *Shell) Ask(q Question) {
	sh.questions = append(sh.questions, q)
	q.SetOnClosed(func() {
		sh.questions = slices.DeleteFunc(sh.questions, func(p Question) bool { return p == q })
		sh.leaveField()
	})
	q.Show()
}

// leaveField takes the keyboard from a field of the window that had it before a
// dialog: what is typed next, thinking of the dialog, must not get into it.
func (sh *Shell) leaveField() {
	if _, field := sh.Canvas().Focused().(interface{ SelectedText() string }); field && sh.Dialogs() == 0 {
		sh.Canvas().Unfocus()
	}
}

// Fail shows an error with its full text, which can be copied, and keeps it in
// the log.
func (sh *Shell) Fail(heading string, err error) {
	text := panel.Reason(err)
	sh.Say(heading + ": " + strings.Split(text, "\n")[0])
	if rest := strings.Split(text, "\n")[1:]; len(rest) > 0 {
		sh.Note(strings.Join(rest, "\n"))
	}
	full := widget.NewLabel(text)
	full.Wrapping = fyne.TextWrapWord
	full.Selectable = true
	box := container.NewVScroll(full)
	box.SetMinSize(fyne.NewSize(560, 120))
	d := sh.NewDialog(heading, box)
	copyText := widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { sh.App.Clipboard().SetContent(heading + "\n" + text) })
	closeIt := widget.NewButton("Close", d.Hide)
	d.SetButtons(copyText, closeIt)
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

// TypedKey does what keys do where no field takes them. While a dialog is
// open, Escape closes it, Return gives the answer that it suggests, F1 helps, and
// the others rest.
func (sh *Shell) TypedKey(k *fyne.KeyEvent) {
	q := sh.Latest()
	if q == nil {
		sh.OnKey(k)
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		q.Hide()
	case fyne.KeyReturn, fyne.KeyEnter:
		if d, ok := q.(interface{ Confirm() }); ok {
			d.Confirm()
		}
	case fyne.KeyF1:
		sh.OnKey(k)
	}
}

// Escape does what Escape does: it closes the latest dialog.
func (sh *Shell) Escape() { sh.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
