// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

var planted = geom.NewRigid(geom.Exp(r3.Vec{X: 0.4, Y: -1, Z: 2}), r3.Vec{X: 211, Y: 5, Z: -308})

// problem is a molecule of n atoms planted in a map.
func problem(t testing.TB, n int) *fitting.Problem {
	t.Helper()
	s := enginetest.Molecule(3, n, r3.Vec{X: 4, Y: 5, Z: 6})
	o := fitting.DefaultOptions()
	o.Resolution = 5
	return &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(t, s, planted)), Structure: s, Options: o}
}

// A bench is one field and molecule on the card and on the processors.
type bench struct {
	p         *enginetest.Prepared
	card, cpu search.Objective
	session   search.Session
	fallen    bool // a note is expected
}

func newBench(t *testing.T, kind enginetest.FieldKind, atoms int) *bench {
	t.Helper()
	e := open(t)
	t.Cleanup(func() { _ = e.Close() })
	p := enginetest.Prepare(t, problem(t, atoms))
	f, err := search.NewField(p.Field(kind), 1)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{p: p, session: e.card.Begin(1)}
	if b.card, err = b.session.Objective(context.Background(), f, p.Molecule.Offsets); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.card.Close)
	if b.cpu, err = (cpu.Device{}).Begin(1).Objective(context.Background(), f, p.Molecule.Offsets); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if note := b.session.Note(); note != "" && !b.fallen {
			t.Error(note)
		}
	})
	return b
}

// starts are some random placements near the planted one.
func (b *bench) starts(n int, shift, angle float64) []geom.Rigid {
	rng := rand.New(rand.NewPCG(4, 2))
	vec := func(k float64) r3.Vec {
		return r3.Vec{X: k * rng.NormFloat64(), Y: k * rng.NormFloat64(), Z: k * rng.NormFloat64()}
	}
	out := make([]geom.Rigid, n)
	for i := range out {
		out[i] = search.Turned(b.p.Molecule.ToCenter(planted), vec(angle), vec(shift))
	}
	return out
}

func climbers(starts []geom.Rigid) []search.Climber {
	out := make([]search.Climber, len(starts))
	for i, g := range starts {
		out[i].Rigid = g
	}
	return out
}

// Five steps from the same starts in the same field: the placements differ by
// less than 1e-5 of the radius of gyration, and the values by less than 1e-5.
func TestClimbAgrees(t *testing.T) {
	for _, kind := range []enginetest.FieldKind{enginetest.Smoothed, enginetest.Normalized} {
		b := newBench(t, kind, 300)
		starts := b.starts(40, 3, 0.5)
		how := search.Ascent{Steps: 5, First: 1, Last: 0.3, Gyration: b.p.Molecule.Gyration}
		one, two := climbers(starts), climbers(starts)
		if err := b.cpu.Climb(context.Background(), one, how); err != nil {
			t.Fatal(err)
		}
		if err := b.card.Climb(context.Background(), two, how); err != nil {
			t.Fatal(err)
		}
		var worst, worstValue float64
		for i := range one {
			worst = max(worst, b.p.Molecule.RMSD(one[i].Rigid, two[i].Rigid)/b.p.Molecule.Gyration)
			worstValue = max(worstValue, math.Abs(one[i].Value-two[i].Value))
		}
		t.Logf("%s: places differ by %.1e radii of gyration, values by %.1e", kind, worst, worstValue)
		if worst > 1e-5 || worstValue > 1e-5 || math.IsNaN(worst+worstValue) {
			t.Errorf("%s: places differ by %.1e radii of gyration, values by %.1e, want at most 1e-5", kind, worst, worstValue)
		}
	}
}

// Two ascents are as good as one of as many steps: the memory goes on.
func TestClimbGoesOn(t *testing.T) {
	b := newBench(t, enginetest.Smoothed, 200)
	one, two := climbers(b.starts(8, 3, 0.5)), climbers(b.starts(8, 3, 0.5))
	for range 2 {
		how := search.Ascent{Steps: 4, First: 0.5, Last: 0.5, Gyration: b.p.Molecule.Gyration}
		if err := b.card.Climb(context.Background(), one, how); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.card.Climb(context.Background(), two, search.Ascent{Steps: 8, First: 0.5, Last: 0.5, Gyration: b.p.Molecule.Gyration}); err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if d := b.p.Molecule.RMSD(one[i].Rigid, two[i].Rigid); d > 1e-4 { // rounding of where the second began
			t.Errorf("climber %d: two times four steps end %.1e Å from eight", i, d)
		}
	}
}

func TestPolishAgrees(t *testing.T) {
	b := newBench(t, enginetest.Smoothed, 300)
	one, two := b.starts(20, 0.5, 0.1), b.starts(20, 0.5, 0.1)
	how := search.Polishing{Gyration: b.p.Molecule.Gyration, First: 0.1, Tolerance: 1e-4, Evaluations: 24}
	if err := b.cpu.Polish(context.Background(), one, how); err != nil {
		t.Fatal(err)
	}
	if err := b.card.Polish(context.Background(), two, how); err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for i := range one {
		worst = max(worst, b.p.Molecule.RMSD(one[i], two[i]))
	}
	t.Logf("polished placements differ by %.1e Å", worst)
	if worst > 0.01 { // the goal for any optimum; the sums differ in their last bits alone
		t.Errorf("polished placements differ by %.4f Å, want at most 0.01", worst)
	}
}

func TestFollowAgrees(t *testing.T) {
	b := newBench(t, enginetest.Paper, 200)
	for _, tt := range []struct {
		steps, look int
		tolerance   float64 // of the way
	}{{6, 5, 1e-5}, {101, 10, 3e-2}} { // differences grow on the way: a face between voxels is a kink
		starts := b.starts(10, 3, 0.5)
		how := search.Adam{Steps: tt.steps, Look: tt.look, ShiftRate: 0.4, RotationRate: 0.01}
		ends := [2][]search.Climber{make([]search.Climber, len(starts)), make([]search.Climber, len(starts))}
		for k, o := range []search.Objective{b.cpu, b.card} {
			err := o.Follow(context.Background(), len(starts), func(i int) geom.Rigid { return starts[i] }, how,
				func(i int, end search.Climber) { ends[k][i] = end })
			if err != nil {
				t.Fatal(err)
			}
		}
		worst := 0.0
		for i := range starts {
			worst = max(worst, b.p.Molecule.RMSD(ends[0][i].Rigid, ends[1][i].Rigid)/(1e-3+b.p.Molecule.RMSD(starts[i], ends[0][i].Rigid)))
		}
		t.Logf("%d steps: best states differ by %.1e of the way", tt.steps, worst)
		if !(worst <= tt.tolerance) {
			t.Errorf("%d steps: best states differ by %.1e of the way, want at most %.0e", tt.steps, worst, tt.tolerance)
		}
	}
}

func TestScoresAgree(t *testing.T) {
	b := newBench(t, enginetest.Smoothed, 300)
	ctx := context.Background()
	scorer, err := b.p.Scorer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	places := b.starts(900, 6, 0.5)
	places[7].Shift.X = math.NaN()
	places[8].Shift.X = 1e9
	m := b.session.(search.Measurer)
	if few := m.Correlate(ctx, scorer, places[:2]); few != nil {
		t.Errorf("two places were scored on the card: %v", few)
	}
	found := m.Correlate(ctx, scorer, places)
	if len(found) != len(places) {
		t.Fatalf("%d scores of %d", len(found), len(places))
	}
	worst := 0.0
	for i, c := range found {
		want := scorer.Correlate(places[i])
		worst = max(worst, math.Abs(c.Score-want.Score), math.Abs(c.Mask-want.Mask), math.Abs(c.Core-want.Core))
	}
	t.Logf("scores differ by %.1e", worst)
	if !(worst < 1e-4) { // positions are good to 1e-4 voxels on both
		t.Errorf("scores differ by %.1e, want less than 1e-4", worst)
	}
}

// A whole fit on both: the same placements in the same order.
func TestFitAgrees(t *testing.T) {
	e := open(t)
	defer e.Close()
	p := problem(t, 400)
	one, err := cpu.New().Fit(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	two, err := e.Fit(context.Background(), p, nil)
	if err != nil || two.Note != "" {
		t.Fatal(err, two.Note)
	}
	a, b := one.Clusters[0], two.Clusters[0]
	m := mol.Moments(p.Structure.Atoms)
	d, angle := m.RMSD(a.Motion, b.Motion), geom.Angle(a.Motion.Rotation, b.Motion.Rotation)
	t.Logf("best placements differ by %.1e Å and %.1e°, scores %.6f and %.6f, hits %d and %d", d, angle, a.Score, b.Score, a.Hits, b.Hits)
	if d > 0.05 || angle > 0.1 || math.Abs(a.Score-b.Score) > 1e-3 {
		t.Errorf("best placements differ by %.4f Å and %.4f°, scores are %g and %g; want at most 0.05 Å, 0.1°, 0.001", d, angle, a.Score, b.Score)
	}
	if one.RoundsAgreed != two.RoundsAgreed || one.Starts != two.Starts {
		t.Errorf("starts %d and %d, agreed %t and %t", one.Starts, two.Starts, one.RoundsAgreed, two.RoundsAgreed)
	}
}
