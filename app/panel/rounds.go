// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

// roundName names a round in the choice of rounds.
func roundName(r *document.Round) string {
	if r.IsLocal() {
		return fmt.Sprintf("Round %d, Fit in map", r.Number)
	}
	return fmt.Sprintf("Round %d", r.Number)
}

func (r *Results) updateRounds() {
	var names []string
	selected := ""
	for _, q := range r.state.Rounds {
		names = append(names, roundName(q))
		if q.Number == r.round {
			selected = names[len(names)-1]
		}
	}
	if r.live != nil {
		selected = "Running…"
	}
	r.set(r.rounds, names, selected)
}

func (r *Results) updateStructures(fits []document.Fit, names map[int]string) {
	choices := []string{everything}
	r.ids = r.ids[:0]
	selected, there := everything, false
	for _, f := range fits {
		choices = append(choices, fmt.Sprintf("%s (%d)", names[f.Structure], f.Structure))
		r.ids = append(r.ids, f.Structure)
		if f.Structure == r.only {
			selected, there = choices[len(choices)-1], true
		}
	}
	if !there {
		r.only = 0
	}
	r.set(&r.structure.Select, choices, selected)
}

// set changes a choice without being told of it.
func (r *Results) set(s *widget.Select, options []string, selected string) {
	if slices.Equal(s.Options, options) && s.Selected == selected {
		return
	}
	r.mute = true
	s.Options = options
	s.Selected = selected
	s.Refresh()
	r.mute = false
}

func (r *Results) choseRound(string) {
	i := r.rounds.SelectedIndex()
	if r.mute || r.live != nil || i < 0 || i >= len(r.state.Rounds) {
		return
	}
	r.round = r.state.Rounds[i].Number
	r.update()
}

func (r *Results) choseStructure(string) {
	if r.mute {
		return
	}
	r.only = 0
	if i := r.structure.SelectedIndex() - 1; i >= 0 && i < len(r.ids) {
		r.only = r.ids[i]
	}
	r.rearrange()
}
