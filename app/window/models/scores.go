// SPDX-License-Identifier: BSD-3-Clause

package models

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A settingKey is what scores depend on besides the model and where it stands.
type settingKey struct {
	density    *document.Map
	stated     bool
	level      float64 // if it is stated
	masses     any     // by which it is suggested else, in the order of the structures
	resolution float64
	atoms      mol.Selection
	island     int
}

// A standKey is what it depends on how good a structure is where it stands.
type standKey struct {
	settingKey
	model  *mol.Structure
	motion geom.Rigid
}

// A scoresKey names what is measured together.
type scoresKey struct{ all any }

func settingOf(s document.State) settingKey {
	k := settingKey{density: s.Map, resolution: s.Options.Resolution, atoms: s.Options.Atoms, island: s.Options.MinIsland}
	if l := s.Options.Level; l != nil {
		k.stated, k.level = true, *l
	} else {
		k.masses = work.ListKey(s.Masses())
	}
	return k
}

// rated returns the models of which it is told how good they are: those of a
// document with a few structures, else those that are selected.
func (m *Models) rated(s document.State) []document.Standing {
	var list []document.Standing
	wanted := m.inputs.Selected()
	for _, t := range s.Structures {
		if len(s.Structures) > mostShown && !slices.Contains(wanted, t.ID) {
			continue
		}
		at := document.Standing{Structure: t.ID, Motion: t.Stands()}
		for _, d := range m.moved {
			if d.Structure == t.ID {
				at = d
			}
		}
		list = append(list, at)
		if len(list) == mostShown {
			break
		}
	}
	return list
}

// measure finds out beside the window how good models are where they stand, and
// shows it as it comes.
func (m *Models) measure(s document.State) {
	if s.Map == nil {
		m.scores.Forget()
		m.showScores(s)
		return
	}
	setting, list := settingOf(s), m.rated(s)
	var missing []document.Standing
	var keys []standKey
	for _, at := range list {
		key := standKey{setting, s.Structure(at.Structure).Model, at.Motion}
		if _, ok := m.measured[key]; !ok {
			missing, keys = append(missing, at), append(keys, key)
		}
	}
	m.showScores(s)
	if len(missing) == 0 {
		return
	}
	if len(m.measured) >= mostKept {
		clear(m.measured)
	}
	m.scores.Make(m.sh, scoresKey{work.ListKey(keys)}, func(ctx context.Context) bool {
		target, level := m.sh.Targets.Whole(s.Map), m.sh.Targets.Level(s)
		for i, at := range missing {
			if ctx.Err() != nil {
				return false
			}
			stand := measureOne(ctx, s, target, level, at)
			m.sh.Do(func() {
				if ctx.Err() == nil && !m.sh.Quitting {
					m.measured[keys[i]] = stand
					m.showScores(m.sh.Doc.State())
				}
			})
		}
		return true
	}, func(bool) { m.tellOutside() })
}

func measureOne(ctx context.Context, s document.State, target *fitting.Target, level volume.Level, at document.Standing) panel.Stand {
	t := s.Structure(at.Structure)
	found, err := work.Measure(ctx, s.Map, target, s.Options, level, t, at.Motion)
	return panel.Stand{Stand: found, Err: err, Moved: at.Motion != geom.Identity()}
}

// showScores shows what is known of how good models are where they stand.
func (m *Models) showScores(s document.State) {
	stands := map[int]panel.Stand{}
	if s.Map != nil {
		setting := settingOf(s)
		for _, at := range m.rated(s) {
			if stand, ok := m.measured[standKey{setting, s.Structure(at.Structure).Model, at.Motion}]; ok {
				stands[at.Structure] = stand
			}
		}
	}
	m.inputs.SetStands(stands)
	m.showMode()
}

// tellOutside says which of the models that nobody has moved or placed lie outside
// the map, once for each: they are not seen in it.
func (m *Models) tellOutside() {
	s := m.sh.Doc.State()
	var far []string
	for _, at := range m.rated(s) {
		t := s.Structure(at.Structure)
		stand, ok := m.measured[standKey{settingOf(s), t.Model, at.Motion}]
		key := toldKey{s.Map, t.Model}
		if !ok || !(stand.Outside > 0) || t.IsMoved() || s.Placed(t.ID) > 0 || m.told[key] {
			continue
		}
		m.told[key] = true
		far = append(far, fmt.Sprintf("%s lies %.0f Å outside the map", t.Model.Name, math.Ceil(stand.Outside)))
	}
	switch len(far) {
	case 0:
	case 1:
		m.sh.Say(far[0] + ": the button in its row of Inputs shows it; Fit looks for its place")
	default:
		m.sh.Say(fmt.Sprintf("%d structures lie outside the map, the first of them: %s. The buttons in their rows of Inputs show them; Fit looks for their places", len(far), far[0]))
	}
}

// A toldKey is what was said to lie outside of what.
type toldKey struct {
	density *document.Map
	model   *mol.Structure
}

// restTime is how long a movement rests before it is measured.
const restTime = 200 * time.Millisecond

// resting waits until a movement rests.
type resting struct{ timer *time.Timer }

// whenRested measures the models soon, unless they are moved again before.
func (m *Models) whenRested() {
	if m.resting != nil {
		m.resting.timer.Stop()
	}
	r := &resting{}
	r.timer = time.AfterFunc(restTime, func() {
		m.sh.Do(func() {
			if m.resting == r && !m.sh.Quitting {
				m.measure(m.sh.Doc.State())
			}
		})
	})
	m.resting = r
}

// showMode tells in the picture that models are moved, and how good they are.
func (m *Models) showMode() {
	v := m.stage.Viewport()
	models := m.active()
	if m.moved != nil {
		models = m.moved
	}
	if !v.Moving && m.moved == nil || len(models) == 0 {
		v.SetMode("")
		return
	}
	text := "Moving " + m.names(models)
	if stand, ok := m.standOf(models[0]); ok && len(models) == 1 && stand.Err == nil {
		text += "   " + panel.Quality(stand.Placement)
		if stand.Outside > 0 {
			text = fmt.Sprintf("Moving %s   %.0f Å outside the map", m.names(models), math.Ceil(stand.Outside))
		}
	}
	v.SetMode(text)
}

// standOf returns how good a model is at a place, if that is known.
func (m *Models) standOf(at document.Standing) (panel.Stand, bool) {
	s := m.sh.Doc.State()
	t := s.Structure(at.Structure)
	if s.Map == nil || t == nil {
		return panel.Stand{}, false
	}
	stand, ok := m.measured[standKey{settingOf(s), t.Model, at.Motion}]
	return stand, ok
}
