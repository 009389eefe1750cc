// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A PreferencesState is what a person wants of the program, whatever is open.
type PreferencesState struct {
	Appearance, Mouse, Wheel int     // places in the lists of names
	Fly                      bool    // the picture flies to new points of view
	Hints                    bool    // the line that says what to do next
	OwnDialogs               bool    // files are asked for here, also where the desktop has a dialog
	Threads                  int     // of a fit; 0 is all
	Memory                   float64 // GB; 0 is no limit
	Cache                    string  // folder; "" is that of the system
	ChimeraX                 int     // port at which one listens; 0 is the usual one
}

// Bounds of numbers in the preferences.
const (
	mostThreads = 4096
	leastMemory = 0.5 // GB
	mostMemory  = 65536
	leastPort   = 1024 // of those that ChimeraX takes
	mostPort    = 65535
)

// Preferences is the form of the preferences. What is changed counts at once.
type Preferences struct {
	widget.BaseWidget

	// OnChange is told what a person wants. An error is shown, and the form
	// goes back to what it was.
	OnChange func(PreferencesState) error
	// OnBrowse asks for a folder; give it to set.
	OnBrowse func(set func(string))
	// OnEscape is called for Escape in a field in which nothing was written.
	OnEscape func()

	state                    PreferencesState
	appearance, mouse, wheel *widget.Select
	fly, hints, own          *widget.Check
	threads, memory, cache   *entry
	chimerax                 *entry
	fault                    *widget.Label
	mute                     bool
}

// NewPreferences returns a form; the names are those of the choices, and
// systemCache the folder that an empty one stands for.
func NewPreferences(appearances, mice, wheels []string, systemCache string) *Preferences {
	p := &Preferences{threads: newEntry(), memory: newEntry(), cache: newEntry(), chimerax: newEntry(), fault: widget.NewLabel("")}
	p.appearance = p.choose(appearances, func(s *PreferencesState, i int) { s.Appearance = i })
	p.mouse = p.choose(mice, func(s *PreferencesState, i int) { s.Mouse = i })
	p.wheel = p.choose(wheels, func(s *PreferencesState, i int) { s.Wheel = i })
	p.fly = widget.NewCheck("Fly to new points of view", func(on bool) { p.change(func(s *PreferencesState) error { s.Fly = on; return nil }) })
	p.hints = widget.NewCheck("Show what to do next", func(on bool) { p.change(func(s *PreferencesState) error { s.Hints = on; return nil }) })
	p.own = widget.NewCheck("Ask for files here, not with the dialog of the desktop", func(on bool) { p.change(func(s *PreferencesState) error { s.OwnDialogs = on; return nil }) })
	p.threads.PlaceHolder = fmt.Sprintf("all %d", runtime.NumCPU())
	p.memory.PlaceHolder = "no limit"
	p.cache.PlaceHolder = systemCache
	p.chimerax.PlaceHolder = "60958"
	p.chimerax.OnDone = func(text string) { p.change(func(s *PreferencesState) error { return readPort(s, text) }) }
	p.threads.OnDone = func(text string) { p.change(func(s *PreferencesState) error { return readThreads(s, text) }) }
	p.memory.OnDone = func(text string) { p.change(func(s *PreferencesState) error { return readMemory(s, text) }) }
	p.cache.OnDone = func(text string) {
		p.change(func(s *PreferencesState) error { s.Cache = strings.TrimSpace(text); return nil })
	}
	for _, e := range []*entry{p.threads, p.memory, p.cache, p.chimerax} {
		e.OnEscape = p.escape
	}
	p.fault.Wrapping = fyne.TextWrapWord
	p.fault.Importance = widget.DangerImportance
	p.ExtendBaseWidget(p)
	p.SetState(p.state)
	return p
}

func (p *Preferences) escape() {
	if p.OnEscape != nil {
		p.OnEscape()
	}
}

func (p *Preferences) choose(names []string, set func(*PreferencesState, int)) *widget.Select {
	s := widget.NewSelect(names, nil)
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			p.change(func(s *PreferencesState) error { set(s, i); return nil })
		}
	}
	return s
}

func readThreads(s *PreferencesState, text string) error {
	s.Threads = 0
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostThreads {
		return fmt.Errorf("threads: %q, want a whole number from 1 to %d, or nothing for all", text, mostThreads)
	}
	s.Threads = n
	return nil
}

func readPort(s *PreferencesState, text string) error {
	s.ChimeraX = 0
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < leastPort || n > mostPort {
		return fmt.Errorf("port of ChimeraX: %q, want %d to %d, or nothing for the usual one", text, leastPort, mostPort)
	}
	s.ChimeraX = n
	return nil
}

func readMemory(s *PreferencesState, text string) error {
	s.Memory = 0
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	v, err := parse(text)
	if err != nil || !(v >= leastMemory && v <= mostMemory) {
		return fmt.Errorf("memory limit: %q, want %g to %d GB, or nothing for none", text, leastMemory, mostMemory)
	}
	s.Memory = v
	return nil
}

// CreateRenderer lays the form out.
func (p *Preferences) CreateRenderer() fyne.WidgetRenderer {
	browse := widget.NewButtonWithIcon("", theme.FolderOpenIcon(), func() {
		if p.OnBrowse != nil {
			p.OnBrowse(func(folder string) { p.change(func(s *PreferencesState) error { s.Cache = folder; return nil }) })
		}
	})
	row := func(name string, o fyne.CanvasObject) []fyne.CanvasObject {
		return []fyne.CanvasObject{Heading(name), o}
	}
	short := func(e *entry, unit string) fyne.CanvasObject {
		return container.NewHBox(container.NewGridWrap(fyne.NewSize(100, e.MinSize().Height), e), widget.NewLabel(unit))
	}
	form := container.New(layout.NewFormLayout())
	for _, r := range [][]fyne.CanvasObject{
		row("Appearance", p.appearance), row("Mouse as in", p.mouse), row("Wheel", p.wheel),
		row("", hint("In any case Alt + wheel changes the contour level, Ctrl + wheel zooms, Shift + wheel changes the slab.")),
		row("Picture", p.fly), row("Hints", p.hints), row("Files", p.own),
		row("Threads", short(p.threads, "of a fit; they do not change its result")),
		row("Memory limit", short(p.memory, "GB; larger maps are not opened")),
		row("Cache folder", container.NewBorder(nil, nil, nil, browse, p.cache)),
		row("ChimeraX port", short(p.chimerax, "as in ChimeraX: remotecontrol rest start port 60958")),
	} {
		form.Add(r[0])
		form.Add(r[1])
	}
	return widget.NewSimpleRenderer(container.NewVBox(form, p.fault))
}

// SetState shows s.
func (p *Preferences) SetState(s PreferencesState) {
	p.mute = true
	defer func() { p.mute = false }()
	p.state = s
	p.appearance.SetSelectedIndex(s.Appearance)
	p.mouse.SetSelectedIndex(s.Mouse)
	p.wheel.SetSelectedIndex(s.Wheel)
	p.fly.SetChecked(s.Fly)
	p.hints.SetChecked(s.Hints)
	p.own.SetChecked(s.OwnDialogs)
	text := func(v float64) string {
		if v == 0 {
			return ""
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	p.threads.settle(text(float64(s.Threads)))
	p.memory.settle(text(s.Memory))
	p.cache.settle(s.Cache)
	p.chimerax.settle(text(float64(s.ChimeraX)))
}

// change tells of what a person wants, if it can be.
func (p *Preferences) change(edit func(*PreferencesState) error) {
	if p.mute {
		return
	}
	s := p.state
	err := edit(&s)
	if err == nil && s != p.state && p.OnChange != nil {
		err = p.OnChange(s)
	}
	p.fault.SetText("")
	if err != nil {
		p.fault.SetText(Reason(err))
		s = p.state
	}
	p.SetState(s)
}

// Places returns the parts by name, so that they can be found on the screen.
func (p *Preferences) Places() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"preferences.appearance": p.appearance, "preferences.mouse": p.mouse, "preferences.wheel": p.wheel,
		"preferences.threads": p.threads, "preferences.memory": p.memory, "preferences.cache": p.cache, "preferences.chimerax": p.chimerax,
	}
}
