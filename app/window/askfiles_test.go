// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/filedialog"
	"difffit/app/panel"
	"difffit/app/window/shell"
)

// A plannedDialog is the dialog of a desktop that answers as it was told.
type plannedDialog struct {
	paths []string
	err   error
	waits chan struct{} // closed when it is no longer wanted; nil answers at once
	asked []filedialog.Question
}

func (*plannedDialog) Name() string { return "planned" }

func (d *plannedDialog) Ask(ctx context.Context, q filedialog.Question) ([]string, error) {
	d.asked = append(d.asked, q)
	if d.waits != nil {
		<-ctx.Done()
		close(d.waits)
		return nil, ctx.Err()
	}
	return d.paths, d.err
}

func TestDesktopIsAskedForFiles(t *testing.T) {
	tests := []struct {
		name       string
		dialog     func(b *bench) *plannedDialog
		structures int
		dialogs    int // that are open at the end
	}{
		{"several", func(b *bench) *plannedDialog {
			return &plannedDialog{paths: []string{b.path0("alpha.pdb"), b.path0("beta.pdb")}}
		}, 2, 0},
		{"cancelled", func(*bench) *plannedDialog { return &plannedDialog{} }, 0, 0},
		{"it fails", func(*bench) *plannedDialog { return &plannedDialog{err: errors.New("no screen")} }, 0, 1},
		{"there is none", func(*bench) *plannedDialog { return nil }, 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			d := tt.dialog(b)
			b.FindDialog = func() filedialog.Dialog {
				if d == nil {
					return nil
				}
				return d
			}
			b.files.AskOpen()
			if b.Dialogs() != 1 {
				t.Errorf("%d dialogs tell that the desktop asks", b.Dialogs())
			}
			b.until("it has answered", func() bool {
				return b.Named["files.own"] != nil && b.Dialogs() == tt.dialogs && !strings.Contains(b.said(), "of your desktop")
			})
			b.idle()
			if n := len(b.Doc.State().Structures); n != tt.structures {
				t.Errorf("%d structures, want %d", n, tt.structures)
			}
			if _, own := b.Named["open.path"]; own != (tt.dialogs == 1) {
				t.Errorf("it is asked here: %t", own)
			}
			if d != nil && (!d.asked[0].Multiple || d.asked[0].Filters[0].Name == "" || !slices.Contains(d.asked[0].Filters[0].Patterns, "*.pdb.gz")) {
				t.Errorf("asked %+v", d.asked[0])
			}
		})
	}
}

// What a dialog of the desktop asks ends with Escape, and what it asks can be
// asked here instead.
func TestDesktopIsLeft(t *testing.T) {
	for _, own := range []bool{false, true} {
		b := newBench(t, &planned{})
		d := &plannedDialog{waits: make(chan struct{})}
		b.FindDialog = func() filedialog.Dialog { return d }
		b.files.AskOpen()
		b.until("the words are there", func() bool { return b.Named["files.own"] != nil })
		if own {
			test.Tap(b.named("files.own"))
		} else {
			b.Escape()
		}
		<-d.waits
		if n := b.Dialogs(); n != map[bool]int{false: 0, true: 1}[own] {
			t.Errorf("own %t: %d dialogs", own, n)
		}
	}
}

// A dialog of the desktop has asked whether a file is to be replaced; but what
// is open as an input is not.
func TestDesktopSavesFiles(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	d := &plannedDialog{}
	b.FindDialog = func() filedialog.Dialog { return d }
	b.must(os.WriteFile(b.path0("old.cif"), []byte("old"), 0o600))
	for _, name := range []string{"old.cif", "alpha.pdb"} {
		before, err := os.ReadFile(b.path0(name))
		b.must(err)
		d.paths, d.asked = []string{b.path0(name)}, nil
		b.files.AskSaveStructure()
		b.until("it has answered", func() bool { return !strings.Contains(b.said(), "of your desktop") })
		b.idle()
		after, err := os.ReadFile(b.path0(name))
		b.must(err)
		isInput := name == "alpha.pdb"
		if same := slices.Equal(before, after); same != isInput || b.Dialogs() != map[bool]int{false: 0, true: 1}[isInput] {
			t.Errorf("%s is as before: %t; says %q", name, same, b.said())
		}
		if q := d.asked[0]; q.Kind != filedialog.SaveFile || q.Name != "alpha_place_1.cif" || q.Filters[0].Patterns[0] != "*.cif" {
			t.Errorf("asked %+v", q)
		}
	}
}

// The field of the filter does not get what was meant for a dialog, and a path
// that is written into nothing goes nowhere.
func TestFilterGetsNoPaths(t *testing.T) {
	b := newBench(t, &planned{})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySlash})
	if b.writing() {
		t.Error("/ goes to the filter where there is nothing to be filtered")
	}
	b.fitted()
	b.table.Results.FocusFilter()
	b.files.AskOpen()
	if _, ok := b.Canvas().Focused().(*panel.PathField); !ok {
		t.Errorf("the dialog has the keyboard: %T", b.Canvas().Focused())
	}
	b.Escape()
	if b.writing() || b.Dialogs() != 0 {
		t.Errorf("after a dialog the keyboard is in %T, %d dialogs", b.Canvas().Focused(), b.Dialogs())
	}
}

// A folder is asked for over the dialog that wants it; what closes it closes it
// alone.
func TestFolderIsAskedOverADialog(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.files.AskExportAll()
	field := b.Named["export.folder"].(*shell.PathField)
	b.AskFolder(b.data, func(folder string) { field.SetText(folder) })
	b.Escape()
	if b.Dialogs() != 1 {
		t.Fatalf("%d dialogs, want that of the export", b.Dialogs())
	}
	b.AskFolder(b.data, func(folder string) { field.SetText(folder) })
	test.Tap(b.named("folder.ok"))
	b.until("it is known what is in it", func() bool { return b.Dialogs() == 1 })
	if field.Text != b.data {
		t.Errorf("folder %q", field.Text)
	}
	field.Write(b.path0("alp"))
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	b.until("it is completed", func() bool { return field.Text == b.path0("alpha.pdb") })
}
