// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
)

// showLevel shows the contour level: the one that was set, or the suggestion
// for the map as it was opened, so that it does not move when density is zeroed.
func (st *Stage) showLevel(s document.State) {
	d := &st.derived
	if d.profile == nil {
		d.level = 0
		st.LevelPanel.SetState(panel.LevelState{})
		return
	}
	state := st.levelState(s)
	state.Value, state.Auto = state.Suggested.Value, true
	if s.Options.Level != nil {
		state.Value, state.Auto = *s.Options.Level, false
	}
	d.level = state.Value
	st.LevelPanel.SetState(state)
	st.table.ShowInside()
}

// previewLevel shows a level while it is being chosen: in the scenes that are
// shown, without making them anew.
func (st *Stage) previewLevel(v float64) {
	st.derived.level = v
	st.table.ShowInside()
	volumes := st.maps.volumes(st.sh.Doc.State(), nil)
	for _, p := range st.table.Pictures() {
		scene := p.Scene()
		if len(scene.Volumes) < len(volumes) { // of another state
			st.Show()
			return
		}
		scene.Volumes = slices.Clone(scene.Volumes)
		for i, m := range volumes { // the maps come first in each scene
			scene.Volumes[i].Level = m.Level
		}
		p.SetScene(scene)
	}
}

// SetLevel makes v the level of the next fit; nil goes back to the suggestion.
func (st *Stage) SetLevel(v *float64) {
	o := st.sh.Doc.State().Options
	if v == nil && o.Level == nil || v != nil && o.Level != nil && *v == *o.Level {
		return
	}
	o.Level = v
	label := "Change level"
	if v == nil {
		label = "Use suggested level"
	}
	st.sh.Try("The level was not changed", st.sh.Doc.SetOptions(label, o))
}

// turnLevel raises the level by notches of a wheel, each a fifteenth of the
// way down to the mean.
func (st *Stage) turnLevel(notches float64) {
	d := st.derived
	if d.profile == nil {
		return
	}
	step := max(d.whole.SD/4, (d.level-d.whole.Mean)/15)
	v := max(d.profile.Min, min(d.profile.Max, d.level+notches*step))
	st.previewLevel(v)
	st.tellLevel(v)
	if st.wheel != nil {
		st.wheel.Stop()
	}
	st.wheel = time.AfterFunc(wheelRest, func() { st.sh.Do(func() { st.SetLevel(&v) }) })
}

// levelState is what the panel Level shows of s, but for the value.
func (st *Stage) levelState(s document.State) panel.LevelState {
	d := &st.derived
	return panel.LevelState{Profile: d.profile, Whole: d.whole, Suggested: d.whole.SuggestLevel(s.Masses()...), Remaining: s.IsZeroed()}
}

// tellLevel says in the panel Level what a level means, while it moves.
func (st *Stage) tellLevel(v float64) {
	state := st.levelState(st.sh.Doc.State())
	state.Value = v
	st.LevelPanel.SetState(state)
}

// wheelRest is how long the wheel rests before the level counts as chosen.
const wheelRest = 400 * time.Millisecond
