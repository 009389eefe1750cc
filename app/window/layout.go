// SPDX-License-Identifier: BSD-3-Clause

package window

import "fyne.io/fyne/v2"

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
func (w *window) showBar(on bool) {
	if w.progress.Visible() == on {
		return
	}
	if w.progress.Show(); !on {
		w.progress.Hide()
	}
	w.bottom.Refresh()
}
