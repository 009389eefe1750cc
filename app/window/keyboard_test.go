// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/keys"
	"difffit/app/viewport"
	"difffit/fitting"
)

// typed presses a key as the driver of the real window does: the window is asked
// first, then what the key types goes the same way.
func (b *bench) typed(name fyne.KeyName, r rune) {
	focused := b.Canvas().Focused()
	if !b.keyboard.TakeKey(name, 0) && focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if r != 0 && !b.keyboard.TakeRune(r) && b.Canvas().Focused() != nil {
		b.Canvas().Focused().TypedRune(r)
	}
}

// withWidgets adds one of each kind of Fyne's widgets to the window, which have
// no idea of it, and returns those that can have the focus by name, with those
// that are the window's own.
func withWidgets(b *bench) map[string]fyne.Focusable {
	label := widget.NewLabel("marked")
	label.Selectable = true
	list := widget.NewList(func() int { return 3 }, func() fyne.CanvasObject { return widget.NewLabel("") }, func(int, fyne.CanvasObject) {})
	plain := map[string]fyne.Focusable{
		"button": widget.NewButton("b", func() {}), "check": widget.NewCheck("c", nil), "list": list,
		"select": widget.NewSelect([]string{"x", "y"}, nil), "slider": widget.NewSlider(0, 1), "text": widget.NewEntry(),
	}
	box := container.NewVBox(label)
	for _, o := range plain {
		box.Add(o.(fyne.CanvasObject))
	}
	b.SetContent(container.NewStack(b.Content(), box))
	for _, o := range test.WidgetRenderer(label).Objects() {
		if f, ok := o.(fyne.Focusable); ok {
			plain["marked label"] = f
		}
	}
	plain["nothing"] = nil
	plain["table"] = b.table.Results.Table().(fyne.Focusable)
	plain["picture"] = b.stage.View
	plain["histogram"] = b.stage.LevelPanel.Histogram().(fyne.Focusable)
	plain["level"] = b.stage.LevelPanel.Entry().(fyne.Focusable)
	plain["filter"] = b.table.Results.Filter().(fyne.Focusable)
	plain["tree"] = b.compose.Panel.Named()["compose.tree"].(fyne.Focusable)
	return plain
}

// Whatever has the focus, the keys of the window do what they are for, unless
// text is written, and but for those that a widget of our own has a use for.
func TestKeysWorkWhateverHasTheFocus(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	for name, o := range withWidgets(b) {
		for _, k := range windowKeys() {
			b.Canvas().Unfocus()
			b.Tabs.SelectIndex(2) // with the tree
			if o != nil {
				b.Canvas().Focus(o)
				if b.Canvas().Focused() != o {
					t.Fatalf("%s cannot have the focus", name)
				}
			}
			user, own := o.(keys.User)
			writes := name == "text" || name == "level" || name == "filter"
			key := k.Names[0]
			keeps := own && user.UsesKey(key, 0) || writes && !isFunction(key) && !(name == "level" && key == fyne.KeyEscape)
			if keeps == takesQuietly(b, key) {
				t.Errorf("%s has the focus: %s (%s) is the window's: %t", name, key, k.What, keeps)
			}
		}
	}
}

// takesQuietly tells whether the window takes a key, and undoes what it did.
func takesQuietly(b *bench, key fyne.KeyName) bool {
	took := b.keyboard.TakeKey(key, 0)
	b.idle()
	for b.Dialogs() > 0 {
		b.Escape()
	}
	b.setAlone(false)
	if b.dock.Away() {
		b.dock.Toggle()
	}
	return took
}

// What is pressed is done: the whole way, from keys of each kind of focus.
func TestKeysAct(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	all := withWidgets(b)
	for _, name := range []string{"nothing", "button", "check", "list", "select", "slider", "marked label", "table", "picture", "histogram"} {
		if b.Canvas().Unfocus(); all[name] != nil {
			b.Canvas().Focus(all[name])
		}
		b.typed(fyne.KeySpace, ' ')
		if n := len(b.Doc.State().Accepted); n != 1 {
			t.Errorf("%s has the focus: after Space %d are accepted, want 1", name, n)
			continue
		}
		b.typed(fyne.KeyDelete, 0)
		b.idle()
		if n := len(b.Doc.State().Layers); n != 1 {
			t.Errorf("%s has the focus: Delete does not zero out", name)
		}
		b.undo()
		b.undo()
		b.idle()
		b.setOption(func(o *fitting.Options) { o.Seed++ }) // or it would be the same fit again
		rounds := len(b.Doc.State().Rounds)
		b.typed(fyne.KeyF5, 0)
		b.idle()
		if n := len(b.Doc.State().Rounds); n != rounds+1 {
			t.Errorf("%s has the focus: F5 does not fit", name)
		}
	}
	// The fields let function keys through, and keep what is written.
	for _, name := range []string{"text", "filter"} {
		b.Canvas().Focus(all[name])
		rounds := len(b.Doc.State().Rounds)
		b.typed(fyne.KeySpace, ' ')
		b.typed(fyne.KeyX, 'x')
		if len(b.Doc.State().Accepted)+len(b.Doc.State().Marks) > 0 {
			t.Errorf("what is written in the %s decides on placements", name)
		}
		b.setOption(func(o *fitting.Options) { o.Seed++ })
		b.typed(fyne.KeyF5, 0)
		b.idle()
		if len(b.Doc.State().Rounds) != rounds+1 {
			t.Errorf("F5 does nothing in the %s", name)
		}
	}
}

// A button that Tab led to is pressed by Space; one that was clicked is not.
func TestSpaceIsOfWhatTabLedTo(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	pressed := 0
	button := widget.NewButton("b", func() { pressed++ })
	b.SetContent(container.NewStack(button, b.Content()))
	b.Canvas().Unfocus()
	b.typed(fyne.KeyTab, 0)
	if b.Canvas().Focused() != fyne.Focusable(button) {
		t.Fatal("Tab leads elsewhere")
	}
	b.typed(fyne.KeySpace, ' ')
	if pressed != 1 || len(b.Doc.State().Accepted) != 0 {
		t.Errorf("pressed %d times, %d accepted", pressed, len(b.Doc.State().Accepted))
	}
	b.typed(fyne.KeyX, 'x')
	if len(b.Doc.State().Marks) != 1 {
		t.Error("X does not reject while a button has the focus")
	}
}

// The keys of the picture act while the pointer is over it, and where nothing
// else has a use for them.
func TestPictureKeysFollowThePointer(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	all, v := withWidgets(b), b.stage.View
	for _, tt := range []struct {
		focus string
		over  bool
		key   fyne.KeyName
		typed rune
		want  bool
	}{
		{"nothing", false, fyne.KeyLeft, 0, true},
		{"nothing", false, fyne.KeyLeftBracket, '[', true},
		{"table", false, fyne.KeyDown, 0, false},
		{"table", true, fyne.KeyDown, 0, true},
		{"table", false, fyne.KeyLeftBracket, '[', true},
		{"table", true, fyne.KeyRightBracket, ']', true},
		{"check", false, fyne.KeyLeft, 0, true},
		{"slider", false, fyne.KeyLeft, 0, false},
		{"slider", true, fyne.KeyLeft, 0, true},
		{"histogram", false, fyne.KeyLeft, 0, false},
		{"marked label", false, fyne.KeyO, 'o', true},
		{"text", true, fyne.KeyLeftBracket, '[', false},
		{"text", true, fyne.KeyLeft, 0, false},
	} {
		v.MouseOut()
		if tt.over {
			v.MouseIn(&desktop.MouseEvent{})
		}
		if b.Canvas().Unfocus(); all[tt.focus] != nil {
			b.Canvas().Focus(all[tt.focus])
		}
		before := v.Camera()
		b.typed(tt.key, tt.typed)
		if changed := v.Camera() != before; changed != tt.want {
			t.Errorf("%s has the focus, pointer over the picture %t: %s changes the point of view: %t", tt.focus, tt.over, tt.key, changed)
		}
	}
}

// Dialogs keep all keys but Escape, which closes them whatever has the focus.
func TestEscapeClosesDialogsFromAnyField(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	for name, open := range map[string]func(){"preferences": b.showPreferences, "columns": b.table.AskColumns, "help": b.help.ShowHelp} {
		open()
		for range 4 { // to some of its fields
			b.typed(fyne.KeyF5, 0)
			b.typed(fyne.KeyTab, 0)
		}
		b.typed(fyne.KeyEscape, 0)
		if b.Dialogs() != 0 || len(b.Doc.State().Rounds) != 1 {
			t.Errorf("%s: Escape leaves %d dialogs; %d rounds", name, b.Dialogs(), len(b.Doc.State().Rounds))
		}
	}
}

// No key stands for two acts, no act has two keys, and all say what they do.
func TestActsHaveOneKey(t *testing.T) {
	of, ids := map[string]actID{}, map[actID]bool{}
	for _, a := range acts() {
		if a.label == "" || a.tip == "" || strings.HasSuffix(a.tip, ".") || ids[a.id] {
			t.Errorf("%s: label %q, tooltip %q", a.id, a.label, a.tip)
		}
		ids[a.id] = true
		key := keys.Shortcut(a.key)
		if other, ok := of[key]; ok && key != "" {
			t.Errorf("%s is the key of %s and of %s", key, other, a.id)
		}
		of[key] = a.id
	}
	// A key of the picture is none of the window, but where both do the same.
	for _, k := range windowKeys() {
		if rows := viewport.KeyHelp(); slices.ContainsFunc(rows, func(r [2]string) bool { return r[0] == k.String() }) && k.String() != "R" {
			t.Errorf("%s is a key of the picture and of the window", k)
		}
	}
	b := newBench(t, &planned{})
	menus := map[string]string{}
	for _, g := range b.keyHelp() {
		if strings.HasPrefix(g.Where, "Menu ") {
			for _, row := range g.Rows {
				menus[row[1]] = row[0]
			}
		}
	}
	for _, a := range acts() {
		if key := keys.Shortcut(a.key); key != "" && menus[a.label] != key {
			t.Errorf("%s: the menu says %q, the table %q", a.id, menus[a.label], key)
		}
	}
}

// Hints name keys by the table.
func TestHintsHaveTheirKeysFromTheTable(t *testing.T) {
	for _, a := range acts() {
		if got, want := withKeys("press {"+string(a.id)+"}."), "press "+keys.Shortcut(a.key)+"."; got != want {
			t.Errorf("%s: %q, want %q", a.id, got, want)
		}
	}
}

// Undo is of the document where nothing is written, though the filter has the
// keyboard; where something is, it is of the words.
func TestUndoFromAnEmptyFilter(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.typed(fyne.KeySpace, 0)
	if n := len(b.Doc.State().Accepted); n != 1 {
		t.Fatalf("%d accepted, want 1", n)
	}
	filter := b.table.Results.Filter().(fyne.Focusable)
	b.Canvas().Focus(filter)
	for _, r := range "x" {
		filter.TypedRune(r)
	}
	b.undo()
	if n := len(b.Doc.State().Accepted); n != 1 {
		t.Errorf("undo in the filter took something else back: %d accepted", n)
	}
	b.undo()
	if n := len(b.Doc.State().Accepted); n != 0 {
		t.Errorf("undo from the empty filter did nothing: %d accepted", n)
	}
}
