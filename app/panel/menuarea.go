// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// A menuArea is a part of a panel that has a context menu.
type menuArea struct {
	widget.BaseWidget
	content fyne.CanvasObject
	onMenu  func(at fyne.Position) // of the window
}

func newMenuArea(content fyne.CanvasObject) *menuArea {
	a := &menuArea{content: content}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer shows the content.
func (a *menuArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.content) }

// TappedSecondary asks for the menu.
func (a *menuArea) TappedSecondary(e *fyne.PointEvent) {
	if a.onMenu != nil {
		a.onMenu(e.AbsolutePosition)
	}
}

// A menuButton is a button that has a context menu.
type menuButton struct {
	widget.Button
	onMenu func(at fyne.Position) // of the window
}

func newMenuButton(text string, do func(), onMenu func(at fyne.Position)) *menuButton {
	b := &menuButton{onMenu: onMenu}
	b.Text, b.OnTapped = text, do
	b.ExtendBaseWidget(b)
	return b
}

// TappedSecondary asks for the menu.
func (b *menuButton) TappedSecondary(e *fyne.PointEvent) { b.onMenu(e.AbsolutePosition) }
