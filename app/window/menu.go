// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/room"
	"difffit/app/window/shell"
)

// A choice is an item of the menu with a mark that tells whether it is on.
type choice struct {
	item *fyne.MenuItem
	on   func(w *window) bool
}

// check sets the marks of all choices.
func (m *menus) check(w *window) {
	for _, c := range m.choices {
		c.item.Checked = c.on(w)
	}
}

// choice makes an item with a mark.
func (m *menus) choice(w *window, label string, on func(w *window) bool, do func()) *fyne.MenuItem {
	i := w.item(label, nil, do)
	m.choices = append(m.choices, choice{i, on})
	return i
}

func sub(name string, items []*fyne.MenuItem) *fyne.MenuItem {
	i := fyne.NewMenuItem(name, nil)
	i.ChildMenu = fyne.NewMenu("", items...)
	return i
}

// toolbar lays the buttons out in groups. Where the window is narrow, words are
// left out, of what is used least first.
func toolbar(t tools) fyne.CanvasObject {
	left := []fyne.CanvasObject{
		t.open, t.save, widget.NewSeparator(), t.undo, t.redo, widget.NewSeparator(),
		container.NewGridWrap(fyne.NewSize(84, t.fit.MinSize().Height), t.fit), t.accept, t.next, t.complete, t.symmetry, widget.NewSeparator(), t.saveFit, t.saveMap,
	}
	var worded []*room.Worded
	for _, b := range []*widget.Button{t.saveMap, t.saveFit, t.save, t.open, t.symmetry, t.complete, t.next, t.accept} {
		worded = append(worded, &room.Worded{Button: b, Words: b.Text})
	}
	bar := room.NewBar(left, []fyne.CanvasObject{t.frame, t.appearance, t.help}, worded...)
	line := widget.NewSeparator()
	return room.Column(bar, bar, line)
}

// menus has the items that are switched.
type menus struct {
	main                                          *fyne.MainMenu
	open, save, saveAs, saveFit, saveAll, saveMap *fyne.MenuItem
	undo, redo, fit, cancel, accept, zero         *fyne.MenuItem
	recent, demo, fresh, closeMap                 *fyne.MenuItem
	next, here, complete, symmetry                *fyne.MenuItem
	confirm, skip, all                            *fyne.MenuItem
	layer                                         []*fyne.MenuItem
	shown                                         showItems
	choices                                       []choice                  // of the view
	engines                                       map[string]*fyne.MenuItem // by name
	file, edit, fitting, view                     *fyne.Menu
	clusters                                      clusterItems
	interchange                                   interchangeItems
	models                                        modelItems
	residues                                      residueItems
}

// item makes a menu item that does nothing while a dialog is open, for Fyne
// takes its keys also then.
func (w *window) item(label string, s fyne.Shortcut, f func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, func() {
		if w.Dialogs() == 0 || undoing(s) {
			f()
		}
	})
	i.Shortcut = s
	return i
}

func newMenus(w *window) menus {
	m := menus{
		open:     w.act(actOpen),
		save:     w.act(actSave),
		saveAs:   w.act(actSaveAs),
		saveFit:  w.act(actSaveFit),
		saveAll:  w.act(actSaveAll),
		saveMap:  w.act(actSaveMap),
		recent:   fyne.NewMenuItem("Open recent", nil),
		fresh:    w.act(actNew),
		closeMap: w.item("Close map", nil, w.files.CloseMap),
		demo:     w.item("Open the demo", nil, func() { w.files.OpenDemo(true) }),
		undo:     w.act(actUndo),
		redo:     w.act(actRedo),
		fit:      w.act(actFit),
		cancel:   w.act(actCancel),
		accept:   w.act(actAccept),
	}
	quit := w.item("Quit", shortcut(fyne.KeyQ, 0), w.quit)
	quit.IsQuit = true
	m.recent.ChildMenu = fyne.NewMenu("")
	m.interchange = newInterchangeItems(w)
	m.file = fyne.NewMenu("File", m.fresh, m.open, m.recent, m.interchange.fetch, m.demo, fyne.NewMenuItemSeparator(),
		m.save, m.saveAs, m.closeMap, fyne.NewMenuItemSeparator(), m.saveFit, m.saveAll, m.saveMap, w.act(actPicture),
		w.act(actMovie),
		m.interchange.report, m.interchange.export, m.interchange.chimerax, m.interchange.coot,
		fyne.NewMenuItemSeparator(), quit)
	m.edit = fyne.NewMenu("Edit", m.undo, m.redo, fyne.NewMenuItemSeparator(),
		w.item("Preferences…", shortcut(fyne.KeyComma, 0), w.showPreferences))
	m.fitting = fyne.NewMenu("Fit", m.fit, m.live(w), m.cancel, fyne.NewMenuItemSeparator(), m.accept,
		fyne.NewMenuItemSeparator(), w.item("Show the map at the suggested level", nil, func() { w.stage.SetLevel(nil) }), m.engineMenu(w))
	m.view = m.viewMenu(w)
	help := fyne.NewMenu("Help", w.act(actGuide), w.act(actHelp),
		m.choice(w, "Hints", func(w *window) bool { return !w.App.Preferences().Bool(shell.KeyNoHints) },
			func() { w.help.SetHints(w.App.Preferences().Bool(shell.KeyNoHints)) }),
		w.act(actSystem), w.item("About DiffFit", nil, w.help.ShowAbout))
	m.main = fyne.NewMainMenu(m.file, m.edit, m.fitting, m.composeMenu(w), m.modelsMenu(w), m.residuesMenu(w), m.clustersMenu(w), m.view, help)
	return m
}

// enable switches the items and tells what undo and redo would do.
func (m *menus) enable(w *window, s document.State, busy, selected bool) {
	m.open.Disabled, m.recent.Disabled, m.demo.Disabled = busy, busy || len(m.recent.ChildMenu.Items) == 0, busy
	something := s.Map != nil || len(s.Structures) > 0
	m.fresh.Disabled, m.closeMap.Disabled = busy || !something && len(s.Others) == 0, busy || s.Map == nil
	m.save.Disabled, m.saveAs.Disabled = busy || !something, busy || !something
	m.saveFit.Disabled = busy || !selected
	m.saveAll.Disabled = busy || len(s.Accepted) == 0
	m.saveMap.Disabled = busy || s.Map == nil
	m.undo.Label, m.redo.Label = "Undo", "Redo"
	if l := w.Doc.UndoLabel(); l != "" {
		m.undo.Label = "Undo: " + l
	}
	if l := w.Doc.RedoLabel(); l != "" {
		m.redo.Label = "Redo: " + l
	}
	m.undo.Disabled, m.redo.Disabled = busy || w.Doc.UndoLabel() == "", busy || w.Doc.RedoLabel() == ""
	m.fit.Disabled = busy || s.Map == nil || len(s.Fitted()) == 0
	m.cancel.Disabled = !busy
	m.accept.Disabled = busy || !w.canAccept(s, selected)
	m.zero.Disabled = busy || !w.compose.CanZero(s, selected)
	m.enableEngines(w, busy)
	m.clusters.enable(w, s, busy, selected)
	m.enableCompose(w, s, busy)
	m.interchange.enable(s, busy)
	m.models.enable(w, s, busy)
	m.residues.enable(w)
	m.check(w)
	m.main.Refresh()
}

// undoing tells the keys of undo and redo, which also a text field has.
func undoing(s fyne.Shortcut) bool {
	if s == nil {
		return false
	}
	name := s.ShortcutName()
	return name == (&fyne.ShortcutUndo{}).ShortcutName() || name == shortcut(fyne.KeyZ, fyne.KeyModifierShift).ShortcutName()
}

// mostFolder is how wide the folder of a recent file is in the menu.
const mostFolder = 420

// showRecent lists the files that were opened last.
func (w *window) showRecent() {
	var items []*fyne.MenuItem
	for _, path := range w.files.Recent() {
		folder := panel.Shorten(filepath.Dir(path), mostFolder, theme.TextSize(), fyne.TextStyle{})
		items = append(items, w.item(filepath.Base(path)+"   "+folder, nil, func() { w.files.Open([]string{path}) }))
	}
	w.menus.recent.ChildMenu.Items = items
	w.files.RecentSessions(w.welcome.tiles.SetTiles)
	w.enable()
}

func (w *window) setAppearance(a string) {
	w.App.Preferences().SetString(shell.KeyAppearance, a)
	w.App.Settings().SetTheme(newLook(a))
	w.stage.View.Refresh()
	w.stage.Show() // maps have other colours on another ground
	w.stage.LevelPanel.Refresh()
	w.enable()
}

// toggleAppearance goes from light to dark and back.
func (w *window) toggleAppearance() {
	a := w.App.Preferences().StringWithFallback(shell.KeyAppearance, firstAppearance)
	isDark := a == dark || a == bySystem && w.App.Settings().ThemeVariant() == theme.VariantDark
	w.setAppearance(map[bool]string{true: light, false: dark}[isDark])
}

// interchangeItems are the items of the menu File about other programs.
type interchangeItems struct{ fetch, report, export, chimerax, coot *fyne.MenuItem }

func newInterchangeItems(w *window) interchangeItems {
	return interchangeItems{
		fetch:    w.act(actFetch),
		report:   w.act(actReport),
		export:   w.act(actExport),
		chimerax: w.act(actChimeraX),
		coot:     w.act(actCoot),
	}
}

func (i interchangeItems) enable(s document.State, busy bool) {
	nothing := s.Map == nil && len(s.Structures) == 0
	i.fetch.Disabled = busy
	for _, item := range []*fyne.MenuItem{i.report, i.export, i.chimerax, i.coot} {
		item.Disabled = busy || nothing
	}
}
