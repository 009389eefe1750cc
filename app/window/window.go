// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/app/window/compose"
	"difffit/app/window/files"
	"difffit/app/window/help"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
	"difffit/app/window/table"
)

// The window as it is first shown, and the least it can be.
var (
	firstSize = fyne.NewSize(1440, 880)
	leastSize = fyne.NewSize(1000, 640)
)

// A window is the program as a person sees it: a shell with five parts.
type window struct {
	*shell.Shell
	stage   *stage.Stage
	table   *table.Table
	compose *compose.Composer
	files   *files.Files
	help    *help.Help

	config  Config
	tools   tools
	menus   menus
	welcome *fyne.Container
	code    int // exit code
}

// newWindow makes the window; begin fills it when it is on the screen. Tests
// have a viewport without OpenGL, and their own way to the goroutine of the
// window. Without an autosave folder nothing is saved by itself.
func newWindow(a fyne.App, c Config, v *viewport.Viewport, do func(func()), folder string) *window {
	// Before any widget is made: widgets keep colours from when they are.
	a.Settings().SetTheme(newLook(a.Preferences().StringWithFallback(shell.KeyAppearance, bySystem)))
	sh := shell.New(a, "DiffFit", do)
	sh.Engines, sh.Auto, sh.Missing, sh.Version = c.Engines, c.Auto, c.Missing, c.Version
	w := &window{Shell: sh, config: c, stage: stage.New(sh, v), table: table.New(sh), compose: compose.New(sh), files: files.New(sh, folder)}
	w.help = help.New(sh, w.stage, w.keyHelp)
	w.LimitMemory()
	w.stage.Connect(w.table, w.compose)
	w.table.Connect(w.stage, w.compose, w.files)
	w.compose.Connect(w.stage, w.table)
	w.files.Connect(w.stage, w.compose)
	w.build()
	w.connect()
	w.SetMaster()
	w.SetCloseIntercept(w.quit)
	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.files.Dropped(files.Paths(uris)) })
	w.Resize(firstSize)
	return w
}

// build lays the window out.
func (w *window) build() {
	w.ShowEngine(w.Engine().Info())
	w.tools = newTools(w)
	w.menus = newMenus(w)
	w.SetMainMenu(w.menus.main)
	w.welcome = w.newWelcome()

	tabs := []*container.TabItem{
		container.NewTabItemWithIcon("Inputs", theme.FolderIcon(), w.files.Inputs),
		container.NewTabItemWithIcon("Fit", theme.SettingsIcon(), w.compose.Options),
		container.NewTabItemWithIcon("Compose", theme.VisibilityIcon(), w.compose.Panel),
		container.NewTabItemWithIcon("Maps", theme.ColorPaletteIcon(), w.stage.MapsPanel),
	}
	tabs = append(tabs, w.table.Tabs()...)
	w.Tabs = container.NewAppTabs(append(tabs, container.NewTabItemWithIcon("Log", theme.DocumentIcon(), w.Log))...)
	picture := container.NewBorder(nil, container.NewPadded(w.stage.LevelPanel), nil, nil,
		container.NewStack(w.table.Picture(), container.NewWithoutLayout(w.stage.Legend), w.welcome))
	right := container.NewVSplit(w.table.Results, w.Tabs)
	right.Offset = 0.56
	split := container.NewHSplit(picture, right)
	split.Offset = 0.43
	content := container.NewBorder(container.NewVBox(w.tools.bar, w.help.Bar), w.NewBottom(w.stage.Device), nil, nil, split)
	w.SetContent(container.NewStack(shell.Spacer(leastSize), content, w.Layer()))
}

// connect ties the parts to the document, and the shell to the parts.
func (w *window) connect() {
	w.OnEnable, w.OnKey = w.enable, func(k *fyne.KeyEvent) { windowKeys().Key(w, k.Name, 0) }
	w.Settled = func() bool { return w.stage.Settled() && w.compose.Settled() }
	w.stage.OnMap, w.files.OnRecent = w.files.FindFacts, w.showRecent
	w.Canvas().SetOnTypedKey(w.TypedKey)
	w.stage.OnSeen = w.showSeen
	w.files.Inputs.SeenDeeds, w.compose.Panel.SeenDeeds = w.seenDeeds(), w.seenDeeds()
	w.Doc.Watch(func(s document.State, what document.Change) {
		if what.Has(document.StructuresChanged | document.AcceptedChanged) {
			w.showSeen()
		}
		w.table.Changed(s, what)
		w.compose.Changed(s, what)
		w.stage.Changed(s, what)
		w.files.Changed(s, what)
		w.enable()
	})
	w.Doc.WatchSelection(func(id document.ClusterID) {
		w.table.Selected(id)
		w.compose.Selected(id)
		w.stage.Selected(id)
		w.enable()
	})
}

// enable switches what can be done on, and the rest off.
func (w *window) enable() {
	s, busy := w.Doc.State(), w.Busy()
	_, selected := s.Cluster(w.Doc.Selected())
	w.tools.enable(w, s, busy, selected)
	w.menus.enable(w, s, busy, selected)
	w.table.Enable(s, selected)
	w.help.Show(s, busy)
	w.compose.Panel.SetBusy(busy)
	w.files.Inputs.SetBusy(w.Placed())
	w.welcome.Hidden = s.Map != nil || len(s.Structures) > 0
	w.welcome.Refresh()
}

// snapshot makes a picture of the viewport. It waits; call it beside the window.
func (w *window) snapshot(width, height int) (image.Image, error) {
	return w.stage.View.Snapshot(width, height)
}
