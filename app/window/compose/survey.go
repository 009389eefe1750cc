// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/app/work"
)

// surveyed is a survey, or why there is none.
type surveyed struct {
	found *work.Survey
	err   error
}

// Survey looks at the composite again, beside the window.
func (co *Composer) Survey(s document.State) {
	level, ok := co.stage.Level()
	if s.Map == nil || !ok {
		co.survey.Forget()
		co.found = nil
		co.Panel.SetSurvey(nil)
		return
	}
	if co.found != nil && co.survey.Settled() && co.found.Level == level && sameComposite(co.about, s) {
		return // only other things changed
	}
	co.asked++
	co.survey.Make(co.sh, co.asked, func(ctx context.Context) surveyed {
		v, err := co.surveyor.Survey(ctx, s, level, co.sh.Targets.Resolution(s).Value)
		return surveyed{v, err}
	}, func(v surveyed) {
		if v.err == nil {
			co.warnOfClashes(v.found, s)
			co.found, co.about = v.found, s
			co.Panel.SetSurvey(v.found)
			co.showNode()
		}
		co.sh.Tell()
	})
}

// sameComposite tells whether two states have the same survey at one level.
func sameComposite(a, b document.State) bool {
	return a.Map == b.Map && a.Options.Resolution == b.Options.Resolution && slices.Equal(a.Accepted, b.Accepted) && slices.Equal(a.Layers, b.Layers)
}

// warnOfClashes says what the placements clash with that were accepted since
// the last survey.
func (co *Composer) warnOfClashes(v *work.Survey, s document.State) {
	if co.found == nil {
		return // the composite was opened as it is
	}
	isNew := func(i int) bool {
		return !slices.ContainsFunc(co.about.Accepted, func(a *document.Accepted) bool { // a round may have gone, or clusters re-formed
			return a.ID == s.Accepted[i].ID && a.Placement == s.Accepted[i].Placement
		})
	}
	for _, c := range v.Clashes[:v.TooNear()] {
		if isNew(c.A) || isNew(c.B) {
			co.sh.SayMore(fmt.Sprintf("%s clashes with %s, %d atoms are nearer than 2.5 Å (panel Compose)", s.CopyName(max(c.A, c.B)), s.CopyName(min(c.A, c.B)), len(c.Atoms)))
			return
		}
	}
}
