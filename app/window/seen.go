// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"difffit/app/panel"
	"difffit/app/view/palette"
)

// showSeen tells the panels the colours of structures and copies, and what of
// them is hidden; a press on a swatch asks for another colour, one on an eye
// shows or hides.
func (w *window) showSeen() {
	set := func(ids []int) map[int]bool {
		m := map[int]bool{}
		for _, id := range ids {
			m[id] = true
		}
		return m
	}
	h := w.stage.Hidden()
	s := panel.Seen{Colours: palette.Of(w.Doc.State()), Structures: set(h.Structures), Accepted: set(h.Accepted)}
	w.files.Inputs.SetSeen(s)
	w.compose.Panel.SetSeen(s)
	w.table.Results.SetSeen(s, w.seenDeeds())
}

// seenDeeds are what swatches and eyes do.
func (w *window) seenDeeds() panel.SeenDeeds {
	return panel.SeenDeeds{OnColor: w.stage.AskColour, OnSee: w.stage.ToggleStructure, OnSeeAccepted: w.stage.ToggleAccepted}
}
