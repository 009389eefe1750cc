// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"difffit/fitting/volume"

	. "difffit/app/document"
	"difffit/app/session"
)

func TestLayersSpareNeighbours(t *testing.T) {
	d := composed(t)
	l := d.State().Layers[1]
	if len(l.Beside) != 1 || l.Beside[0].Structure != 1 || len(l.Cut.Overlaps) != 1 {
		t.Fatalf("beside %+v, overlaps %+v, want the accepted alpha", l.Beside, l.Cut.Overlaps)
	}
	if l.Cut.Spared == 0 || l.Cut.Voxels == 0 {
		t.Errorf("%d voxels, %d spared, want some of both: they overlap", l.Cut.Voxels, l.Cut.Spared)
	}
	if err := d.RemoveStructures(1); err == nil {
		t.Error("a structure that a layer spares was removed")
	}
}

func TestMoveLayer(t *testing.T) {
	d := composed(t)
	order := func() (ids []int) {
		for _, l := range d.State().Layers {
			ids = append(ids, l.ID)
		}
		return ids
	}
	before := d.State()
	must(t, d.MoveLayer(2, -1))
	if got := order(); !slices.Equal(got, []int{2, 1}) {
		t.Errorf("order %v, want 2 1", got)
	}
	if err := d.MoveLayer(2, -1); err == nil {
		t.Error("moved beyond the top")
	}
	if err := d.MoveLayer(7, 1); err == nil {
		t.Error("moved what is not there")
	}
	if got := d.Undo(); got != "Move zeroing 2 of beta copy 1 up" || !reflect.DeepEqual(d.State(), before) {
		t.Errorf("Undo of %q did not bring the order back", got)
	}
}

func TestChangeLayer(t *testing.T) {
	d := composed(t)
	s := d.State()
	old := s.Layers[0]
	wide := volume.DefaultZeroOptions()
	wide.Radius = 4
	l, err := s.NewLayer(context.Background(), old.Structure, old.Motion, wide)
	must(t, err)
	must(t, d.SetLayer(1, false))
	apply(t, d, Outcome{Changed: &ChangedLayer{1, l}})
	got := d.State().Layers[0]
	if got.ID != 1 || got.Accepted != old.Accepted || got.On || got.Cut.Voxels <= old.Cut.Voxels {
		t.Errorf("layer %+v, want the same one, off as it was, with more voxels", got)
	}
	d.Undo()
	d.Undo()
	if d.State().Layers[0] != old {
		t.Error("undo did not bring the layer back")
	}
	if _, err := d.Apply(Outcome{From: d.State(), Changed: &ChangedLayer{9, l}}); !errors.Is(err, ErrGone) {
		t.Errorf("changed a layer that is not there: %v", err)
	}
}

func TestCopies(t *testing.T) {
	d := composed(t)
	s := d.State()
	if n := s.Placed(1); n != 1 {
		t.Errorf("%d placed, want 1", n)
	}
	names := func(list []*Structure) string {
		var out []string
		for _, t := range list {
			out = append(out, t.Model.Name)
		}
		return strings.Join(out, " ")
	}
	for _, tt := range []struct {
		name   string
		copies int // of beta
		stated bool
		want   int // expected
		open   string
	}{
		{"nobody said: one of each", 0, false, 1, "alpha"},
		{"one", 1, true, 1, "alpha"},
		{"two", 2, true, 2, "alpha beta"},
		{"any number", AnyNumber, true, 0, "alpha beta"},
	} {
		must(t, d.SetCopies(2, tt.copies))
		n, stated := d.State().Expected(2)
		if got := names(d.State().Open()); got != tt.open || n != tt.want || stated != tt.stated {
			t.Errorf("%s: open are %q, %d expected (said: %t), want %q, %d, %t: beta is placed once", tt.name, got, n, stated, tt.open, tt.want, tt.stated)
		}
	}
	n, _ := d.Depth()
	must(t, d.SetCopies(2, AnyNumber))
	if m, _ := d.Depth(); m != n {
		t.Error("an edit that changes nothing is in the history")
	}
	if d.SetCopies(2, -2) == nil || d.SetCopies(9, 1) == nil {
		t.Error("wrong copies were taken")
	}
}

// A structure that is alone may be that of an oligomer.
func TestCopiesOfOneAlone(t *testing.T) {
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5)))
	if n, stated := d.State().Expected(1); n != 0 || stated {
		t.Errorf("%d copies are expected (said: %t), want any number", n, stated)
	}
	must(t, d.AddStructures(stick("beta", 4)))
	if n, _ := d.State().Expected(1); n != 1 {
		t.Errorf("%d copies are expected beside another structure, want 1", n)
	}
	if n, more := d.State().Missing(1); n != 1 || !more {
		t.Errorf("%d are missing (%t), want 1", n, more)
	}
}

func TestProposals(t *testing.T) {
	d := composed(t)
	ids := d.State().Proposals()
	if len(ids) != 3 || ids[0] != (ClusterID{2, 1, 1}) {
		t.Fatalf("proposals %v, want three of round 2", ids)
	}
	must(t, d.Accept(ids[0]))
	must(t, d.SetRejected(ids[1], true))
	if got := d.State().Proposals(); !slices.Equal(got, ids[2:]) {
		t.Errorf("proposals %v, want %v", got, ids[2:])
	}
	d.Undo()
	if got := d.State().Proposals(); !slices.Equal(got, ids[1:]) {
		t.Errorf("after undo proposals %v, want %v", got, ids[1:])
	}
	must(t, d.AcceptAll(ids[1:]))
	if got := d.State().Proposals(); len(got) != 0 || d.State().Placed(1) != 4 {
		t.Errorf("all accepted, but %v are open", got)
	}
	if d.AcceptAll(nil) == nil || d.AcceptAll(ids[:1]) == nil {
		t.Error("accepted nothing, or twice")
	}
}

func TestRemoveRound(t *testing.T) {
	d := composed(t)
	before := d.State()
	must(t, d.RemoveRound(1))
	s := d.State()
	if s.Round(1) != nil || len(s.Accepted) != 2 || len(s.Layers) != 2 || s.Accepted[0].Cluster.Round != 0 || len(s.Marks) != 0 {
		t.Errorf("rounds %d, accepted %+v, layers %d, marks %d", len(s.Rounds), s.Accepted[0], len(s.Layers), len(s.Marks))
	}
	d.Undo()
	if !reflect.DeepEqual(d.State(), before) {
		t.Error("undo did not bring the round back")
	}
	if d.RemoveRound(5) == nil {
		t.Error("removed a round that is not there")
	}
}

func TestBasisForgetsRemovedStructures(t *testing.T) {
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5), stick("beta", 4)))
	from := &Basis{Composite: &CompositeBasis{Wanted: []Wanted{{Structure: 1, Copies: 2}, {Structure: 2, Copies: 1}}}}
	propose(t, d, "composite", from, Fit{Structure: 1, Options: d.State().Options, Result: found(0.9)})
	must(t, d.RemoveStructures(2))
	if b := d.State().Rounds[0].Basis; b.IsWhole() || b.Composite.Wanted[1] != (Wanted{Copies: 1}) || b.Composite.Wanted[0] != (Wanted{Structure: 1, Copies: 2}) {
		t.Errorf("without beta: %+v", b.Composite)
	}
	if !from.IsWhole() {
		t.Error("the removal reached the state before")
	}
	var b bytes.Buffer
	must(t, session.Encode(&b, d.State(), "", "test"))
	s, err := session.Decode(context.Background(), &b, "", inMemory(d.State()))
	must(t, err)
	if s.Rounds[0].Basis.IsWhole() {
		t.Error("the session forgot that beta was removed")
	}
}
