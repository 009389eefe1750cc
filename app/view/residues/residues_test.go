// SPDX-License-Identifier: BSD-3-Clause

package residues

import (
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document/documenttest"
	"difffit/app/view"
	"difffit/fitting/geom"
	"difffit/render"
)

// Angles have the sense that the IUPAC gives torsions.
func TestWords(t *testing.T) {
	o, x, y, z := r3.Vec{}, r3.Vec{X: 1}, r3.Vec{Y: 1}, r3.Vec{Z: 1}
	tests := []struct {
		at   []r3.Vec
		want string
	}{
		{[]r3.Vec{o, {X: 3, Y: 4}}, "5.00 Å"},
		{[]r3.Vec{x, o, y}, "90.0°"},
		{[]r3.Vec{x, o, {X: 2}}, "0.0°"},
		{[]r3.Vec{x, o, {X: -2}}, "180.0°"},
		{[]r3.Vec{x, o, z, r3.Add(z, x)}, "0.0°"},
		{[]r3.Vec{x, o, z, r3.Add(z, y)}, "90.0°"}, // seen from o towards z, y is clockwise of x
		{[]r3.Vec{x, o, z, r3.Sub(z, y)}, "-90.0°"},
	}
	for _, tt := range tests {
		if got := (Measure{}).Words(tt.at); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.at, got, tt.want)
		}
	}
}

// What is selected and measured comes back from a view; what is of atoms that are
// not there does not.
func TestSavedComesBack(t *testing.T) {
	d := documenttest.Worked(t)
	s := d.State()
	var l Lists
	alpha, beta := s.Structure(1), s.Structure(2)
	at := geom.NewRigid(geom.Exp(r3.Vec{X: 1}), r3.Vec{Y: 3})
	var selection Selection
	selection.Set(Copy{1, alpha.Model, at}, map[int]bool{0: true, 2: true})
	measures := []Measure{{{Copy{1, alpha.Model, at}, 1}, {Copy{2, beta.Model, geom.Identity()}, 3}}}
	saved := Saved(&selection, measures, &l)
	got, again := Open(saved, s, &l)
	if len(got.Picked) != 1 || !reflect.DeepEqual(got.Picked[0].Residues, selection.Picked[0].Residues) || got.Picked[0].Copy != selection.Picked[0].Copy || !reflect.DeepEqual(again, measures) {
		t.Errorf("%+v comes back as %+v, %+v", saved, got.Picked, again)
	}
	none := &view.Residues{
		Selected: []view.AtomsAt{{Structure: 9, Motion: at, Atoms: []int{1}}, {Structure: 1, Motion: at, Atoms: []int{999}}},
		Measures: [][]view.AtomsAt{{{Structure: 1, Motion: at, Atoms: []int{1}}, {Structure: 1, Motion: at, Atoms: []int{999}}}},
	}
	if got, again := Open(none, s, &l); got.Size() != 0 || len(again) != 0 {
		t.Errorf("of atoms that are not there: %+v, %+v", got.Picked, again)
	}
	if r := Saved(&Selection{}, nil, &l); r != nil {
		t.Errorf("of nothing: %+v", r)
	}
}

// A scene gets lines and atoms of what is selected, and marks.
func TestSelectionInAScene(t *testing.T) {
	s := documenttest.Worked(t).State()
	var l Lists
	model := s.Structure(1).Model
	scene := render.Scene{Molecules: []render.Molecule{{Structure: model, Motions: []geom.Rigid{geom.Identity()}, ID: 1, Visible: true, Style: render.Cartoon}}}
	var selection Selection
	selection.Set(CopyOf(&scene.Molecules[0]), map[int]bool{1: true})
	measure := Measure{{CopyOf(&scene.Molecules[0]), 0}, {CopyOf(&scene.Molecules[0]), 2}}
	if list := append(Marks([]Measure{measure}, scene.Molecules), selection.Labels(scene.Molecules, &l)...); len(list) != 2 || !strings.HasSuffix(list[0].Words, "Å") {
		t.Errorf("marks %+v", list)
	}
	selection.AddTo(&scene, &l, true)
	if m := scene.Molecules; len(m) != 3 || !m[1].Marked || m[2].Style != render.Sticks {
		t.Errorf("molecules %+v", m)
	}
	if list := Marks([]Measure{measure}, nil); len(list) != 0 {
		t.Errorf("marks of what is not there: %+v", list)
	}
}
