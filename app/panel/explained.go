// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// An Explained is a text that is explained when the pointer rests on it.
type Explained struct {
	widget.BaseWidget
	text   *canvas.Text
	colour fyne.ThemeColorName
	help   string // "" for none
	tip    *tip
}

// explained makes a text of a panel with tooltips.
func (t *tip) explained(words, help string) *Explained {
	e := &Explained{text: canvas.NewText(words, nil), colour: theme.ColorNameForeground, help: help, tip: t}
	e.text.TextSize = theme.TextSize()
	e.ExtendBaseWidget(e)
	e.recolour()
	return e
}

// caption makes a text that stands before a field, as a label does.
func (t *tip) caption(words, help string) fyne.CanvasObject {
	side := theme.InnerPadding()
	return container.New(layout.NewCustomPaddedLayout(0, 0, side, side), t.explained(words, help))
}

// SetText changes the text and its explanation.
func (e *Explained) SetText(words, help string) {
	e.text.Text, e.help = words, help
	e.Refresh()
}

// Text returns the text and its explanation.
func (e *Explained) Text() (words, help string) { return e.text.Text, e.help }

// CreateRenderer shows the text.
func (e *Explained) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.text) }

// Refresh follows the theme.
func (e *Explained) Refresh() {
	e.recolour()
	e.BaseWidget.Refresh()
}

func (e *Explained) recolour() {
	e.text.Color = theme.Color(e.colour)
	e.text.Refresh()
}

// MouseIn explains after a while.
func (e *Explained) MouseIn(*desktop.MouseEvent) {
	if e.tip.hide(); e.help != "" {
		e.tip.below(e, e.tip.layer, e.help)
	}
}

// MouseMoved is needed beside MouseIn.
func (e *Explained) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the explanation.
func (e *Explained) MouseOut() { e.tip.hide() }

// An explainedLabel is a label, shortened at its end if need be, with a
// tooltip.
type explainedLabel struct {
	widget.Label
	help string
	tip  *tip
}

func newExplainedLabel(t *tip) *explainedLabel {
	l := &explainedLabel{tip: t}
	l.Truncation = fyne.TextTruncateEllipsis
	l.ExtendBaseWidget(l)
	return l
}

// MouseIn explains after a while.
func (l *explainedLabel) MouseIn(*desktop.MouseEvent) {
	if l.tip.hide(); l.help != "" {
		l.tip.below(l, l.tip.layer, l.help)
	}
}

// MouseMoved is needed beside MouseIn.
func (l *explainedLabel) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the explanation.
func (l *explainedLabel) MouseOut() { l.tip.hide() }
