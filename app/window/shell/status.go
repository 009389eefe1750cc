// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// A StatusLine is the line at the bottom of the window.
type StatusLine struct {
	Status   *widget.Label // what was said last
	Progress *widget.ProgressBar
	RunsOn   *panel.Explained // the engine

	said   string // as Status says
	bottom *fyne.Container
	tips   *panel.Tips
}

func newStatusLine() StatusLine {
	l := StatusLine{Status: widget.NewLabel("Ready"), Progress: widget.NewProgressBar(), tips: panel.NewTips()}
	l.Status.Truncation = fyne.TextTruncateEllipsis
	l.Progress.Hide()
	l.RunsOn = l.tips.Quiet()
	return l
}

// NewBottom lays out the status line: what was said last, the progress of the
// job, the engine, and what else there is to be told.
func (l *StatusLine) NewBottom(more fyne.CanvasObject) fyne.CanvasObject {
	bar := container.New(whileShown{fyne.NewSize(280, l.Progress.MinSize().Height)}, l.Progress)
	l.bottom = container.NewBorder(widget.NewSeparator(), nil, nil, container.NewHBox(bar, container.NewPadded(l.RunsOn), more), l.Status)
	return l.bottom
}

// Layer is where words beside the pointer appear: it lies over everything.
func (l *StatusLine) Layer() fyne.CanvasObject { return l.tips.Layer() }

// Tips returns the tooltips of the window.
func (l *StatusLine) Tips() *panel.Tips { return l.tips }

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
func (l *StatusLine) showBar(on bool) {
	if l.Progress.Visible() == on {
		return
	}
	if l.Progress.Show(); !on {
		l.Progress.Hide()
	}
	l.bottom.Refresh()
}
