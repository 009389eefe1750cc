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
	"difffit/fitting/volume"
)

// hints is the line over the picture that tells a person who is new what to do
// next, until they close it.
type hints struct {
	bar  fyne.CanvasObject
	text *widget.Label
	do   *widget.Button // does the next step, where no other button does
	own  bool           // the button is of the step itself, which no act does
	shut *widget.Button
	step string // the next one: the name of an act, "" for none
}

func (hp *Help) newHints() hints {
	h := hints{text: widget.NewLabel("")}
	h.text.Wrapping = fyne.TextWrapWord
	h.text.Importance = widget.HighImportance
	h.shut = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { hp.SetHints(false) })
	h.shut.Importance = widget.LowImportance
	h.do = widget.NewButton("", nil)
	h.do.Importance = widget.HighImportance
	h.do.Hide()
	h.bar = panel.NewVeil(container.NewBorder(nil, nil, widget.NewIcon(theme.InfoIcon()), container.NewHBox(container.NewVBox(h.do), container.NewVBox(h.shut)), h.text))
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
	// Say is said instead of what comes next, also where hints are closed.
	Say string
	// Explained is how much of the map above its level the accepted placements
	// explain, in percent; 0 while that is not known.
	Explained float64
	// Clashes is how many pairs of accepted placements clash, as far as that is known.
	Clashes int
	// Acceptable are the placements that Accept all would accept; Choosing is true
	// while that is not known.
	Acceptable []document.ClusterID
	Choosing   bool
	// Next tells whether Next would look for something that was not looked for.
	Next bool
	// Resolution is that of the next fit; the zero value while it is not known.
	Resolution volume.Resolution
	// AskResolution and AskLevel have those of the next fit stated.
	AskResolution, AskLevel func()
}

// A step is what to do next.
type step struct {
	text string
	deed string // on the button beside it; "" for none
	do   func()
}

// say is a step that acts alone do.
func say(text string) step { return step{text: text} }

// act returns the act that the step names: the first in it.
func (s step) act() string {
	_, rest, _ := strings.Cut(s.text, "{")
	act, _, _ := strings.Cut(rest, "}")
	return act
}

// Step returns the act that comes next, by its name; "" if none does. It is known
// also where hints are closed.
func (hp *Help) Step() string { return hp.hints.step }

// SetButton shows a button beside the words, which does the next step, unless the
// step has one of its own; "" hides it.
func (hp *Help) SetButton(label string, do func()) {
	if !hp.hints.own {
		hp.hints.button(label, widget.HighImportance, do)
	}
}

func (h *hints) button(label string, look widget.Importance, do func()) {
	b := h.do
	b.OnTapped = do
	if hidden := label == ""; b.Text != label || b.Importance != look || b.Hidden != hidden {
		b.Hidden, b.Importance = hidden, look
		b.SetText(label)
		h.bar.Refresh()
	}
}

// Button returns that button.
func (hp *Help) Button() *widget.Button { return hp.hints.do }

// Show says what comes next.
func (hp *Help) Show(s document.State, f Facts) {
	h := &hp.hints
	next := nextStep(s, hp.sh.Doc.Selected(), f)
	h.step = next.act()
	if f.Quiet || hp.sh.App.Preferences().Bool(shell.KeyNoHints) {
		next = step{}
	}
	if f.Say != "" {
		next = say(f.Say)
	}
	if h.shut.Show(); f.Say != "" {
		h.shut.Hide()
	}
	text := hp.fill(next.text)
	if h.text.Text != text {
		h.text.SetText(text)
	}
	h.own = next.deed != ""
	h.button(next.deed, widget.MediumImportance, next.do)
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

// done ends the way, unless what is accepted clashes.
func (f Facts) done() string {
	const end = "Done: save ({save}) / report ({report})."
	if f.Clashes > 0 {
		return fmt.Sprintf("%s of accepted placements: see the tab Compose. Then save ({save}) / report ({report}).", panel.Plural(f.Clashes, "clash"))
	}
	return end
}

// nextStep tells the one thing to do next in a state; {fit} stands for the key of
// that act.
func nextStep(s document.State, selected document.ClusterID, f Facts) step {
	switch {
	case f.Busy:
		return say("{cancel} cancels what runs; what was found before is kept.")
	case s.Map == nil && len(s.Structures) == 0:
		return say("New here? Drop a map and structures on the window, or open them ({open}). Guide: {guide}; keys: {help}.")
	case s.Map == nil:
		return say("Next: open a density map ({open}).")
	case len(s.Structures) == 0:
		return say("Next: open a structure ({open}).")
	case len(s.Fitted()) == 0:
		return say("Next: tick a structure in the panel Inputs.")
	case len(s.Rounds) == 0 && len(s.Accepted) == 0:
		return f.estimated("Next: Fit ({fit}).", "state it if you know it.")
	case f.Explained >= enough:
		return say(strings.TrimSpace(fmt.Sprintf("%.1f %% of the map is explained. %s", f.Explained, notPlaced(s))) + " " + f.done())
	}
	if text := toAccept(s, selected, f); text != "" {
		return say(text)
	}
	switch {
	case len(s.Open()) == 0:
		text := "All copies that are expected are placed"
		if f.Explained > 0 {
			text += fmt.Sprintf("; %.1f %% of the map is explained", f.Explained)
		}
		return say(text + ". " + f.done())
	case f.Choosing:
		return step{}
	case f.Next && len(s.Accepted) == 0:
		return say("Next: Fit ({fit}).")
	case f.Next:
		return f.toLookFor(s)
	}
	if text := toLookAt(s); text != "" {
		return say(text)
	}
	if len(s.Accepted) == 0 {
		return f.likelyCause("Nothing was found that looks right.")
	}
	if text := notPlaced(s); text != "" {
		return f.likelyCause(text)
	}
	return say("Nothing more is found that looks right. " + f.done())
}

// toLookFor is the step while Next would look for something new.
func (f Facts) toLookFor(s document.State) step {
	if open := len(s.Open()); open > mostNamed && !s.HasStatedNumbers() { // of a library nobody expects all
		return say(f.done() + fmt.Sprintf(" Next ({next}) would look for more of the %d structures in what is left.", open))
	}
	if text := toLookAt(s); text != "" {
		return say(text)
	}
	if s.HasNumbers() {
		return say("Next ({next}) zeroes out what is accepted and fits what is missing: " + missing(s) + ".")
	}
	further := "Next ({next}) zeroes out what is accepted and looks for further copies of " + missing(s) + "."
	if by := s.SymmetryPlaced(); by != "" {
		return say(fmt.Sprintf("All copies of %s are placed. If these are all: save ({save}) / report ({report}). %s", by, further))
	}
	return say(further)
}

// toLookAt names what stands out and is not to be believed by its numbers; "" if
// nothing does.
func toLookAt(s document.State) string {
	all := s.Outstanding()
	if len(all) == 0 {
		return ""
	}
	o := all[0]
	if len(o.IDs) == 1 {
		return fmt.Sprintf("Look at %s: its score, %.3f, is low, but the next is %.3f. If it fits the density, Accept ({accept}).", s.PlaceName(o.IDs[0]), o.Best, o.Next)
	}
	return fmt.Sprintf("Look at the first %d rows of %s: their scores, %.3f to %.3f, are low, but the next is %.3f. Accept ({accept}) those that fit the density.",
		len(o.IDs), s.Name(o.IDs[0].Structure), o.Best, o.Last, o.Next)
}

// notPlaced names the structures of which copies are expected and not placed, and
// how many are; "" if there are none.
func notPlaced(s document.State) string {
	var names []string
	for _, t := range s.Open() {
		if n, _ := s.Expected(t.ID); n > 1 {
			names = append(names, fmt.Sprintf("%s (%d of %d is)", t.Model.Name, s.Placed(t.ID), n))
		} else if n == 1 {
			names = append(names, t.Model.Name)
		}
	}
	switch n := len(names); {
	case n == 0 || n > mostNamed && !s.HasStatedNumbers(): // of a library nobody expects all
		return ""
	case n > mostNamed:
		return fmt.Sprintf("Not placed: %s and %d more.", strings.Join(names[:mostNamed], ", "), n-mostNamed)
	}
	return "Not placed: " + strings.Join(names, ", ") + "."
}

// mostNamed is how many structures are named in the line.
const mostNamed = 4

// likelyCause adds to what was not found why that may be, and what helps.
func (f Facts) likelyCause(text string) step {
	if f.Resolution.IsEstimated() {
		return f.estimated(text, "state it if you know it, then Fit ({fit}).")
	}
	return step{
		text: text + " The level of the fit may be too high for it, or it has another shape in the map: change the level, or split it in Inputs (right click), then Fit ({fit}).",
		deed: "Level…", do: f.AskLevel,
	}
}

// estimated adds to a step that the resolution is an estimate, if it is.
func (f Facts) estimated(text, what string) step {
	if !f.Resolution.IsEstimated() {
		return say(text)
	}
	return step{text: fmt.Sprintf("%s The resolution, %.1f Å, is an estimate: %s", text, f.Resolution.Value, what), deed: "Resolution…", do: f.AskResolution}
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
		return fmt.Sprintf("Next: Accept all ({accept all}): the %d proposals that look right, which are shown as thin tubes.", proposed)
	case proposed == 1 && slices.Contains(s.Proposals(), selected):
		return "Next: Accept ({accept}) the proposal."
	case proposed == 1:
		return "Next: Accept all ({accept all}): the one proposal that looks right."
	case n == 1 && f.Acceptable[0] == selected:
		return fmt.Sprintf("Next: Accept ({accept}) %s, if you agree: its numbers look right.", s.PlaceName(selected))
	case n == 1:
		return "Next: Accept all ({accept all}): the one row that looks right and is free of clashes."
	case n > 1:
		return fmt.Sprintf("Next: Accept all ({accept all}): the %d rows that look right and go together without a clash.", n)
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
