// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// blobs returns a map of Gaussian blobs of a width in voxels, of one height, in
// noise of the given standard deviation.
func blobs(n int, centres []r3.Vec, width, noise float64) *Grid {
	g := New([3]int{n, n, n}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{})
	r := rand.New(rand.NewPCG(1, 2))
	for i := range g.Data {
		at := g.Voxel(g.Position(i))
		v := noise * r.NormFloat64()
		for _, c := range centres {
			d := r3.Norm(r3.Sub(at, c))
			v += 1 / (1 + math.Exp(2*(d-width))) // flat inside, as a molecule is at low resolution
		}
		g.Data[i] = float32(v)
	}
	return g
}

func changedBy(g *Grid, f func(float64) float64) *Grid {
	out := g.Like()
	for i, v := range g.Data {
		out.Data[i] = float32(f(float64(v)))
	}
	return out
}

// A map shows the same at its first level however its densities are counted.
func TestDisplayLevelShowsTheSame(t *testing.T) {
	noisy := blobs(40, []r3.Vec{{X: 20, Y: 20, Z: 20}}, 7, 0.15)
	masked := changedBy(blobs(40, []r3.Vec{{X: 20, Y: 20, Z: 20}}, 7, 0), func(v float64) float64 {
		if v < 0.02 {
			return 0
		}
		return v
	})
	tests := []struct {
		name   string
		change func(float64) float64
	}{
		{"a millionth", func(v float64) float64 { return 1e-6 * v }},
		{"a million times", func(v float64) float64 { return 1e6 * v }},
		{"plus a constant", func(v float64) float64 { return v + 20 }},
		{"below zero", func(v float64) float64 { return v - 7 }},
		{"whole numbers of 8 bits", func(v float64) float64 { return math.Round(80 * v) }},
		{"8 bits of 0 to 255", func(v float64) float64 { return math.Round(100*v) + 100 }},
	}
	// The tail of the noise is steep: of 8 bits a step more or less is a fifth.
	within := map[string]float64{"noisy": 0.22, "masked": 0.06}
	for name, g := range map[string]*Grid{"noisy": noisy, "masked": masked} {
		p := NewProfile(g)
		want := p.Enclosed(p.DisplayLevel().Value)
		if ball := 4. / 3 * math.Pi * 14 * 14 * 14; want < 0.5*ball || want > 1.6*ball {
			t.Errorf("%s: %q encloses %.0f Å³, want about %.0f", name, p.DisplayLevel().Rule, want, ball)
		}
		for _, tt := range tests {
			q := NewProfile(changedBy(g, tt.change))
			if got := q.Enclosed(q.DisplayLevel().Value); math.Abs(got/want-1) > within[name] {
				t.Errorf("%s, %s: encloses %.0f Å³ (%+v), want %.0f", name, tt.name, got, q.DisplayLevel(), want)
			}
		}
	}
}

func TestDisplayLevelOfOddMaps(t *testing.T) {
	constant := changedBy(New([3]int{8, 8, 8}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{}), func(float64) float64 { return 3 })
	none := changedBy(constant, func(float64) float64 { return math.NaN() })
	hot := blobs(40, []r3.Vec{{X: 20, Y: 20, Z: 20}}, 7, 0)
	hot.Data[5] = 1e38
	for name, g := range map[string]*Grid{"constant": constant, "not a number": none} {
		if p := NewProfile(g); !p.IsFlat() || p.DisplayLevel().Rule != "the map has no density" {
			t.Errorf("%s: flat %t, %+v", name, p.IsFlat(), p.DisplayLevel())
		}
	}
	p := NewProfile(hot)
	if l := p.DisplayLevel(); p.IsFlat() || !(l.Value < 1) || !(p.Enclosed(l.Value) > 1000) {
		t.Errorf("one hot voxel: %+v encloses %.0f Å³", l, p.Enclosed(l.Value))
	}
}

// ball returns atoms that fill a ball, in ångström.
func ballOf(c r3.Vec, radius float64) []Point {
	var atoms []Point
	for x := -radius; x <= radius; x += 3 {
		for y := -radius; y <= radius; y += 3 {
			for z := -radius; z <= radius; z += 3 {
				if v := (r3.Vec{X: x, Y: y, Z: z}); r3.Norm(v) < radius {
					atoms = append(atoms, Point{Pos: r3.Add(c, v), Weight: 6})
				}
			}
		}
	}
	return atoms
}

func TestDisplayLevelOfWhatIsKnown(t *testing.T) {
	const radius = 7 // voxels, of 2 Å
	two := blobs(60, []r3.Vec{{X: 16, Y: 16, Z: 16}, {X: 44, Y: 44, Z: 44}}, radius, 0.02)
	mass := 4. / 3 * math.Pi * math.Pow(2*radius, 3) / ProteinVolume
	here, away := ballOf(r3.Vec{X: 32, Y: 32, Z: 32}, 2*radius), ballOf(r3.Vec{X: 400}, 2*radius)
	p := NewProfile(two)
	first := p.DisplayLevel()
	tests := []struct {
		name   string
		known  []Molecule
		rule   string  // part of it
		volume float64 // that is enclosed, Å³; 0: as by the map alone
	}{
		{"nothing", nil, first.Rule, 0},
		{"all, in place", []Molecule{{mass, here}, {mass, ballOf(r3.Vec{X: 88, Y: 88, Z: 88}, 2*radius)}}, "as much as", 2 * mass * ProteinVolume},
		{"all, elsewhere", []Molecule{{2 * mass, away}}, "as much as", 2 * mass * ProteinVolume},
		{"one of two, in place: in its region", []Molecule{{mass, here}}, "as much as", 2 * mass * ProteinVolume},
		{"a tenth, elsewhere", []Molecule{{mass / 5, away}}, first.Rule, 0},
		{"a library", []Molecule{{mass, away}, {50 * mass, away}}, first.Rule, 0},
		{"without atoms", []Molecule{{Mass: 2 * mass}}, "as much as", 2 * mass * ProteinVolume},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			level, err := DisplayLevel(t.Context(), two, p, 8, tt.known)
			if err != nil {
				t.Fatal(err)
			}
			want := tt.volume
			if want == 0 {
				want = p.Enclosed(first.Value)
			}
			if got := p.Enclosed(level.Value); math.Abs(got/want-1) > 0.1 || len(level.Rule) < len(tt.rule) || level.Rule[:len(tt.rule)] != tt.rule {
				t.Errorf("%+v encloses %.0f Å³, want %q and about %.0f", level, got, tt.rule, want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := DisplayLevel(ctx, two, p, 8, []Molecule{{mass, here}}); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel: %v", err)
	}
}

// A map at a high resolution shows less of the volume: side chains stand apart.
func TestDisplayLevelFollowsTheResolution(t *testing.T) {
	g := blobs(40, []r3.Vec{{X: 20, Y: 20, Z: 20}}, 7, 0.02)
	p := NewProfile(g)
	known := []Molecule{{Mass: p.Enclosed(p.DisplayLevel().Value) / ProteinVolume}}
	var last float64
	for _, resolution := range []float64{4.5, 5, 6} {
		l, err := DisplayLevel(t.Context(), g, p, resolution, known)
		if err != nil {
			t.Fatal(err)
		}
		if v := p.Enclosed(l.Value); !(v > last) {
			t.Errorf("at %g Å %+v encloses %.0f Å³, want more than %.0f", resolution, l, v, last)
		} else {
			last = v
		}
	}
}
