// SPDX-License-Identifier: BSD-3-Clause

package prepare_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"difffit/fitting"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

var moved = geom.NewRigid(geom.Exp(r3.Vec{X: 0.4, Y: -1, Z: 2}), r3.Vec{X: 11, Y: 5, Z: -8})

func problem(t *testing.T) *fitting.Problem {
	t.Helper()
	s := enginetest.Molecule(3, 300, r3.Vec{X: 4, Y: 5, Z: 6})
	o := fitting.DefaultOptions()
	o.Resolution = 5
	return &fitting.Problem{Target: fitting.NewTarget(enginetest.Map(t, s, moved)), Structure: s, Options: o}
}

func prepared(t *testing.T, p *fitting.Problem) *prepare.Problem {
	t.Helper()
	q, err := prepare.New(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// The paper's field is one volume; the loss of the paper is a sum over copies.
// Both are made here, the second by hand from the paper's definition.
func TestCollapsedFieldIsTheSumOverCopies(t *testing.T) {
	for _, expand := range []bool{false, true} {
		p := problem(t)
		p.Options.Method, p.Options.Smoothings, p.Options.Expand = fitting.DiffFit, 4, expand
		q := prepared(t, p)
		field := q.Field(prepare.Paper)
		fill := func(g *volume.Grid) *volume.Grid {
			out := g.Like()
			for i, v := range g.Data {
				out.Data[i] = v
				if !(v > 0) {
					out.Data[i] = -0.5
				}
			}
			return out
		}
		last, _ := volume.Normalize(p.Target.Grid().Threshold(q.Level.Value))
		copies := []*volume.Grid{fill(last)}
		for range 4 {
			next := volume.Smooth5(last, 1)
			copies = append(copies, fill(next))
			last = next
			if !expand {
				last = fill(next)
			}
		}
		for _, o := range q.Molecule.Offsets {
			at := moved.Apply(r3.Add(o, q.Molecule.Center))
			want := 0.0
			for _, c := range copies {
				want += c.Sample(at)
			}
			if got := field.Sample(at); math.Abs(got-want) > 1e-5 {
				t.Fatalf("expand %t: field at %v is %g, sum over copies %g", expand, at, got, want)
			}
		}
	}
}

// What lies outside the map must never attract: the border of every field is
// what outside means there.
func TestBorderIsTheOutside(t *testing.T) {
	q := prepared(t, problem(t))
	for kind, want := range map[prepare.FieldKind]float64{prepare.Smoothed: -2, prepare.Normalized: 0, prepare.Paper: -2} {
		for _, half := range []bool{false, true} {
			if kind == prepare.Paper && half {
				continue // not used
			}
			g := q.Field(kind)
			if half {
				g = q.Half(g)
			}
			for i, v := range g.Data {
				x, y, z := i%g.Size[0], i/g.Size[0]%g.Size[1], i/(g.Size[0]*g.Size[1])
				edge := x == 0 || y == 0 || z == 0 || x == g.Size[0]-1 || y == g.Size[1]-1 || z == g.Size[2]-1
				tolerance := 1e-5
				if half {
					tolerance = 0.3 // the half grid's border has some of what is beside it
				}
				if edge && math.Abs(float64(v)-want) > tolerance {
					t.Fatalf("%s, half %t: border voxel %d is %g, want %g", kind, half, i, v, want)
				}
			}
		}
	}
}

func TestRMSDIsThatOfTheAtoms(t *testing.T) {
	m := prepared(t, problem(t)).Molecule
	a := geom.NewRigid(geom.Exp(r3.Vec{X: 1, Z: 0.3}), r3.Vec{X: 3})
	b := geom.NewRigid(geom.Exp(r3.Vec{Y: -1}), r3.Vec{Y: 1, Z: -7})
	sum := 0.0
	for _, o := range m.Offsets {
		sum += r3.Norm2(r3.Sub(a.Apply(o), b.Apply(o)))
	}
	want := math.Sqrt(sum / float64(len(m.Offsets)))
	if got := m.RMSD(a, b); math.Abs(got-want) > 1e-9 {
		t.Errorf("RMSD %g, atom by atom %g", got, want)
	}
	if d := m.RMSD(a, m.ToCenter(m.ToFile(a))); d > 1e-9 {
		t.Errorf("ToCenter(ToFile) moves by %g Å", d)
	}
}

// A map is searched at the voxels that its resolution needs; the paper's
// method takes it as it is.
func TestOversampledMapsAreHalved(t *testing.T) {
	s := enginetest.Molecule(3, 300, r3.Vec{})
	for _, tt := range []struct {
		spacing, resolution float64
		method              fitting.Method
		want                float64 // voxel, ångström
	}{
		{0.4, 5, fitting.Search, 1.6},
		{0.9, 5, fitting.Search, 0.9},
		{0.4, 1.1, fitting.Search, 0.4},
		{0.4, 5, fitting.DiffFit, 0.4},
	} {
		g, err := volume.Simulate(context.Background(), fitting.Points(s.Atoms), volume.SimulateOptions{Resolution: tt.resolution, Spacing: tt.spacing, Padding: 5})
		if err != nil {
			t.Fatal(err)
		}
		o := fitting.DefaultOptions()
		o.Resolution, o.Method = tt.resolution, tt.method
		q := prepared(t, &fitting.Problem{Target: fitting.NewTarget(g), Structure: s, Options: o})
		kind := prepare.Smoothed
		if tt.method == fitting.DiffFit {
			kind = prepare.Paper
		}
		if step := q.Field(kind).Step.X; math.Abs(step-tt.want) > 1e-9 {
			t.Errorf("%v: voxels of %g Å, want %g", tt, step, tt.want)
		}
	}
}

// A level that only the finest voxels reach is one that can be fitted at.
func TestHighLevelsInOversampledMaps(t *testing.T) {
	s := enginetest.Molecule(3, 300, r3.Vec{})
	g, err := volume.Simulate(context.Background(), fitting.Points(s.Atoms), volume.SimulateOptions{Resolution: 5, Spacing: 0.4, Padding: 5})
	if err != nil {
		t.Fatal(err)
	}
	o := fitting.DefaultOptions()
	o.Resolution, o.MinIsland = 5, 1
	level := 0.9995 * volume.NewProfile(g).Max
	if _, _, ok := volume.Bounds(volume.Halve(volume.Halve(g, 1), 1), level); ok {
		t.Fatal("a coarse voxel reaches the level too: the test tells nothing")
	}
	o.Level = &level
	if _, err := prepare.New(context.Background(), &fitting.Problem{Target: fitting.NewTarget(g), Structure: s, Options: o}); err != nil {
		t.Error(err)
	}
	level = 2 * level
	if _, err := prepare.New(context.Background(), &fitting.Problem{Target: fitting.NewTarget(g), Structure: s, Options: o}); !errors.Is(err, fitting.ErrEmpty) {
		t.Errorf("above the maximum: %v, want ErrEmpty", err)
	}
}

// Resolutions at which a map is searched at the same voxels have the same fields,
// which are made once; a level has its own.
func TestFieldsOfOtherResolutions(t *testing.T) {
	p := problem(t)
	p.Options.Resolution = 5
	was := prepared(t, p)
	level := 1.2 * was.Level.Value
	for _, tt := range []struct {
		name       string
		level      *float64
		resolution float64
		method     fitting.Method
		same       bool
	}{
		{"the same", nil, 5, fitting.Search, true},
		{"a little lower", nil, 5.2, fitting.Search, true},
		{"so low that half the voxels will do", nil, 15, fitting.Search, false},
		{"another level", &level, 5, fitting.Search, false},
		{"another method", nil, 5, fitting.DiffFit, false},
	} {
		q := *p
		q.Options.Level, q.Options.Resolution, q.Options.Method = tt.level, tt.resolution, tt.method
		if got := prepared(t, &q).FieldKey(prepare.Smoothed) == was.FieldKey(prepare.Smoothed); got != tt.same {
			t.Errorf("%s: the same field: %t, want %t", tt.name, got, tt.same)
		}
	}
}
