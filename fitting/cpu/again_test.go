// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// largeProblem has a molecule of 5000 atoms in its map.
func largeProblem(b *testing.B) *fitting.Problem {
	b.Helper()
	s := enginetest.Molecule(3, 5000, r3.Vec{X: 4, Y: 5, Z: 6})
	o := fitting.DefaultOptions()
	o.Resolution = 5
	p := &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(b, s, planted)), Structure: s, Options: o}
	if _, err := New().Refine(context.Background(), p, planted); err != nil { // the fields of the map are made
		b.Fatal(err)
	}
	return p
}

// BenchmarkAgain compares what is done with a structure that was never seen,
// whose model has to be made, with the same of one that was. Refine is of one
// placement, helix of the 70 that the search for a finer helix may ask for: one
// at a time, each of a structure never seen, and five at a time again.
func BenchmarkAgain(b *testing.B) {
	p, e := largeProblem(b), New()
	turned := make([]geom.Rigid, 5)
	for i := range turned {
		turned[i] = planted.Then(geom.About(geom.Exp(r3.Vec{X: 0.01 * float64(i)}), planted.Shift, planted.Shift))
	}
	unseen := func(p *fitting.Problem) *fitting.Problem {
		q := *p
		q.Structure = p.Structure.WithAtoms(p.Structure.Atoms)
		return &q
	}
	refine := func(b *testing.B, p *fitting.Problem, starts ...geom.Rigid) float64 {
		r, err := e.Refine(context.Background(), p, starts...)
		if err != nil || len(r.Placements) != len(starts) {
			b.Fatalf("%d placements, %v", len(r.Placements), err)
		}
		return r.Seconds.Prepare
	}
	for _, bb := range []struct {
		name string
		run  func(b *testing.B, p func() *fitting.Problem) (prepare float64)
	}{
		{"fit", func(b *testing.B, p func() *fitting.Problem) float64 {
			r, err := e.Fit(context.Background(), p(), nil)
			if err != nil {
				b.Fatal(err)
			}
			return r.Seconds.Prepare
		}},
		{"refine", func(b *testing.B, p func() *fitting.Problem) float64 { return refine(b, p(), turned[1]) }},
		{"helix", func(b *testing.B, problem func() *fitting.Problem) (prepare float64) {
			for range 14 {
				if q := problem(); q == p {
					prepare += refine(b, q, turned...)
					continue
				}
				for _, at := range turned {
					prepare += refine(b, problem(), at)
				}
			}
			return prepare
		}},
		{"sample", func(b *testing.B, p func() *fitting.Problem) float64 {
			if _, err := e.Sample(context.Background(), p()); err != nil {
				b.Fatal(err)
			}
			return 0
		}},
	} {
		for _, of := range []struct {
			name    string
			problem func() *fitting.Problem
		}{{"unseen", func() *fitting.Problem { return unseen(p) }}, {"again", func() *fitting.Problem { return p }}} {
			b.Run(bb.name+"/"+of.name, func(b *testing.B) {
				prepare := 0.0
				for b.Loop() {
					prepare += bb.run(b, of.problem)
				}
				b.ReportMetric(1e3*prepare/float64(b.N), "prepare-ms/op")
			})
		}
	}
}

// What is kept does not change what is found.
func TestAgainIsTheSame(t *testing.T) {
	s := enginetest.Molecule(3, 300, r3.Vec{X: 4, Y: 5, Z: 6})
	o := fitting.DefaultOptions()
	o.Resolution, o.Starts = 5, 300
	p := &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(t, s, planted)), Structure: s, Options: o}
	want := fitted(t, p)
	for name, other := range map[string]*mol.Structure{"the same": s, "a copy": s.WithAtoms(s.Atoms)} {
		q := *p
		q.Structure = other
		if got := fitted(t, &q); len(got.Placements) != len(want.Placements) || got.Placements[0] != want.Placements[0] {
			t.Errorf("%s: best of %d placements is %+v, want of %d %+v", name, len(got.Placements), got.Placements[0], len(want.Placements), want.Placements[0])
		}
	}
}

func fitted(t *testing.T, p *fitting.Problem) *fitting.Result {
	t.Helper()
	r, err := New().Fit(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
