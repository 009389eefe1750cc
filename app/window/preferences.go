// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/fitting"
)

// The keys of preferences that are about no picture.
const (
	keyThreads    = "fit.threads"
	keyMemory     = "memory.gb"
	keyCache      = "cache.folder"
	keyNoHints    = "hints.off"
	keyAppearance = "appearance"
)

// appearances are the choices of the appearance, and their names.
var (
	appearances     = []string{bySystem, light, dark}
	appearanceNames = []string{"As the system", "Light", "Dark"}
)

// preferences returns what a person wants, from what is kept.
func (w *window) preferences() panel.PreferencesState {
	p := w.app.Preferences()
	return panel.PreferencesState{
		Appearance: max(0, slices.Index(appearances, p.StringWithFallback(keyAppearance, bySystem))),
		Mouse:      int(w.view.Preset), Wheel: int(w.view.Wheel), Fly: !p.Bool(keyJump), Hints: !p.Bool(keyNoHints),
		Threads: max(0, p.Int(keyThreads)), Memory: max(0, p.Float(keyMemory)), Cache: p.String(keyCache),
	}
}

// setPreferences keeps what a person wants, and does it.
func (w *window) setPreferences(s panel.PreferencesState) error {
	if s.Cache != "" {
		s.Cache = expand(s.Cache)
		if !filepath.IsAbs(s.Cache) {
			return fmt.Errorf("cache folder: %q, want a path from the root of the disk", s.Cache)
		}
		if err := writable(s.Cache); err != nil {
			return fmt.Errorf("cache folder: %w", err)
		}
	}
	p, before := w.app.Preferences(), w.preferences()
	p.SetInt(keyMouse, s.Mouse)
	p.SetInt(keyWheel, s.Wheel)
	p.SetBool(keyJump, !s.Fly)
	p.SetBool(keyNoHints, !s.Hints)
	p.SetInt(keyThreads, s.Threads)
	p.SetFloat(keyMemory, s.Memory)
	p.SetString(keyCache, s.Cache)
	w.readView()
	w.limitMemory()
	if s.Appearance != before.Appearance {
		w.setAppearance(appearances[s.Appearance])
	}
	w.showEngine(w.engine())
	w.enable()
	return nil
}

// writable makes a folder if it is not there, and a file in it for a moment.
func writable(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".difffit-*")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// cacheFolder returns the folder for what can be had again.
func (w *window) cacheFolder() string {
	if folder := w.app.Preferences().String(keyCache); folder != "" {
		return folder
	}
	return systemCache()
}

// systemCache is the folder for caches where no other is wanted.
func systemCache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	return filepath.Join(folder, "difffit")
}

// Bytes of memory.
const (
	gigabyte = 1e9
	// voxelBytes is what a voxel of an open map costs in all: itself, what is
	// left of it, and what a fit makes of both.
	voxelBytes = 16
	// documentPart is the part of the memory that remaining maps are kept in.
	documentPart = 4
)

// limitMemory makes the program keep to the memory that it may have: the
// runtime collects garbage sooner, fewer remaining maps are kept, and maps too
// large for it are not opened (see reader).
func (w *window) limitMemory() {
	limit := w.memory()
	if limit == 0 {
		debug.SetMemoryLimit(math.MaxInt64)
		w.doc.KeepBytes(0)
		return
	}
	debug.SetMemoryLimit(limit)
	w.doc.KeepBytes(int(limit / documentPart))
}

// memory returns the limit of the preferences in bytes, 0 for none.
func (w *window) memory() int64 {
	return int64(max(0, w.app.Preferences().Float(keyMemory)) * gigabyte)
}

// threaded returns the options of a fit with the threads of the preferences,
// unless it has its own. They do not change the result.
func (w *window) threaded(o fitting.Options) fitting.Options {
	if o.Threads == 0 {
		o.Threads = min(max(0, w.app.Preferences().Int(keyThreads)), 4096)
	}
	return o
}

// showPreferences shows the form of the preferences.
func (w *window) showPreferences() {
	var mice []string
	for _, m := range viewport.Presets {
		mice = append(mice, m.Name)
	}
	form := panel.NewPreferences(appearanceNames, mice, wheelNames, systemCache())
	form.SetState(w.preferences())
	form.OnChange, form.OnEscape = w.setPreferences, w.escape
	form.OnBrowse = func(set func(string)) {
		d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				set(u.Path())
			}
		}, w)
		d.Resize(fyne.NewSize(860, 560))
		w.ask(d)
	}
	d := dialog.NewCustom("Preferences", "Close", container.NewStack(spacer(fyne.NewSize(620, 400)), form), w)
	for name, o := range form.Places() {
		w.state.named[name] = o
	}
	w.ask(d)
}
