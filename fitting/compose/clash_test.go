// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"math"
	"math/rand/v2"
	"testing"

	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"gonum.org/v1/gonum/spatial/r3"
)

// plainClash is the definition, each atom against each.
func plainClash(a, b *mol.Structure) float64 {
	part := func(a, b *mol.Structure) float64 {
		n := 0
		for _, x := range a.Atoms {
			for _, y := range b.Atoms {
				if r3.Norm(r3.Sub(x.Pos, y.Pos)) < 2.5 {
					n++
					break
				}
			}
		}
		return float64(n) / float64(len(a.Atoms))
	}
	return math.Max(part(a, b), part(b, a))
}

func TestClashAgainstTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	some := 0
	for i := range 60 {
		a := enginetest.Molecule(uint64(i), 40+20*(i%5), r3.Vec{X: 5})
		b := enginetest.Molecule(uint64(i)+100, 30, r3.Vec{})
		g := geom.NewRigid(geom.Random(rng), r3.Vec{X: 20 * rng.NormFloat64(), Y: 5 * rng.NormFloat64(), Z: 5 * rng.NormFloat64()})
		b = b.Moved(g.Mover())
		want := plainClash(a, b)
		if got := Clash(a, b); got != want {
			t.Errorf("%d: clash %g, atom by atom %g", i, got, want)
		}
		if got := Clash(b, a); got != want {
			t.Errorf("%d: clash the other way round %g, want the same %g", i, got, want)
		}
		if want > 0 && want < 1 {
			some++
		}
		x, y := newBody(a, geom.Identity()), newBody(b, geom.Identity())
		for _, limit := range []float64{0, 0.01, 0.05, want, 1} {
			if got := clashes(x, y, limit); got != (want > limit) {
				t.Errorf("%d: clash %g, above %g: %v", i, want, limit, got)
			}
		}
	}
	if some < 10 {
		t.Errorf("%d of 60 pairs touch, want at least 10", some)
	}
}

func TestClashOfExtremes(t *testing.T) {
	large := enginetest.Molecule(1, 400, r3.Vec{})
	small := large.WithAtoms(large.Atoms[100:110])
	if c := Clash(large, small); c != 1 {
		t.Errorf("a part of a molecule in its own place: clash %g, want 1", c)
	}
	if c := Clash(large, large.WithAtoms(nil)); c != 0 {
		t.Errorf("with nothing: clash %g, want 0", c)
	}
	far := large.WithAtoms(append([]mol.Atom{{Pos: r3.Vec{X: 1e7, Y: -1e7, Z: 1e7}, Element: mol.Carbon}}, large.Atoms...))
	if c := Clash(far, small); c != 1 {
		t.Errorf("with an atom far away: clash %g, want 1", c)
	}
	hydrogens := small.Moved(func(p r3.Vec) r3.Vec { return p })
	for i := range hydrogens.Atoms {
		hydrogens.Atoms[i].Element = mol.Hydrogen
	}
	if c := Clash(large, hydrogens); c != 0 {
		t.Errorf("with hydrogens alone: clash %g, want 0", c)
	}
}
