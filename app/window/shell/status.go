// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// NewBottom lays out the status line: what was said last, the progress of the
// job, the engine, and what else there is to be told.
func (sh *Shell) NewBottom(more fyne.CanvasObject) fyne.CanvasObject {
	bar := container.New(whileShown{fyne.NewSize(280, sh.Progress.MinSize().Height)}, sh.Progress)
	sh.bottom = container.NewBorder(widget.NewSeparator(), nil, nil, container.NewHBox(bar, container.NewPadded(sh.RunsOn), more), sh.Status)
	return sh.bottom
}

// Layer is where words beside the pointer appear: it lies over everything.
func (sh *Shell) Layer() fyne.CanvasObject { return sh.tips.Layer() }

// whileShown gives an object a size while it is shown, and no room else.
type whileShown struct{ size fyne.Size }

func (w whileShown) MinSize(o []fyne.CanvasObject) fyne.Size {
	if !o[0].Visible() {
		return fyne.NewSize(0, w.size.Height)
	}
	return w.size
}

func (w whileShown) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, w.size.Height))
	o[0].Move(fyne.NewPos(0, (size.Height-w.size.Height)/2))
}

// showBar shows the progress of a job, or gives its room to the status.
func (sh *Shell) showBar(on bool) {
	if sh.Progress.Visible() == on {
		return
	}
	if sh.Progress.Show(); !on {
		sh.Progress.Hide()
	}
	sh.bottom.Refresh()
}
