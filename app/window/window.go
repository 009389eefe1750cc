// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/render"
)

// The window as it is first shown, and the least it can be.
var (
	firstSize = fyne.NewSize(1440, 880)
	leastSize = fyne.NewSize(1000, 640)
)

// A window is the program as a person sees it.
type window struct {
	fyne.Window
	app    fyne.App
	config Config
	do     func(func()) // calls a function on the goroutine of the window
	code   int          // exit code

	doc        *document.Document
	path       string // of the session, "" if it has none yet
	derived    derived
	job        *job
	live       []document.Fit // what a running fit has found so far
	looks      looks
	maps       view.Maps
	camera     *render.Camera // of a session that is being opened
	made       madeMaps
	zoned      *render.Zone // around the selected placement
	zonedKey   zoneKey
	evidence   evidence
	legend     *panel.Legend
	legendOf   legendKey
	atomLegend panel.LegendState
	graphic    viewport.Info
	pictures   int         // shown so far
	noted      string      // what the status line said of the picture
	wheel      *time.Timer // until the level chosen by the wheel counts

	view      *viewport.Viewport
	level     *panel.Level
	results   *panel.Results
	inputs    *panel.Inputs
	options   *panel.Options
	composer  composer
	regions   regions
	compose   *panel.Compose
	mapsPanel *panel.Maps
	log       *panel.Log
	tabs      *container.AppTabs
	welcome   *fyne.Container
	inspection

	tools    tools
	menus    menus
	hints    hints
	status   *widget.Label
	progress *widget.ProgressBar
	bottom   *fyne.Container
	device   *widget.Label
	tips     *panel.Tips
	runsOn   *panel.Explained // the engine

	recent    recent
	autosave  autosaver
	state     stateFile
	quitting  bool
	questions []question // dialogs that are open, the latest last
	afterJob  func()     // what was asked for at the start, one thing after another
}

// newWindow makes the window; begin fills it when it is on the screen. Tests
// have a viewport without OpenGL, and their own way to the goroutine of the
// window. Without an autosave folder nothing is saved by itself.
func newWindow(a fyne.App, c Config, v *viewport.Viewport, do func(func()), folder string) *window {
	// Before any widget is made: widgets keep colours from when they are.
	a.Settings().SetTheme(newLook(a.Preferences().StringWithFallback(keyAppearance, bySystem)))
	w := &window{
		Window: a.NewWindow("DiffFit"), app: a, config: c, do: do, doc: document.New(), view: v,
		level: panel.NewLevel(), results: panel.NewResults(), inputs: panel.NewInputs(),
		options: panel.NewOptions(), compose: panel.NewCompose(), mapsPanel: panel.NewMaps(), log: panel.NewLog(),
		legend: panel.NewLegend(), looks: firstLooks(a.Preferences()),
	}
	w.maps = firstMaps(w.looks)
	w.recent.prefs = a.Preferences()
	w.state.path = stateFilePath()
	w.autosave.start(w, folder)
	w.limitMemory()
	w.build()
	w.connect()
	w.SetMaster()
	w.SetCloseIntercept(w.quit)
	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.dropped(paths(uris)) })
	w.Resize(firstSize)
	return w
}

// build lays the window out.
func (w *window) build() {
	w.status = widget.NewLabel("Ready")
	w.status.Truncation = fyne.TextTruncateEllipsis
	w.progress = widget.NewProgressBar()
	w.progress.Hide()
	w.device = widget.NewLabel("")
	w.tips = panel.NewTips()
	w.runsOn = w.tips.Quiet()
	w.showEngine(w.engine())
	w.device.Importance = widget.LowImportance
	w.tools = newTools(w)
	w.menus = newMenus(w)
	w.SetMainMenu(w.menus.main)
	w.welcome = w.newWelcome()
	w.hints = newHints(w)

	w.tabs = container.NewAppTabs(
		container.NewTabItemWithIcon("Inputs", theme.FolderIcon(), w.inputs),
		container.NewTabItemWithIcon("Fit", theme.SettingsIcon(), w.options),
		container.NewTabItemWithIcon("Compose", theme.VisibilityIcon(), w.compose),
		container.NewTabItemWithIcon("Maps", theme.ColorPaletteIcon(), w.mapsPanel),
		container.NewTabItemWithIcon("Log", theme.DocumentIcon(), w.log),
	)
	picture := container.NewBorder(nil, container.NewPadded(w.level), nil, nil, container.NewStack(w.buildComparison(), container.NewWithoutLayout(w.legend), w.welcome))
	w.tabs.SetItems(slices.Insert(w.tabs.Items, len(w.tabs.Items)-1, w.inspectionTabs()...)) // the log is the last
	right := container.NewVSplit(w.results, w.tabs)
	right.Offset = 0.56
	split := container.NewHSplit(picture, right)
	split.Offset = 0.43
	bar := container.New(whileShown{fyne.NewSize(280, w.progress.MinSize().Height)}, w.progress)
	w.bottom = container.NewBorder(widget.NewSeparator(), nil, nil, container.NewHBox(bar, container.NewPadded(w.runsOn), w.device), w.status)
	content := container.NewBorder(container.NewVBox(w.tools.bar, w.hints.bar), w.bottom, nil, nil, split)
	w.SetContent(container.NewStack(spacer(leastSize), content, w.tips.Layer()))
}

// spacer is an invisible object that keeps the window from getting smaller.
func spacer(size fyne.Size) fyne.CanvasObject {
	return container.NewGridWrap(size, container.NewWithoutLayout())
}

// connect ties the panels to the document.
func (w *window) connect() {
	w.doc.Watch(func(s document.State, _ document.Change) { w.changed(s) })
	w.doc.WatchSelection(func(id document.ClusterID) {
		w.results.SetSelected(id)
		w.showProposals()
		w.previewZeroing()
		w.makeMaps()
		w.showScene()
		w.follow(id)
		w.enable()
	})
	w.results.OnSelect = w.selectCluster
	w.results.OnKey = w.typedKey
	w.results.OnArrange = w.tell
	w.connectInspection()
	w.Canvas().SetOnTypedKey(w.typedKey)

	w.level.OnMove = w.previewLevel
	w.level.OnDone = func(v float64) { w.setLevel(&v) }
	w.level.OnSuggested = func() { w.setLevel(nil) }
	w.level.OnError = func(err error) { w.fail("The level was not changed", err) }

	w.inputs.OnOpen = w.askOpen
	w.inputs.OnRemove = func(id int) { w.edit("Cannot remove the structure", func() error { return w.doc.RemoveStructure(id) }) }
	w.inputs.OnFit = func(id int, fit bool) { w.edit("", func() error { return w.doc.SetFit(id, fit) }) }
	w.options.OnChange = w.changeOptions
	w.options.OnReset = func() {
		o := fitting.DefaultOptions()
		o.Level = w.doc.State().Options.Level
		w.changeOptions(o)
	}
	w.connectCompose()
	w.connectMaps()
	w.log.OnCopy = func(text string) {
		w.app.Clipboard().SetContent(text)
		w.say("The log is on the clipboard")
	}

	w.view.OnLevelWheel = w.levelWheel
	w.view.OnKey = w.typedKey
	w.view.OnPick = w.picked
	w.view.Describe = w.describe
	w.readView()
	w.view.OnInfo = func(i viewport.Info) {
		w.graphic = i
		w.pictures++
		w.measure(i)
		w.tellGraphics()
		w.tell()
	}
	w.view.OnError = func(err error) { w.note("graphics: " + err.Error()) }
}

// changed shows a new state of the document.
func (w *window) changed(s document.State) {
	w.results.SetState(s)
	w.inputs.SetState(s)
	w.options.SetOptions(s.Options)
	w.composed(s)
	w.showPins()
	w.derive(s)
	w.title()
	w.enable()
	w.autosave.changed()
}

// title names the session, with a mark if it has changes.
func (w *window) title() {
	name := "untitled"
	if w.path != "" {
		name = filepath.Base(w.path)
	} else if m := w.doc.State().Map; m != nil {
		name = m.Name
	}
	if w.doc.Modified() {
		name += " •"
	}
	w.SetTitle(name + " – DiffFit")
}

// enable switches what can be done on, and the rest off.
func (w *window) enable() {
	s, busy := w.doc.State(), w.job != nil
	_, selected := s.Cluster(w.doc.Selected())
	w.tools.enable(w, s, busy, selected)
	w.menus.enable(w, s, busy, selected)
	w.hints.show(w, s, busy)
	w.compose.SetBusy(busy)
	w.welcome.Hidden = s.Map != nil || len(s.Structures) > 0
	w.welcome.Refresh()
	w.tell()
}

// say shows a line at the bottom and keeps it in the log.
func (w *window) say(text string) {
	w.status.SetText(text)
	w.note(text)
}

// note adds a line to the log.
func (w *window) note(text string) {
	w.log.Add(time.Now().Format("15:04:05  ") + text)
	w.tell()
}

// try shows err, if there is one, under a heading.
func (w *window) try(heading string, err error) {
	if err != nil {
		if heading == "" {
			heading = "That did not work"
		}
		w.fail(heading, err)
	}
}

// edit changes the document and says what was done, by the name that it has for
// undo; if it did not work, why not, under a heading.
func (w *window) edit(heading string, change func() error) {
	before := w.doc.Revision()
	w.try(heading, change())
	if w.doc.Revision() != before {
		w.say("Done: " + w.doc.UndoLabel())
	}
}

// snapshot makes a picture of the viewport. It waits; call it beside the window.
func (w *window) snapshot(width, height int) (image.Image, error) {
	return w.view.Snapshot(width, height)
}
