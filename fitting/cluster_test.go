// SPDX-License-Identifier: BSD-3-Clause

package fitting_test

import (
	"math"
	"testing"

	"difffit/fitting"
	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

func TestGroup(t *testing.T) {
	place := func(x, degrees, score float64, hits int) fitting.Placement {
		g := geom.NewRigid(geom.Exp(r3.Vec{Z: degrees * math.Pi / 180}), r3.Vec{X: x})
		return fitting.Placement{Motion: g, Hits: hits, Metrics: fitting.Metrics{Score: score}}
	}
	got := fitting.Group([]fitting.Placement{
		place(2.9, 0, 0.3, 5), // with the best
		place(0, 0, 0.9, 1),   // the best
		place(0, 7, 0.5, 2),   // turned too far
		place(3.1, 0, 0.4, 4), // shifted too far
		place(0, 5.9, 0.2, 3), // with the best
	}, r3.Vec{}, 3, 6)
	want := []struct {
		score float64
		hits  int
	}{{0.9, 9}, {0.5, 2}, {0.4, 4}}
	if len(got) != len(want) {
		t.Fatalf("%d clusters, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].Rank != i+1 || got[i].Score != w.score || got[i].Hits != w.hits {
			t.Errorf("cluster %d: rank %d, score %g, hits %d, want score %g, hits %d", i, got[i].Rank, got[i].Score, got[i].Hits, w.score, w.hits)
		}
	}
}
