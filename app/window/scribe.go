// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"

	"difffit/app/document"
	"difffit/app/script"
)

// A scribe writes what is new in a document as the command lines that do it
// again. Each is written once: files that they wrote are there after an undo.
type scribe struct {
	rounds   []*document.Round
	accepted []*document.Accepted
	written  map[string]bool // commands that zero
}

// record writes what is new in the document, but not each round of a drag.
func (w *window) record() {
	if !w.compose.Following() {
		w.Write(w.scribe.lines(w.Doc.State())...)
	}
}

// lines returns the lines for what is new in s, in the order in which they run.
func (sc *scribe) lines(s document.State) []string {
	var lines []string
	add := func(more ...string) {
		for _, l := range more {
			if !sc.written[l] {
				lines = append(lines, l)
			}
		}
	}
	for _, r := range s.Rounds {
		if !slices.Contains(sc.rounds, r) {
			sc.rounds = append(sc.rounds, r)
			add(script.Round(s, r)...)
		}
	}
	for _, a := range s.Accepted {
		if slices.Contains(sc.accepted, a) {
			continue
		}
		sc.accepted = append(sc.accepted, a)
		if path := script.Placed(s, a.Cluster); path != "" {
			add(script.Comment("accepted: " + path))
		}
	}
	if on := s.Active(); len(on) > 0 {
		add(script.Zeroing(s, on)...)
	}
	if sc.written == nil {
		sc.written = map[string]bool{}
	}
	for _, l := range lines {
		sc.written[l] = true
	}
	return lines
}
