// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"slices"
	"strings"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
)

// ChangeOptions takes the options of the form. Tolerances of clusters also
// change what was found before.
func (co *Composer) ChangeOptions(o fitting.Options) {
	s := co.sh.Doc.State()
	old := s.Options
	if _, seen := co.stage.Level(); seen && o.Level != nil && (old.Level == nil || *o.Level != *old.Level) {
		if err := co.sh.Targets.Whole(s.Map).Profile().CheckLevel(*o.Level); err != nil {
			co.Options.Refuse(&fitting.OptionError{Option: "level", Msg: strings.TrimPrefix(panel.Reason(err), "level: ")})
			return
		}
	}
	tolerance := o.ClusterShift != old.ClusterShift || o.ClusterAngle != old.ClusterAngle
	found := slices.ContainsFunc(s.Rounds, func(r *document.Round) bool { return len(r.Fits) > 0 })
	if tolerance && found {
		co.sh.Edit("The tolerance was not changed", func() error { return co.sh.Doc.SetTolerance(o.ClusterShift, o.ClusterAngle) })
		old.ClusterShift, old.ClusterAngle = o.ClusterShift, o.ClusterAngle
		if o == old {
			return
		}
	}
	co.sh.Edit("The options were not changed", func() error { return co.sh.Doc.SetOptions("Change fit options", o) })
}

// AskResolution shows the form of the options, with the keyboard in the field of
// the resolution.
func (co *Composer) AskResolution() {
	co.sh.ShowTab(co.Options)
	co.sh.Canvas().Focus(co.Options.Resolution())
}

// AskLevel does that with the field of the level.
func (co *Composer) AskLevel() {
	co.sh.ShowTab(co.Options)
	co.sh.Canvas().Focus(co.Options.Level())
}

// refused tells whether a field of the options is not valid, and then says so and
// puts the keyboard there: what is to run would run with other values.
func (co *Composer) refused(what string) bool {
	field, text := co.Options.Wrong()
	if field == nil {
		return false
	}
	co.sh.ShowTab(co.Options)
	co.sh.Canvas().Focus(field)
	co.sh.Say(what + " did not run: " + text)
	return true
}

// wrong says that err keeps something from running, and puts the keyboard into
// the field of the panel that it is about; zeroing: that of zeroing out.
func (co *Composer) wrong(what string, zeroing bool, err error) {
	field := co.Panel.Wrong(zeroing)
	if field == nil {
		co.sh.Fail(what, err)
		return
	}
	co.sh.ShowTab(co.Panel)
	co.sh.Canvas().Focus(field)
	co.sh.Say(what + ": " + panel.Reason(err))
}
