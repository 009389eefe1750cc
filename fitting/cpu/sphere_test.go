// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// weak returns the problem of a small domain that is in the map thrice, twice
// in full and once, at the place that is returned, with a third of the
// occupancy and among larger neighbours: the search of the whole map ranks
// that place behind the others.
func weak(t *testing.T) (*fitting.Problem, geom.Rigid) {
	t.Helper()
	s := enginetest.Molecule(11, 250, r3.Vec{X: 12, Y: 3})
	apart := 4 * mol.Gyration(s.Atoms)
	var points []volume.Point
	add := func(m *mol.Structure, g geom.Rigid, occupancy float64) {
		for _, p := range fitting.Points(m.Moved(g.Mover()).Atoms) {
			p.Weight *= occupancy
			points = append(points, p)
		}
	}
	place := func(m *mol.Structure, turn r3.Vec, to r3.Vec) geom.Rigid {
		return geom.About(geom.Exp(turn), mol.Center(m.Atoms), to)
	}
	var there geom.Rigid
	for i, occupancy := range []float64{1, 1, 0.35} {
		there = place(s, r3.Vec{X: float64(i), Y: 1.3 * float64(i), Z: 0.7}, r3.Vec{X: float64(i) * apart})
		add(s, there, occupancy)
	}
	for i := range 4 {
		big := enginetest.Molecule(uint64(100+i), 700, r3.Vec{})
		add(big, place(big, r3.Vec{X: float64(i)}, r3.Vec{X: float64(i) * apart, Y: 1.1 * apart}), 1)
	}
	g, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 6, Spacing: 1.7, Padding: 12})
	if err != nil {
		t.Fatal(err)
	}
	g = volume.AddNoise(g, 0.35*volume.NewProfile(g).SD, 5)
	o := fitting.DefaultOptions()
	o.Resolution = 6
	return &fitting.Problem{Target: fitting.NewTarget(g), Structure: s, Options: o}, there
}

// rankAt returns the rank of the cluster at a place, 0 if there is none.
func rankAt(p *fitting.Problem, r *fitting.Result, place geom.Rigid) int {
	for _, c := range r.Clusters {
		sum := 0.0
		for _, a := range p.Structure.Atoms {
			sum += r3.Norm2(r3.Sub(c.Motion.Apply(a.Pos), place.Apply(a.Pos)))
		}
		if math.Sqrt(sum/float64(len(p.Structure.Atoms))) < 2 {
			return c.Rank
		}
	}
	return 0
}

// A weak domain that a search of the whole map ranks low, or misses, is at the
// top of a search in a sphere about it; nothing outside is in the result.
func TestSphereFindsWhatIsWeak(t *testing.T) {
	p, place := weak(t)
	for _, method := range []fitting.Method{fitting.Search, fitting.DiffFit} {
		p.Options = fitting.DefaultOptions()
		p.Options.Resolution, p.Options.Method = 6, method
		everywhere, err := New().Fit(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		c := place.Apply(mol.Center(p.Structure.Atoms))
		p.Options.Sphere = fitting.Sphere{Center: [3]float64{c.X + 3, c.Y - 2, c.Z + 2}, Radius: 9}
		here, err := New().Fit(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		global, local := rankAt(p, everywhere, place), rankAt(p, here, place)
		t.Logf("%s: rank %d of %d in the whole map, %d of %d in the sphere", method, global, len(everywhere.Clusters), local, len(here.Clusters))
		if local != 1 || global != 0 && global < 3 {
			t.Errorf("%s: rank %d in the sphere and %d in the whole map, want 1 and 3 or more (or none)", method, local, global)
		}
		for _, q := range here.Placements {
			if !p.Options.Sphere.Contains(q.Motion.Apply(mol.Center(p.Structure.Atoms))) {
				t.Errorf("%s: a placement at %v is outside the sphere", method, q.Motion.Apply(mol.Center(p.Structure.Atoms)))
			}
		}
	}
}

// A sphere in which there is no density is an error that says so.
func TestSphereOfNothing(t *testing.T) {
	p, _ := weak(t)
	p.Options.Sphere = fitting.Sphere{Center: [3]float64{500, 0, 0}, Radius: 5}
	_, err := New().Fit(context.Background(), p, nil)
	if !errors.Is(err, fitting.ErrEmpty) {
		t.Errorf("%v, want that nothing is there", err)
	}
	for _, wrong := range []fitting.Sphere{{Radius: -1}, {Radius: math.NaN()}, {Center: [3]float64{1, 2, 3}}, {Center: [3]float64{math.Inf(1)}, Radius: 1}} {
		o := fitting.DefaultOptions()
		o.Sphere = wrong
		if err := o.Validate(); err == nil {
			t.Errorf("%+v is valid", wrong)
		}
	}
}
