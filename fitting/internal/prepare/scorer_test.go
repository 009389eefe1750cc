// SPDX-License-Identifier: BSD-3-Clause

package prepare_test

import (
	"context"
	"math"
	"testing"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// Metrics of the right place in a map without noise have values that can be
// written down.
func TestMetricsOfAPerfectPlacement(t *testing.T) {
	p := problem(t)
	points := fitting.Points(p.Structure.Moved(moved.Mover()).Atoms)
	g, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 5, Spacing: 1, Padding: 20})
	if err != nil {
		t.Fatal(err)
	}
	p.Target = fitting.NewTarget(g)
	q := prepared(t, p)
	s, err := q.Scorer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	at := q.Molecule.ToCenter(moved)
	found := s.Correlate(at)
	m := s.Metrics(at, found)
	for name, v := range map[string]float64{
		"correlation": m.Correlation, "correlation about mean": m.CorrelationAboutMean, "map correlation": m.MapCorrelation,
	} {
		if v < 0.97 || v > 1 { // a grid of R/3 sampled trilinearly at sharp peaks loses two percent
			t.Errorf("%s is %.4f, want 0.97 to 1", name, v)
		}
	}
	if m.Score < 0.97 || m.Inside < 0.99 {
		t.Errorf("score %.4f, inside %.3f, want nearly 1", m.Score, m.Inside)
	}
	density := 0.0
	for _, a := range points {
		density += g.Sample(a.Pos) / float64(len(points))
	}
	if math.Abs(m.Density-density) > 1e-6*density {
		t.Errorf("density %g, want the mean at the atoms %g", m.Density, density)
	}
	if math.Abs(m.SignificanceZ/math.Atanh(found.Mask)) < 3 {
		t.Errorf("z %g for ccD %g", m.SignificanceZ, found.Mask)
	}
	away := geom.NewRigid(at.Rotation, r3.Add(at.Shift, r3.Vec{X: 1000}))
	if far := s.Metrics(away, s.Correlate(away)); far != (fitting.Metrics{}) {
		t.Errorf("metrics outside the map: %+v, want zeros", far)
	}
	if off := s.Correlate(geom.NewRigid(at.Rotation, r3.Add(at.Shift, r3.Vec{X: 4}))); off.Score > 0.6*m.Score {
		t.Errorf("score %.3f when 4 Å off, %.3f in place", off.Score, m.Score)
	}
}

func TestEstimateCoreIsThatOfEstimate(t *testing.T) {
	q := prepared(t, problem(t))
	s, err := q.Scorer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		g := q.Molecule.ToCenter(moved)
		g.Shift.X += float64(i)
		if got, want := s.EstimateCore(g), s.Estimate(g).Core; got != want {
			t.Errorf("%d Å off: %g, want %g", i, got, want)
		}
	}
}
