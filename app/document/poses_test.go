// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	. "difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting/geom"
)

var aside = geom.NewRigid(quat.Number{Real: 1, Jmag: 1}, r3.Vec{X: 3})

func TestStructuresStandWhereTheyWereMoved(t *testing.T) {
	d := worked(t)
	if s := d.State().Structure(2); s.Stands() != geom.Identity() || s.IsMoved() {
		t.Errorf("stands at %v before it was moved", s.Stands())
	}
	must(t, d.Move(Standing{2, aside}))
	if s := d.State().Structure(2); s.Stands() != aside || !s.IsMoved() {
		t.Errorf("stands at %v, want %v", s.Stands(), aside)
	}
	steps, _ := d.Depth()
	must(t, d.Move(Standing{2, aside}))
	if n, _ := d.Depth(); n != steps {
		t.Error("a step in which nothing moved")
	}
	before := d.State()
	for _, to := range [][]Standing{{{1, aside}, {9, aside}}, {{1, geom.Rigid{}}}} {
		if err := d.Move(to...); err == nil || d.Revision() == 0 || d.State().Structure(1) != before.Structure(1) {
			t.Errorf("moved %v: %v", to, err)
		}
	}
	must(t, d.Move(Standing{2, geom.Identity()}))
	if s := d.State().Structure(2); s.IsMoved() || s.Pose != (geom.Rigid{}) {
		t.Errorf("back where it was it has the pose %v", s.Pose)
	}
}

// A structure stands where a local fit has put it, unless it was moved meanwhile.
func TestLocalFitMovesTheStructure(t *testing.T) {
	tests := []struct {
		name      string
		local     bool
		meanwhile func(*Document) error
		want      func(found geom.Rigid) geom.Rigid
	}{
		{"local", true, func(*Document) error { return nil }, func(g geom.Rigid) geom.Rigid { return g }},
		{"search", false, func(*Document) error { return nil }, func(geom.Rigid) geom.Rigid { return geom.Identity() }},
		{"moved meanwhile", true, func(d *Document) error { return d.Move(Standing{2, aside}) }, func(geom.Rigid) geom.Rigid { return aside }},
		{"another moved meanwhile", true, func(d *Document) error { return d.Move(Standing{1, aside}) }, func(g geom.Rigid) geom.Rigid { return g }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := worked(t)
			f := Fit{Structure: 2, Options: d.State().Options, Result: found(1)}
			if tt.local {
				start := geom.Identity()
				f.Start = &start
			}
			o := Outcome{From: d.State(), Found: &Found{Fits: []Fit{f}}}
			must(t, tt.meanwhile(d))
			before := d.State()
			applied, err := d.Apply(o)
			must(t, err)
			if s := d.State(); s.Round(applied.Round).IsLocal() != tt.local {
				t.Errorf("local %t, want %t", !tt.local, tt.local)
			}
			if got, want := d.State().Structure(2).Stands(), tt.want(f.Result.Clusters[0].Motion); got != want {
				t.Errorf("stands at %v, want %v", got, want)
			}
			d.Undo()
			documenttest.Alike(t, d.State(), before)
		})
	}
	d := worked(t)
	if _, err := d.Apply(Outcome{From: d.State(), Found: &Found{Fits: []Fit{{Structure: 2, Result: found(1), Start: &geom.Rigid{}}}}}); err == nil {
		t.Error("a local fit that began nowhere")
	}
}

func TestSplitIntoChains(t *testing.T) {
	d := worked(t)
	must(t, d.AddStructures(documenttest.Dimer("pair", 4), stick("gamma", 3)))
	must(t, d.Move(Standing{3, aside}))
	before := d.State()
	chains, left, err := d.Split(3)
	must(t, err)
	var names []string
	for _, q := range d.State().Structures {
		names = append(names, q.Model.Name)
	}
	if want := []string{"alpha", "beta", "pair_A", "pair_B", "gamma"}; !slices.Equal(names, want) || !slices.Equal(chains, []int{5, 6}) || !slices.Equal(left, []string{"W"}) {
		t.Errorf("%v with new IDs %v, without %v; want %v, 5 and 6, W", names, chains, left, want)
	}
	for _, id := range chains {
		q := d.State().Structure(id)
		if len(q.Model.Atoms) != 4 || q.Stands() != aside || !q.Fit || q.Mass() >= before.Structure(3).Mass() {
			t.Errorf("%s: %d atoms, stands at %v, mass %g", q.Model.Name, len(q.Model.Atoms), q.Stands(), q.Mass())
		}
	}
	if d.Undo() != "Split pair into chains" {
		t.Error("it is not one step")
	}
	documenttest.Alike(t, d.State(), before)
	for id, want := range map[int]string{
		1: "document: alpha: 1 of its chains can be fitted, want 2 or more to split it",
		9: "document: there is no structure 9",
	} {
		if _, _, err := d.Split(3, id); err == nil || err.Error() != want || d.State().Structure(3) == nil {
			t.Errorf("%v, want %s and nothing done", err, want)
		}
	}
}

func TestRemoveStructuresAllOrNone(t *testing.T) {
	d := worked(t)
	if err := d.RemoveStructures(2, 1); err == nil || len(d.State().Structures) != 2 {
		t.Errorf("%v; a layer needs alpha, want nothing removed", err)
	}
	must(t, d.RemoveLayer(1))
	must(t, d.RemoveStructures(2, 1))
	if s := d.State(); len(s.Structures)+len(s.Rounds)+len(s.Accepted)+len(s.Marks) != 0 || d.UndoLabel() != "Remove 2 structures" {
		t.Errorf("left over %+v after %s", s, d.UndoLabel())
	}
}
