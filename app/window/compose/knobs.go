// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"fmt"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting/volume"
)

// How far level and resolution can be dragged, about what the program chooses by
// itself; the form takes any value. The level goes up to highSigmas standard
// deviations above the mean at least.
const (
	leastOfLevel, mostOfLevel           = 0.25, 6
	highSigmas                          = 4
	leastOfResolution, mostOfResolution = 0.5, 3
	highest                             = 0.95 // of the maximum of the map
)

// followState is how the table follows, for the form.
func (co *Composer) followState(s document.State) panel.FollowState {
	lv := &co.live
	f := panel.FollowState{On: lv.on, Why: co.notLive(s), Said: lv.off}
	if _, seen := co.stage.Level(); s.Map == nil || !seen { // until then statistics of the map would have to be made here
		return f
	}
	if lv.on && lv.took > 0 {
		f.Said = fmt.Sprintf("The latest live fit took %s.", seconds(lv.took))
	}
	whole := co.sh.Targets.Whole(s.Map)
	p := whole.Profile()
	at, own := co.sh.Targets.Level(s).Value, whole.Level(s.Masses()...).Value
	if own <= 0 {
		own = p.Max / 100
	}
	top := min(highest*p.Max, max(mostOfLevel*own, p.Mean+highSigmas*p.SD))
	f.Level = panel.Knob{Least: min(leastOfLevel*own, at), Most: max(top, at), Value: at}
	r, estimated := co.sh.Targets.Resolution(s).Value, whole.Resolution().Value
	f.Resolution = panel.Knob{
		Least: min(r, max(volume.FinestResolution, leastOfResolution*estimated)),
		Most:  max(r, min(volume.CoarsestResolution, mostOfResolution*estimated)), Value: r,
	}
	if !(f.Level.Least > 0) || !(f.Level.Most > f.Level.Least) {
		f.Level = panel.Knob{}
	}
	return f
}
