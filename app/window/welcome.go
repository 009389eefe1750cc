// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// A welcome is what is seen before anything is open.
type welcome struct {
	*fyne.Container
	tiles *panel.Tiles // sessions that were worked on last
}

func (w *window) newWelcome() welcome {
	title := widget.NewLabelWithStyle("Open a density map and one or several structures", fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	text := widget.NewLabel("Maps: MRC, MAP, CCP4.  Structures: PDB, mmCIF, BinaryCIF.  All also gzipped.\nDrop files and folders anywhere on the window, or press Ctrl+O. Then press Fit.")
	text.Alignment, text.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	open := widget.NewButtonWithIcon("Open…", theme.FolderOpenIcon(), w.files.AskOpen)
	open.Importance = widget.HighImportance
	demo := widget.NewButton("Try the demo", func() { w.files.OpenDemo(true) })
	w.Named["welcome.open"], w.Named["welcome.demo"] = open, demo
	tiles := panel.NewTiles("Go on with")
	tiles.OnOpen = func(path string) { w.files.Open([]string{path}) }
	card := container.NewVBox(title, text, container.NewCenter(container.NewHBox(open, demo)), widget.NewLabel(""), tiles)
	page := container.NewVScroll(container.New(inMiddle{}, card))
	page.Direction = container.ScrollVerticalOnly
	return welcome{container.NewStack(newGround(), page), tiles}
}

// inMiddle has one object as wide as there is room, in the middle of the height.
type inMiddle struct{}

func (inMiddle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (inMiddle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, height))
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
}
