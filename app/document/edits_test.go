// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"context"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	. "difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// Every edit can be undone and done again, and says what it is.
func TestEveryEditCanBeUndone(t *testing.T) {
	options := fitting.DefaultOptions()
	options.Starts = 77
	moved := geom.NewRigid(quat.Number{Real: 1, Jmag: 1}, r3.Vec{X: 3})
	tests := []struct {
		edit func(*Document) error
		want string
	}{
		{func(d *Document) error { return d.SetMap(noise(2)) }, "Open map noise"},
		{func(d *Document) error { return d.AddStructures(stick("gamma", 3)) }, "Add structure gamma"},
		{func(d *Document) error { return d.AddStructures(stick("a", 3), stick("b", 3)) }, "Add 2 structures"},
		{func(d *Document) error { return d.RemoveStructures(2) }, "Remove structure beta"},
		{func(d *Document) error { return d.SetFits(false, 2) }, "Leave out beta"},
		{func(d *Document) error { return d.SetFits(false, 1, 2) }, "Leave out 2 structures"},
		{func(d *Document) error { return d.Move(Standing{2, moved}) }, "Move beta"},
		{func(d *Document) error { return d.Move(Standing{1, moved}, Standing{2, moved}) }, "Move 2 structures"},
		{func(d *Document) error {
			_, err := d.Apply(Outcome{From: d.State(), Found: &Found{Fits: []Fit{{Structure: 2, Options: options, Result: found(1), Start: &moved}}}})
			return err
		}, "Fit in map, round 2"},
		{func(d *Document) error { return d.SetOptions("Change fit options", options) }, "Change fit options"},
		{func(d *Document) error { return d.SetTolerance(50, 90) }, "Merge placements within 50 Å and 90°"},
		{func(d *Document) error {
			_, err := d.Apply(Outcome{From: d.State(), Found: &Found{Fits: []Fit{{Structure: 1, Options: options, Result: found(1)}}}})
			return err
		}, "Fit, round 2"},
		{func(d *Document) error { return d.Accept(ClusterID{1, 2, 1}) }, "Accept beta copy 1"},
		{func(d *Document) error { return d.Withdraw(1) }, "Withdraw alpha copy 1"},
		{func(d *Document) error { return d.SetLayer(1, false) }, "Switch off zeroing 1 of alpha copy 1"},
		{func(d *Document) error { return d.RemoveLayer(1) }, "Remove zeroing 1 of alpha copy 1"},
		{func(d *Document) error {
			s := d.State()
			l, err := s.NewLayer(context.Background(), 2, s.Rounds[0].Fits[1].Result.Clusters[0].Motion, volume.DefaultZeroOptions())
			if err != nil {
				return err
			}
			_, err = d.Apply(Outcome{From: s, Zeroed: []Zeroed{{ClusterID{1, 2, 1}, l}}})
			return err
		}, "Zero out beta copy 1"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			d := worked(t)
			before := d.State()
			steps, _ := d.Depth()
			must(t, tt.edit(d))
			after := d.State()
			if reflect.DeepEqual(before, after) {
				t.Fatal("nothing changed")
			}
			if n, _ := d.Depth(); d.UndoLabel() != tt.want || n != steps+1 || !d.Modified() {
				t.Errorf("undo is %q (%d steps), want %q as one step", d.UndoLabel(), n-steps, tt.want)
			}
			if got := d.Undo(); got != tt.want || !reflect.DeepEqual(d.State(), before) {
				t.Errorf("Undo: %q, or not the state of before", got)
			}
			if d.RedoLabel() != tt.want {
				t.Errorf("redo is %q, want %q", d.RedoLabel(), tt.want)
			}
			if d.Redo(); !reflect.DeepEqual(d.State(), after) {
				t.Error("Redo: not the state of after")
			}
		})
	}
}
