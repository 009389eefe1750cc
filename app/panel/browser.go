// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/filedialog"
)

// A FileEntry is a file or a folder in a folder.
type FileEntry struct {
	Name   string
	Folder bool
	Bytes  int64
	Time   time.Time // of the last change
}

// ErrNoFolder is the fault of a folder that is not there.
var ErrNoFolder = errors.New("there is no such folder")

// A Place is a folder, or a file, that a person may want.
type Place struct {
	Name, Path string
	File       bool
}

// A Browser asks for files where the desktop has no dialog for it: a path that
// completes with Tab, the files of its folder, and places.
type Browser struct {
	widget.BaseWidget

	// OnFolder asks for what is in a folder; give it to SetFolder.
	OnFolder func(folder string)
	// OnDone is told what was chosen: absolute paths, at least one.
	OnDone func(paths []string)
	// OnMake asks for a folder to be made; tell SetMade how that went.
	OnMake func(folder string)
	// OnEscape is called on Escape.
	OnEscape func()
	// Expand returns the path that a text stands for: ~ is the home folder.
	Expand func(string) string

	Path *PathField

	q        filedialog.Question
	folder   string // that the path is in
	base     string // that a path is in which does not begin at the root
	known    bool   // what is in it
	fault    error  // why that cannot be told
	closed   bool
	entries  []FileEntry
	listed   []FileEntry // those of them that are shown
	selected map[string]bool
	cursor   int    // in listed, that the arrows move; -1 for none
	anchor   int    // where Shift begins
	presses  [2]int // rows that the mouse pressed last; -1 for none
	part     string // of a name, that was written
	mute     bool   // while the panel itself writes

	list   *fileList
	notice *notice
	body   *fyne.Container
	kinds  *widget.Select
	newest *widget.Check
	words  *widget.Label
	places []Place
}

// NewBrowser makes a panel that asks a question, and offers places.
func NewBrowser(q filedialog.Question, places []Place) *Browser {
	b := &Browser{
		OnFolder: func(string) {}, OnDone: func([]string) {}, OnMake: func(string) {}, OnEscape: func() {}, Expand: func(s string) string { return s },
		q: q, places: places, selected: map[string]bool{}, cursor: -1, words: widget.NewLabel(""),
	}
	b.Path = NewPathField(func() { b.OnEscape() })
	b.Path.OnChanged = b.written
	b.Path.OnSubmitted = func(string) { b.Done() }
	b.Path.OnTab, b.Path.OnDown, b.Path.Known = b.complete, b.toList, func() bool { return b.known }
	b.list, b.notice = newFileList(b), newNotice(b)
	var names []string
	for _, f := range q.Filters {
		names = append(names, f.Name)
	}
	b.kinds = widget.NewSelect(names, func(string) { b.filter() })
	b.newest = widget.NewCheck("Newest first", func(bool) { b.filter() })
	b.words.Importance = widget.LowImportance
	b.words.Truncation = fyne.TextTruncateEllipsis
	if len(names) > 0 {
		b.kinds.SetSelectedIndex(0)
	}
	b.ExtendBaseWidget(b)
	b.folder = filepath.Clean(q.Folder)
	b.write(b.folder, q.Name)
	return b
}

// CreateRenderer lays the panel out.
func (b *Browser) CreateRenderer() fyne.WidgetRenderer {
	up := widget.NewButtonWithIcon("", theme.MoveUpIcon(), func() {
		b.Path.Forget()
		b.up()
	})
	folder := widget.NewButtonWithIcon("New folder", theme.FolderNewIcon(), b.askName)
	folder.Hidden = b.q.Kind == filedialog.OpenFiles
	path := container.NewBorder(nil, nil, widget.NewLabel("Path"), container.NewHBox(up, folder), b.Path)
	top := container.NewVBox(path, b.notice)
	kinds := container.NewGridWrap(fyne.NewSize(230, b.kinds.MinSize().Height), b.kinds)
	bottom := container.NewBorder(nil, nil, nil, container.NewHBox(b.newest, kinds), b.words)
	b.kinds.Hidden = len(b.q.Filters) == 0 || b.q.Kind == filedialog.OpenFolder
	split := container.NewHSplit(b.placeList(), b.list)
	split.Offset = 0.27
	b.body = container.NewBorder(top, bottom, nil, nil, split)
	return widget.NewSimpleRenderer(b.body)
}

// placeList lists the places; one that is pressed is gone to, or opened.
func (b *Browser) placeList() fyne.CanvasObject {
	box := container.NewVBox()
	file := false
	for i, p := range b.places {
		if i == 0 && !p.File {
			box.Add(Heading("Folders"))
		}
		if p.File && !file {
			box.Add(Heading("Opened last"))
			file = true
		}
		icon := theme.FolderIcon()
		if p.File {
			icon = theme.FileIcon()
		}
		button := widget.NewButtonWithIcon(p.Name, icon, func() {
			if p.File {
				b.OnDone([]string{p.Path})
				return
			}
			b.Path.Forget()
			b.enter(p.Path)
		})
		button.Importance, button.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		if !p.File {
			box.Add(container.NewHScroll(button))
			continue
		}
		box.Add(container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()), container.NewHScroll(button), newFolderLine(filepath.Dir(p.Path))))
	}
	return container.NewVScroll(box)
}

// SetFolder shows what is in a folder, if it was asked for last; the fault tells
// why that cannot be told, nil if it can; ErrNoFolder offers to make it.
func (b *Browser) SetFolder(folder string, entries []FileEntry, fault error) {
	if b.closed || b.known || folder != b.folder {
		return
	}
	b.known, b.entries, b.fault = true, entries, fault
	b.filter()
	switch {
	case b.missing():
		b.words.SetText("There is no folder " + folder)
	case fault != nil:
		b.words.SetText(Reason(fault))
	}
	b.Path.Release()
}

// missing tells whether the folder is not there.
func (b *Browser) missing() bool { return b.known && errors.Is(b.fault, ErrNoFolder) }

// Close has answers that come later do nothing.
func (b *Browser) Close() {
	b.closed = true
}

// Start lists the folder of the question.
func (b *Browser) Start() { b.ask(b.folder) }

// ask asks for what is in a folder. What was typed and not done yet waits for it;
// the files of the folder before stay in sight until then.
func (b *Browser) ask(folder string) {
	b.folder, b.known, b.fault = folder, false, nil
	b.notice.Hide()
	b.words.SetText("Reading " + folder + "…")
	if len(b.Path.kept) > 0 {
		b.Path.Hold()
	}
	b.OnFolder(folder)
}

// waits keeps what is to be done until it is known what is in the folder, and
// tells whether that is so.
func (b *Browser) waits(do func(to fyne.Focusable)) bool {
	if b.known {
		return false
	}
	b.Path.Hold()
	return b.Path.keep(do)
}

// enter goes into a folder. The name of a file to be written stays.
func (b *Browser) enter(folder string) {
	name := ""
	if b.q.Kind == filedialog.SaveFile {
		_, name = filepath.Split(b.Path.Text)
	}
	b.selected, b.cursor, b.part, b.presses = map[string]bool{}, -1, "", [2]int{-1, -1}
	b.write(folder, name)
	b.ask(folder)
}

// up goes to the folder above.
func (b *Browser) up() { b.enter(filepath.Dir(b.folder)) }

// write puts a path into the field, without taking it for written by a person.
func (b *Browser) write(folder, name string) {
	b.mute, b.base = true, folder
	b.Path.Write(withSeparator(folder) + name)
	b.mute = false
}

// withSeparator ends a folder with a separator.
func withSeparator(folder string) string {
	if folder == "" || strings.HasSuffix(folder, string(filepath.Separator)) {
		return folder
	}
	return folder + string(filepath.Separator)
}

// written follows what a person writes: the folder is listed, and of it what
// begins as the name does.
func (b *Browser) written(text string) {
	if b.mute {
		return
	}
	for _, begin := range []string{"/", "~"} { // after a folder: another path begins
		if strings.HasSuffix(text, "/"+begin) {
			b.Path.Write(begin)
			return
		}
	}
	b.selected, b.cursor = map[string]bool{}, -1
	b.notice.Hide()
	folder, part := b.split(text)
	b.part = part
	if filepath.IsAbs(b.Expand(text)) {
		b.base = folder
	}
	switch {
	case folder != b.folder:
		b.ask(folder)
	case b.known:
		b.filter()
	}
}

// split returns the folder and the beginning of a name that a text stands for.
// What does not begin at the root is in the folder that was there before.
func (b *Browser) split(text string) (folder, part string) {
	text = b.Expand(text)
	dir, part := filepath.Split(text)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(b.base, dir)
	}
	return filepath.Clean(dir), part
}

// complete writes what the name can only go on as.
func (b *Browser) complete() {
	folder, part := b.split(b.Path.Text)
	var names []string
	for _, e := range b.entries {
		if b.takes(e) && (part != "" || !strings.HasPrefix(e.Name, ".")) {
			names = append(names, e.Name)
		}
	}
	longer, n := CompleteName(part, names)
	switch i := slices.IndexFunc(b.entries, func(e FileEntry) bool { return e.Name == longer }); {
	case n == 1 && i >= 0 && b.entries[i].Folder:
		b.enter(filepath.Join(folder, longer))
	case n == 0 || longer == part:
		b.toList()
	default:
		b.write(folder, longer)
		b.part = longer
		b.filter()
	}
}

// toList gives the keyboard to the files.
func (b *Browser) toList() {
	if len(b.listed) == 0 {
		return
	}
	if b.cursor < 0 {
		b.only(0)
	}
	b.focus(b.list)
}

func (b *Browser) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(o)
	}
}

// takes tells whether an entry is of the kind that is chosen.
func (b *Browser) takes(e FileEntry) bool {
	i := b.kinds.SelectedIndex()
	switch {
	case e.Folder:
		return true
	case b.q.Kind == filedialog.OpenFolder:
		return false
	case i < 0:
		return true
	}
	return slices.ContainsFunc(b.q.Filters[i].Patterns, func(p string) bool {
		ok, err := filepath.Match(strings.ToLower(p), strings.ToLower(e.Name))
		return err == nil && ok
	})
}

// filter lists what is of the kind that is chosen and begins as the name does.
func (b *Browser) filter() {
	b.listed = b.listed[:0]
	part := b.part
	if b.q.Kind == filedialog.SaveFile {
		part = "" // it is a new one
	}
	hidden := 0
	for _, e := range b.entries {
		switch {
		case strings.HasPrefix(e.Name, ".") && !strings.HasPrefix(part, "."):
		case !b.takes(e):
			hidden++
		case begins(e.Name, part):
			b.listed = append(b.listed, e)
		}
	}
	slices.SortStableFunc(b.listed, b.compare)
	b.cursor = min(b.cursor, len(b.listed)-1)
	b.tell(hidden)
	if b.list != nil {
		b.list.Refresh()
	}
}

// compare orders folders before files, and both as is wished.
func (b *Browser) compare(x, y FileEntry) int {
	order := func(on bool) int {
		if on {
			return -1
		}
		return 1
	}
	if x.Folder != y.Folder {
		return order(x.Folder)
	}
	if b.newest != nil && b.newest.Checked && !x.Time.Equal(y.Time) {
		return order(x.Time.After(y.Time))
	}
	return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Name, y.Name))
}

// tell says what is chosen, or what there is.
func (b *Browser) tell(hidden int) {
	n := len(b.selected)
	switch {
	case n > 1:
		b.words.SetText(fmt.Sprintf("%d chosen", n))
	case hidden > 0 && b.q.Kind != filedialog.OpenFolder:
		b.words.SetText(fmt.Sprintf("%d shown; %d of other kinds are not", len(b.listed), hidden))
	default:
		b.words.SetText(fmt.Sprintf("%d shown", len(b.listed)))
	}
}

// Done chooses what is selected, else what is written. A folder that is selected
// is gone into, unless a folder is asked for.
func (b *Browser) Done() {
	if b.waits(func(fyne.Focusable) { b.Done() }) {
		return
	}
	b.notice.Hide()
	paths := b.chosen()
	switch {
	case len(paths) == 0:
		b.takeWritten()
	case len(paths) == 1 && b.isFolder(paths[0]) && b.q.Kind != filedialog.OpenFolder:
		b.enter(paths[0])
	default:
		b.OnDone(paths)
	}
}

// takeWritten chooses the path that is written, if that can be.
func (b *Browser) takeWritten() {
	folder, name := b.split(b.Path.Text)
	path := filepath.Join(folder, name)
	i := slices.IndexFunc(b.entries, func(e FileEntry) bool { return strings.EqualFold(e.Name, name) })
	switch kind := b.q.Kind; {
	case name == "" && kind != filedialog.OpenFolder:
		b.notice.say("Choose a file, or write its name.")
	case b.missing() && kind == filedialog.SaveFile:
		b.notice.offer(folder, "Make it and save")
	case b.missing() && kind == filedialog.OpenFolder, kind == filedialog.OpenFolder && name != "" && i < 0 && b.fault == nil:
		b.notice.offer(path, "Make it")
	case b.missing():
		b.notice.say("There is no folder " + folder)
	case kind == filedialog.OpenFiles && i < 0 && b.fault == nil:
		b.notice.say("There is no file " + name + " in " + folder)
	case kind == filedialog.SaveFile && i >= 0 && b.entries[i].Folder && b.entries[i].Name == name:
		b.write(folder, b.q.Name)
		b.enter(path)
	default:
		b.OnDone([]string{path})
	}
}

func (b *Browser) isFolder(path string) bool {
	return slices.ContainsFunc(b.listed, func(e FileEntry) bool { return e.Folder && filepath.Join(b.folder, e.Name) == path })
}

// chosen returns the paths that are selected, in the order of the list.
func (b *Browser) chosen() []string {
	var paths []string
	for _, e := range b.listed {
		if b.selected[e.Name] {
			paths = append(paths, filepath.Join(b.folder, e.Name))
		}
	}
	return paths
}
