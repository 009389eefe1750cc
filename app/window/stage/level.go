// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"weak"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// levels are the contour levels at which maps are seen. That of a map is chosen
// once, when the map is first seen; from then on a person alone moves it, and
// undo does not: it belongs to the picture, as the point of view does
// (docs/adr/0019-displayed-level.md).
type levels struct {
	offer shell.Latest[offerKey, offer]
	were  map[weak.Pointer[document.Map]]*volume.Level // of maps that were seen before
	taken func() volume.Level                          // of a session that is being opened; nil to choose one
}

// An offer is the level that the rule of the first sight gives now.
type offer struct {
	base  *document.Map
	level volume.Level
}

// An offerKey tells what an offer is made of.
type offerKey struct {
	base             *document.Map
	resolution       float64 // that the document states
	models, accepted any     // lists of them
}

// offerLevel finds the level for what is opened and placed now. A map that is
// not seen yet is shown at it.
func (st *Stage) offerLevel(s document.State) {
	if s.Map == nil {
		st.levels.offer.Forget()
		return
	}
	var models []*mol.Structure
	for _, t := range s.Fitted() {
		for range max(1, t.Copies) {
			models = append(models, t.Model)
		}
	}
	key := offerKey{s.Map, s.Options.Resolution, work.ListKey(models), work.ListKey(s.Accepted)}
	st.levels.offer.Make(st.sh, key, func(ctx context.Context) offer {
		level, err := st.sh.Targets.FirstLevel(ctx, s)
		if err != nil { // cancelled
			level = st.sh.Targets.Whole(s.Map).Profile().DisplayLevel()
		}
		return offer{s.Map, level}
	}, func(offer) {
		if !st.reveal() {
			st.showLevel(st.sh.Doc.State())
		}
	})
}

// reveal shows a map that was not seen before, when what it needs is there, and
// tells whether it did.
func (st *Stage) reveal() bool {
	d := &st.derived
	if d.base == nil || st.revealed == d.base {
		return false
	}
	lv := &st.levels
	level := lv.were[weak.Make(d.base)]
	switch {
	case lv.taken != nil:
		l := lv.taken()
		level, lv.taken = &l, nil
	case level == nil && lv.offer.Value.base == d.base && lv.offer.Settled():
		l := lv.offer.Value.level
		level = &l
	case level == nil:
		return false
	}
	st.revealed = d.base
	st.keepLevel(*level)
	st.showDerived(st.sh.Doc.State())
	st.frame()
	st.OnMap(d.base)
	if d.whole.IsFlat() {
		st.sh.Fail("There is nothing to be seen in this map", flatError(d.base, d.whole))
	}
	return true
}

// flatError says why a map has no density.
func flatError(m *document.Map, p *volume.Profile) error {
	if p.Voxels == 0 {
		return fmt.Errorf("%s: none of its %d voxels is a finite number: want densities", m.Name, len(m.Grid.Data))
	}
	return fmt.Errorf("%s: all of its %d voxels are %g: want densities that differ", m.Name, p.Voxels, p.Max)
}

// keepLevel makes the level that of the map that is shown.
func (st *Stage) keepLevel(l volume.Level) {
	st.derived.level, st.maps.seen.Contour = l.Value, &l
	if st.levels.were == nil {
		st.levels.were = map[weak.Pointer[document.Map]]*volume.Level{}
	}
	for m := range st.levels.were { // what nobody has any more
		if m.Value() == nil {
			delete(st.levels.were, m)
		}
	}
	st.levels.were[weak.Make(st.derived.base)] = &l
}

// showLevel shows the contour level.
func (st *Stage) showLevel(s document.State) {
	d := &st.derived
	if d.profile == nil || st.maps.seen.Contour == nil {
		d.level = 0
		st.LevelPanel.SetState(panel.LevelState{})
		return
	}
	d.level = st.maps.seen.Contour.Value
	st.tellLevel(s, d.level)
	st.table.ShowInside()
}

// previewLevel shows a level while it is being chosen: in the scenes that are
// shown, without making them anew.
func (st *Stage) previewLevel(v float64) {
	st.derived.level = v
	volumes := st.maps.volumes(nil, nil)
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

// SetLevel shows the map at v; nil takes the level that is offered. One at which
// nothing or all would be seen is refused, and said.
func (st *Stage) SetLevel(v *float64) {
	d := &st.derived
	if d.profile == nil || v == nil && st.levels.offer.Value.base != d.base {
		return
	}
	level := st.levels.offer.Value.level
	if v != nil {
		level = volume.StatedLevel(*v)
	}
	if err := d.whole.CheckLevel(level.Value); err != nil {
		st.refuse(err)
		st.showDerived(st.sh.Doc.State()) // as it was
		return
	}
	if is := st.maps.seen.Contour; is != nil && *is == level && d.level == level.Value {
		return
	}
	st.keepLevel(level)
	st.showDerived(st.sh.Doc.State())
}

// refuse says why the level stays as it is.
func (st *Stage) refuse(err error) {
	st.sh.Say("The level was not changed: " + strings.TrimPrefix(panel.Reason(err), "level: "))
}

// turnLevel raises the level by notches of a wheel, each a fifteenth of the
// way down to the mean.
func (st *Stage) turnLevel(notches float64) {
	d := st.derived
	if d.profile == nil {
		return
	}
	step := max(d.whole.SD/4, (d.level-d.whole.Mean)/15)
	v := d.level + notches*step
	if err := d.whole.CheckLevel(v); err != nil { // the end is reached
		st.refuse(err)
		return
	}
	st.previewLevel(v)
	st.tellLevel(st.sh.Doc.State(), v)
	if st.wheel != nil {
		st.wheel.Stop()
	}
	st.wheel = time.AfterFunc(wheelRest, func() { st.sh.Do(func() { st.SetLevel(&v) }) })
}

// tellLevel says in the panel Level what a level means, also while it moves.
func (st *Stage) tellLevel(s document.State, v float64) {
	d, offered := &st.derived, st.levels.offer.Value
	state := panel.LevelState{Profile: d.profile, Whole: d.whole, Value: v, Suggested: *st.maps.seen.Contour, Remaining: s.IsZeroed(), Auto: true}
	if offered.base == d.base {
		state.Suggested, state.Auto = offered.level, v == offered.level.Value
	}
	st.LevelPanel.SetState(state)
}

// wheelRest is how long the wheel rests before the level counts as chosen.
const wheelRest = 400 * time.Millisecond
