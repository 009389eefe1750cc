// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/widget"

	"difffit/app/filedialog"
	"difffit/app/panel"
	"difffit/io/load"
)

// Files are what is asked for, and what is told about it.
type Files struct {
	filedialog.Question
	Help   string        // said beside the question, or ""
	More   string        // the same, where the question is asked here
	Places []panel.Place // files and folders that may be wanted, beside those of the shell
	// Chosen is told what was chosen: absolute paths, at least one. Whether a file
	// that is there is to be replaced has been asked.
	Chosen func(paths []string)
}

// AskFiles asks for files with the dialog of the desktop; where there is none, or
// it fails, or a person wants that, with one of our own.
func (sh *Shell) AskFiles(f Files) {
	if sh.FindDialog == nil || sh.App.Preferences().Bool(KeyOwnDialogs) {
		sh.browse(f)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := sh.newWaiting(f)
	w.OnEnd = cancel
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
				f.Chosen(paths)
			}
		})
	}()
	sh.Ask(w)
}

// newWaiting makes what lies over the window while the dialog of the desktop is
// open.
func (sh *Shell) newWaiting(f Files) *Dialog {
	text := widget.NewLabel("Answer in the file dialog of your desktop. " + f.Help)
	text.Wrapping = fyne.TextWrapWord
	w := sh.NewDialog(f.Title, container.NewStack(Spacer(fyne.NewSize(460, 60)), text))
	own := widget.NewButton("Ask here instead", func() {
		w.Hide()
		sh.browse(f)
	})
	w.SetButtons(widget.NewButton("Cancel", w.Hide), own)
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
	d := sh.NewDialog(f.Title, container.NewStack(Spacer(fyne.NewSize(680, 340)), container.NewBorder(nil, help, nil, nil, b)))
	b.OnEscape, b.Expand = d.Hide, Expand
	b.OnFolder, b.OnMake = func(folder string) { sh.list(b, folder) }, func(folder string) { sh.makeFolder(b, folder) }
	take := func(paths []string) {
		d.Hide()
		sh.keepFolder(f.Kind, paths[0])
		f.Chosen(paths)
	}
	b.OnDone = take
	if f.Kind == filedialog.SaveFile {
		b.OnDone = func(paths []string) { sh.UnlessThere(func() { take(paths) }, paths...) }
	}
	words := browseWords[f.Kind]
	ok := widget.NewButton(words[0], b.Done)
	d.SetButtons(widget.NewButton("Cancel", d.Hide), ok)
	d.OnEnd = b.Close
	sh.Ask(d)
	all := sh.Canvas().Size()
	d.Resize(fyne.NewSize(min(960, all.Width-40), min(620, all.Height-40)))
	sh.Canvas().Focus(b.Path)
	sh.Named[words[1]+".path"], sh.Named[words[1]+".ok"] = b.Path, ok
	b.Start()
}

// list has a folder listed beside the window.
func (sh *Shell) list(b *panel.Browser, folder string) {
	sh.beside(func() func() {
		entries, err := listFolder(folder)
		if errors.Is(err, fs.ErrNotExist) {
			err = panel.ErrNoFolder
		}
		return func() { b.SetFolder(folder, entries, err) }
	})
}

// makeFolder has a folder made beside the window.
func (sh *Shell) makeFolder(b *panel.Browser, folder string) {
	sh.beside(func() func() {
		err := os.MkdirAll(folder, 0o755)
		return func() { b.SetMade(folder, err) }
	})
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
		q.Filters = []filedialog.Filter{filterOf(e), {Name: "All files", Patterns: []string{"*"}}}
	}
	sh.AskFiles(Files{Question: q, Help: help, Chosen: func(paths []string) {
		if !sh.isInput(paths[0]) {
			write(paths[0])
		}
	}})
}

// filterOf takes the files of an ending; of an ending of maps or structures those
// of all that are written, for which of them it is to be is said by the name.
func filterOf(ending string) filedialog.Filter {
	for _, kind := range []load.Kind{load.DensityMap, load.AtomicStructure} {
		if endings := load.WrittenEndings(kind); slices.Contains(endings, ending) {
			endings = slices.Insert(slices.DeleteFunc(endings, func(e string) bool { return e == ending }), 0, ending)
			return filedialog.Filter{Name: "*" + strings.Join(endings, ", *"), Patterns: Patterns(endings...)}
		}
	}
	return filedialog.Filter{Name: "*" + ending, Patterns: []string{"*" + ending}}
}

// Patterns returns what takes files with these endings, packed or not.
func Patterns(endings ...string) []string {
	var list []string
	for _, e := range endings {
		list = append(list, "*"+e)
		for _, packed := range load.Packings() {
			list = append(list, "*"+e+packed)
		}
	}
	return list
}

// AskFolder asks for a folder, and calls chosen with it.
func (sh *Shell) AskFolder(from string, chosen func(folder string)) {
	if from = Expand(from); from == "" || !filepath.IsAbs(from) {
		from = Expand("~")
	}
	q := filedialog.Question{Kind: filedialog.OpenFolder, Title: "Choose a folder", Folder: nearestFolder(from)}
	sh.AskFiles(Files{Question: q, Chosen: func(paths []string) { chosen(paths[0]) }})
}

// FolderButton is a button that asks for a folder, beginning where a field says,
// and calls chosen with it.
func (sh *Shell) FolderButton(of *PathField, chosen func(folder string)) fyne.CanvasObject {
	sh.completes(of)
	return newFolderButton(func() { sh.AskFolder(of.Text, chosen) })
}
