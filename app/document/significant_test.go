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

// What stands out is named though its score is low; what is decided about is not.
func TestOutstanding(t *testing.T) {
	for _, tt := range []struct {
		name   string
		scores []float64
		want   int // of them
	}{
		{"one far above the rest", []float64{0.154, 0.039, 0.03, 0.02}, 1},
		{"three copies", []float64{0.15, 0.14, 0.13, 0.04, 0.03, 0.02}, 3},
		{"a slope", []float64{0.15, 0.1, 0.07, 0.05, 0.03, 0.02}, 0},
		{"all are low", []float64{0.04, 0.01, 0.01, 0.01}, 0},
		{"few others", []float64{0.15, 0.01, 0.01}, 0},
		{"they look right", []float64{0.5, 0.45, 0.04, 0.03, 0.02}, 0},
		{"below what looks right", []float64{0.5, 0.15, 0.04, 0.03, 0.02}, 0},
	} {
		d := New()
		must(t, d.SetMap(noise(1)))
		must(t, d.AddStructures(stick("alpha", 5)))
		propose(t, d, "", nil, Fit{Structure: 1, Options: d.State().Options, Result: places(0, tt.scores...)})
		all := d.State().Outstanding()
		n := 0
		for _, o := range all {
			n += len(o.IDs)
		}
		if n != tt.want {
			t.Errorf("%s: %d stand out, want %d", tt.name, n, tt.want)
		}
		if n != 1 {
			continue
		}
		if tt.name == "one far above the rest" && (all[0].Best != 0.154 || all[0].Next != 0.039) {
			t.Errorf("%s: %+v", tt.name, all[0])
		}
		must(t, d.Accept(all[0].IDs[0]))
		if again := d.State().Outstanding(); len(again) > 0 {
			t.Errorf("%s: accepted, and %+v", tt.name, again)
		}
	}
}
