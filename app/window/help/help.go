// SPDX-License-Identifier: BSD-3-Clause

// Package help tells a person what the window can do: the keys, the mouse and
// the columns of the table, what to do next, and what the program is. It does
// none of it.
package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
)

// levelGestures are what the mouse does in the histogram of densities.
var levelGestures = [][2]string{
	{"level: click, drag", "contour level of the picture; with Shift ten times finer"},
}

// A Stage is a picture that tells how it is worked with, and drawn.
type Stage interface {
	Viewport() *viewport.Viewport
	Graphics() viewport.Info
}

// Help has the help and the line of hints.
type Help struct {
	Bar fyne.CanvasObject // what to do next

	sh    *shell.Shell
	stage Stage
	keys  func() []KeyGroup
	fill  func(string) string
	hints hints
	open  bool   // the help is
	guide string // address of the guide, once it was asked for
}

// New makes the help of a window; keys returns all keys, from the tables by
// which they act, and fill replaces {fit} in a hint by the key of that act.
func New(sh *shell.Shell, st Stage, keys func() []KeyGroup, fill func(string) string) *Help {
	hp := &Help{sh: sh, stage: st, keys: keys, fill: fill}
	hp.hints = hp.newHints()
	hp.Bar = hp.hints.bar
	return hp
}

// Hint returns what the line of hints says, and the button that closes it.
func (hp *Help) Hint() (text string, shut fyne.CanvasObject) {
	return hp.hints.text.Text, hp.hints.shut
}

// MouseRows tells what the mouse does.
func (hp *Help) MouseRows() [][2]string {
	return append(hp.stage.Viewport().MouseHelp(), levelGestures...)
}

// ShowHelp explains keys, mouse and columns.
func (hp *Help) ShowHelp() {
	if hp.open {
		return
	}
	hp.open = true
	h := newHelpView(hp.keys(), hp.MouseRows(), panel.ColumnHelp(), hp.sh.Escape)
	d := hp.sh.NewDialog("Help", container.NewStack(shell.Spacer(fyne.NewSize(860, 470)), h.body))
	more := widget.NewButton(hp.fill("Guide with pictures ({guide})"), func() { d.Hide(); hp.ShowGuide() })
	d.SetButtons(more, widget.NewButton("Close", d.Hide))
	d.OnEnd = func() { hp.open = false }
	hp.sh.Named["help.tabs"], hp.sh.Named["help.filter"], hp.sh.Named["help.guide"] = h.tabs, h.entry, more
	hp.sh.Ask(d)
	hp.sh.Canvas().Focus(h.entry)
}

// helpTable lays out names and what they mean: all at once, for a container is laid
// out anew with each object that is added to it.
func helpTable(rows [][2]string) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, r := range rows {
		what := widget.NewLabel(r[1])
		what.Wrapping = fyne.TextWrapWord
		cells = append(cells, panel.Heading(r[0]), what)
	}
	return container.New(layout.NewFormLayout(), cells...)
}

// helpTitle is the title of a group.
func helpTitle(text string) fyne.CanvasObject {
	title := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Importance = widget.HighImportance
	return title
}

// twoColumns lays out groups of keys side by side, about as long.
func twoColumns(groups []KeyGroup) fyne.CanvasObject {
	all := 0
	for _, g := range groups {
		all += len(g.Rows) + 2
	}
	var columns [2][]fyne.CanvasObject
	column, n := 0, 0
	for _, g := range groups {
		if n > 0 && n+(len(g.Rows)+2)/2 > all/2 {
			column = 1
		}
		n += len(g.Rows) + 2
		columns[column] = append(columns[column], helpTitle(g.Where), helpTable(g.Rows))
	}
	return container.NewGridWithColumns(2, container.NewVBox(columns[0]...), container.NewVBox(columns[1]...))
}

// ShowAbout tells what the program is.
func (hp *Help) ShowAbout() {
	hp.showText("About DiffFit", hp.sh.Program()+"\nPlaces molecular structures in cryo-EM maps.\n\n"+
		"Licence: BSD-3-Clause. Nothing is sent anywhere, but what you ask to be fetched.")
}

// A KeyGroup has the keys that work in one place.
type KeyGroup struct {
	Where string
	Rows  [][2]string // keys, and what they do
}
