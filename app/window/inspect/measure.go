// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/marks"
	"difffit/app/view/residues"
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
	torsionMode  mode = 4
)

var modeNames = map[mode]string{distanceMode: "Distance", angleMode: "Angle", torsionMode: "Torsion"}

// note keeps the atom that was clicked on, and tells whether it was one.
func (in *Inspector) note(scene render.Scene, hit render.Hit, ok bool) (residues.Atom, bool) {
	p, atom := hitPlace(scene, hit)
	if !ok || !atom {
		return residues.Atom{}, false
	}
	a := residues.Atom{Copy: p, Index: hit.Atom}
	in.last = &a
	return a, true
}

// marks returns what lies over a picture: measures, and one that is being made, and
// the names of what is selected.
func (in *Inspector) marks(molecules []render.Molecule) []marks.Mark {
	list := residues.Marks(in.measures, molecules)
	for i, a := range in.clicked {
		if at, ok := a.At(molecules); ok {
			list = append(list, marks.Mark{Places: []r3.Vec{at}, Words: strconv.Itoa(i + 1)})
		}
	}
	if in.labels {
		list = append(list, in.selection.Labels(molecules, &in.lists)...)
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
		in.add(residues.Measure(in.clicked))
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
		in.add(residues.Measure{*from, to})
		in.Shown()
	}
}

// add shows a measure, and says it.
func (in *Inspector) add(m residues.Measure) {
	in.measures = append(in.measures, m)
	if text := in.told(m); text != "" {
		in.sh.Say(text)
		in.sh.Note(text)
	}
	in.sh.Enable()
}

// told tells what a measure is, "" if not all of its atoms are seen.
func (in *Inspector) told(m residues.Measure) string {
	at, ok := m.In(in.stage.Viewport().Scene().Molecules)
	if !ok {
		return ""
	}
	var names []string
	for _, a := range m {
		names = append(names, a.String())
	}
	if len(m) == 3 {
		return fmt.Sprintf("%s at %s between %s and %s", m.Words(at), names[1], names[0], names[2])
	}
	return m.Words(at) + " from " + strings.Join(names, " to ")
}

// dropMeasures removes those that have to do with some copies.
func (in *Inspector) dropMeasures(gone func(residues.Copy) bool) {
	has := func(m []residues.Atom) bool {
		return slices.ContainsFunc(m, func(a residues.Atom) bool { return gone(a.Copy) })
	}
	in.measures = slices.DeleteFunc(in.measures, func(m residues.Measure) bool { return has(m) })
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

// MeasuresTorsion tells whether clicks are for a torsion.
func (in *Inspector) MeasuresTorsion() bool { return in.mode == torsionMode }

// ToggleTorsion lets clicks measure torsions, or select again.
func (in *Inspector) ToggleTorsion() { in.setMode(torsionMode) }

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
func (in *Inspector) RemoveLast() { in.Remove(len(in.measures) - 1) }

// RemoveAll removes all measures.
func (in *Inspector) RemoveAll() {
	in.measures, in.clicked = nil, nil
	in.Shown()
	in.sh.Enable()
}
