// SPDX-License-Identifier: BSD-3-Clause

package window

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

// levelGestures are what the mouse does in the histogram of densities.
var levelGestures = [][2]string{
	{"level: click, drag", "contour level; with Shift ten times finer"},
}

// showHelp explains keys, mouse and columns.
func (w *window) showHelp() {
	mouse := append(w.view.MouseHelp(), levelGestures...)
	h := newHelpView(w.keyHelp(), mouse, panel.ColumnHelp(), w.escape)
	d := dialog.NewCustom("Help", "Close", container.NewStack(spacer(fyne.NewSize(860, 470)), h.body), w)
	w.state.named["help.tabs"], w.state.named["help.filter"] = h.tabs, h.entry
	w.ask(d)
	w.Canvas().Focus(h.entry)
}

// helpTable lays out names and what they mean.
func helpTable(rows [][2]string) fyne.CanvasObject {
	form := container.New(layout.NewFormLayout())
	for _, r := range rows {
		what := widget.NewLabel(r[1])
		what.Wrapping = fyne.TextWrapWord
		form.Add(heading(r[0]))
		form.Add(what)
	}
	return form
}

// helpTitle is the title of a group.
func helpTitle(text string) fyne.CanvasObject {
	title := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Importance = widget.HighImportance
	return title
}

// twoColumns lays out groups of keys side by side, about as long.
func twoColumns(groups []keyGroup) fyne.CanvasObject {
	all := 0
	for _, g := range groups {
		all += len(g.rows) + 2
	}
	left, right := container.NewVBox(), container.NewVBox()
	column, n := left, 0
	for _, g := range groups {
		if n > 0 && n+(len(g.rows)+2)/2 > all/2 {
			column = right
		}
		n += len(g.rows) + 2
		column.Add(helpTitle(g.where))
		column.Add(helpTable(g.rows))
	}
	return container.NewGridWithColumns(2, left, right)
}

// showAbout tells versions and devices.
func (w *window) showAbout() {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nPlaces molecular structures in cryo-EM maps.\n\n", w.program())
	for _, e := range w.config.Engines {
		i := e.Info()
		fmt.Fprintf(&b, "Engine   %s: %s, kernel %s\n", i.Name, i.Device, i.Kernel)
	}
	for _, missing := range w.config.Missing {
		fmt.Fprintf(&b, "No engine   %s\n", missing)
	}
	if i := w.engine().Info(); i.Why != "" {
		fmt.Fprintf(&b, "Next fit   %s, because: %s\n", i.Name, i.Why)
	}
	device := w.graphic.Device
	if device == "" {
		device = "nothing drawn yet"
	}
	fmt.Fprintf(&b, "Graphics   %s\nSystem   %s/%s, %d processors\nBuilt with   %s, Fyne %s\n\nLicence: BSD-3-Clause. Nothing is sent anywhere, but what you ask to be fetched.",
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
