// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"

	. "difffit/app/document"
)

// again adds a round in which alpha is found 0.5 Å beside where it was in the
// round of reviewed, and then in a place of its own; proposed by somebody if by
// is not "".
func again(t *testing.T, d *Document, by string) []Fit {
	t.Helper()
	r := found()
	for i, x := range []float64{0.5, 2.5, 4.5, 40} {
		p := placement(0.8-0.1*float64(i), r3.Vec{X: x, Y: 7, Z: 6})
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	fits := []Fit{{Structure: 1, Options: d.State().Options, Result: r}}
	if by == "" {
		addRound(t, d, fits...)
	} else {
		propose(t, d, by, nil, fits...)
	}
	return fits
}

func TestDecisionsHoldForPlaces(t *testing.T) {
	d := reviewed(t)
	must(t, d.Accept(cluster(1)))
	must(t, d.SetRejected(cluster(2), true))
	again(t, d, "")
	round := 2
	verdicts := func() (list []string) {
		for rank := range 4 {
			list = append(list, d.State().DecidedElsewhere(ClusterID{round, 1, rank + 1}).String())
		}
		return list
	}
	check := func(when string, want ...string) {
		t.Helper()
		if got := verdicts(); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	check("at first", "accepted in round 1", "rejected in round 1", "", "")
	if v := d.State().DecidedElsewhere(cluster(2)); !v.IsZero() {
		t.Errorf("of its own round: %v", v)
	}
	d.Undo()
	d.Undo()
	again(t, d, "")
	round = 3 // the number of the round that was undone is not given again
	check("the rejection undone", "accepted in round 1", "", "", "")
	must(t, d.SetRejected(ClusterID{3, 1, 1}, true)) // a copy is there already
	again(t, d, "")
	if v := d.State().DecidedElsewhere(ClusterID{4, 1, 1}); !v.Accepted {
		t.Errorf("accepted in round 1, rejected in round 3: %v", v)
	}
	must(t, d.RemoveRound(1))
	check("round 1 removed", "accepted in a round that was removed", "", "", "")
	must(t, d.SetTolerance(0.1, 5))
	check("with tolerances of 0.1 Å", "", "", "", "")
}

// What is proposed in a place that was decided about is not to be confirmed.
func TestProposalsAtDecidedPlacesAreLeftOut(t *testing.T) {
	d := reviewed(t)
	must(t, d.Accept(cluster(1)))
	must(t, d.SetRejected(cluster(2), true))
	fits := again(t, d, "composite")
	want := []ClusterID{{2, 1, 3}, {2, 1, 4}}
	if got := d.State().Proposals(); !slices.Equal(got, want) {
		t.Errorf("proposals %v, want %v", got, want)
	}
	must(t, d.SetRejected(cluster(2), false))
	if got := d.State().Proposals(); len(got) != 3 {
		t.Errorf("%d proposals after the rejection was taken back, want 3", len(got))
	}
	d.Undo()
	must(t, d.RemoveRound(2))
	if open, rejected := d.State().Undecided(fits); open != 2 || rejected != 1 {
		t.Errorf("%d open, %d rejected, want 2 and 1", open, rejected)
	}
}
