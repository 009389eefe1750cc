// SPDX-License-Identifier: BSD-3-Clause

package help

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/window/shell"
)

// hints is the line below the buttons that tells a person who is new what to do
// next, until they close it.
type hints struct {
	bar  *fyne.Container
	text *widget.Label
	shut *widget.Button
}

func (hp *Help) newHints() hints {
	h := hints{text: widget.NewLabel("")}
	h.text.Truncation = fyne.TextTruncateEllipsis
	h.text.Importance = widget.HighImportance
	h.shut = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { hp.SetHints(false) })
	h.shut.Importance = widget.LowImportance
	h.bar = container.NewBorder(nil, widget.NewSeparator(), widget.NewIcon(theme.InfoIcon()), h.shut, h.text)
	return h
}

// SetHints shows the line or hides it for good.
func (hp *Help) SetHints(on bool) {
	hp.sh.App.Preferences().SetBool(shell.KeyNoHints, !on)
	hp.sh.Enable()
}

// Show says what comes next.
func (hp *Help) Show(s document.State, busy bool) {
	h := &hp.hints
	text := ""
	if !hp.sh.App.Preferences().Bool(shell.KeyNoHints) {
		text = hp.fill(nextStep(s, hp.sh.Doc.Selected(), busy))
	}
	if h.text.Text != text {
		h.text.SetText(text)
	}
	if hidden := text == ""; h.bar.Hidden != hidden {
		h.bar.Hidden = hidden
		h.bar.Refresh()
		if content := hp.sh.Content(); content != nil {
			content.Refresh()
		}
	}
}

const review = "Next: step through the table with ↑ and ↓. {accept} accepts a placement, {reject} rejects it; drag turns the picture."

// isReviewed tells whether anything of a round was accepted or rejected.
func isReviewed(s document.State, round int) bool {
	return slices.ContainsFunc(s.Accepted, func(a *document.Accepted) bool { return a.Cluster.Round == round }) ||
		slices.ContainsFunc(s.Marks, func(m *document.Mark) bool { return m.Cluster.Round == round && m.Rejected })
}

// nextStep tells what to do in a state; {fit} stands for the key of that act.
func nextStep(s document.State, selected document.ClusterID, busy bool) string {
	left := s.Unzeroed()
	switch {
	case busy:
		return "{cancel} cancels what runs; what was found before is kept."
	case s.Map == nil && len(s.Structures) == 0:
		return "New here? Drop a map and structures on the window, or open them with {open}. {help} lists all keys."
	case s.Map == nil:
		return "Next: open a density map with {open}."
	case len(s.Fitted()) == 0:
		return "Next: open a structure with {open}, or tick one in the panel Inputs."
	case len(s.Rounds) == 0:
		return "Next: press Fit ({fit}). Drag the bar in the histogram first if the surface shows too little or too much."
	case len(s.Accepted) == 0:
		return review
	case len(s.Open()) == 0:
		return "All copies are placed. {save} saves the session; the menu File has structures, maps and pictures."
	case len(left) == 1 && left[0].Cluster == selected:
		return "Next: {zero} takes the density of what you accepted out of the map; then Fit finds what is left."
	case len(left) > 0:
		return "Next: Fit next ({next}) takes the density of what you accepted out of the map and fits what is left."
	}
	switch last := s.Rounds[len(s.Rounds)-1]; {
	case !last.HasBelievable():
		return "Nothing significant is left. {save} saves the session; the menu File has structures, maps and pictures."
	case !isReviewed(s, last.Number):
		return review
	}
	return "Next: Fit ({fit}) goes on in what is left. {save} saves the session; the menu File has structures, maps and pictures."
}

// Tooltips explain the button of the line.
func (hp *Help) Tooltips() map[fyne.CanvasObject]string {
	return map[fyne.CanvasObject]string{hp.hints.shut: "Close the hints for good; the menu Help has them again"}
}
