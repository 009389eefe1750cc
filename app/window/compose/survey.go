// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/work"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
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
		co.Options.SetLevel(volume.Level{}, nil)
		return
	}
	co.Options.SetLevel(co.sh.Targets.Level(s), co.sh.Targets.Whole(s.Map).Profile()) // which the stage has made
	co.showLive(s)
	co.survey.Make(co.sh, surveyKeyOf(s, level), func(ctx context.Context) surveyed {
		v, err := co.surveyor.Survey(ctx, s, level, co.sh.Targets.Resolution(s).Value)
		return surveyed{v, err}
	}, func(v surveyed) {
		if v.err == nil {
			co.warnOfClashes(v.found, s)
			co.found, co.about = v.found, s
			co.Panel.SetSurvey(v.found)
			co.showNode()
			co.sh.Enable()
		}
	})
}

// A surveyKey tells what a survey is made of.
type surveyKey struct {
	base             *document.Map
	level            float64 // contour level, in the units of the map
	resolution       float64 // that the document states, ångström; 0 without one
	accepted, layers any     // lists of them
	models           any     // list of those of their structures
}

func surveyKeyOf(s document.State, level float64) surveyKey {
	var models []*mol.Structure
	add := func(structure int) {
		if t := s.Structure(structure); t != nil {
			models = append(models, t.Model)
		}
	}
	for _, a := range s.Accepted {
		add(a.Structure)
	}
	for _, l := range s.Layers {
		add(l.Structure)
	}
	return surveyKey{s.Map, level, s.Options.Resolution, work.ListKey(s.Accepted), work.ListKey(s.Layers), work.ListKey(models)}
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
			co.sh.SayMore(fmt.Sprintf("%s clashes with %s, %s nearer than %g Å (panel Compose)", s.CopyName(max(c.A, c.B)), s.CopyName(min(c.A, c.B)), panel.Plural(len(c.Atoms), "atom"), compose.Contact))
			return
		}
	}
}
