// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/filedialog"
)

func TestCompleteName(t *testing.T) {
	names := []string{"alpha.pdb", "alpine.pdb", "Beta.pdb", "gamma"}
	tests := []struct {
		name, part, want string
		n                int
	}{
		{"several", "al", "alp", 2},
		{"one", "alph", "alpha.pdb", 1},
		{"another case", "be", "Beta.pdb", 1},
		{"none", "x", "x", 0},
		{"all", "", "", 4},
		{"whole", "gamma", "gamma", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, n := CompleteName(tt.part, names); got != tt.want || n != tt.n {
				t.Errorf("%q goes on as %q, %d; want %q, %d", tt.part, got, n, tt.want, tt.n)
			}
		})
	}
}

// folders are what a Browser of tests finds.
var folders = map[string][]FileEntry{
	"/": {{Name: "data", Folder: true}},
	"/data": {
		{Name: "a.mrc", Bytes: 10, Time: time.Unix(1, 0)},
		{Name: "B.PDB", Bytes: 2e6, Time: time.Unix(3, 0)},
		{Name: "c.pdb", Time: time.Unix(2, 0)},
		{Name: "notes.txt"},
		{Name: ".hidden.pdb"},
		{Name: "sub", Folder: true},
	},
	"/data/sub": {{Name: "d.pdb"}},
}

func newTestBrowser(t *testing.T, q filedialog.Question) (b *Browser, chosen *[]string) {
	t.Helper()
	b = NewBrowser(q, []Place{{Name: "Root", Path: "/"}, {Name: "last.mrc", Path: "/x/last.mrc", File: true}})
	chosen = new([]string)
	b.OnDone = func(paths []string) { *chosen = paths }
	b.OnFolder = func(folder string) {
		var fault error
		if _, ok := folders[folder]; !ok {
			fault = ErrNoFolder
		}
		b.SetFolder(folder, folders[folder], fault)
	}
	shown(t, b, 800, 500)
	b.Start()
	return b, chosen
}

var ask = filedialog.Question{
	Folder: "/data", Multiple: true,
	Filters: []filedialog.Filter{{Name: "All kinds", Patterns: []string{"*.mrc", "*.pdb"}}, {Name: "Maps", Patterns: []string{"*.mrc"}}, {Name: "All files", Patterns: []string{"*"}}},
}

func (b *Browser) names() []string {
	var list []string
	for _, e := range b.listed {
		list = append(list, e.Name)
	}
	return list
}

func TestBrowserLists(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *Browser)
		want []string
	}{
		{"all kinds", func(*Browser) {}, []string{"sub", "a.mrc", "B.PDB", "c.pdb"}},
		{"maps", func(b *Browser) { b.kinds.SetSelected("Maps") }, []string{"sub", "a.mrc"}},
		{"all", func(b *Browser) { b.kinds.SetSelected("All files") }, []string{"sub", "a.mrc", "B.PDB", "c.pdb", "notes.txt"}},
		{"newest", func(b *Browser) { b.newest.SetChecked(true) }, []string{"sub", "B.PDB", "c.pdb", "a.mrc"}},
		{"a beginning", func(b *Browser) { test.Type(b.Path, "b") }, []string{"B.PDB"}},
		{"hidden", func(b *Browser) { test.Type(b.Path, ".") }, []string{".hidden.pdb"}},
		{"another folder", func(b *Browser) { test.Type(b.Path, "sub/") }, []string{"d.pdb"}},
		{"another path", func(b *Browser) { test.Type(b.Path, "/da") }, []string{"data"}},
		{"above", func(b *Browser) { b.up() }, []string{"data"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := newTestBrowser(t, ask)
			tt.do(b)
			if got := b.names(); !slices.Equal(got, tt.want) {
				t.Errorf("lists %q, want %q; says %q", got, tt.want, b.words.Text)
			}
		})
	}
}

func TestBrowserChooses(t *testing.T) {
	key := func(b *Browser, names ...fyne.KeyName) {
		for _, n := range names {
			fyne.CurrentApp().Driver().CanvasForObject(b).Focused().TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	press := func(b *Browser, i int, with fyne.KeyModifier) { b.pressed(i, with) }
	one, save := ask, filedialog.Question{Kind: filedialog.SaveFile, Folder: "/data", Name: "x.cif"}
	one.Multiple = false
	folder := filedialog.Question{Kind: filedialog.OpenFolder, Folder: "/data"}
	ctrl, shift := fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	tests := []struct {
		name string
		q    filedialog.Question
		do   func(b *Browser)
		path string // that is written
		want []string
	}{
		{"Tab and Return", ask, func(b *Browser) { test.Type(b.Path, "a"); key(b, fyne.KeyTab, fyne.KeyReturn) }, "/data/a.mrc", []string{"/data/a.mrc"}},
		{"Tab into a folder", ask, func(b *Browser) {
			test.Type(b.Path, "s")
			key(b, fyne.KeyTab)
			test.Type(b.Path, "d")
			key(b, fyne.KeyTab, fyne.KeyReturn)
		}, "/data/sub/d.pdb", []string{"/data/sub/d.pdb"}},
		{"a folder that is written", ask, func(b *Browser) { test.Type(b.Path, "sub"); key(b, fyne.KeyReturn) }, "/data/sub", []string{"/data/sub"}},
		{"nothing", ask, func(b *Browser) { key(b, fyne.KeyReturn) }, "/data/", nil},
		{"arrows into a folder", ask, func(b *Browser) { key(b, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn) }, "/data/sub/d.pdb", []string{"/data/sub/d.pdb"}},
		{"a click", ask, func(b *Browser) { press(b, 1, 0); b.Done() }, "/data/a.mrc", []string{"/data/a.mrc"}},
		{"Ctrl", ask, func(b *Browser) { press(b, 1, 0); press(b, 3, ctrl); press(b, 2, ctrl); press(b, 2, ctrl); b.Done() }, "/data/", []string{"/data/a.mrc", "/data/c.pdb"}},
		{"Shift", ask, func(b *Browser) { press(b, 1, 0); press(b, 3, shift); b.Done() }, "/data/", []string{"/data/a.mrc", "/data/B.PDB", "/data/c.pdb"}},
		{"Ctrl+A", ask, func(b *Browser) { key(b, fyne.KeyDown); b.list.TypedShortcut(&fyne.ShortcutSelectAll{}); b.Done() }, "/data/", []string{"/data/a.mrc", "/data/B.PDB", "/data/c.pdb"}},
		{"Ctrl where there is one", one, func(b *Browser) { press(b, 1, 0); press(b, 2, ctrl); b.Done() }, "/data/B.PDB", []string{"/data/B.PDB"}},
		{"written after a click", ask, func(b *Browser) { press(b, 1, 0); b.list.TypedRune('c'); key(b, fyne.KeyTab, fyne.KeyReturn) }, "/data/c.pdb", []string{"/data/c.pdb"}},
		{"a new name", save, func(b *Browser) { key(b, fyne.KeyReturn) }, "/data/x.cif", []string{"/data/x.cif"}},
		{"a new name elsewhere", save, func(b *Browser) { press(b, 0, 0); b.Done(); b.Done() }, "/data/sub/x.cif", []string{"/data/sub/x.cif"}},
		{"a folder", folder, func(b *Browser) { b.Done() }, "/data/", []string{"/data"}},
		{"a folder in it", folder, func(b *Browser) { press(b, 0, 0); b.Done() }, "/data/sub", []string{"/data/sub"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, chosen := newTestBrowser(t, tt.q)
			fyne.CurrentApp().Driver().CanvasForObject(b).Focus(b.Path)
			tt.do(b)
			if !slices.Equal(*chosen, tt.want) || b.Path.Text != tt.path {
				t.Errorf("chosen %q, path %q; want %q, %q; says %q", *chosen, b.Path.Text, tt.want, tt.path, b.words.Text)
			}
		})
	}
}

// Whenever a disk answers, in whichever order, what is typed does what it does
// where it answers at once.
func TestBrowserOfASlowDisk(t *testing.T) {
	type keys []any // texts and fyne.KeyNames
	const back = fyne.KeyBackspace
	save := filedialog.Question{Kind: filedialog.SaveFile, Folder: "/data", Name: "x.cif"}
	tests := []struct {
		name string
		q    filedialog.Question
		keys keys
		want string // path that is chosen
	}{
		{"the first folder", ask, keys{"a", fyne.KeyTab, fyne.KeyReturn}, "/data/a.mrc"},
		{"the first folder, written anew", ask, keys{"/data/a", fyne.KeyTab, fyne.KeyReturn}, "/data/a.mrc"},
		{"a folder in it and back", ask, keys{"/data/sub/", back, back, back, back, "a", fyne.KeyTab, fyne.KeyReturn}, "/data/a.mrc"},
		{"through folders", ask, keys{"/d", fyne.KeyTab, "s", fyne.KeyTab, "d", fyne.KeyTab, fyne.KeyReturn}, "/data/sub/d.pdb"},
		{"the first of a folder", ask, keys{"/data/sub/", fyne.KeyTab, fyne.KeyReturn}, "/data/sub/d.pdb"},
		{"arrows", ask, keys{"/data/", fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "/data/B.PDB"},
		{"arrows into a folder", ask, keys{fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn}, "/data/sub/d.pdb"},
		{"out of a folder", ask, keys{"/data/sub/", fyne.KeyDown, fyne.KeyLeft, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "/data/a.mrc"},
		{"a name after a list", ask, keys{fyne.KeyDown, "c", fyne.KeyTab, fyne.KeyReturn}, "/data/c.pdb"},
		{"a name without completion", ask, keys{"/data/sub/d.pdb", fyne.KeyReturn}, "/data/sub/d.pdb"},
		{"a folder to save in", save, keys{back, back, back, back, back, "sub", fyne.KeyReturn, fyne.KeyReturn}, "/data/sub/x.cif"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			window := shown(t, widget.NewLabel(""), 800, 500)
			for seed := range uint64(20) {
				typeSlowly(t, window, tt.q, tt.keys, tt.want, rand.New(rand.NewPCG(seed, 0)))
			}
		})
	}
}

// typeSlowly types into a Browser whose folders are read as chance has it.
func typeSlowly(t *testing.T, window fyne.Window, q filedialog.Question, keys []any, want string, chance *rand.Rand) {
	t.Helper()
	b := NewBrowser(q, nil)
	var asked, chosen []string
	b.OnFolder = func(folder string) { asked = append(asked, folder) }
	b.OnDone = func(paths []string) { chosen = paths }
	window.SetContent(b)
	b.Start()
	answer := func() {
		i := chance.IntN(len(asked))
		folder := asked[i]
		asked = slices.Delete(asked, i, i+1)
		b.SetFolder(folder, folders[folder], nil)
	}
	c := window.Canvas()
	c.Focus(b.Path)
	for _, k := range keys {
		for len(asked) > 0 && chance.IntN(3) > 0 {
			answer()
		}
		switch k := k.(type) {
		case string:
			for _, r := range k {
				c.Focused().TypedRune(r)
			}
		case fyne.KeyName:
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	for len(asked) > 0 {
		answer()
	}
	if !slices.Equal(chosen, []string{want}) {
		t.Errorf("chosen %q, want %q; path %q, says %q", chosen, want, b.Path.Text, b.words.Text)
	}
}

// What takes back what was written does not wait for a disk that never answers.
func TestBrowserOfADeadDisk(t *testing.T) {
	b, chosen := newTestBrowser(t, ask)
	b.OnFolder = func(string) {}
	test.Type(b.Path, "/dead/x")
	b.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	test.Type(b.Path, "yz")
	b.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	test.Type(b.Path, "w")
	if b.Path.Text != "/dead/w" || *chosen != nil {
		t.Errorf("path %q, chosen %q", b.Path.Text, *chosen)
	}
}

func TestBrowserByMouse(t *testing.T) {
	b, chosen := newTestBrowser(t, ask)
	r := newFileRow(b)
	press := func(i int, with fyne.KeyModifier) {
		r.show(i)
		r.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: with})
	}
	double := func(i, k int, with fyne.KeyModifier) {
		press(i, 0)
		press(k, with)
		r.DoubleTapped(nil)
	}
	double(0, 1, 0)
	double(1, 2, fyne.KeyModifierControl)
	if b.folder != "/data" || *chosen != nil {
		t.Errorf("presses on two lines go to %q, choose %q", b.folder, *chosen)
	}
	double(0, 0, 0)
	if b.folder != "/data/sub" || *chosen != nil {
		t.Errorf("a double click on a folder goes to %q, chooses %q", b.folder, *chosen)
	}
	double(0, 0, 0)
	if !slices.Equal(*chosen, []string{"/data/sub/d.pdb"}) {
		t.Errorf("a double click on a file chooses %q", *chosen)
	}
}

// What cannot be taken is said in the dialog, where the path stays, and a folder
// that is not there can be made.
func TestBrowserKeepsThePath(t *testing.T) {
	save := filedialog.Question{Kind: filedialog.SaveFile, Folder: "/data", Name: "x.cif"}
	folder := filedialog.Question{Kind: filedialog.OpenFolder, Folder: "/data"}
	tests := []struct {
		name    string
		q       filedialog.Question
		text    string
		says    string
		makes   string // folder
		chooses string // when it is made
	}{
		{"no such file", ask, "/data/zz.mrc", "There is no file zz.mrc in /data", "", ""},
		{"no such folder", ask, "/nowhere/a.mrc", "There is no folder /nowhere", "", ""},
		{"save in no folder", save, "/data/new/deep/y.cif", "There is no folder /data/new/deep", "/data/new/deep", "/data/new/deep/y.cif"},
		{"a folder that is not there", folder, "/data/new", "There is no folder /data/new", "/data/new", "/data/new"},
		{"no name", save, "/data/", "Choose a file, or write its name.", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, chosen := newTestBrowser(t, tt.q)
			made := ""
			b.OnMake = func(folder string) { made = folder }
			b.Path.SetText(tt.text)
			b.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if !b.notice.Visible() || b.notice.words.Text != tt.says || b.Path.Text != tt.text || *chosen != nil {
				t.Errorf("says %q, path %q, chosen %q", b.notice.words.Text, b.Path.Text, *chosen)
			}
			d := fyne.CurrentApp().Driver()
			foot, list := d.AbsolutePositionForObject(b.notice).Y+b.notice.Size().Height, d.AbsolutePositionForObject(b.list).Y
			if b.notice.Size().Height < 10 || foot > list {
				t.Errorf("what is said is %g high, to %g, and the list begins at %g", b.notice.Size().Height, foot, list)
			}
			if b.notice.do.Visible() != (tt.makes != "") {
				t.Fatalf("a button: %t", b.notice.do.Visible())
			}
			if tt.makes == "" {
				return
			}
			test.Tap(b.notice.do)
			b.SetMade(made, errors.New("not allowed"))
			if made != tt.makes || b.notice.words.Text != "not allowed" {
				t.Errorf("makes %q, says %q", made, b.notice.words.Text)
			}
			b.OnFolder = func(folder string) { b.SetFolder(folder, nil, nil) }
			b.SetMade(made, nil)
			if !slices.Equal(*chosen, []string{tt.chooses}) {
				t.Errorf("chosen %q, want %q", *chosen, tt.chooses)
			}
		})
	}
}

func TestBrowserMakesAFolder(t *testing.T) {
	b, chosen := newTestBrowser(t, filedialog.Question{Kind: filedialog.SaveFile, Folder: "/data", Name: "x.cif"})
	made := ""
	b.OnMake = func(folder string) { made = folder }
	b.askName()
	test.Type(b.notice.name, "new")
	b.notice.name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.SetMade(made, nil)
	if made != "/data/new" || b.Path.Text != "/data/new/x.cif" || b.notice.Visible() || *chosen != nil {
		t.Errorf("makes %q, path %q, chosen %q", made, b.Path.Text, *chosen)
	}
	b.askName()
	b.notice.name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.notice.Visible() {
		t.Error("Escape leaves the question for a name")
	}
}

// A dialog that is closed chooses nothing, whatever comes later.
func TestBrowserIsClosed(t *testing.T) {
	b, chosen := newTestBrowser(t, ask)
	b.OnFolder = func(string) {}
	test.Type(b.Path, "/data/sub/d")
	b.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	b.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.Close()
	b.SetFolder("/data/sub", folders["/data/sub"], nil)
	b.SetMade("/data/new", nil)
	if *chosen != nil {
		t.Errorf("chosen %q", *chosen)
	}
}
