// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"bytes"
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"difffit/fitting/volume"
)

// composed returns a document with two accepted placements that overlap and a
// layer of each, the second sparing the first.
func composed(t *testing.T) *Document {
	t.Helper()
	d := worked(t)
	must(t, d.Accept(ClusterID{1, 2, 1}))
	s := d.State()
	b := s.Accepted[1]
	l, err := s.NewLayer(context.Background(), b.Structure, b.Placement.Motion, volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 4, Resolution: 5})
	must(t, err)
	apply(t, d, Outcome{Zeroed: []Zeroed{{b.Cluster, l}}})
	must(t, d.SetCopies(1, 3))
	r := found(0.8, 0.7, 0.6)
	for i := range r.Clusters { // in places of their own
		r.Placements[i].Motion.Shift.Y += 20
		r.Clusters[i].Placement = r.Placements[i]
	}
	propose(t, d, "symmetry C2",
		&Basis{Options: d.State().Options, Accepted: d.State().Standing(), Symmetry: &SymmetryBasis{Stated: "C2"}},
		Fit{Structure: 1, Options: d.State().Options, Result: r})
	return d
}

func TestLayersSpareNeighbours(t *testing.T) {
	d := composed(t)
	l := d.State().Layers[1]
	if len(l.Beside) != 1 || l.Beside[0].Structure != 1 || len(l.Cut.Rivals) != 1 {
		t.Fatalf("beside %+v, rivals %+v, want the accepted alpha", l.Beside, l.Cut.Rivals)
	}
	if l.Cut.Spared == 0 || l.Cut.Voxels == 0 {
		t.Errorf("%d voxels, %d spared, want some of both: they overlap", l.Cut.Voxels, l.Cut.Spared)
	}
	if err := d.RemoveStructure(1); err == nil {
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
	if got := d.Undo(); got != "Move layer 2 of beta copy 1 up" || !reflect.DeepEqual(d.State(), before) {
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
	if got := names(s.Open()); got != "alpha beta" {
		t.Errorf("open are %s, want both", got)
	}
	must(t, d.SetCopies(2, 1))
	if got := names(d.State().Open()); got != "alpha" {
		t.Errorf("open are %s, want alpha: beta is placed", got)
	}
	n, _ := d.Depth()
	must(t, d.SetCopies(2, 1))
	if m, _ := d.Depth(); m != n {
		t.Error("an edit that changes nothing is in the history")
	}
	if d.SetCopies(2, -1) == nil || d.SetCopies(9, 1) == nil {
		t.Error("wrong copies were taken")
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

// The session keeps copies, who proposed, neighbours and order.
func TestComposedSession(t *testing.T) {
	d := composed(t)
	must(t, d.MoveLayer(1, 1))
	want := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, want, "", "test"))
	got, err := Decode(context.Background(), &b, "", inMemory(want))
	must(t, err)
	if got.Structures[0].Copies != 3 || got.Rounds[1].Proposed != "symmetry C2" || got.Layers[0].ID != 2 || len(got.Layers[0].Beside) != 1 {
		t.Errorf("copies %d, proposed by %q, layers %+v", got.Structures[0].Copies, got.Rounds[1].Proposed, got.Layers[0])
	}
	if a, b := got.Layers[0].Cut, want.Layers[0].Cut; a.Voxels != b.Voxels || a.Spared != b.Spared {
		t.Errorf("the layer came back with %d voxels, %d spared, want %d and %d", a.Voxels, a.Spared, b.Voxels, b.Spared)
	}
}

// What was proposed comes back with what it was made from, to the last bit.
func TestBasisComesBack(t *testing.T) {
	d := composed(t)
	o := d.State().Options
	level := 1.0 / 3
	o.Level = &level
	accepted := d.State().Standing()
	accepted[1].Score = math.NaN()
	from := &Basis{Options: o, Accepted: accepted, Composite: &CompositeBasis{
		Wanted: []Wanted{{Structure: 2, Copies: 3}, {Structure: 1}}, MaxClash: 0.1, MaxRounds: 7,
		Zero: volume.ZeroOptions{Mode: volume.ZeroDistance, Radius: 2.5},
	}}
	propose(t, d, "composite", from, Fit{Structure: 2, Options: o, Result: found(0.8)})
	want := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, want, "", "test"))
	text := b.String()
	got, err := Decode(context.Background(), &b, "", inMemory(want))
	must(t, err)
	if !reflect.DeepEqual(got.Rounds[1].Basis, want.Rounds[1].Basis) || got.Rounds[0].Basis != nil {
		t.Errorf("symmetry came back as %+v, want %+v", got.Rounds[1].Basis, want.Rounds[1].Basis)
	}
	back := got.Rounds[2].Basis
	if !math.IsNaN(back.Accepted[1].Score) || len(back.Accepted) != 2 {
		t.Fatalf("accepted came back as %+v", back.Accepted)
	}
	back.Accepted[1].Score, from.Accepted[1].Score = 0, 0 // NaN is equal to nothing
	if !reflect.DeepEqual(back, from) {
		t.Errorf("composite came back as %+v, want %+v", back, from)
	}
	for _, tt := range []struct{ after, old, new, want string }{
		{`"basis": {`, `"symmetry": {`, `"other": {`, "rounds 2, basis: cannot be used: want either composite or symmetry"},
		{`"basis": {`, `"score": 0.9`, `"quaternion": [0, 0, 0, 0]`, "rounds 2, basis: cannot be used: accepted 1: quaternion"},
		{`"wanted": [`, `"copies": 3`, `"structure": 77`, "rounds 3, basis: cannot be used: wanted 1: structure is 77"},
	} {
		at := strings.Index(text, tt.after)
		bad := text[:at] + strings.Replace(text[at:], tt.old, tt.new, 1)
		if _, err := Decode(context.Background(), strings.NewReader(bad), "", inMemory(want)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s in place of %s: %v, want %s", tt.new, tt.old, err, tt.want)
		}
	}
}

func TestBasisForgetsRemovedStructures(t *testing.T) {
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5), stick("beta", 4)))
	from := &Basis{Composite: &CompositeBasis{Wanted: []Wanted{{1, 2}, {2, 1}}}}
	propose(t, d, "composite", from, Fit{Structure: 1, Options: d.State().Options, Result: found(0.9)})
	must(t, d.RemoveStructure(2))
	if b := d.State().Rounds[0].Basis; b.IsWhole() || b.Composite.Wanted[1] != (Wanted{0, 1}) || b.Composite.Wanted[0] != (Wanted{1, 2}) {
		t.Errorf("without beta: %+v", b.Composite)
	}
	if !from.IsWhole() {
		t.Error("the removal reached the state before")
	}
	var b bytes.Buffer
	must(t, Encode(&b, d.State(), "", "test"))
	s, err := Decode(context.Background(), &b, "", inMemory(d.State()))
	must(t, err)
	if s.Rounds[0].Basis.IsWhole() {
		t.Error("the session forgot that beta was removed")
	}
}

func TestSurvey(t *testing.T) {
	d := composed(t)
	v, err := d.State().Survey(context.Background(), 0.5, 4)
	must(t, err)
	if v.Above == 0 || v.Total == 0 || v.Total != v.ByStructure[1]+v.ByStructure[2] || v.Total > v.Above {
		t.Errorf("above %d, explained %d, by structure %v", v.Above, v.Total, v.ByStructure)
	}
	if p := v.Part(v.Total); !(p > 0 && p <= 100) || math.Abs(p-100*float64(v.Total)/float64(v.Above)) > 1e-9 {
		t.Errorf("explained %.2f %%", p)
	}
	if len(v.Clashes) != 1 || v.Clashes[0].A != 0 || v.Clashes[0].B != 1 || len(v.Clashes[0].Atoms) == 0 {
		t.Errorf("clashes %+v, want one of alpha and beta", v.Clashes)
	}
	if c := v.Contested[1]; c == nil || c.Contested == 0 || c.Voxels != d.State().Layers[0].Cut.Voxels {
		t.Errorf("layer 1 has %+v, want contested voxels", c)
	}
	none, err := New().State().Survey(context.Background(), 0, 0)
	if err != nil || none.Part(0) != 0 {
		t.Errorf("of nothing: %+v, %v", none, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.State().Survey(ctx, 0.5, 4); err == nil {
		t.Error("a cancelled survey is no error")
	}
}
