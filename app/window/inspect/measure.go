// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/viewport"
	"difffit/render"
)

// A mode says what clicks in the picture are for: so many of them make a measure.
type mode int

// Modes.
const (
	noMode       mode = 0
	distanceMode mode = 2
	angleMode    mode = 3
)

var modeNames = map[mode]string{distanceMode: "Distance", angleMode: "Angle"}

// An anchor is an atom that was clicked on.
type anchor struct {
	place
	atom int
}

// at returns where an anchor is in a scene, and whether it is seen there.
func (a anchor) at(molecules []render.Molecule) (r3.Vec, bool) {
	if m := a.in(molecules); m != nil {
		return m.Motions[0].Apply(a.model.Atoms[a.atom].Pos), true
	}
	return r3.Vec{}, false
}

// String names an anchor.
func (a anchor) String() string {
	t := a.model.Atoms[a.atom]
	return fmt.Sprintf("%s /%s %s %d%s %s", a.model.Name, t.Chain, t.Residue, t.Seq, t.Insert, t.Name)
}

// note keeps the atom that was clicked on, and tells whether it was one.
func (in *Inspector) note(scene render.Scene, hit render.Hit, ok bool) (anchor, bool) {
	p, atom := hitPlace(scene, hit)
	if !ok || !atom {
		return anchor{}, false
	}
	a := anchor{p, hit.Atom}
	in.last = &a
	return a, true
}

// A measure is a distance between two anchors, or the angle at the second of
// three.
type measure []anchor

// words returns what is measured at some places.
func words(at []r3.Vec) string {
	if len(at) == 2 {
		return fmt.Sprintf("%.2f Å", r3.Norm(r3.Sub(at[0], at[1])))
	}
	a, b := r3.Sub(at[0], at[1]), r3.Sub(at[2], at[1])
	cos := r3.Dot(a, b) / (r3.Norm(a) * r3.Norm(b))
	return fmt.Sprintf("%.1f°", math.Acos(min(max(cos, -1), 1))*180/math.Pi)
}

// in returns where the anchors of a measure are in a scene, and whether all are
// seen.
func (m measure) in(molecules []render.Molecule) ([]r3.Vec, bool) {
	var at []r3.Vec
	for _, a := range m {
		p, ok := a.at(molecules)
		if !ok {
			return nil, false
		}
		at = append(at, p)
	}
	return at, true
}

// measured returns what is drawn of measures, and of one that is being made.
func (in *Inspector) measured(molecules []render.Molecule) []viewport.Mark {
	var list []viewport.Mark
	for _, m := range in.measures {
		if at, ok := m.in(molecules); ok {
			list = append(list, viewport.Mark{Places: at, Words: words(at)})
		}
	}
	for i, a := range in.clicked {
		if at, ok := a.at(molecules); ok {
			list = append(list, viewport.Mark{Places: []r3.Vec{at}, Words: strconv.Itoa(i + 1)})
		}
	}
	return list
}

// Picked takes a click in a picture: in a mode it is for a measure, and nothing
// else is done with it. It tells whether that was so.
func (in *Inspector) Picked(v *viewport.Viewport, hit render.Hit, ok bool) bool {
	if in.mode == noMode {
		in.note(v.Scene(), hit, ok)
		return false
	}
	a, ok := in.note(v.Scene(), hit, ok)
	if !ok {
		in.sh.Say("No atom is there: " + modeNames[in.mode] + " is measured between atoms")
		return true
	}
	in.clicked = append(in.clicked, a)
	if len(in.clicked) == int(in.mode) {
		in.add(measure(in.clicked))
		in.clicked = nil
	}
	in.Shown()
	in.showMode()
	return true
}

// PickedWith takes a click with keys held: with Shift it measures from what was
// clicked on before, with Ctrl it selects the residue.
func (in *Inspector) PickedWith(v *viewport.Viewport, hit render.Hit, ok bool, held fyne.KeyModifier) {
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	switch {
	case held&ctrl != 0:
		in.selectResidue(v.Scene(), hit, ok, held&shift != 0)
		in.note(v.Scene(), hit, ok)
	case held == shift:
		from := in.last
		to, ok := in.note(v.Scene(), hit, ok)
		if from == nil || !ok {
			in.sh.Say("Click on an atom, then with Shift on another: their distance is shown")
			return
		}
		in.add(measure{*from, to})
		in.Shown()
	}
}

// add shows a measure, and says it.
func (in *Inspector) add(m measure) {
	in.measures = append(in.measures, m)
	if at, ok := m.in(in.stage.Viewport().Scene().Molecules); ok {
		text := words(at) + " from " + m[0].String() + " to " + m[1].String()
		if len(m) == 3 {
			text = fmt.Sprintf("%s at %s between %s and %s", words(at), m[1], m[0], m[2])
		}
		in.sh.Say(text)
		in.sh.Note(text)
	}
	in.sh.Enable()
}

// dropMeasures removes those that have to do with some copies.
func (in *Inspector) dropMeasures(gone func(place) bool) {
	has := func(m []anchor) bool { return slices.ContainsFunc(m, func(a anchor) bool { return gone(a.place) }) }
	in.measures = slices.DeleteFunc(in.measures, func(m measure) bool { return has(m) })
	if has(in.clicked) {
		in.clicked = nil
	}
}

// Measures returns how many there are.
func (in *Inspector) Measures() int { return len(in.measures) }

// MeasuresDistance and MeasuresAngle tell what clicks are for.
func (in *Inspector) MeasuresDistance() bool { return in.mode == distanceMode }

// MeasuresAngle tells whether clicks are for an angle.
func (in *Inspector) MeasuresAngle() bool { return in.mode == angleMode }

// ToggleDistance lets clicks measure distances, or select again.
func (in *Inspector) ToggleDistance() { in.setMode(distanceMode) }

// ToggleAngle lets clicks measure angles, or select again.
func (in *Inspector) ToggleAngle() { in.setMode(angleMode) }

// setMode begins a mode, or ends it if it is on.
func (in *Inspector) setMode(m mode) {
	if in.mode == m {
		m = noMode
	}
	in.mode, in.clicked = m, nil
	in.Shown()
	in.showMode()
	in.sh.Enable()
}

// showMode says over the picture what clicks are for.
func (in *Inspector) showMode() {
	for _, v := range in.table.Pictures() {
		if in.mode == noMode {
			v.SetMode("")
			continue
		}
		v.SetMode(fmt.Sprintf("%s: click on atom %d of %d; Esc ends", modeNames[in.mode], len(in.clicked)+1, in.mode))
	}
}

// End ends a mode, or selects no residue, and tells whether there was either.
func (in *Inspector) End() bool {
	switch {
	case in.mode != noMode:
		in.setMode(in.mode)
	case in.Count() > 0:
		in.Clear()
	default:
		return false
	}
	return true
}

// RemoveLast removes the measure that was made last.
func (in *Inspector) RemoveLast() {
	if n := len(in.measures); n > 0 {
		in.measures = in.measures[:n-1]
		in.Shown()
		in.sh.Enable()
	}
}

// RemoveAll removes all measures.
func (in *Inspector) RemoveAll() {
	in.measures, in.clicked = nil, nil
	in.Shown()
	in.sh.Enable()
}
