// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// A StatusLine is the line at the bottom of the window: what was said last, and
// the progress of the job with what cancels it.
type StatusLine struct {
	Status   *widget.Label // what was said last, shortened
	Progress *widget.ProgressBar
	Cancel   *widget.Button // ends the job; it is shown with the progress
	Tips     *panel.Tips    // of the whole window

	said    string // what Status is short for
	working string // what Progress is short for
	bottom  *fyne.Container
	run     *fyne.Container // progress and Cancel
}

func newStatusLine(stop func()) StatusLine {
	l := StatusLine{Status: widget.NewLabel("Ready"), Progress: widget.NewProgressBar(), Tips: panel.NewTips()}
	l.Status.Truncation = fyne.TextTruncateEllipsis
	l.Cancel = widget.NewButtonWithIcon("Cancel", theme.CancelIcon(), stop)
	l.Cancel.Importance = widget.WarningImportance
	l.Progress.Hide()
	l.Cancel.Hide()
	l.Tips.Explain(func() map[fyne.CanvasObject]string {
		return map[fyne.CanvasObject]string{l.Status: l.hidden(), l.Progress: l.working, l.Cancel: "Cancel what runs; what was found so far is kept (Escape)"}
	})
	return l
}

// NewBottom lays out the status line.
func (l *StatusLine) NewBottom() fyne.CanvasObject {
	bar := container.New(whileShown{fyne.NewSize(barWidth, l.Progress.MinSize().Height)}, l.Progress)
	l.run = container.NewHBox(bar, l.Cancel)
	l.bottom = container.NewBorder(widget.NewSeparator(), nil, nil, l.run, l.Status)
	return l.bottom
}

// barWidth is how wide the progress is.
const barWidth = 280

// show shows what was said, with words that are too long for the line shortened
// in their middle.
func (l *StatusLine) show(text string) {
	l.said = text
	l.Status.SetText(elided(text))
}

// hidden returns what was said in full where the line does not show all of it.
func (l *StatusLine) hidden() string {
	if text := l.Status.Text; text != l.said || fyne.MeasureText(text, theme.TextSize(), l.Status.TextStyle).Width > l.Status.Size().Width {
		return l.said
	}
	return ""
}

// longestWord is how many characters of a word the status line shows: of names
// of files, above all.
const longestWord = 48

// elided shortens the long words of a text in their middle: how a name begins
// and how it ends is what tells it from others.
func elided(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if r := []rune(w); len(r) > longestWord {
			words[i] = string(r[:longestWord/2-1]) + "…" + string(r[len(r)-longestWord/2:])
		}
	}
	return strings.Join(words, " ")
}

// Layer is where words beside the pointer appear: it lies over everything.
func (l *StatusLine) Layer() fyne.CanvasObject { return l.Tips.Layer() }

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
	if l.Cancel.Show(); !on {
		l.Cancel.Hide()
	}
	l.bottom.Refresh()
}
