// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/app/window/compose"
	"difffit/app/window/files"
	"difffit/app/window/help"
	"difffit/app/window/inspect"
	"difffit/app/window/models"
	"difffit/app/window/room"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
	"difffit/app/window/table"
)

// The window as it is first shown, and the least it can be.
var (
	firstSize = fyne.NewSize(1440, 880)
	leastSize = fyne.NewSize(680, 380)
)

// A window is the program as a person sees it: a shell with five parts.
type window struct {
	*shell.Shell
	stage   *stage.Stage
	table   *table.Table
	compose *compose.Composer
	models  *models.Models
	inspect *inspect.Inspector
	files   *files.Files
	help    *help.Help
	dock    *room.Dock
	side    *container.Split // of the dock: the table, and the panels below it

	config   Config
	tools    tools
	menus    menus
	welcome  welcome
	keyboard keyboard
	alone    alone
	scribe   scribe
	code     int // exit code
}

// newWindow makes the window; begin fills it when it is on the screen. Tests
// have a viewport without OpenGL, and their own way to the goroutine of the
// window. Without an autosave folder nothing is saved by itself.
func newWindow(a fyne.App, c Config, v *viewport.Viewport, do func(func()), folder string) *window {
	// Before any widget is made: widgets keep colours from when they are.
	a.Settings().SetTheme(newLook(a.Preferences().StringWithFallback(shell.KeyAppearance, firstAppearance)))
	sh := shell.New(a, "DiffFit", do)
	sh.Engines, sh.Auto, sh.Missing, sh.Version = c.Engines, c.Auto, c.Missing, c.Version
	w := &window{Shell: sh, config: c, stage: stage.New(sh, v), table: table.New(sh), compose: compose.New(sh), models: models.New(sh), inspect: inspect.New(sh), files: files.New(sh, folder)}
	w.keyboard.w = w
	w.help = help.New(sh, w.stage, w.keyHelp, withKeys)
	w.LimitMemory()
	w.models.Connect(w.stage, w.table, w.files.Inputs)
	w.stage.Connect(w.table, w.compose, w.models, w.inspect)
	w.inspect.Connect(w.stage, w.table)
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
	w.tools = newTools(w)
	w.menus = newMenus(w)
	w.SetMainMenu(w.menus.main)
	w.welcome = w.newWelcome()

	tabs := []*container.TabItem{
		container.NewTabItem("Inputs", w.files.Inputs), container.NewTabItem("Fit", w.compose.Options),
		container.NewTabItem("Compose", w.compose.Panel), container.NewTabItem("Maps", w.stage.MapsPanel),
	}
	tabs = append(tabs, w.table.Tabs()...)
	w.Tabs = container.NewAppTabs(append(tabs, container.NewTabItem("Log", w.Log))...)
	w.stage.LevelPanel.SetTips(w.Tips)
	over := room.Over(w.table.Picture(), w.welcome.Container, container.NewWithoutLayout(w.stage.Legend), w.help.Bar)
	foot := room.Column(nil, w.inspect.Sequence, w.stage.LevelPanel)
	picture := room.Column(over, over, foot)
	w.inspect.OnRoom = picture.Refresh
	w.newDock(picture)
	bottom := w.NewBottom()
	w.alone.around = []fyne.CanvasObject{w.tools.bar, foot, bottom}
	content := room.Column(w.dock, w.tools.bar, w.dock, bottom)
	w.SetPadded(false)
	w.SetContent(container.NewStack(container.NewGridWrap(leastSize, container.NewWithoutLayout()), content, w.Layer()))
}

// connect ties the parts to the document, and the shell to the parts.
func (w *window) connect() {
	w.OnEnable, w.OnKey = w.enable, func(k *fyne.KeyEvent) { windowKeys().Key(w, k.Name, 0) }
	w.Settled = func() bool {
		return w.Looked() && w.stage.Settled() && w.compose.Settled() && w.table.Settled() && w.models.Settled()
	}
	w.stage.OnMap, w.files.OnRecent = w.files.FindFacts, w.showRecent
	w.files.Inputs.OnCopies = w.compose.Expect
	w.Canvas().SetOnTypedKey(w.TypedKey)
	w.connectMenus()
	w.connectTips()
	w.stage.OnSeen, w.compose.OnFollowed = w.showSeen, w.record
	w.files.Inputs.SeenDeeds, w.compose.Panel.SeenDeeds = w.seenDeeds(), w.seenDeeds()
	w.Doc.Watch(func(s document.State, what document.Change) {
		if what.Has(document.StructuresChanged | document.AcceptedChanged | document.RoundsChanged) {
			w.showSeen()
		}
		w.table.Changed(s, what)
		w.compose.Changed(s, what)
		w.models.Changed(s, what)
		w.inspect.Changed(s, what)
		w.stage.Changed(s, what)
		w.files.Changed(s, what)
		w.record()
		w.enable()
	})
	w.Doc.WatchSelection(func(id document.ClusterID) {
		w.table.Selected(id)
		w.compose.Selected(id)
		w.models.Selected(id)
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
	facts := help.Facts{Busy: busy, Next: !busy && w.compose.CanFitNext(s)}
	facts.Explained, facts.Clashes = w.compose.Explained(s)
	facts.Acceptable, facts.Choosing = w.compose.Acceptable(s)
	facts.Resolution, facts.AskResolution, facts.AskLevel = w.files.Resolution(s), w.compose.AskResolution, w.compose.AskLevel
	facts.Quiet = w.models.Moving() || len(w.table.Pictures()) > 1 || w.alone.on
	if w.alone.on && !w.alone.told {
		facts.Say = withKeys("{picture only} or {cancel} brings the window back, {menus} shows the menus.")
	}
	w.help.Show(s, facts)
	w.suggest(actID(w.help.Step()))
	w.compose.Panel.SetBusy(busy)
	w.files.Inputs.SetBusy(w.Placed())
	w.welcome.Hidden = s.Map != nil || len(s.Structures) > 0
	w.welcome.Refresh()
}

// snapshot makes a picture of the viewport. It waits; call it beside the window.
func (w *window) snapshot(width, height int) (image.Image, error) {
	return w.stage.View.Snapshot(width, height)
}
