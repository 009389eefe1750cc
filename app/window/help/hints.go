// SPDX-License-Identifier: BSD-3-Clause

package help

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
)

// hints is the line over the picture that tells a person who is new what to do
// next, until they close it.
type hints struct {
	bar  fyne.CanvasObject
	text *widget.Label
	shut *widget.Button
}

func (hp *Help) newHints() hints {
	h := hints{text: widget.NewLabel("")}
	h.text.Wrapping = fyne.TextWrapWord
	h.text.Importance = widget.HighImportance
	h.shut = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { hp.SetHints(false) })
	h.shut.Importance = widget.LowImportance
	h.bar = panel.NewVeil(container.NewBorder(nil, nil, widget.NewIcon(theme.InfoIcon()), h.shut, h.text))
	return h
}

// SetHints shows the line or hides it for good.
func (hp *Help) SetHints(on bool) {
	hp.sh.App.Preferences().SetBool(shell.KeyNoHints, !on)
	hp.sh.Enable()
}

// Facts are what the line must know beside the document.
type Facts struct {
	Busy bool
	// Quiet is true where something else is said over the picture.
	Quiet bool
	// Explained is how much of the map above its level the accepted placements
	// explain, in percent; 0 while that is not known.
	Explained float64
	// Acceptable are the placements that Accept all would accept; Choosing is true
	// while that is not known.
	Acceptable []document.ClusterID
	Choosing   bool
	// Next tells whether Next would look for something that was not looked for.
	Next bool
}

// Show says what comes next.
func (hp *Help) Show(s document.State, f Facts) {
	h := &hp.hints
	text := ""
	if !hp.sh.App.Preferences().Bool(shell.KeyNoHints) && !f.Quiet {
		text = hp.fill(nextStep(s, hp.sh.Doc.Selected(), f))
	}
	if h.text.Text != text {
		h.text.SetText(text)
	}
	if hidden := text == ""; h.bar.Visible() == hidden {
		if h.bar.Show(); hidden {
			h.bar.Hide()
		}
		if content := hp.sh.Content(); content != nil {
			content.Refresh()
		}
	}
}

// enough is how much of a map is explained when a composite is done, in percent:
// the rest is solvent, noise and what no model has (the right composite of 14
// GroEL subunits explains 99.8).
const enough = 95

// done ends the way.
const done = " Done: save ({save}) / report ({report})."

// nextStep tells the one thing to do next in a state; {fit} stands for the key of
// that act.
func nextStep(s document.State, selected document.ClusterID, f Facts) string {
	switch {
	case f.Busy:
		return "{cancel} cancels what runs; what was found before is kept."
	case s.Map == nil && len(s.Structures) == 0:
		return "New here? Drop a map and structures on the window, or open them ({open}). Guide: {guide}; keys: {help}."
	case s.Map == nil:
		return "Next: open a density map ({open})."
	case len(s.Structures) == 0:
		return "Next: open a structure ({open})."
	case len(s.Fitted()) == 0:
		return "Next: tick a structure in the panel Inputs."
	case len(s.Rounds) == 0 && len(s.Accepted) == 0:
		return "Next: Fit ({fit})."
	case f.Explained >= enough:
		return fmt.Sprintf("%.1f %% of the map is explained.", f.Explained) + done
	}
	if text := toAccept(s, selected, f); text != "" {
		return text
	}
	switch {
	case len(s.Open()) == 0:
		return "All copies that are expected are placed." + done
	case f.Choosing:
		return ""
	case f.Next && len(s.Accepted) > 0:
		return "Next ({next}) zeroes out what is accepted and fits what is missing: " + missing(s) + "."
	case f.Next:
		return "Next: Fit ({fit})."
	case len(s.Accepted) == 0:
		return "Nothing significant was found. Next: check level and resolution in the tab Fit, then Fit ({fit})."
	}
	return "Nothing significant is left." + done
}

// toAccept is the step while there is something to accept, else "".
func toAccept(s document.State, selected document.ClusterID, f Facts) string {
	proposed := 0
	for _, id := range s.Proposals() {
		if c, ok := s.Cluster(id); ok && c.Doubt(s.Fit(id).Result.Resolution.Value) == "" {
			proposed++
		}
	}
	switch n := len(f.Acceptable); {
	case proposed > 1:
		return fmt.Sprintf("Next: Accept all ({accept all}): the %d significant proposals, which are shown as thin tubes.", proposed)
	case proposed == 1 && slices.Contains(s.Proposals(), selected):
		return "Next: Accept ({accept}) the proposal."
	case proposed == 1:
		return "Next: Accept all ({accept all}): the one significant proposal."
	case n == 1 && f.Acceptable[0] == selected:
		return fmt.Sprintf("Next: Accept ({accept}) %s, if it looks right.", s.PlaceName(selected))
	case n == 1:
		return "Next: Accept all ({accept all}): the one significant row that is free of clashes."
	case n > 1:
		return fmt.Sprintf("Next: Accept all ({accept all}): the %d significant rows that go together without a clash.", n)
	}
	return ""
}

// missing names the structures of which copies are missing.
func missing(s document.State) string {
	open := s.Open()
	if len(open) > 3 {
		return fmt.Sprintf("%d structures", len(open))
	}
	var names []string
	for _, t := range open {
		names = append(names, t.Model.Name)
	}
	return strings.Join(names, ", ")
}

// Tooltips explain the button of the line.
func (hp *Help) Tooltips() map[fyne.CanvasObject]string {
	return map[fyne.CanvasObject]string{hp.hints.shut: "Close the hints for good; the menu Help has them again"}
}
