// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// logLines is how many lines are kept, logShown how many of them are shown:
// each change lays out all that are shown.
const (
	logLines = 2000
	logShown = 200
)

// Log shows what happened, the latest last.
type Log struct {
	widget.BaseWidget

	// OnCopy is told the whole text, to be put on the clipboard.
	OnCopy func(string)

	lines  []string
	text   *widget.Label
	scroll *container.Scroll
}

// NewLog returns an empty log.
func NewLog() *Log {
	l := &Log{text: widget.NewLabel("")}
	l.text.Wrapping = fyne.TextWrapWord
	l.text.Selectable = true
	l.scroll = container.NewVScroll(l.text)
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
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, nil, container.NewVBox(button), l.scroll))
}

// Add adds lines and shows the last one.
func (l *Log) Add(text string) {
	l.lines = append(l.lines, strings.Split(text, "\n")...)
	if n := len(l.lines) - logLines; n > 0 {
		l.lines = append([]string(nil), l.lines[n:]...)
	}
	l.text.SetText(strings.Join(l.lines[max(0, len(l.lines)-logShown):], "\n"))
	l.scroll.ScrollToBottom()
}

// Text returns all lines that are kept.
func (l *Log) Text() string { return strings.Join(l.lines, "\n") }
