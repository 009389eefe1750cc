// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"slices"

	"difffit/app/document"
	"difffit/fitting"
)

// ChangeOptions takes the options of the form. Tolerances of clusters also
// change what was found before.
func (co *Composer) ChangeOptions(o fitting.Options) {
	s := co.sh.Doc.State()
	old := s.Options
	if _, seen := co.stage.Level(); seen && o.Level != nil && (old.Level == nil || *o.Level != *old.Level) {
		if err := co.sh.Targets.Whole(s.Map).Profile().CheckLevel(*o.Level); err != nil {
			co.Options.SetOptions(old)
			co.sh.Fail("The level of the fit was not changed", err)
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
