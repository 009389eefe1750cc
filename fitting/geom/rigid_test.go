// SPDX-License-Identifier: BSD-3-Clause

package geom

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

func near(t *testing.T, what string, got, want r3.Vec) {
	t.Helper()
	if r3.Norm(r3.Sub(got, want)) > 1e-9 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestQuarterTurn(t *testing.T) {
	g := NewRigid(Exp(r3.Vec{Z: math.Pi / 2}), r3.Vec{X: 10})
	near(t, "x axis", g.Apply(r3.Vec{X: 1}), r3.Vec{X: 10, Y: 1})
	near(t, "y axis", g.Apply(r3.Vec{Y: 1}), r3.Vec{X: 9})
	if a := Angle(g.Rotation, Identity().Rotation); math.Abs(a-90) > 1e-9 {
		t.Errorf("Angle: %g, want 90", a)
	}
}

func TestMotionsComposeAndInvert(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	vec := func() r3.Vec {
		return r3.Vec{X: rng.NormFloat64() * 50, Y: rng.NormFloat64() * 50, Z: rng.NormFloat64() * 50}
	}
	for range 200 {
		g, h, p := NewRigid(Random(rng), vec()), NewRigid(Random(rng), vec()), vec()
		near(t, "Then", g.Then(h).Apply(p), h.Apply(g.Apply(p)))
		near(t, "Inverse", g.Inverse().Apply(g.Apply(p)), p)
		near(t, "FromMatrix", Rigid{FromMatrix(g.Matrix()), g.Shift}.Apply(p), g.Apply(p))
		from, to := vec(), vec()
		near(t, "About", About(g.Rotation, from, to).Apply(from), to)
		if g.Rotation.Real < 0 || math.Abs(quat.Abs(g.Rotation)-1) > 1e-12 {
			t.Fatalf("rotation %v is not a unit quaternion with w ≥ 0", g.Rotation)
		}
	}
}

func TestSmallAnglesAreExact(t *testing.T) {
	for _, want := range []float64{1e-7, 1e-5, 1e-3, 1, 179.999} {
		q := Exp(r3.Vec{Y: want * math.Pi / 180})
		if got := Angle(q, Identity().Rotation); math.Abs(got-want) > 1e-9*max(1, want) {
			t.Errorf("Angle: %g, want %g", got, want)
		}
	}
}

// The mean rotation angle of uniformly drawn rotations is 90° + 180°/π·(2/π)
// = 126.5° (density (1−cos θ)/π on [0, π]).
func TestRandomIsUniform(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	sum, n := 0.0, 20000
	for range n {
		sum += Angle(Random(rng), Identity().Rotation)
	}
	if got, want := sum/float64(n), 90+360/(math.Pi*math.Pi); math.Abs(got-want) > 1 {
		t.Errorf("mean angle %.2f, want %.2f", got, want)
	}
}

func TestUnitRefusesZero(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Unit(0) did not panic")
		}
	}()
	Unit(quat.Number{})
}
