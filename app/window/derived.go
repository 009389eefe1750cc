// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// derived is what follows from a state but takes time to make: the remaining
// map and its statistics. It is made beside the window and shown when it is
// there; until then the last one stays.
type derived struct {
	wanted  int // number of the latest request
	shown   int // number of what is shown
	base    *document.Map
	target  *fitting.Target // nil without a map
	profile *volume.Profile // of target
	whole   *volume.Profile // of the map as it was opened
	level   float64         // shown: what a person set, or the suggestion
}

// derive makes what follows from s.
func (w *window) derive(s document.State) {
	w.derived.wanted++
	n := w.derived.wanted
	if s.Map == nil {
		w.derived = derived{wanted: n, shown: n}
		w.showDerived(s)
		return
	}
	go func() {
		target := w.doc.Target(s)
		profile := target.Profile()
		whole := w.doc.Target(document.State{Map: s.Map}).Profile()
		w.do(func() {
			if n != w.derived.wanted || w.quitting {
				return
			}
			frame := s.Map != w.derived.base
			w.derived = derived{wanted: n, shown: n, base: s.Map, target: target, profile: profile, whole: whole}
			w.showDerived(w.doc.State())
			if frame {
				w.frame()
				w.findFacts(s.Map)
			}
			w.next()
		})
	}()
}

// findFacts estimates the resolution of a map that was opened, and shows it.
func (w *window) findFacts(m *document.Map) {
	go func() {
		whole := w.doc.Target(document.State{Map: m})
		facts := &panel.MapFacts{Profile: whole.Profile(), Resolution: whole.Resolution()}
		w.do(func() {
			if w.doc.State().Map == m {
				w.inputs.SetFacts(facts)
			}
		})
	}()
}

// showDerived shows the level and the picture.
func (w *window) showDerived(s document.State) {
	w.showLevel(s)
	w.makeMaps()
	w.showMaps()
	w.showScene()
	w.surveyed(s)
	w.tell()
}

// showLevel shows the contour level: the one that was set, or the suggestion
// for the map as it was opened, so that it does not move when density is zeroed.
func (w *window) showLevel(s document.State) {
	d := &w.derived
	if d.profile == nil {
		d.level = 0
		w.level.SetState(panel.LevelState{})
		return
	}
	state := w.levelState(s)
	state.Value, state.Auto = state.Suggested.Value, true
	if s.Options.Level != nil {
		state.Value, state.Auto = *s.Options.Level, false
	}
	d.level = state.Value
	w.level.SetState(state)
}

// settled tells whether all that was asked for is shown.
func (w *window) settled() bool {
	c := &w.composer
	return w.derived.shown == w.derived.wanted && !w.made.busy() && c.survey.settled() && c.preview.settled()
}

// previewLevel shows a level while it is being chosen.
func (w *window) previewLevel(v float64) {
	w.derived.level = v
	w.showScene()
}

// setLevel makes v the level of the next fit; nil goes back to the suggestion.
func (w *window) setLevel(v *float64) {
	o := w.doc.State().Options
	if v == nil && o.Level == nil || v != nil && o.Level != nil && *v == *o.Level {
		return
	}
	o.Level = v
	label := "Change level"
	if v == nil {
		label = "Use suggested level"
	}
	w.try("The level was not changed", w.doc.SetOptions(label, o))
}

// levelWheel raises the level by notches of a wheel, each a fifteenth of the
// way down to the mean.
func (w *window) levelWheel(notches float64) {
	d := w.derived
	if d.profile == nil {
		return
	}
	step := max(d.profile.SD/4, (d.level-d.profile.Mean)/15)
	v := max(d.profile.Min, min(d.profile.Max, d.level+notches*step))
	w.previewLevel(v)
	w.tellLevel(v)
	if w.wheel != nil {
		w.wheel.Stop()
	}
	w.wheel = time.AfterFunc(wheelRest, func() { w.do(func() { w.setLevel(&v) }) })
}

// levelState is what the panel Level shows of s, but for the value.
func (w *window) levelState(s document.State) panel.LevelState {
	d := &w.derived
	return panel.LevelState{Profile: d.profile, Suggested: d.whole.SuggestLevel(s.Masses()...), Remaining: s.IsZeroed()}
}

// tellLevel says in the panel Level what a level means, while it moves.
func (w *window) tellLevel(v float64) {
	state := w.levelState(w.doc.State())
	state.Value = v
	w.level.SetState(state)
}

// wheelRest is how long the wheel rests before the level counts as chosen.
const wheelRest = 400 * time.Millisecond

// changeOptions takes the options of the form. Tolerances of clusters also
// change what was found before.
func (w *window) changeOptions(o fitting.Options) {
	s := w.doc.State()
	old := s.Options
	tolerance := o.ClusterShift != old.ClusterShift || o.ClusterAngle != old.ClusterAngle
	found := slices.ContainsFunc(s.Rounds, func(r *document.Round) bool { return len(r.Fits) > 0 })
	if tolerance && found {
		w.edit("The tolerance was not changed", func() error { return w.doc.SetTolerance(o.ClusterShift, o.ClusterAngle) })
		old.ClusterShift, old.ClusterAngle = o.ClusterShift, o.ClusterAngle
		if o == old {
			return
		}
	}
	w.edit("The options were not changed", func() error { return w.doc.SetOptions("Change fit options", o) })
}
