// SPDX-License-Identifier: BSD-3-Clause

package enginetest

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"

	"difffit/fitting"
	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

// stopped is a context that is done.
func stopped() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// testRefine asks a Refiner to go back to the planted place from beside it.
func testRefine(t *testing.T, e fitting.Engine) {
	refiner, ok := e.(fitting.Refiner)
	if !ok {
		t.Skip("the engine is no Refiner")
	}
	p := problem(t, planted)
	center := p.Structure.Centroid(p.Options.Atoms)
	at := planted.Apply(center)
	beside := geom.About(geom.Exp(r3.Vec{X: 0.05, Z: -0.05}), at, r3.Add(at, r3.Vec{X: 0.8, Y: -0.5}))
	beside = planted.Then(beside)
	r, err := refiner.Refine(context.Background(), p, beside)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Placements) != 1 || len(r.Clusters) != 1 || r.Starts != 1 || r.Engine.Name == "" {
		t.Fatalf("%d placements in %d clusters of %d starts, made by %+v; want one of one, and by what", len(r.Placements), len(r.Clusters), r.Starts, r.Engine)
	}
	// Noise and thresholding move the optimum by a few hundredths of an ångström.
	if d, from := rmsd(p.Structure, r.Placements[0].Motion, planted), rmsd(p.Structure, beside, planted); d > 0.3 || from < 1 {
		t.Errorf("refined from %.2f Å to %.3f Å of the planted place, want from 1 at least to 0.3 at most", from, d)
	}
	again, err := refiner.Refine(context.Background(), p, beside)
	if err != nil || !reflect.DeepEqual(again.Placements, r.Placements) {
		t.Errorf("a second time: error %v, another placement", err)
	}
	both, err := refiner.Refine(context.Background(), p, planted, beside)
	if err != nil || len(both.Placements) != 2 || both.Placements[1] != r.Placements[0] || both.Starts != 2 {
		t.Errorf("two at once: error %v, %+v; want the second to end as alone, at %+v", err, both.Placements, r.Placements[0])
	}
	if none, err := refiner.Refine(context.Background(), p); err != nil || len(none.Placements) != 0 {
		t.Errorf("none: error %v, placements %+v; want none", err, none.Placements)
	}
	if r, err := refiner.Refine(stopped(), p, beside); r == nil || !errors.Is(err, context.Canceled) {
		t.Errorf("with a finished context: %v, %v, want a result and an error that wraps context.Canceled", r, err)
	}
}

// testSample asks a Sampler for the same places whatever the number of threads.
func testSample(t *testing.T, e fitting.Engine) {
	sampler, ok := e.(fitting.Sampler)
	if !ok {
		t.Skip("the engine is no Sampler")
	}
	p := problem(t, planted)
	sample := func(threads int) []float64 {
		p.Options.Threads = threads
		cams, err := sampler.Sample(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		return cams
	}
	cams := sample(1)
	if len(cams) < fitting.LeastNull {
		t.Errorf("%d places, want at least %d: the map has room for them", len(cams), fitting.LeastNull)
	}
	for i, c := range cams {
		if !(c >= -1 && c <= 1) {
			t.Errorf("the correlation of place %d is %g", i+1, c)
		}
	}
	if again := sample(3); !slices.Equal(again, cams) {
		t.Error("with three threads the sample is another")
	}
	if _, err := sampler.Sample(stopped(), p); !errors.Is(err, context.Canceled) {
		t.Errorf("with a finished context: %v, want an error that wraps context.Canceled", err)
	}
}

// testAtOnce fits in one target from several goroutines, as alone.
func testAtOnce(t *testing.T, e fitting.Engine) {
	const n = 3
	p := problem(t, planted)
	seeded := func(target *fitting.Target, i int) *fitting.Problem {
		q := *p
		q.Target = target
		q.Options.Seed, q.Options.Starts, q.Options.Threads = uint64(i+1), 200, 2
		return &q
	}
	var alone [n]*fitting.Result
	for i := range n {
		alone[i] = fit(t, e, seeded(p.Target, i))
	}
	fresh := fitting.NewTarget(p.Target.Grid()) // all of them need the fields at once
	var together [n]*fitting.Result
	var errs [n]error
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { together[i], errs[i] = e.Fit(context.Background(), seeded(fresh, i), nil) })
	}
	wg.Wait()
	for i := range n {
		if errs[i] != nil || !reflect.DeepEqual(together[i].Placements, alone[i].Placements) {
			t.Errorf("fit %d beside others: error %v, other placements than alone", i+1, errs[i])
		}
	}
}

// testNotFinite fits into maps that have voxels without a number: that is an
// error, or they are handled, but never in the numbers of a result.
func testNotFinite(t *testing.T, e fitting.Engine) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		p := problem(t, planted)
		g := p.Target.Grid()
		data := slices.Clone(g.Data)
		data[len(data)/2] = float32(v)
		p.Target = fitting.NewTarget(g.WithData(data))
		p.Options.Starts = 200
		r, err := e.Fit(context.Background(), p, nil)
		if r == nil {
			t.Fatalf("a voxel is %g: no result, error %v", v, err)
		}
		if err == nil && len(r.Clusters) == 0 {
			t.Errorf("a voxel is %g: no cluster and no error", v)
		}
		for _, c := range r.Clusters {
			if sum := c.Score + c.SignificanceZ + c.Density + c.Overlap + c.Inside; math.IsNaN(sum) || math.IsInf(sum, 0) {
				t.Errorf("a voxel is %g: a cluster has the metrics %+v", v, c.Metrics)
			}
		}
	}
}
