// SPDX-License-Identifier: BSD-3-Clause

package models

import (
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// mover moves the models that are selected, for the viewport.
type mover struct{ m *Models }

// Center returns the centroid of the atoms that are moved.
func (v mover) Center() (r3.Vec, bool) {
	models := v.m.moved
	if models == nil {
		models = v.m.active()
	}
	s := v.m.sh.Doc.State()
	var sum r3.Vec
	atoms := 0.0
	for _, at := range models {
		if t := s.Structure(at.Structure); t != nil {
			n := float64(len(t.Model.Atoms))
			sum = r3.Add(sum, r3.Scale(n, at.Motion.Apply(t.Center(mol.AllAtoms))))
			atoms += n
		}
	}
	if atoms == 0 {
		return r3.Vec{}, false
	}
	return r3.Scale(1/atoms, sum), true
}

// Move shows the models elsewhere. The document has them there when the movement
// ends, so that it is one step.
func (v mover) Move(shift, turn r3.Vec) {
	m := v.m
	if m.moved == nil && !m.begin() {
		return
	}
	center, ok := v.Center()
	if !ok {
		return
	}
	step := geom.About(geom.Exp(turn), center, r3.Add(center, shift))
	m.moved = slices.Clone(m.moved)
	for i := range m.moved {
		m.moved[i].Motion = m.moved[i].Motion.Then(step)
	}
	m.stage.Show()
	m.whenRested()
}

// begin begins a movement. A placement of the table is moved as its structure,
// which goes there: what was found stays as it is.
func (m *Models) begin() bool {
	if m.sh.MustWait("Move") {
		return false
	}
	models := m.active()
	if len(models) == 0 {
		return false
	}
	m.moved = models
	m.stage.HoldCamera()
	if len(m.inputs.Selected()) == 0 { // a placement, or the only structure
		m.sh.Doc.Select(document.ClusterID{})
		m.inputs.Select(ids(models)...)
	}
	return true
}

// Moved makes a step of the movement.
func (v mover) Moved() {
	m := v.m
	to := m.moved
	m.moved = nil
	if to == nil {
		return
	}
	if m.resting != nil {
		m.resting.timer.Stop()
		m.resting = nil
	}
	before := m.sh.Doc.Revision()
	if err := m.sh.Doc.Move(to...); err != nil {
		m.sh.Fail("It was not moved", err)
	}
	if m.sh.Doc.Revision() == before {
		m.stage.Show() // where they are
	}
}

// MoveHere puts the models that are selected to the centre of view, as they are
// turned: the way to the map for one that lies far from it.
func (m *Models) MoveHere() {
	center, ok := mover{m}.Center()
	if !ok || !m.begin() {
		return
	}
	mover{m}.Move(r3.Sub(m.stage.Viewport().Camera().Target, center), r3.Vec{})
	mover{m}.Moved()
}

// ToggleMoving lets mouse and keys move models, or the point of view again.
func (m *Models) ToggleMoving() { m.SetMoving(!m.Moving()) }

// Moving tells whether mouse and keys move models.
func (m *Models) Moving() bool { return m.stage.Viewport().Moving }

// SetMoving says whether mouse and keys move models.
func (m *Models) SetMoving(on bool) {
	models := m.active()
	if on && len(models) == 0 {
		m.sh.Say("Select what is to be moved: structures in the panel Inputs, or a placement in the table")
		return
	}
	v := m.stage.Viewport()
	v.Moving = on
	m.inputs.SetMoving(on)
	m.showMode()
	m.sh.Enable()
	if !on {
		m.sh.Say("Mouse and keys move the point of view")
		return
	}
	m.sh.Canvas().Focus(v)
	m.sh.Say("Moving " + m.names(models) + ": drag with the right button, with Shift it turns; arrows move 1 Å, with Shift turn 5°, with Alt a tenth; F9 fits it in the map, M ends")
}
