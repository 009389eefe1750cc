// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// goldenCams are 300 normal quantiles and three
// that stand out, measured with R 4.2.2 and fdrtool 1.2.17.
func goldenCams() []float64 {
	var cams []float64
	for i := 1; i <= 300; i++ {
		normal := math.Sqrt2 * math.Erfinv(2*(float64(i)-0.5)/300-1)
		cams = append(cams, math.Tanh(0.25+0.08*normal))
	}
	return append(cams, 0.62, 0.55, 0.50)
}

func TestNullGolden(t *testing.T) {
	cams := goldenCams()
	n, err := FitNull(cams)
	if err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got/want-1) > tolerance {
			t.Errorf("%s is %g, want %g", what, got, want)
		}
	}
	near("cut", n.Cut, 0.163103556, 1e-8)
	near("eta0", n.Eta0, 0.98700584, 2e-4)
	near("sigma", n.Sigma, 0.07955738, 1e-6) // of an exact optimiser; R's own stops at 0.07955110
	var p []float64
	for _, c := range cams {
		p = append(p, P(n, c))
	}
	q := falseDiscovery(p, len(p))
	for i, want := range []struct{ p, q float64 }{{3.1485e-9, 9.5400e-7}, {4.5760e-6, 6.9326e-4}, {2.0318e-4, 2.0521e-2}} {
		// The vector is two-sided, ours are the upper half; R's optimiser is coarse.
		near("p", p[300+i], want.p/2, 0.01)
		near("q", q[300+i], want.q/2, 0.01)
	}
	if p[0] < 0.9 || q[0] < 0.9 {
		t.Errorf("the lowest cam has p %g and q %g, want nearly 1: it is no discovery", p[0], q[0])
	}
}

// Of wrong placements alone p is uniform: a tenth of them has p below 0.1, and
// no q is small.
func TestNullOfWrongPlacements(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	cams := make([]float64, 4000)
	for i := range cams {
		cams[i] = math.Tanh(0.1 + 0.05*rng.NormFloat64())
	}
	n, err := FitNull(cams)
	if err != nil {
		t.Fatal(err)
	}
	var p []float64
	below := map[float64]int{0.01: 0, 0.1: 0, 0.5: 0}
	for _, c := range cams {
		p = append(p, P(n, c))
		for limit := range below {
			if p[len(p)-1] < limit {
				below[limit]++
			}
		}
	}
	for limit, count := range below {
		sd := math.Sqrt(limit * (1 - limit) * 4000)
		if math.Abs(float64(count)-4000*limit) > 4*sd {
			t.Errorf("%d of 4000 wrong placements have p < %g, want %.0f ± %.0f", count, limit, 4000*limit, sd)
		}
	}
	for _, q := range falseDiscovery(p, len(p)) {
		if q < 0.01 {
			t.Errorf("a wrong placement has q %g", q)
		}
	}
	if n.Eta0 < 0.95 {
		t.Errorf("η0 is %g for wrong placements alone, want nearly 1", n.Eta0)
	}
}

func TestNullRefuses(t *testing.T) {
	same := make([]float64, 300)
	nan := append([]float64{math.NaN()}, goldenCams()...)
	for name, tt := range map[string]struct {
		cams []float64
		few  bool
	}{"199": {goldenCams()[:199], true}, "none": {nil, true}, "all the same": {same, true}, "not a number": {nan, false}} {
		if _, err := FitNull(tt.cams); err == nil || errors.Is(err, ErrTooFew) != tt.few {
			t.Errorf("%s: error %v, want one that is ErrTooFew: %t", name, err, tt.few)
		}
	}
	if _, err := FitNull(goldenCams()[:200]); err != nil {
		t.Errorf("200 placements: %v", err)
	}
	if q := falseDiscovery([]float64{0.01, 0.001}, 50); math.Abs(q[1]-0.05) > 1e-12 || math.Abs(q[0]-0.25) > 1e-12 {
		t.Errorf("q of the best two of 50 tests: %v, want 0.25 and 0.05", q)
	}
}
