// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
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

// toolbar lays the buttons out in groups.
func toolbar(t tools) fyne.CanvasObject {
	return container.NewVBox(container.NewHBox(
		t.open, t.save, widget.NewSeparator(), t.undo, t.redo, widget.NewSeparator(),
		container.NewGridWrap(fyne.NewSize(84, t.fit.MinSize().Height), t.fit), t.accept, t.zero, widget.NewSeparator(), t.saveFit, t.saveMap,
		layout.NewSpacer(), t.frame, t.appearance, t.help,
	), widget.NewSeparator())
}

// menus has the items that are switched.
type menus struct {
	main                                          *fyne.MainMenu
	open, save, saveAs, saveFit, saveAll, saveMap *fyne.MenuItem
	undo, redo, fit, cancel, accept, zero         *fyne.MenuItem
	recent, demo                                  *fyne.MenuItem
	next, here, complete, symmetry                *fyne.MenuItem
	confirm, skip, all                            *fyne.MenuItem
	layer                                         []*fyne.MenuItem
	choices                                       []choice                  // of the view
	engines                                       map[string]*fyne.MenuItem // by name
	file, edit, fitting, view                     *fyne.Menu
	clusters                                      clusterItems
	interchange                                   interchangeItems
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
	const shift = fyne.KeyModifierShift
	m := menus{
		open:    w.item("Open…", shortcut(fyne.KeyO, 0), w.files.AskOpen),
		save:    w.item("Save session", shortcut(fyne.KeyS, 0), w.files.Save),
		saveAs:  w.item("Save session as…", shortcut(fyne.KeyS, shift), w.files.SaveAs),
		saveFit: w.item("Save fitted structure…", shortcut(fyne.KeyE, 0), w.files.AskSaveStructure),
		saveAll: w.item("Save all accepted as one structure…", shortcut(fyne.KeyE, shift), w.files.AskSaveComposite),
		saveMap: w.item("Save remaining map…", shortcut(fyne.KeyM, shift), w.files.AskSaveMap),
		recent:  fyne.NewMenuItem("Open recent", nil),
		demo:    w.item("Open the demo", nil, func() { w.files.OpenDemo(true) }),
		undo:    w.item("Undo", &fyne.ShortcutUndo{}, w.undo),
		redo:    w.item("Redo", shortcut(fyne.KeyZ, shift), w.redo),
		fit:     w.item("Fit", shortcut(fyne.KeyReturn, 0), func() { w.compose.Fit() }),
		cancel:  w.item("Cancel", shortcut(fyne.KeyPeriod, 0), w.Stop),
		accept:  w.item("Accept the selected placement", shortcut(fyne.KeyK, 0), w.table.Accept),
		zero:    w.item("Zero out its density", shortcut(fyne.Key0, 0), w.compose.ZeroOut),
	}
	quit := w.item("Quit", shortcut(fyne.KeyQ, 0), w.quit)
	quit.IsQuit = true
	m.recent.ChildMenu = fyne.NewMenu("")
	m.interchange = newInterchangeItems(w)
	m.file = fyne.NewMenu("File", m.open, m.recent, m.interchange.fetch, m.demo, fyne.NewMenuItemSeparator(),
		m.save, m.saveAs, fyne.NewMenuItemSeparator(), m.saveFit, m.saveAll, m.saveMap, w.item("Save picture…", shortcut(fyne.KeyP, 0), w.files.AskSavePicture),
		w.item("Save turntable movie…", shortcut(fyne.KeyP, shift), w.files.AskSaveMovie),
		m.interchange.report, m.interchange.export,
		fyne.NewMenuItemSeparator(), quit)
	m.edit = fyne.NewMenu("Edit", m.undo, m.redo, fyne.NewMenuItemSeparator(),
		w.item("Preferences…", shortcut(fyne.KeyComma, 0), w.showPreferences))
	m.fitting = fyne.NewMenu("Fit", m.fit, m.cancel, fyne.NewMenuItemSeparator(), m.accept, m.zero,
		fyne.NewMenuItemSeparator(), w.item("Use the suggested level", nil, func() { w.stage.SetLevel(nil) }), m.engineMenu(w))
	m.view = m.viewMenu(w)
	help := fyne.NewMenu("Help", w.item("Keys, mouse, columns", plain(fyne.KeyF1), w.help.ShowHelp),
		m.choice(w, "Hints", func(w *window) bool { return !w.App.Preferences().Bool(shell.KeyNoHints) },
			func() { w.help.SetHints(w.App.Preferences().Bool(shell.KeyNoHints)) }),
		w.item("About DiffFit", nil, w.help.ShowAbout))
	m.main = fyne.NewMainMenu(m.file, m.edit, m.fitting, m.composeMenu(w), m.clustersMenu(w), m.view, help)
	return m
}

// enable switches the items and tells what undo and redo would do.
func (m *menus) enable(w *window, s document.State, busy, selected bool) {
	m.open.Disabled, m.recent.Disabled, m.demo.Disabled = busy, busy || len(m.recent.ChildMenu.Items) == 0, busy
	something := s.Map != nil || len(s.Structures) > 0
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
	m.accept.Disabled = busy || !selected || s.AcceptedFrom(w.Doc.Selected()) != nil
	m.zero.Disabled = busy || !w.compose.CanZero(s, selected)
	m.enableEngines(w, busy)
	m.clusters.enable(w, s, busy, selected)
	m.enableCompose(w, s, busy)
	m.interchange.enable(s, busy)
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

// showRecent lists the files that were opened last.
func (w *window) showRecent() {
	var items []*fyne.MenuItem
	for _, path := range w.files.Recent() {
		items = append(items, w.item(filepath.Base(path)+"   "+filepath.Dir(path), nil, func() { w.files.Open([]string{path}) }))
	}
	w.menus.recent.ChildMenu.Items = items
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
	a := w.App.Preferences().StringWithFallback(shell.KeyAppearance, bySystem)
	isDark := a == dark || a == bySystem && w.App.Settings().ThemeVariant() == theme.VariantDark
	w.setAppearance(map[bool]string{true: light, false: dark}[isDark])
}

// interchangeItems are the items of the menu File about other programs.
type interchangeItems struct{ fetch, report, export *fyne.MenuItem }

func newInterchangeItems(w *window) interchangeItems {
	const shift = fyne.KeyModifierShift
	return interchangeItems{
		fetch:  w.item("Fetch from PDB, EMDB, AlphaFold DB…", shortcut(fyne.KeyO, shift), w.files.AskFetch),
		report: w.item("Save report…", shortcut(fyne.KeyR, shift), w.files.AskReport),
		export: w.item("Export for other programs…", shortcut(fyne.KeyX, shift), w.files.AskExportAll),
	}
}

func (i interchangeItems) enable(s document.State, busy bool) {
	nothing := s.Map == nil && len(s.Structures) == 0
	i.fetch.Disabled, i.report.Disabled, i.export.Disabled = busy, busy || nothing, busy || nothing
}
