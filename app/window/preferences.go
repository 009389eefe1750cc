// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
)

// appearances are the choices of the appearance, and their names.
var (
	appearances     = []string{bySystem, light, dark}
	appearanceNames = []string{"As the system", "Light", "Dark"}
)

// preferences returns what a person wants, from what is kept.
func (w *window) preferences() panel.PreferencesState {
	p := w.App.Preferences()
	return panel.PreferencesState{
		Appearance: max(0, slices.Index(appearances, p.StringWithFallback(shell.KeyAppearance, firstAppearance))),
		Mouse:      int(w.stage.View.Preset), Wheel: int(w.stage.View.Wheel), Fly: !p.Bool(stage.KeyJump), Hints: !p.Bool(shell.KeyNoHints),
		OwnDialogs: p.Bool(shell.KeyOwnDialogs),
		Threads:    max(0, p.Int(shell.KeyThreads)), Memory: max(0, p.Float(shell.KeyMemory)), Cache: p.String(shell.KeyCache), ChimeraX: max(0, p.Int(shell.KeyChimeraX)),
	}
}

// setPreferences keeps what a person wants, and does it.
func (w *window) setPreferences(s panel.PreferencesState) error {
	if s.Cache != "" {
		s.Cache = shell.Expand(s.Cache)
		if !filepath.IsAbs(s.Cache) {
			return fmt.Errorf("cache folder: %q, want a path from the root of the disk", s.Cache)
		}
		if err := writable(s.Cache); err != nil {
			return fmt.Errorf("cache folder: %w", err)
		}
	}
	p, before := w.App.Preferences(), w.preferences()
	p.SetInt(stage.KeyMouse, s.Mouse)
	p.SetInt(stage.KeyWheel, s.Wheel)
	p.SetBool(stage.KeyJump, !s.Fly)
	p.SetBool(shell.KeyNoHints, !s.Hints)
	p.SetBool(shell.KeyOwnDialogs, s.OwnDialogs)
	p.SetInt(shell.KeyThreads, s.Threads)
	p.SetFloat(shell.KeyMemory, s.Memory)
	p.SetString(shell.KeyCache, s.Cache)
	p.SetInt(shell.KeyChimeraX, s.ChimeraX)
	w.stage.ReadView()
	w.LimitMemory()
	if s.Appearance != before.Appearance {
		w.setAppearance(appearances[s.Appearance])
	}
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

// showPreferences shows the form of the preferences.
func (w *window) showPreferences() {
	var mice []string
	for _, m := range viewport.Presets {
		mice = append(mice, m.Name)
	}
	form := panel.NewPreferences(appearanceNames, mice, wheelNames, shell.SystemCache())
	form.SetState(w.preferences())
	form.OnChange, form.OnEscape = w.setPreferences, w.Escape
	form.OnBrowse = func(set func(string)) { w.AskFolder(w.CacheFolder(), set) }
	for name, o := range form.Places() {
		w.Named[name] = o
	}
	w.Present("Preferences", container.NewStack(shell.Spacer(fyne.NewSize(620, 400)), form))
}
