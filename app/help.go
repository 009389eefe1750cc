// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// keys are the shortcuts, as the help lists them.
var keys = [][2]string{
	{"Ctrl+O", "open maps, structures, a session"},
	{"Ctrl+S, Ctrl+Shift+S", "save the session, save it under another name"},
	{"Ctrl+Return, F5", "fit; F5 again cancels"},
	{"Ctrl+. or Escape", "cancel"},
	{"↑ ↓ PgUp PgDn Home End", "step through the table; the picture follows"},
	{"Ctrl+K, Space in the table", "accept the selected placement"},
	{"Ctrl+0, Delete in the table", "zero out its density"},
	{"Ctrl+Z, Ctrl+Shift+Z", "undo, redo"},
	{"Ctrl+E, Ctrl+Shift+M", "save the fitted structure, the remaining map"},
	{"Ctrl+F, Ctrl+R", "show all, from the front"},
	{"arrows, Shift + arrows", "in the picture: turn, move"},
	{"+  −  ,  .", "in the picture: zoom, roll"},
	{"[  ]  \\", "in the picture: a thinner slab, a thicker one, none"},
	{"O", "in the picture: perspective or parallel projection"},
	{"F1", "this help"},
	{"Ctrl+Q", "quit"},
}

// gestures are what the mouse does in the picture.
var gestures = [][2]string{
	{"drag", "rotate; near the rim, roll"},
	{"right, middle or Shift drag", "move"},
	{"wheel", "zoom; or the contour level, see the menu View (then Ctrl + wheel zooms)"},
	{"Alt + wheel", "contour level"},
	{"Shift + wheel", "thickness of the slab that is shown"},
	{"rest", "say what is there"},
	{"click", "say what is there"},
	{"double click", "rotate about this point; beside everything: show all"},
	{"level: drag the bar", "contour level; with Shift ten times finer"},
}

// showHelp explains keys, mouse and columns.
func (w *window) showHelp() {
	table := func(rows [][2]string) fyne.CanvasObject {
		form := container.New(layout.NewFormLayout())
		for _, r := range rows {
			what := widget.NewLabel(r[1])
			what.Wrapping = fyne.TextWrapWord
			form.Add(heading(r[0]))
			form.Add(what)
		}
		return container.NewVScroll(form)
	}
	tabs := container.NewAppTabs(
		container.NewTabItem("Keys", table(keys)),
		container.NewTabItem("Mouse", table(gestures)),
		container.NewTabItem("Columns", table(panel.ColumnHelp())),
	)
	d := dialog.NewCustom("Help", "Close", container.NewStack(spacer(fyne.NewSize(680, 400)), tabs), w)
	w.ask(d)
}

// showAbout tells versions and devices.
func (w *window) showAbout() {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nPlaces molecular structures in cryo-EM maps.\n\n", w.program())
	for _, e := range w.config.Engines {
		i := e.Info()
		fmt.Fprintf(&b, "Engine   %s: %s, kernel %s\n", i.Name, i.Device, i.Kernel)
	}
	device := w.graphic.Device
	if device == "" {
		device = "nothing drawn yet"
	}
	fmt.Fprintf(&b, "Graphics   %s\nSystem   %s/%s, %d processors\nBuilt with   %s, Fyne %s\n\nLicence: BSD-3-Clause. No data leave this computer.",
		device, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), moduleVersion("fyne.io/fyne/v2"))
	text := widget.NewLabel(b.String())
	text.Selectable = true
	text.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustomWithoutButtons("About DiffFit", container.NewStack(spacer(fyne.NewSize(520, 220)), text), w)
	d.SetButtons([]fyne.CanvasObject{
		widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { w.app.Clipboard().SetContent(b.String()) }),
		widget.NewButton("Close", d.Hide),
	})
	w.ask(d)
}

func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "of unknown version"
}

// newWelcome is what is seen before anything is open.
func (w *window) newWelcome() *fyne.Container {
	title := widget.NewLabelWithStyle("Open a density map and one or several structures", fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	text := widget.NewLabel("Maps: MRC, MAP, CCP4.  Structures: PDB, mmCIF, BinaryCIF.  All also gzipped.\nDrop files anywhere on the window, or press Ctrl+O. Then press Fit.")
	text.Alignment = fyne.TextAlignCenter
	open := widget.NewButtonWithIcon("Open…", theme.FolderOpenIcon(), w.askOpen)
	open.Importance = widget.HighImportance
	demo := widget.NewButton("Try the demo", func() { w.openDemo(true) })
	w.state.named = map[string]fyne.CanvasObject{"welcome.open": open, "welcome.demo": demo}
	card := container.NewVBox(title, text, container.NewCenter(container.NewHBox(open, demo)))
	return container.NewStack(newGround(), container.NewCenter(card))
}
