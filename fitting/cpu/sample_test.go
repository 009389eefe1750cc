// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"errors"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/rank"
)

// The right place stands out of where unchosen starts end; the sample is the
// same for any number of threads.
func TestSample(t *testing.T) {
	s := enginetest.Molecule(1, 500, r3.Vec{X: 100})
	other := enginetest.Molecule(2, 900, r3.Vec{X: 140, Y: 10})
	both := s.WithAtoms(append(slices.Clone(s.Atoms), other.Atoms...))
	o := fitting.DefaultOptions()
	o.Resolution = 5
	p := &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(t, both, geom.Identity())), Structure: s, Options: o}
	e := New()
	cams, err := e.Sample(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	n, err := rank.FitNull(cams)
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Fit(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if best := rank.P(n, r.Clusters[0].MapCorrelation); best > 1e-4 {
		t.Errorf("p of the planted place is %g, want it small: %+v", best, n)
	}
	p.Options.Threads = 1
	if one, err := e.Sample(context.Background(), p); err != nil || !slices.Equal(one, cams) {
		t.Errorf("one thread: another sample than with all, or error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Sample(ctx, p); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: error %v, want one that wraps context.Canceled", err)
	}
}
