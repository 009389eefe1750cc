// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"difffit/fitting"
	"difffit/fitting/volume"

	. "difffit/app/document"
)

func TestUndoAndRedoGoThroughAllStates(t *testing.T) {
	d := worked(t)
	n, _ := d.Depth()
	last := d.State()
	for range n {
		d.Undo()
	}
	if s := d.State(); s.Map != nil || len(s.Structures) != 0 || d.Undo() != "" || d.Modified() {
		t.Errorf("after %d undos: map %v, %d structures, modified %t", n, s.Map, len(s.Structures), d.Modified())
	}
	for range n {
		d.Redo()
	}
	if !reflect.DeepEqual(d.State(), last) {
		t.Error("after as many redos the state is another one")
	}
	if d.Redo() != "" {
		t.Error("Redo did something at the end")
	}
}

func TestSelectionFollowsTheState(t *testing.T) {
	d := worked(t)
	var told []ClusterID
	d.WatchSelection(func(id ClusterID) { told = append(told, id) })
	id := ClusterID{1, 1, 2}
	d.Select(id)
	d.Select(id)
	d.Select(ClusterID{1, 1, 3}) // not there
	d.Select(id)
	for d.Undo() != "Fit, round 1" {
	}
	want := []ClusterID{id, {}, id, {}}
	if !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func TestToleranceGroupsAnew(t *testing.T) {
	d := worked(t)
	must(t, d.SetTolerance(100, 180))
	r := d.State().Round(1).Fits[0].Result
	if len(r.Clusters) != 1 || r.Clusters[0].Hits != 14 {
		t.Errorf("wide tolerance: %d clusters, %d hits, want 1 and 14", len(r.Clusters), r.Clusters[0].Hits)
	}
	if a := d.State().AcceptedFrom(ClusterID{1, 1, 1}); a == nil {
		t.Error("the accepted placement lost its cluster")
	}
	must(t, d.SetTolerance(3, 6))
	if n := len(d.State().Round(1).Fits[0].Result.Clusters); n != 2 {
		t.Errorf("narrow tolerance: %d clusters, want 2", n)
	}
}

func TestRemoveStructureTakesItsResults(t *testing.T) {
	d := worked(t)
	must(t, d.RemoveStructures(2))
	if s := d.State(); s.Structure(2) != nil || len(s.Round(1).Fits) != 1 {
		t.Errorf("structures %d, fits %d", len(s.Structures), len(s.Round(1).Fits))
	}
	must(t, d.RemoveLayer(1))
	must(t, d.RemoveStructures(1))
	if s := d.State(); len(s.Structures)+len(s.Rounds)+len(s.Accepted) != 0 {
		t.Errorf("left over: %+v", s)
	}
}

func TestAddZeroingAcceptsInTheSameStep(t *testing.T) {
	d := worked(t)
	s := d.State()
	id := ClusterID{1, 2, 1}
	c, _ := s.Cluster(id)
	l, err := s.NewLayer(context.Background(), 2, c.Motion, volume.DefaultZeroOptions())
	must(t, err)
	apply(t, d, Outcome{Zeroed: []Zeroed{{id, l}}})
	a := d.State().AcceptedFrom(id)
	if a == nil || d.State().LayerOf(a.ID) == nil {
		t.Fatalf("accepted %v", a)
	}
	d.Undo()
	if d.State().AcceptedFrom(id) != nil || len(d.State().Layers) != 1 {
		t.Error("one undo does not take both back")
	}
	must(t, d.Withdraw(1))
	if s := d.State(); len(s.Accepted) != 0 || s.Layers[0].Accepted != 0 {
		t.Error("a withdrawn placement is still that of a layer")
	}
}

func TestEditThatFailsLeavesEverything(t *testing.T) {
	d := worked(t)
	before, revision := d.State(), d.Revision()
	tests := []struct {
		name string
		edit func() error
		want string
	}{
		{"a structure that a layer needs", func() error { return d.RemoveStructures(1) }, "document: alpha has zeroed density; remove the zeroing first"},
		{"accepted twice", func() error { return d.Accept(ClusterID{1, 1, 1}) }, "document: alpha placement 1 of round 1 is accepted already"},
		{"the second is not there", func() error { return d.AcceptAll([]ClusterID{{1, 2, 1}, {9, 1, 1}}) }, "document: no placement is selected, nothing to accept"},
		{"a structure that is not there", func() error { return d.RemoveStructures(9) }, "document: there is no structure 9"},
		{"fit of one that is not there", func() error { return d.SetFits(true, 9) }, "document: there is no structure 9"},
		{"copies of one that is not there", func() error { return d.SetCopies(9, 2) }, "document: there is no structure 9"},
		{"a layer that is not there", func() error { return d.RemoveLayer(9) }, "document: there is no layer 9"},
		{"switching one that is not there", func() error { return d.SetLayer(9, true) }, "document: there is no layer 9"},
		{"a placement that is not accepted", func() error { return d.Withdraw(9) }, "document: there is no accepted placement 9"},
		{"a note about nothing", func() error { return d.SetNote(ClusterID{9, 9, 9}, "x") }, "document: no placement is selected"},
		{"a structure without a model", func() error { return d.AddStructures(&Structure{}) }, "document: structure 1 of those to add has no atoms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.edit(); err == nil || err.Error() != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
			if d.Revision() != revision || !reflect.DeepEqual(d.State(), before) {
				t.Error("the document changed")
			}
		})
	}
}

func TestHistoryIsBounded(t *testing.T) {
	d := New()
	for i := range 3 * HistoryLimit {
		must(t, d.SetOptions(fmt.Sprint(i), fitting.DefaultOptions()))
	}
	if n, _ := d.Depth(); n != HistoryLimit {
		t.Errorf("history of %d steps, want %d", n, HistoryLimit)
	}
}

// A state that refers to what it has not, as an older program may have left
// one: what can be done to it is refused, and nothing panics.
func TestStructuresThatAreNotThere(t *testing.T) {
	d := composed(t)
	s := d.State()
	s.Structures = nil
	d.Replace(s)
	id := ClusterID{2, 1, 1}
	tests := []struct {
		name string
		edit func() error
	}{
		{"accept", func() error { return d.Accept(id) }},
		{"accept all", func() error { return d.AcceptAll([]ClusterID{id}) }},
		{"reject", func() error { return d.SetRejected(id, true) }},
		{"note", func() error { return d.SetNote(id, "x") }},
		{"pin", func() error { return d.SetPinned(id, true) }},
	}
	for _, tt := range tests {
		if err := tt.edit(); err == nil || err.Error() != "document: there is no structure 1" {
			t.Errorf("%s: %v, want that there is no structure 1", tt.name, err)
		}
	}
	must(t, d.SetTolerance(1, 1))
	if _, err := d.State().NewLayer(t.Context(), 1, s.Layers[0].Motion, s.Layers[0].Cut.Options); err == nil {
		t.Error("a layer of a structure that is not there")
	}
	if m := d.State().Members(id); m != nil {
		t.Errorf("members %v", m)
	}
}
