// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"slices"

	"difffit/app/document"
)

// surveyed looks at the composite again, beside the window.
func (w *window) surveyed(s document.State) {
	if s.Map == nil || w.derived.target == nil {
		w.composer.survey.end()
		w.composer.found = nil
		w.compose.SetSurvey(nil)
		return
	}
	level := w.derived.level
	if c := &w.composer; c.found != nil && c.survey.settled() && c.found.Level == level && sameComposite(c.about, s) {
		return // only other things changed
	}
	n, ctx := w.composer.survey.begin()
	go func() {
		v, err := s.Survey(ctx, level, w.resolutionOf(s))
		w.do(func() {
			if !w.composer.survey.isLast(n) || w.quitting {
				return
			}
			if err == nil {
				w.warnOfClashes(v, s)
				w.composer.found, w.composer.about = v, s
				w.compose.SetSurvey(v)
				w.showNode()
			}
			w.tell()
			w.next()
		})
	}()
}

// sameComposite tells whether two states have the same survey at one level.
func sameComposite(a, b document.State) bool {
	return a.Map == b.Map && a.Options.Resolution == b.Options.Resolution && slices.Equal(a.Accepted, b.Accepted) && slices.Equal(a.Layers, b.Layers)
}

// warnOfClashes says what the placements clash with that were accepted since
// the last survey.
func (w *window) warnOfClashes(v *document.Survey, s document.State) {
	if w.composer.found == nil {
		return // the composite was opened as it is
	}
	isNew := func(i int) bool {
		return !slices.ContainsFunc(w.composer.about.Accepted, func(a *document.Accepted) bool { // a round may have gone, or clusters re-formed
			return a.ID == s.Accepted[i].ID && a.Placement == s.Accepted[i].Placement
		})
	}
	for _, c := range v.Clashes[:v.TooNear()] {
		if isNew(c.A) || isNew(c.B) {
			w.say(fmt.Sprintf("%s: %s clashes with %s, %d atoms are nearer than 2.5 Å (panel Compose)",
				w.status.Text, s.CopyName(max(c.A, c.B)), s.CopyName(min(c.A, c.B)), len(c.Atoms)))
			return
		}
	}
}
