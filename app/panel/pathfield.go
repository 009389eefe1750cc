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
type PathField struct {
	widget.Entry

	// OnTab completes what is written; nil lets Tab go to the next field.
	OnTab func()
	// OnDown goes to what is below the field.
	OnDown func()

	escape func()
}

// NewPathField makes a field that calls escape on Escape.
func NewPathField(escape func()) *PathField {
	f := &PathField{escape: escape}
	f.ExtendBaseWidget(f)
	return f
}

// AcceptsTab tells whether Tab completes.
func (f *PathField) AcceptsTab() bool { return f.OnTab != nil }

// TypedKey closes the dialog on Escape, and completes on Tab.
func (f *PathField) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		f.escape()
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
