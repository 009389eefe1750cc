// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A question is a dialog: those of Fyne have this in common.
type question interface {
	Show()
	Hide()
	SetOnClosed(func())
}

// ask shows a dialog. While one is open the keys of the window rest, but
// Escape, which closes the latest.
func (w *window) ask(q question) {
	w.questions = append(w.questions, q)
	q.SetOnClosed(func() {
		w.questions = slices.DeleteFunc(w.questions, func(p question) bool { return p == q })
		w.tell()
	})
	q.Show()
	w.tell()
}

// fail shows an error with its full text, which can be copied, and keeps it in
// the log.
func (w *window) fail(heading string, err error) {
	text := err.Error()
	w.say(heading + ": " + strings.Split(text, "\n")[0])
	if rest := strings.Split(text, "\n")[1:]; len(rest) > 0 {
		w.note(strings.Join(rest, "\n"))
	}
	full := widget.NewLabel(text)
	full.Wrapping = fyne.TextWrapWord
	full.Selectable = true
	box := container.NewVScroll(full)
	box.SetMinSize(fyne.NewSize(560, 120))
	d := dialog.NewCustomWithoutButtons(heading, box, w)
	copyText := widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { w.app.Clipboard().SetContent(heading + "\n" + text) })
	closeIt := widget.NewButton("Close", d.Hide)
	closeIt.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{copyText, closeIt})
	w.ask(d)
}

// confirm asks before something is done.
func (w *window) confirm(heading, text, yes string, do func()) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustomConfirm(heading, yes, "Cancel", container.NewGridWrap(fyne.NewSize(460, 70), label), func(ok bool) {
		if ok {
			do()
		}
	}, w)
	w.ask(d)
}

// askOpen asks for files to open: by path, from those opened last, or by
// browsing. Fyne's file dialog is slow in large folders, hence the field.
func (w *window) askOpen() {
	if w.job != nil {
		return
	}
	var d *dialog.CustomDialog
	path := newPathField(func() { d.Hide() })
	path.SetPlaceHolder("map, structure, session, or folder of structures")
	open := func(p string) {
		if strings.TrimSpace(p) == "" {
			return
		}
		d.Hide()
		w.open([]string{p})
	}
	path.OnSubmitted = open
	files := w.recent.files()
	list := widget.NewList(func() int { return len(files) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(filepath.Base(files[i]) + "    " + filepath.Dir(files[i]))
		})
	list.OnSelected = func(i widget.ListItemID) { open(files[i]) }
	last := heading("Opened last")
	if len(files) == 0 {
		last.SetText("")
	}
	browse := widget.NewButtonWithIcon("Browse…", theme.FolderOpenIcon(), func() { d.Hide(); w.browse() })
	top := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Path"), browse, path), last)
	box := container.NewBorder(top, nil, nil, nil, list)
	d = dialog.NewCustomWithoutButtons("Open", container.NewStack(spacer(fyne.NewSize(640, 300)), box), w)
	openIt := widget.NewButton("Open", func() { open(path.Text) })
	openIt.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), openIt})
	w.ask(d)
	w.Canvas().Focus(path)
	w.state.named["open.path"], w.state.named["open.ok"] = path, openIt
	w.tell()
}

// A pathField is the field of a dialog in which a path is written. Fields keep
// the keys from the window; this one lets Escape close its dialog.
type pathField struct {
	widget.Entry
	escape func()
}

func newPathField(escape func()) *pathField {
	f := &pathField{escape: escape}
	f.ExtendBaseWidget(f)
	return f
}

func (f *pathField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.escape()
		return
	}
	f.Entry.TypedKey(k)
}

func heading(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// browse shows Fyne's file dialog.
func (w *window) browse() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			w.fail("The file cannot be opened", err)
		case r != nil:
			path := r.URI().Path()
			r.Close()
			w.open([]string{path})
		}
	}, w)
	endings := slices.Concat(mapEndings, structureEndings, []string{".difffit", ".gz", ".bz2"})
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	if files := w.recent.files(); len(files) > 0 {
		if folder, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(files[0]))); err == nil {
			d.SetLocation(folder)
		}
	}
	d.Resize(fyne.NewSize(860, 560))
	w.ask(d)
}

// askPath asks where to write a file. An existing one is replaced only after
// another question.
func (w *window) askPath(title, suggestion, help string, write func(path string)) {
	var d *dialog.CustomDialog
	path := newPathField(func() { d.Hide() })
	path.SetText(suggestion)
	save := func(p string) {
		p = expand(p)
		if p == "" {
			return
		}
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		d.Hide()
		w.unlessThere(p, func() { write(p) })
	}
	path.OnSubmitted = save
	browse := widget.NewButtonWithIcon("Folder…", theme.FolderOpenIcon(), func() {
		f := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				path.SetText(filepath.Join(u.Path(), filepath.Base(path.Text)))
			}
		}, w)
		f.Resize(fyne.NewSize(860, 560))
		w.ask(f)
	})
	text := widget.NewLabel(help)
	text.Wrapping = fyne.TextWrapWord
	text.Importance = widget.LowImportance
	box := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Path"), browse, path), text)
	d = dialog.NewCustomWithoutButtons(title, container.NewStack(spacer(fyne.NewSize(640, 90)), box), w)
	ok := widget.NewButton("Save", func() { save(path.Text) })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	w.ask(d)
	w.Canvas().Focus(path)
	w.state.named["save.path"], w.state.named["save.ok"] = path, ok
	w.tell()
}
