// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
)

func TestPreferencesCountAtOnceAndAreKept(t *testing.T) {
	e := &planned{seen: make(chan fitting.Options, 9)}
	b := newBench(t, e)
	t.Cleanup(func() { debug.SetMemoryLimit(math.MaxInt64) })
	s := b.preferences()
	if s.Appearance != 1 || s.Mouse != int(viewport.ChimeraX) || !s.Fly || !s.Hints || s.Threads+int(s.Memory) != 0 || s.Cache != "" {
		t.Errorf("at first: %+v", s)
	}
	s.Appearance, s.Mouse, s.Wheel = 2, int(viewport.PyMOL), int(viewport.WheelLevels)
	s.Fly, s.Hints, s.Threads, s.Memory, s.Cache = false, false, 3, 2.5, filepath.Join(b.data, "new", "cache")
	b.must(b.setPreferences(s))
	if b.stage.View.Preset != viewport.PyMOL || b.stage.View.Wheel != viewport.WheelLevels || !b.stage.View.Jump {
		t.Errorf("the picture has preset %d, wheel %d, jumps %t", b.stage.View.Preset, b.stage.View.Wheel, b.stage.View.Jump)
	}
	if got := b.App.Settings().Theme().Color(theme.ColorNameBackground, theme.VariantLight); got != newLook(dark).Color(theme.ColorNameBackground, theme.VariantDark) {
		t.Errorf("background %v, want that of the dark look", got)
	}
	if limit := debug.SetMemoryLimit(-1); limit != 2_500_000_000 {
		t.Errorf("memory limit %d", limit)
	}
	if info, err := os.Stat(s.Cache); err != nil || !info.IsDir() || b.CacheFolder() != s.Cache {
		t.Errorf("cache folder %q: %v", b.CacheFolder(), err)
	}
	b.opened()
	test.Tap(b.tools.fit)
	b.idle()
	if a, b := <-e.seen, <-e.seen; a.Threads != 1 || b.Threads != 1 { // three are shared by two fits at once
		t.Errorf("the fits had %d and %d threads, want 1 each", a.Threads, b.Threads)
	}
	if f := b.Doc.State().Rounds[0].Fits[0]; f.Options.Threads != 0 {
		t.Errorf("the session keeps %d threads, want 0: they belong to the computer", f.Options.Threads)
	}
	if got := b.preferences(); got != s {
		t.Errorf("kept %+v, want %+v", got, s)
	}
	s.Threads, s.Memory, s.Cache = 0, 0, ""
	b.must(b.setPreferences(s))
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 || !strings.HasSuffix(b.CacheFolder(), "difffit") {
		t.Errorf("without a limit: %d, cache %q", limit, b.CacheFolder())
	}
}

func TestCacheFolderMustBeOne(t *testing.T) {
	b := newBench(t, &planned{})
	for name, path := range map[string]string{"relative": "here", "a file": b.path0("alpha.pdb"), "in a file": b.path0("alpha.pdb/cache")} {
		s := b.preferences()
		s.Cache = path
		if err := b.setPreferences(s); err == nil || !strings.HasPrefix(err.Error(), "cache folder: ") {
			t.Errorf("%s: error %v", name, err)
		}
		if b.preferences().Cache != "" {
			t.Errorf("%s is kept", name)
		}
	}
}

func TestMapsBeyondTheMemoryLimitAreNotOpened(t *testing.T) {
	b := newBench(t, &planned{})
	b.App.Preferences().SetFloat(shell.KeyMemory, 1e-4) // 6250 voxels; the form asks for more
	b.files.Dropped([]string{b.path0("density.mrc")})
	b.idle()
	if said := b.said(); !strings.Contains(said, "the memory limit allows 6.25e+03") || b.Doc.State().Map != nil {
		t.Errorf("the dialog says %q", said)
	}
}

func TestPreferencesDialog(t *testing.T) {
	b := newBench(t, &planned{})
	b.showPreferences()
	said := b.said()
	for _, want := range []string{"Appearance", "Mouse as in", "Wheel", "Threads", "Memory limit", "Cache folder"} {
		if !strings.Contains(said, want) {
			t.Errorf("the dialog lacks %q", want)
		}
	}
	if b.Dialogs() != 1 {
		t.Fatalf("%d dialogs", b.Dialogs())
	}
}
