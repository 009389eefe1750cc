// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"

	. "difffit/app/document"
)

// reviewed returns a document with one round of six placements of alpha, 2 Å
// apart along x, best first.
func reviewed(t *testing.T) *Document {
	t.Helper()
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5)))
	r := found()
	for i := range 6 {
		r.Placements = append(r.Placements, placement(0.9-0.1*float64(i), r3.Vec{X: 2 * float64(i), Y: 7, Z: 6}))
	}
	o := d.State().Options
	o.ClusterShift = 1
	must(t, d.SetOptions("tolerance", o))
	r.Clusters = fitting.Group(r.Placements, r3.Vec{}, o.ClusterShift, o.ClusterAngle)
	addRound(t, d, Fit{Structure: 1, Options: o, Result: r})
	return d
}

func cluster(rank int) ClusterID { return ClusterID{1, 1, rank} }

func TestMarksAreUndone(t *testing.T) {
	d := reviewed(t)
	steps := []struct {
		do   func() error
		want Mark // what is held of cluster 2 then
		undo string
	}{
		{func() error { return d.SetRejected(cluster(2), true) }, Mark{Rejected: true}, "Reject alpha placement 2"},
		{func() error { return d.SetNote(cluster(2), " upside down ") }, Mark{Rejected: true, Note: "upside down"}, "Note about alpha placement 2"},
		{func() error { return d.SetPinned(cluster(2), true) }, Mark{Rejected: true, Note: "upside down", Pin: 1}, "Pin alpha placement 2"},
		{func() error { return d.SetRejected(cluster(2), false) }, Mark{Note: "upside down", Pin: 1}, "Take back the rejection of alpha placement 2"},
		{func() error { return d.SetNote(cluster(2), "") }, Mark{Pin: 1}, "Remove the note about alpha placement 2"},
		{func() error { return d.UnpinAll() }, Mark{}, "Unpin all"},
	}
	held := func() Mark {
		m := d.State().Mark(cluster(2))
		return Mark{Rejected: m.Rejected, Note: m.Note, Pin: m.Pin}
	}
	first, _ := d.Depth()
	for _, s := range steps {
		must(t, s.do())
		if held() != s.want || d.UndoLabel() != s.undo {
			t.Errorf("%+v, undo says %q; want %+v, %q", held(), d.UndoLabel(), s.want, s.undo)
		}
	}
	if n := len(d.State().Marks); n != 0 {
		t.Errorf("%d marks that say nothing are kept", n)
	}
	for i := len(steps) - 1; i > 0; i-- {
		d.Undo()
		if held() != steps[i-1].want {
			t.Errorf("after undo of step %d: %+v, want %+v", i+1, held(), steps[i-1].want)
		}
	}
	d.Undo()
	if n, _ := d.Depth(); held() != (Mark{}) || n != first {
		t.Errorf("after all: %+v, %d steps", held(), n)
	}
}

func TestRejectionAndAcceptanceExcludeEachOther(t *testing.T) {
	d := reviewed(t)
	must(t, d.SetRejected(cluster(1), true))
	must(t, d.Accept(cluster(1)))
	if s := d.State(); s.Mark(cluster(1)).Rejected || len(s.Accepted) != 1 {
		t.Error("an accepted placement is still rejected")
	}
	must(t, d.SetRejected(cluster(1), true))
	if s := d.State(); !s.Mark(cluster(1)).Rejected || len(s.Accepted) != 0 {
		t.Error("a rejected placement is still accepted")
	}
	must(t, d.Accept(cluster(1)))
	zero(t, d, 1)
	if err := d.SetRejected(cluster(1), true); err == nil || !strings.Contains(err.Error(), "remove the zeroing first") {
		t.Errorf("rejecting what is zeroed: %v", err)
	}
	if err := d.SetNote(cluster(99), "x"); err == nil {
		t.Error("a note about no cluster")
	}
}

func TestMarksAndSelectionStayWithTheirPlacement(t *testing.T) {
	d := reviewed(t)
	must(t, d.SetNote(cluster(3), "third"))
	must(t, d.SetRejected(cluster(2), true))
	d.Select(cluster(3))
	before := d.State()
	must(t, d.SetTolerance(2.5, 6)) // 1 and 2, 3 and 4, 5 and 6 are one
	s := d.State()
	if n := len(s.Rounds[0].Fits[0].Result.Clusters); n != 3 {
		t.Fatalf("%d clusters, want 3", n)
	}
	if d.Selected() != cluster(2) || s.Mark(cluster(2)).Note != "third" || s.Mark(cluster(2)).Rejected {
		t.Errorf("selected %v, mark %+v", d.Selected(), s.Mark(cluster(2)))
	}
	if s.Mark(cluster(1)).Rejected {
		t.Error("the rejection went to the cluster that took the placement in")
	}
	d.Select(cluster(2))
	must(t, d.SetTolerance(1, 6))
	if s := d.State(); !reflect.DeepEqual(s.Marks, before.Marks) || d.Selected() != cluster(3) {
		t.Errorf("back again: selected %v, marks %+v, want %+v", d.Selected(), s.Marks, before.Marks)
	}
	d.Select(cluster(4)) // which cluster 2 takes in
	must(t, d.SetTolerance(2.5, 6))
	if d.Selected() != cluster(2) {
		t.Errorf("selected %v, want the cluster with the placement in it", d.Selected())
	}
}

func TestPinsAreOrderedAndFew(t *testing.T) {
	d := worked(t)
	if got := d.State().Pins(); !slices.Equal(got, []ClusterID{{1, 2, 1}, {1, 1, 1}}) {
		t.Errorf("pins %v", got)
	}
	d = reviewed(t)
	for i := range 6 {
		must(t, d.SetPinned(cluster(i+1), true))
	}
	for range 3 {
		addRound(t, d, Fit{Structure: 1, Options: d.State().Options, Result: found(0.5)})
	}
	must(t, d.SetPinned(ClusterID{2, 1, 1}, true))
	must(t, d.SetPinned(ClusterID{3, 1, 1}, true))
	if err := d.SetPinned(ClusterID{4, 1, 1}, true); err == nil || len(d.State().Pins()) != MostPins {
		t.Errorf("%d pinned, error %v", len(d.State().Pins()), err)
	}
}

func TestDifference(t *testing.T) {
	d := reviewed(t)
	s := d.State()
	got, err := s.Difference(cluster(1), cluster(3))
	must(t, err)
	if math.Abs(got.Shift-4) > 1e-9 || math.Abs(got.Angle) > 1e-5 || math.Abs(got.RMSD-4) > 1e-9 {
		t.Errorf("%+v, want 4 Å, 0°, 4 Å", got)
	}
	// Turned by 90° about its middle, the end atoms of a stick of five, 1.5 Å
	// apart, move √2·3 Å, the next √2·1.5 Å: RMSD √((2·18 + 2·4.5)/5) = 3 Å.
	r := found(0.9)
	c := r.Placements[0]
	turn := geom.Exp(r3.Vec{Z: math.Pi / 2})
	c.Motion = geom.About(turn, r3.Vec{X: 3}, r3.Vec{X: 3}).Then(c.Motion)
	r.Placements = append(r.Placements, c)
	r.Clusters = append(r.Clusters, fitting.Cluster{Rank: 2, Placement: c})
	addRound(t, d, Fit{Structure: 1, Options: s.Options, Result: r})
	got, err = d.State().Difference(ClusterID{2, 1, 1}, ClusterID{2, 1, 2})
	must(t, err)
	if math.Abs(got.Shift) > 1e-9 || math.Abs(got.Angle-90) > 1e-5 || math.Abs(got.RMSD-3) > 1e-6 {
		t.Errorf("%+v, want 0 Å, 90°, 3 Å", got)
	}
	w := worked(t).State()
	if got, err := w.Difference(ClusterID{1, 1, 1}, ClusterID{1, 2, 1}); err != nil || !math.IsNaN(got.RMSD) || !math.IsNaN(got.Angle) || math.IsNaN(got.Shift) {
		t.Errorf("different structures: %+v, %v", got, err)
	}
	if _, err := w.Difference(ClusterID{1, 1, 1}, ClusterID{}); err == nil {
		t.Error("a difference from nothing")
	}
}

func TestMembersAndAt(t *testing.T) {
	d := reviewed(t)
	must(t, d.SetTolerance(2.5, 6))
	s := d.State()
	m := s.Members(cluster(2))
	if len(m) != 2 || m[0].Score < m[1].Score {
		t.Fatalf("members %+v", m)
	}
	if id, ok := s.At(1, m[0].Motion); !ok || id != cluster(2) {
		t.Errorf("at its best: %v, %t", id, ok)
	}
	if id, ok := s.At(1, m[1].Motion); !ok || id != cluster(2) {
		t.Errorf("at a member: %v, %t", id, ok)
	}
	if _, ok := s.At(1, geom.Identity()); ok {
		t.Error("a cluster where there is none")
	}
}

// The moments of a structure are computed once, and not for each comparison: it
// asks the atoms no more.
func TestDifferenceKeepsMoments(t *testing.T) {
	s := reviewed(t).State()
	want, err := s.Difference(cluster(1), cluster(3))
	must(t, err)
	s.Structures[0].Model.Atoms = nil
	if got, err := s.Difference(cluster(1), cluster(3)); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
