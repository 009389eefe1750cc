// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/widget"

	"difffit/app/filedialog"
	"difffit/app/panel"
)

// Files are what is asked for, and what is told about it.
type Files struct {
	filedialog.Question
	Help   string        // said beside the question, or ""
	More   string        // the same, where the question is asked here
	Places []panel.Place // files and folders that may be wanted, beside those of the shell
	// Chosen is told what was chosen: absolute paths, at least one. Asked tells
	// that the dialog has asked by itself whether files are to be replaced.
	Chosen func(paths []string, asked bool)
}

// AskFiles asks for files with the dialog of the desktop; where there is none, or
// it fails, or a person wants that, with one of our own.
func (sh *Shell) AskFiles(f Files) {
	if sh.FindDialog == nil || sh.App.Preferences().Bool(KeyOwnDialogs) {
		sh.browse(f)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := sh.newWaiting(f, cancel)
	f.Parent = sh.native()
	go func() {
		d := sh.FindDialog()
		var paths []string
		var err error
		if d != nil {
			paths, err = d.Ask(ctx, f.Question)
		}
		sh.Do(func() {
			if ctx.Err() != nil || sh.Quitting {
				return // a person has thought better of it
			}
			w.Hide()
			switch {
			case err != nil:
				sh.Note(panel.Reason(err))
				sh.browse(f)
			case d == nil:
				sh.browse(f)
			case len(paths) > 0:
				sh.keepFolder(f.Kind, paths[0])
				f.Chosen(paths, true)
			}
		})
	}()
	sh.Ask(w)
}

// A waiting question is one that another program asks.
type waiting struct {
	*dialog.CustomDialog
	cancel context.CancelFunc
}

// SetOnClosed has the dialog of the other program closed with this one.
func (w *waiting) SetOnClosed(closed func()) {
	w.CustomDialog.SetOnClosed(func() {
		w.cancel()
		closed()
	})
}

// newWaiting makes what lies over the window while the dialog of the desktop is
// open.
func (sh *Shell) newWaiting(f Files, cancel context.CancelFunc) *waiting {
	text := widget.NewLabel("Answer in the file dialog of your desktop. " + f.Help)
	text.Wrapping = fyne.TextWrapWord
	w := &waiting{dialog.NewCustomWithoutButtons(f.Title, container.NewStack(Spacer(fyne.NewSize(460, 60)), text), sh), cancel}
	own := widget.NewButton("Ask here instead", func() {
		w.Hide()
		sh.browse(f)
	})
	w.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", w.Hide), own})
	sh.Named["files.own"] = own
	return w
}

// native names the window for portals, "" where that is not known.
func (sh *Shell) native() string {
	name := ""
	if w, ok := sh.Window.(driver.NativeWindow); ok {
		w.RunNative(func(context any) {
			if x, ok := context.(driver.X11WindowContext); ok {
				name = fmt.Sprintf("x11:%x", x.WindowHandle)
			}
		})
	}
	return name
}

// words of a question, by its kind: the button that answers it, and the names of
// its field and its button for tests.
var browseWords = map[filedialog.Kind][2]string{
	filedialog.OpenFiles: {"Open", "open"}, filedialog.SaveFile: {"Save", "save"}, filedialog.OpenFolder: {"Choose", "folder"},
}

// browse asks with a dialog of our own.
func (sh *Shell) browse(f Files) {
	b := panel.NewBrowser(f.Question, sh.places(f))
	help := widget.NewLabel(strings.TrimSpace(f.Help + " " + f.More))
	help.Wrapping, help.Importance = fyne.TextWrapWord, widget.LowImportance
	help.Hidden = help.Text == ""
	d := dialog.NewCustomWithoutButtons(f.Title, container.NewStack(Spacer(fyne.NewSize(680, 340)), container.NewBorder(nil, help, nil, nil, b)), sh)
	b.OnEscape, b.Expand = d.Hide, Expand
	b.OnFolder = func(folder string) { sh.list(b, folder) }
	b.OnDone = func(paths []string) {
		d.Hide()
		sh.keepFolder(f.Kind, paths[0])
		f.Chosen(paths, false)
	}
	words := browseWords[f.Kind]
	ok := widget.NewButton(words[0], b.Done)
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	sh.Ask(d)
	all := sh.Canvas().Size()
	d.Resize(fyne.NewSize(min(960, all.Width-40), min(620, all.Height-40)))
	sh.Canvas().Focus(b.Path)
	sh.Named[words[1]+".path"], sh.Named[words[1]+".ok"] = b.Path, ok
	b.Start()
}

// list has a folder listed beside the window.
func (sh *Shell) list(b *panel.Browser, folder string) {
	go func() {
		entries, err := listFolder(folder)
		sh.Do(func() {
			fault := ""
			if err != nil {
				fault = panel.Reason(err)
			}
			b.SetFolder(folder, entries, fault)
		})
	}()
}

// mostFolders is how many folders are remembered.
const mostFolders = 6

// keepFolder remembers the folder of what was chosen.
func (sh *Shell) keepFolder(k filedialog.Kind, path string) {
	folder := path
	if k != filedialog.OpenFolder {
		folder = filepath.Dir(path)
	}
	p := sh.App.Preferences()
	list := slices.DeleteFunc(p.StringList(keyFolders), func(q string) bool { return q == folder })
	list = slices.Insert(list, 0, folder)
	p.SetStringList(keyFolders, list[:min(len(list), mostFolders)])
}

// places returns where a person may want to go.
func (sh *Shell) places(f Files) []panel.Place {
	list := []panel.Place{{Name: "Home", Path: Expand("~")}}
	for _, folder := range sh.App.Preferences().StringList(keyFolders) {
		list = append(list, panel.Place{Name: shortFolder(folder), Path: folder})
	}
	return append(list, f.Places...)
}

// shortFolder names a folder by the end of its path.
func shortFolder(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	if len(parts) <= 3 {
		return path
	}
	return "…/" + strings.Join(parts[len(parts)-2:], "/")
}

// AskPath asks where to write a file. An existing one is replaced only after
// another question.
func (sh *Shell) AskPath(title, suggestion, help string, write func(path string)) {
	if abs, err := filepath.Abs(suggestion); err == nil {
		suggestion = abs
	}
	q := filedialog.Question{Kind: filedialog.SaveFile, Title: title, Folder: filepath.Dir(suggestion), Name: filepath.Base(suggestion)}
	if e := filepath.Ext(suggestion); e != "" {
		q.Filters = []filedialog.Filter{{Name: "*" + e, Patterns: []string{"*" + e}}, {Name: "All files", Patterns: []string{"*"}}}
	}
	sh.AskFiles(Files{Question: q, Help: help, Chosen: func(paths []string, asked bool) {
		switch {
		case !asked:
			sh.UnlessThere(func() { write(paths[0]) }, paths[0])
		case !sh.isInput(paths[0]):
			write(paths[0])
		}
	}})
}

// AskFolder asks for a folder, and calls chosen with it.
func (sh *Shell) AskFolder(from string, chosen func(folder string)) {
	if from = Expand(from); from == "" || !filepath.IsAbs(from) {
		from = Expand("~")
	}
	q := filedialog.Question{Kind: filedialog.OpenFolder, Title: "Choose a folder", Folder: nearestFolder(from)}
	sh.AskFiles(Files{Question: q, Chosen: func(paths []string, _ bool) { chosen(paths[0]) }})
}

// FolderButton is a button that asks for a folder, beginning where a field says,
// and calls chosen with it.
func (sh *Shell) FolderButton(of *PathField, chosen func(folder string)) fyne.CanvasObject {
	sh.completes(of)
	return newFolderButton(func() { sh.AskFolder(of.Text, chosen) })
}
