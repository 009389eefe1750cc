// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/panel"
)

// A PathField is the field of a dialog in which a path is written.
type PathField = panel.PathField

// NewPathField makes a field that calls escape on Escape.
func NewPathField(escape func()) *PathField { return panel.NewPathField(escape) }

// Spacer is an invisible object that keeps the window from getting smaller.
func Spacer(size fyne.Size) fyne.CanvasObject {
	return container.NewGridWrap(size, container.NewWithoutLayout())
}
