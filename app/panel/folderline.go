// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A folderLine tells the folder of a file in small, with what there is no room for
// left out of its middle.
type folderLine struct {
	widget.BaseWidget
	folder string
	text   *canvas.Text
	centre bool
}

func newFolderLine(folder string) *folderLine {
	l := &folderLine{folder: folder, text: canvas.NewText("", nil)}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is called by Fyne.
func (l *folderLine) CreateRenderer() fyne.WidgetRenderer {
	r := folderLineRenderer{l}
	r.Refresh()
	return r
}

type folderLineRenderer struct{ l *folderLine }

func (r folderLineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, fyne.MeasureText("X", theme.CaptionTextSize(), fyne.TextStyle{}).Height+theme.Padding())
}

func (r folderLineRenderer) Layout(size fyne.Size) {
	l, side := r.l, theme.InnerPadding()
	l.text.Text = Shorten(l.folder, size.Width-2*side, theme.CaptionTextSize(), fyne.TextStyle{})
	l.text.Alignment = fyne.TextAlignLeading
	if l.centre {
		l.text.Alignment = fyne.TextAlignCenter
	}
	l.text.Move(fyne.NewPos(side, 0))
	l.text.Resize(fyne.NewSize(size.Width-2*side, size.Height))
}

func (r folderLineRenderer) Refresh() {
	r.l.text.Color, r.l.text.TextSize = theme.Color(theme.ColorNamePlaceHolder), theme.CaptionTextSize()
	r.Layout(r.l.Size())
	r.l.text.Refresh()
}

func (r folderLineRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.l.text} }
func (r folderLineRenderer) Destroy()                     {}
