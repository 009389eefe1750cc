// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	. "difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// places has clusters with scores, 20 Å apart along x.
func places(at float64, scores ...float64) *fitting.Result {
	r := &fitting.Result{Resolution: volume.Resolution{Value: 4}}
	for i, score := range scores {
		p := fitting.Placement{Motion: geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: at + 20*float64(i)}}, Metrics: fitting.Metrics{Score: score}}
		r.Placements = append(r.Placements, p)
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	return r
}

// Significant rows are those that nobody decided about, each place once.
func TestSignificant(t *testing.T) {
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5)))
	o := d.State().Options
	is := func(what string, want ...ClusterID) {
		t.Helper()
		if got := d.State().Significant(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	at := func(round, rank int) ClusterID { return ClusterID{Round: round, Structure: 1, Rank: rank} }
	is("nothing was fitted")
	propose(t, d, "", nil, Fit{Structure: 1, Options: o, Result: places(0, 0.9, 0.5, 0.3, 0.1)})
	is("the last is none", at(1, 1), at(1, 2), at(1, 3))
	propose(t, d, "", nil, Fit{Structure: 1, Options: o, Result: places(20.5, 0.6, 0.35, 0.25)})
	is("two places again, and another", at(1, 1), at(2, 1), at(2, 2), at(2, 3))
	must(t, d.Accept(at(1, 2)))
	is("one was accepted, as the round before has it", at(1, 1), at(2, 2), at(2, 3))
	must(t, d.SetRejected(at(2, 3), true))
	is("one was rejected", at(1, 1), at(2, 2))
	if got := d.State().Acceptable(); !slices.Equal(got, []ClusterID{at(1, 1), at(2, 2)}) {
		t.Errorf("of any number %v can be accepted", got)
	}
	must(t, d.SetCopies(1, 1))
	if got := d.State().Acceptable(); len(got) > 0 {
		t.Errorf("though one is expected, and placed, %v can be accepted", got)
	}
}
