// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/filedialog"
)

// A fileList lists the files of a Browser. Arrows move, with Shift they select
// more, Ctrl+A selects all files; what is typed goes to the path.
type fileList struct {
	widget.List
	b *Browser
}

func newFileList(b *Browser) *fileList {
	l := &fileList{b: b}
	l.Length = func() int { return len(b.listed) }
	l.CreateItem = func() fyne.CanvasObject { return newFileRow(b) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*fileRow).show(i) }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained and FocusLost leave the marks to the rows.
func (l *fileList) FocusGained() {}

// FocusLost does nothing.
func (l *fileList) FocusLost() {}

// UsesKey tells that Return chooses, and that arrows move.
func (l *fileList) UsesKey(fyne.KeyName, fyne.KeyModifier) bool { return true }

// UsesRune tells that what is typed goes to the path.
func (l *fileList) UsesRune(rune) bool { return true }

// TypedKey moves in the list.
func (l *fileList) TypedKey(k *fyne.KeyEvent) {
	b := l.b
	if k.Name != fyne.KeyEscape && b.waits(func(to fyne.Focusable) { to.TypedKey(k) }) {
		return
	}
	moves := map[fyne.KeyName]int{
		fyne.KeyDown: 1, fyne.KeyUp: -1, fyne.KeyPageDown: page, fyne.KeyPageUp: -page,
		fyne.KeyHome: -len(b.listed), fyne.KeyEnd: len(b.listed),
	}
	if by, ok := moves[k.Name]; ok {
		b.move(by, held()&fyne.KeyModifierShift != 0)
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Done()
	case fyne.KeySpace:
		if b.cursor >= 0 {
			b.toggle(b.cursor)
		}
	case fyne.KeyBackspace, fyne.KeyLeft:
		b.up()
	case fyne.KeyEscape:
		b.OnEscape()
	}
}

// TypedRune goes on with the path.
func (l *fileList) TypedRune(r rune) {
	b := l.b
	if b.waits(func(to fyne.Focusable) { to.TypedRune(r) }) {
		return
	}
	text := withSeparator(b.folder) + string(r)
	switch r {
	case ' ': // selects
		return
	case '/', '~':
		text = string(r)
	}
	b.Path.Write(text)
	b.focus(b.Path)
}

// TypedShortcut selects all files on Ctrl+A.
func (l *fileList) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all && l.b.q.Multiple {
		l.b.selectAll()
	}
}

// held returns the modifiers that are held down.
func held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// move moves the cursor, and selects what it is on, or with Shift what lies
// between.
func (b *Browser) move(by int, more bool) {
	if len(b.listed) == 0 {
		return
	}
	if by < 0 && b.cursor <= 0 && !more {
		b.focus(b.Path) // above the list
		return
	}
	i := max(0, min(b.cursor+by, len(b.listed)-1))
	if more && b.q.Multiple {
		b.to(i)
	} else {
		b.only(i)
	}
	b.list.ScrollTo(i)
}

// only selects one.
func (b *Browser) only(i int) {
	b.selected = map[string]bool{b.listed[i].Name: true}
	b.cursor, b.anchor = i, i
	b.shown()
}

// to selects all from the anchor.
func (b *Browser) to(i int) {
	b.selected, b.cursor = map[string]bool{}, i
	for k := min(i, b.anchor); k <= max(i, b.anchor) && k < len(b.listed); k++ {
		b.selected[b.listed[k].Name] = true
	}
	b.shown()
}

// toggle selects one more, or one less.
func (b *Browser) toggle(i int) {
	name := b.listed[i].Name
	if !b.q.Multiple {
		b.only(i)
		return
	}
	if b.cursor, b.anchor = i, i; b.selected[name] {
		delete(b.selected, name)
	} else {
		b.selected[name] = true
	}
	b.shown()
}

// selectAll selects all files that are listed; of folders it leaves its hands.
func (b *Browser) selectAll() {
	b.selected = map[string]bool{}
	for _, e := range b.listed {
		if !e.Folder {
			b.selected[e.Name] = true
		}
	}
	b.shown()
}

// shown shows what is selected, in the list and in the path.
func (b *Browser) shown() {
	defer b.list.Refresh()
	b.tell(0)
	name, isFolder := "", false
	for _, e := range b.listed {
		if b.selected[e.Name] {
			name, isFolder = e.Name, e.Folder
		}
	}
	switch {
	case isFolder && b.q.Kind == filedialog.SaveFile: // the name of the file stays
	case len(b.selected) == 1:
		b.write(b.folder, name)
	default:
		b.write(b.folder, "")
	}
}

// pressed selects a row with the mouse: Ctrl takes one more, Shift all between.
func (b *Browser) pressed(i int, with fyne.KeyModifier) {
	if i >= len(b.listed) {
		return
	}
	switch {
	case b.q.Multiple && with&fyne.KeyModifierShortcutDefault != 0:
		b.toggle(i)
	case b.q.Multiple && with&fyne.KeyModifierShift != 0 && b.cursor >= 0:
		b.to(i)
	default:
		b.only(i)
	}
	b.focus(b.list)
}

// A fileRow is a line of the list.
type fileRow struct {
	widget.BaseWidget
	b      *Browser
	i      int
	ground *canvas.Rectangle
	icon   *widget.Icon
	name   *widget.Label
	facts  *widget.Label
}

func newFileRow(b *Browser) *fileRow {
	r := &fileRow{b: b, ground: canvas.NewRectangle(theme.Color(theme.ColorNameSelection)), icon: widget.NewIcon(nil), name: widget.NewLabel(""), facts: widget.NewLabel("")}
	r.name.Truncation = fyne.TextTruncateEllipsis
	r.facts.Importance = widget.LowImportance
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer lays the line out.
func (r *fileRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.ground, container.NewBorder(nil, nil, r.icon, r.facts, r.name)))
}

func (r *fileRow) show(i int) {
	r.i = i
	if i >= len(r.b.listed) {
		return
	}
	e := r.b.listed[i]
	r.icon.SetResource(theme.FileIcon())
	facts := e.Time.Format("2 Jan 2006")
	if e.Folder {
		r.icon.SetResource(theme.FolderIcon())
	} else {
		facts = bytesText(e.Bytes) + "   " + facts
	}
	r.name.SetText(e.Name)
	r.facts.SetText(facts)
	r.ground.FillColor = theme.Color(theme.ColorNameSelection)
	r.ground.Hidden = !r.b.selected[e.Name]
	r.ground.Refresh()
}

// MouseDown selects the line.
func (r *fileRow) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary || !r.b.known { // another folder is about to be listed
		return
	}
	r.b.presses = [2]int{r.b.presses[1], r.i}
	if e.Modifier != 0 {
		r.b.presses[1] = -1 // selects, whatever comes next
	}
	r.b.pressed(r.i, e.Modifier)
}

// MouseUp does nothing.
func (*fileRow) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped goes into the folder, or chooses the file. Fyne takes two presses
// that follow each other for one of both, also where they are on two lines.
func (r *fileRow) DoubleTapped(*fyne.PointEvent) {
	if r.b.known && r.b.presses == [2]int{r.i, r.i} && r.i < len(r.b.listed) {
		r.b.only(r.i)
		r.b.Done()
	}
}

// bytesText writes the size of a file.
func bytesText(n int64) string {
	switch x := float64(n); {
	case x >= 1e9:
		return fmt.Sprintf("%.1f GB", x/1e9)
	case x >= 1e6:
		return fmt.Sprintf("%.1f MB", x/1e6)
	case x >= 1e3:
		return fmt.Sprintf("%.0f kB", x/1e3)
	}
	return fmt.Sprintf("%d B", n)
}
