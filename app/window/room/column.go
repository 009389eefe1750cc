// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Column lays out objects one below the other, without gaps: the tall one has the
// height that the others leave.
func Column(tall fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnLayout{tall}, objects...)
}

type columnLayout struct{ tall fyne.CanvasObject }

func (columnLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			size.Width, size.Height = max(size.Width, least.Width), size.Height+least.Height
		}
	}
	return size
}

func (l columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free := size.Height
	for _, o := range objects {
		if o.Visible() && o != l.tall {
			free -= o.MinSize().Height
		}
	}
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		if o == l.tall {
			height = max(0, free)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height
	}
}
