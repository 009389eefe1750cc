// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"slices"
	"testing"

	"difffit/fitting"
)

func scored(scores ...float64) []fitting.Cluster {
	var c []fitting.Cluster
	for i, s := range scores {
		c = append(c, fitting.Cluster{Rank: i + 1, Placement: fitting.Placement{Metrics: fitting.Metrics{Score: s}}})
	}
	return c
}

// What is better is told at once, and the end; what is not better waits.
func TestWatchTellsWhatIsBetterAtOnce(t *testing.T) {
	var got []float64
	w := newWatch(func(p fitting.Progress) {
		best := 0.0
		if len(p.Clusters) > 0 {
			best = p.Clusters[0].Score
		}
		got = append(got, best)
	})
	w.last = w.began.Add(reportEvery * 1e6) // no report is due
	w.phase(fitting.Searching, 0.2)
	w.send(true) // sets the time of the last report to now
	w.last = w.began.Add(reportEvery * 1e6)
	for _, c := range [][]fitting.Cluster{scored(0.3), scored(0.3, 0.2), nil, scored(0.3), scored(0.4)} {
		w.found(c)
		w.last = w.began.Add(reportEvery * 1e6)
	}
	w.done(scored(0.4))
	w.stop()
	w.done(scored(0.9))
	if want := []float64{0, 0.3, 0.4, 0.4}; !slices.Equal(got, want) {
		t.Errorf("reports with the best scores %v, want %v", got, want)
	}
}

// A worker does not wait for a report that runs, be it of another worker.
func TestWorkersDoNotWaitForReports(t *testing.T) {
	inside, leave := make(chan struct{}), make(chan struct{})
	var fractions []float64
	w := newWatch(func(p fitting.Progress) {
		fractions = append(fractions, p.Fraction)
		if len(fractions) == 1 {
			close(inside)
			<-leave
		}
	})
	first := make(chan struct{})
	go func() {
		w.phase(fitting.Searching, 0.1)
		close(first)
	}()
	<-inside
	w.phase(fitting.Searching, 0.5) // would never return
	close(leave)
	<-first
	w.done(nil)
	if want := []float64{0.1, 1}; !slices.Equal(fractions, want) {
		t.Errorf("reports at %v, want %v", fractions, want)
	}
}
