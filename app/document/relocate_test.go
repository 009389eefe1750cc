// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	. "difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting"
	"difffit/fitting/geom"
)

// local adds a Fit in map of structure 1 that ended by beside its first placement.
func local(t *testing.T, d *Document, by float64) ClusterID {
	t.Helper()
	f := Fit{Structure: 1, Options: d.State().Options, Result: found(0.95)}
	start := geom.Identity()
	f.Start = &start
	r := *f.Result
	p := placement(0.95, r3.Vec{X: 1.0/3 + by, Y: 7, Z: 6})
	r.Placements, r.Clusters = []fitting.Placement{p}, []fitting.Cluster{{Rank: 1, Placement: p}}
	f.Result = &r
	return ClusterID{addRound(t, d, f), 1, 1}
}

// A copy that is moved by hand and fitted again is the same copy.
func TestRelocate(t *testing.T) {
	tests := []struct {
		name     string
		by       float64 // ångström
		replaced bool
	}{
		{"at the place of the accepted one", 0.5, true},
		{"elsewhere", 40, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := worked(t)
			was := *d.State().Accepted[0]
			id := local(t, d, tt.by)
			before := d.State()
			a := before.Replaced(id)
			if (a != nil) != tt.replaced || before.IsOpen(id) == tt.replaced {
				t.Fatalf("replaces %+v, open %t", a, before.IsOpen(id))
			}
			if a == nil {
				return
			}
			must(t, d.Relocate(a.ID, id))
			s := d.State()
			is := s.Accepted[0]
			c, _ := s.Cluster(id)
			if len(s.Accepted) != 1 || is.ID != was.ID || is.Copy != was.Copy || is.Cluster != id || is.Placement.Motion != c.Motion {
				t.Errorf("%d accepted, the first %+v; want copy %d at %v", len(s.Accepted), is, was.Copy, c.Motion)
			}
			if l := s.Layers[0]; l.Accepted != 0 || l.Motion != was.Placement.Motion || s.LayerOf(is.ID) != nil {
				t.Errorf("layer %+v, want it where it was, of no accepted placement", l)
			}
			if label := d.Undo(); label != "Put alpha copy 1 elsewhere" {
				t.Errorf("undo of %q", label)
			}
			documenttest.Alike(t, d.State(), before)
		})
	}
	d := worked(t)
	before := d.State()
	for _, id := range []ClusterID{{1, 1, 9}, {1, 1, 1}, {1, 2, 1}} {
		if err := d.Relocate(1, id); err == nil {
			t.Errorf("put at %v", id)
		}
	}
	documenttest.Alike(t, d.State(), before)
}
