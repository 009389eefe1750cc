// SPDX-License-Identifier: BSD-3-Clause

package enginetest

import (
	"context"
	"math"
	"testing"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// testRemaining takes one of two neighbours out of a map whose resolution and
// level nobody stated. The other is fitted at those of the map as it was
// opened, and is measured in that map too.
func testRemaining(t *testing.T, e fitting.Engine) {
	beside := geom.About(geom.Exp(r3.Vec{X: 0.4, Z: 2}), r3.Vec{X: 100, Y: -40, Z: 7}, r3.Vec{X: 45, Y: 300, Z: -5})
	p := problem(t, planted, beside)
	p.Options.Resolution = 0
	first := fit(t, e, p)
	whole := p.Target
	layer, err := volume.Zero(context.Background(), whole.Grid(), fitting.Points(p.Structure.Moved(beside.Mover()).Atoms), volume.DefaultZeroOptions())
	if err != nil {
		t.Fatal(err)
	}
	p.Target = whole.Without(layer)
	second := fit(t, e, p)
	if second.Resolution != first.Resolution || second.Level != first.Level {
		t.Errorf("in what is left: resolution %v, level %v; want those of the whole map, %v and %v",
			second.Resolution, second.Level, first.Resolution, first.Level)
	}
	for _, q := range first.Placements {
		if q.Whole != nil {
			t.Fatalf("a placement in the whole map has other metrics in it: %+v", q.Whole)
		}
	}
	best := second.Clusters[0]
	if d := rmsd(p.Structure, best.Motion, planted); d > 0.3 {
		t.Fatalf("best placement is %.3f Å from the one that is left, want at most 0.3", d)
	}
	if best.Whole == nil {
		t.Fatal("no metrics in the whole map")
	}
	var was fitting.Metrics // of the same place, when it was found in the whole map
	for _, c := range first.Clusters {
		if rmsd(p.Structure, c.Motion, planted) < 0.3 {
			was = c.Metrics
		}
	}
	// Zeroing a neighbour moves the optimum by hundredths of an ångström.
	if now := best.InWhole(); math.Abs(now.Score-was.Score) > 0.02 || math.Abs(now.MapCorrelation-was.MapCorrelation) > 0.02 {
		t.Errorf("in the whole map it has score %.3f and correlation %.3f, want %.3f and %.3f", now.Score, now.MapCorrelation, was.Score, was.MapCorrelation)
	}
}
