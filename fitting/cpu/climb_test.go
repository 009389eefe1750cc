// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
	"difffit/fitting/search"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/spatial/r3"
)

var planted = geom.NewRigid(geom.Exp(r3.Vec{X: 0.4, Y: -1, Z: 2}), r3.Vec{X: 11, Y: 5, Z: -8})

// prepared returns a problem with a molecule planted in a map.
func prepared(t *testing.T) *prepare.Problem {
	t.Helper()
	s := enginetest.Molecule(3, 300, r3.Vec{X: 4, Y: 5, Z: 6})
	o := fitting.DefaultOptions()
	o.Resolution = 5
	p, err := prepare.New(context.Background(), &fitting.Problem{
		Target: fitting.NewTarget(enginetest.Map(t, s, planted)), Structure: s, Options: o,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// reference is the objective in double precision on the grid itself.
func reference(g *volume.Grid, offsets []r3.Vec, at geom.Rigid) float64 {
	sum := 0.0
	for _, o := range offsets {
		sum += g.Sample(at.Apply(o))
	}
	return sum / float64(len(offsets))
}

func TestGradientAgainstDifferences(t *testing.T) {
	p := prepared(t)
	for _, kind := range []prepare.FieldKind{prepare.Smoothed, prepare.Normalized, prepare.Paper} {
		g := p.Field(kind)
		f, err := search.NewField(g, 1)
		if err != nil {
			t.Fatal(err)
		}
		o := newObjective(f, p.Molecule.Offsets, 1)
		rng := rand.New(rand.NewPCG(1, 1))
		for range 20 {
			at := p.Molecule.ToCenter(planted)
			at = search.Turned(at, r3.Vec{X: 0.3 * rng.NormFloat64(), Y: 0.3 * rng.NormFloat64(), Z: 0.3 * rng.NormFloat64()},
				r3.Vec{X: 2 * rng.NormFloat64(), Y: 2 * rng.NormFloat64(), Z: 2 * rng.NormFloat64()})
			value, shift, turn := o.at(at)
			if want := reference(g, p.Molecule.Offsets, at); math.Abs(value-want) > 1e-3 {
				t.Errorf("%s: value %g, want %g", kind, value, want)
			}
			// The field has kinks at voxel faces, so differences over h see what
			// lies within h; 300 atoms average them out to about a percent.
			const h = 1e-3
			for i, axis := range []r3.Vec{{X: 1}, {Y: 1}, {Z: 1}} {
				d := r3.Scale(h, axis)
				slope := (reference(g, p.Molecule.Offsets, search.Turned(at, r3.Vec{}, d)) -
					reference(g, p.Molecule.Offsets, search.Turned(at, r3.Vec{}, r3.Scale(-1, d)))) / (2 * h)
				if got := r3.Dot(shift, axis); math.Abs(got-slope) > 0.01*r3.Norm(shift)+1e-3 {
					t.Errorf("%s: shift along axis %d: %g, difference %g", kind, i, got, slope)
				}
				a := r3.Scale(h/10, axis)
				slope = (reference(g, p.Molecule.Offsets, search.Turned(at, a, r3.Vec{})) -
					reference(g, p.Molecule.Offsets, search.Turned(at, r3.Scale(-1, a), r3.Vec{}))) / (2 * h / 10)
				if got := r3.Dot(turn, axis); math.Abs(got-slope) > 0.01*r3.Norm(turn)+1e-2 {
					t.Errorf("%s: turn about axis %d: %g, difference %g", kind, i, got, slope)
				}
			}
		}
	}
}

// The optimum of polish against the one that a method without derivatives
// finds with tight tolerances in double precision, on the same grid.
func TestPolishFindsTheTightOptimum(t *testing.T) {
	p := prepared(t)
	g := p.Field(prepare.Smoothed)
	f, err := search.NewField(g, 1)
	if err != nil {
		t.Fatal(err)
	}
	m := p.Molecule
	o := newObjective(f, m.Offsets, 1)
	start := search.Turned(m.ToCenter(planted), r3.Vec{X: 0.05, Y: -0.03}, r3.Vec{X: 0.5, Z: -0.4})
	got, _ := search.Ascend(o.at, start, search.Polishing{Gyration: m.Gyration, First: 0.1, Tolerance: 1e-4, Evaluations: 24})

	move := func(x []float64) geom.Rigid {
		return search.Turned(got, r3.Vec{X: x[3] / m.Gyration, Y: x[4] / m.Gyration, Z: x[5] / m.Gyration}, r3.Vec{X: x[0], Y: x[1], Z: x[2]})
	}
	problem := optimize.Problem{Func: func(x []float64) float64 { return -reference(g, m.Offsets, move(x)) }}
	r, err := optimize.Minimize(problem, make([]float64, 6), &optimize.Settings{
		FuncEvaluations: 4000, Converger: &optimize.FunctionConverge{Absolute: 1e-12, Iterations: 300},
	}, &optimize.NelderMead{SimplexSize: 0.02})
	if err != nil {
		t.Fatal(err)
	}
	if d := m.RMSD(got, move(r.X)); d > 0.01 { // noise moves optima by several hundredths
		t.Errorf("polish ended %.4f Å from the optimum, want at most 0.01", d)
	}
}

func TestValueIsMinusInfinityWhereAPlacementIsNot(t *testing.T) {
	p := prepared(t)
	f, err := search.NewField(p.Field(prepare.Smoothed), 1)
	if err != nil {
		t.Fatal(err)
	}
	o := newObjective(f, p.Molecule.Offsets, 1)
	if v, s, r := o.at(geom.Rigid{Rotation: planted.Rotation, Shift: r3.Vec{X: math.NaN()}}); !math.IsInf(v, -1) || s != (r3.Vec{}) || r != (r3.Vec{}) {
		t.Errorf("at NaN: %g %v %v, want −∞ and no gradient", v, s, r)
	}
}
