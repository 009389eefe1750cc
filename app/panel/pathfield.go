// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// A PathField is the field of a dialog in which a path is written. Fields keep
// the keys from the window; this one lets Escape close its dialog.
//
// What Tab, Down and Return do depends on what is in a folder, which is read
// beside the window. Until it is known the field keeps what is typed, and does it
// in its order then.
type PathField struct {
	widget.Entry

	// OnTab completes what is written; nil lets Tab go to the next field.
	OnTab func()
	// OnDown goes to what is below the field.
	OnDown func()
	// Known tells whether it is known what is in the folder; nil stands for yes.
	Known func() bool

	escape func()
	held   bool                   // what is typed is kept
	kept   []func(fyne.Focusable) // and does this to what has the keyboard then
}

// NewPathField makes a field that calls escape on Escape.
func NewPathField(escape func()) *PathField {
	f := &PathField{escape: escape}
	f.ExtendBaseWidget(f)
	return f
}

// AcceptsTab tells whether Tab completes.
func (f *PathField) AcceptsTab() bool { return f.OnTab != nil }

// Hold keeps what is typed from now on until Release.
func (f *PathField) Hold() { f.held = true }

// Release does what was typed meanwhile, as far as nothing of it has the field
// hold again.
func (f *PathField) Release() {
	f.held = false
	for !f.held && len(f.kept) > 0 {
		do := f.kept[0]
		f.kept = f.kept[1:]
		do(f.typedInto())
	}
}

// Forget forgets what was kept: a person has thought better of it.
func (f *PathField) Forget() { f.held, f.kept = false, nil }

// typedInto returns what has the keyboard.
func (f *PathField) typedInto() fyne.Focusable {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil && c.Focused() != nil {
		return c.Focused()
	}
	return f
}

// keep keeps something for Release, if the field holds, and tells whether.
func (f *PathField) keep(do func(to fyne.Focusable)) bool {
	if f.held {
		f.kept = append(f.kept, do)
	}
	return f.held
}

// keepKey keeps a key while the field holds, or if it asks for what is in the
// folder and that is not known yet.
func (f *PathField) keepKey(k *fyne.KeyEvent) bool {
	asks := k.Name == fyne.KeyTab || k.Name == fyne.KeyDown || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
	f.held = f.held || asks && f.Known != nil && !f.Known()
	return f.keep(func(to fyne.Focusable) { to.TypedKey(k) })
}

// TypedRune writes a character, in its turn.
func (f *PathField) TypedRune(r rune) {
	if !f.keep(func(to fyne.Focusable) { to.TypedRune(r) }) {
		f.Entry.TypedRune(r)
	}
}

// TypedShortcut pastes, selects, undoes: at once, whatever was to follow.
func (f *PathField) TypedShortcut(s fyne.Shortcut) {
	f.Forget()
	f.Entry.TypedShortcut(s)
}

// TypedKey closes the dialog on Escape, and completes on Tab. What takes back
// what was written does so at once.
func (f *PathField) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyEscape:
		f.Forget()
	}
	switch {
	case k.Name == fyne.KeyEscape:
		f.escape()
	case f.keepKey(k):
	case k.Name == fyne.KeyTab && f.OnTab != nil:
		f.OnTab()
	case k.Name == fyne.KeyDown && f.OnDown != nil:
		f.OnDown()
	default:
		f.Entry.TypedKey(k)
	}
}

// Write puts a text into the field, with the cursor after it.
func (f *PathField) Write(text string) {
	f.SetText(text)
	f.CursorColumn = utf8.RuneCountInString(text)
	f.Refresh()
}

// CompleteName returns what a name that is being written can only go on as, and
// how many of the names begin with it. Upper and lower case are the same where
// nothing else begins so.
func CompleteName(name string, names []string) (longer string, n int) {
	for _, fits := range []func(string) bool{
		func(s string) bool { return strings.HasPrefix(s, name) },
		func(s string) bool { return begins(s, name) },
	} {
		for _, s := range names {
			if !fits(s) {
				continue
			}
			if n++; n == 1 {
				longer = s
			}
			longer = common(longer, s)
		}
		if n > 0 {
			if len(longer) < len(name) {
				longer = name
			}
			return longer, n
		}
	}
	return name, 0
}

// begins tells whether a name begins with a part, whatever the case.
func begins(name, part string) bool {
	return strings.HasPrefix(strings.ToLower(name), strings.ToLower(part))
}

// common returns what two names have in common at their beginning.
func common(a, b string) string {
	for i, r := range a {
		q, size := utf8.DecodeRuneInString(b[min(i, len(b)):])
		if size == 0 || unicode.ToLower(r) != unicode.ToLower(q) {
			return a[:i]
		}
	}
	return a
}
