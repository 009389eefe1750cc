// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
)

var _ fitting.Tracer = (*Engine)(nil)

// The way of a start begins where that start was, and ends where the fit says
// that it did, to the last digits.
func TestTraceEndsWhereTheFitDid(t *testing.T) {
	s := enginetest.Molecule(1, 500, r3.Vec{X: 100})
	turned := geom.About(geom.Exp(r3.Vec{X: 1, Y: -2, Z: 0.5}), r3.Vec{X: 100}, r3.Vec{X: 20, Y: 30, Z: -5})
	for _, method := range []fitting.Method{fitting.Search, fitting.DiffFit} {
		t.Run(string(method), func(t *testing.T) {
			o := fitting.DefaultOptions()
			o.Resolution, o.Method = 5, method
			if method == fitting.DiffFit {
				o.Starts, o.Iterations = 400, 100
			}
			p := &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(t, s, turned)), Structure: s, Options: o}
			e := New()
			r, err := e.Fit(context.Background(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			best := r.Clusters[0]
			ways, err := e.Trace(context.Background(), p, best.Motion, r.Starts, 5)
			if err != nil {
				t.Fatal(err)
			}
			if len(ways) == 0 || len(ways) > 5 {
				t.Fatalf("%d ways to the best placement, want 1 to 5", len(ways))
			}
			for i, w := range ways {
				n := len(w.Steps)
				if w.Start < 1 || w.Start > r.Starts || n < 8 {
					t.Fatalf("start %d of %d has %d steps", w.Start, r.Starts, n)
				}
				first, last := w.Steps[0], w.Steps[n-1]
				if first.Stage != "start" || last.RMSD != 0 || first.RMSD < 2 {
					t.Errorf("start %d: first %q at %.2f Å, last at %.2f Å", w.Start, first.Stage, first.RMSD, last.RMSD)
				}
				if last.Score < first.Score || math.IsNaN(last.MapCorrelation) {
					t.Errorf("start %d: score from %.3f to %.3f", w.Start, first.Score, last.Score)
				}
				d := r3.Norm(r3.Sub(last.Motion.Apply(r3.Vec{X: 100}), best.Motion.Apply(r3.Vec{X: 100})))
				if i == 0 && (d > 1e-9 || geom.Angle(last.Motion.Rotation, best.Motion.Rotation) > 1e-5 || last.Metrics != best.Metrics) {
					t.Errorf("the first way ends %g Å from the placement that the fit kept, with %+v, want %+v", d, last.Metrics, best.Metrics)
				}
			}
			o.Threads = 1
			p.Options = o
			if one, err := e.Trace(context.Background(), p, best.Motion, r.Starts, 5); err != nil || !reflect.DeepEqual(one, ways) {
				t.Errorf("one thread: other ways than with all, or error %v", err)
			}
			far := geom.Rigid{Rotation: quat.Number{Real: 1}, Shift: r3.Vec{X: 1e4}}
			if none, err := e.Trace(context.Background(), p, far, r.Starts, 5); err != nil || len(none) != 0 {
				t.Errorf("%d ways to nowhere, %v", len(none), err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := e.Trace(ctx, p, best.Motion, r.Starts, 5); !errors.Is(err, context.Canceled) {
				t.Errorf("stopped: error %v, want one that wraps context.Canceled", err)
			}
		})
	}
}
