// SPDX-License-Identifier: BSD-3-Clause

package files

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

	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/io/load"
)

// AskOpen asks for files to open: by path, from those opened last, or by
// browsing. Fyne's file dialog is slow in large folders, hence the field.
func (fl *Files) AskOpen() {
	if fl.sh.MustWait("Open") {
		return
	}
	var d *dialog.CustomDialog
	path := shell.NewPathField(func() { d.Hide() })
	path.SetPlaceHolder("map, structure, session, or folder of structures")
	open := func(p string) {
		if strings.TrimSpace(p) == "" {
			return
		}
		d.Hide()
		fl.Open([]string{p})
	}
	path.OnSubmitted = open
	files := fl.recent.files()
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
	last := panel.Heading("Opened last")
	if len(files) == 0 {
		last.SetText("")
	}
	browse := widget.NewButtonWithIcon("Browse…", theme.FolderOpenIcon(), func() { d.Hide(); fl.browse() })
	top := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Path"), browse, path), last)
	box := container.NewBorder(top, nil, nil, nil, list)
	d = dialog.NewCustomWithoutButtons("Open", container.NewStack(shell.Spacer(fyne.NewSize(640, 300)), box), fl.sh)
	openIt := widget.NewButton("Open", func() { open(path.Text) })
	openIt.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), openIt})
	fl.sh.Ask(d)
	fl.sh.Canvas().Focus(path)
	fl.sh.Named["open.path"], fl.sh.Named["open.ok"] = path, openIt
}

// browse shows Fyne's file dialog.
func (fl *Files) browse() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			fl.sh.Fail("The file cannot be opened", err)
		case r != nil:
			path := r.URI().Path()
			r.Close()
			fl.Open([]string{path})
		}
	}, fl.sh)
	endings := slices.Concat(load.Endings(load.DensityMap), load.Endings(load.AtomicStructure), load.Packings(), []string{session.Ending})
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	if files := fl.recent.files(); len(files) > 0 {
		if folder, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(files[0]))); err == nil {
			d.SetLocation(folder)
		}
	}
	d.Resize(fyne.NewSize(860, 560))
	fl.sh.Ask(d)
}
