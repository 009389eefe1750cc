// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// logLines is how many lines are kept.
const logLines = 2000

// Log shows what happened, the latest last.
type Log struct {
	widget.BaseWidget

	// OnCopy is told the whole text, to be put on the clipboard.
	OnCopy func(string)

	lines []string
	list  *widget.List
}

// NewLog returns an empty log.
func NewLog() *Log {
	l := &Log{}
	l.list = widget.NewList(
		func() int { return len(l.lines) },
		func() fyne.CanvasObject {
			line := widget.NewLabel("")
			line.TextStyle.Monospace = true
			line.Truncation = fyne.TextTruncateEllipsis
			return line
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i >= 0 && i < len(l.lines) {
				o.(*widget.Label).SetText(l.lines[i])
			}
		})
	l.list.HideSeparators = true
	l.list.OnSelected = func(widget.ListItemID) { l.list.UnselectAll() }
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer lays the panel out.
func (l *Log) CreateRenderer() fyne.WidgetRenderer {
	button := widget.NewButtonWithIcon("Copy all", theme.ContentCopyIcon(), func() {
		if l.OnCopy != nil {
			l.OnCopy(l.Text())
		}
	})
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, nil, container.NewVBox(button), l.list))
}

// Add adds lines and shows the last one.
func (l *Log) Add(text string) {
	l.lines = append(l.lines, strings.Split(text, "\n")...)
	if n := len(l.lines) - logLines; n > 0 {
		l.lines = append([]string(nil), l.lines[n:]...)
	}
	l.list.Refresh()
	l.list.ScrollToBottom()
}

// Text returns all lines.
func (l *Log) Text() string { return strings.Join(l.lines, "\n") }
