// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/window/shell"
)

// Return gives the answer that a dialog suggests, Escape closes it, and F1 helps,
// over whatever is asked.
func TestKeysOfDialogs(t *testing.T) {
	done := 0
	tests := []struct {
		name string
		ask  func(b *bench)
		key  fyne.KeyName
		done int
		open int
	}{
		{"an error", func(b *bench) { b.Fail("Nothing", errors.New("no reason")) }, fyne.KeyReturn, 0, 0},
		{"an error is left", func(b *bench) { b.Fail("Nothing", errors.New("no reason")) }, fyne.KeyEscape, 0, 0},
		{"words", func(b *bench) { b.help.ShowAbout() }, fyne.KeyEnter, 0, 0},
		{"the system", func(b *bench) { b.help.ShowSystem() }, fyne.KeyReturn, 0, 0},
		{"a question", func(b *bench) { b.Confirm("Sure?", "Are you?", "Yes", func() { done++ }) }, fyne.KeyReturn, 1, 0},
		{"a question is left", func(b *bench) { b.Confirm("Sure?", "Are you?", "Yes", func() { done++ }) }, fyne.KeyEscape, 0, 0},
		{"preferences", func(b *bench) { b.showPreferences() }, fyne.KeyReturn, 0, 0},
		{"help over an error", func(b *bench) { b.Fail("Nothing", errors.New("no reason")) }, fyne.KeyF1, 0, 2},
		{"help over help", func(b *bench) { b.help.ShowHelp() }, fyne.KeyF1, 0, 1},
	}
	b := newBench(t, &planned{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			done = 0
			tt.ask(b)
			b.typed(tt.key, 0)
			if n := b.Dialogs(); n != tt.open || done != tt.done {
				t.Errorf("%d dialogs, done %d times; want %d, %d", n, done, tt.open, tt.done)
			}
			for b.Dialogs() > 0 {
				b.Escape()
			}
		})
	}
}

// Return presses the button that Tab led to, and not the one that is suggested.
func TestReturnPressesTheButtonThatTabLedTo(t *testing.T) {
	b := newBench(t, &planned{})
	b.Fail("Nothing", errors.New("no reason"))
	for range 10 {
		b.typed(fyne.KeyTab, 0)
		if button, is := b.Canvas().Focused().(*widget.Button); is && button.Text == "Copy" {
			break
		}
	}
	b.typed(fyne.KeyReturn, 0)
	if got := b.App.Clipboard().Content(); got != "Nothing\nno reason" || b.Dialogs() != 1 {
		t.Errorf("%q is copied, %d dialogs", got, b.Dialogs())
	}
}

// Help is there while a fit runs.
func TestHelpDuringAFit(t *testing.T) {
	engine := &planned{gate: make(chan struct{})}
	b := newBench(t, engine)
	b.opened()
	b.compose.Fit()
	b.typed(fyne.KeyF1, 0)
	if b.Dialogs() != 1 {
		t.Errorf("%d dialogs", b.Dialogs())
	}
	close(engine.gate)
	b.idle()
}

// What is to be saved in a folder that is not there, or under a name that is,
// keeps its path in the dialog until that is settled.
func TestSavingKeepsTheDialog(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.must(os.WriteFile(b.path0("old.pdb"), []byte("old"), 0o600))
	b.files.AskSaveStructure()
	b.idle()
	field := b.Named["save.path"].(*shell.PathField)
	write := func(path string) {
		field.SetText(path)
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		b.idle()
	}
	write(b.path0("old.pdb"))
	if b.Dialogs() != 2 {
		t.Fatalf("%d dialogs: it is not asked whether the file is to be replaced", b.Dialogs())
	}
	b.Escape()
	deep := filepath.Join(b.data, "new", "deep", "a.cif")
	write(deep)
	if _, err := os.Stat(filepath.Dir(deep)); err == nil || b.Dialogs() != 1 || field.Text != deep {
		t.Fatalf("%d dialogs, path %q", b.Dialogs(), field.Text)
	}
	i := slices.IndexFunc(test.LaidOutObjects(b.Canvas().Overlays().Top()), func(o fyne.CanvasObject) bool {
		button, is := o.(*widget.Button)
		return is && button.Text == "Make it and save"
	})
	test.Tap(test.LaidOutObjects(b.Canvas().Overlays().Top())[i].(*widget.Button))
	b.until("it is saved", func() bool { _, err := os.Stat(deep); return err == nil })
	b.idle()
	if b.Dialogs() != 0 {
		t.Errorf("%d dialogs", b.Dialogs())
	}
}
