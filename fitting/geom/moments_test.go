// SPDX-License-Identifier: BSD-3-Clause

package geom

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// The distance by moments is that of the points, one by one.
func TestMomentsRMSD(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	center := r3.Vec{X: 200, Y: -30, Z: 5}
	offsets := make([]r3.Vec, 50)
	var sum r3.Vec
	for i := range offsets {
		offsets[i] = r3.Vec{X: 20 * rng.NormFloat64(), Y: 5 * rng.NormFloat64(), Z: rng.NormFloat64()}
		sum = r3.Add(sum, offsets[i])
	}
	for i := range offsets {
		offsets[i] = r3.Sub(offsets[i], r3.Scale(1./50, sum))
	}
	m := NewMoments(center, offsets)
	for range 20 {
		a := Rigid{Random(rng), r3.Vec{X: 10 * rng.Float64(), Y: 3, Z: -7}}
		b := Rigid{Random(rng), r3.Vec{X: 1, Y: 30 * rng.Float64(), Z: 2}}
		squares := 0.0
		for _, o := range offsets {
			squares += r3.Norm2(r3.Sub(a.Apply(r3.Add(center, o)), b.Apply(r3.Add(center, o))))
		}
		if got, want := m.RMSD(a, b), math.Sqrt(squares/50); math.Abs(got-want) > 1e-9*want {
			t.Errorf("%v and %v are %g Å apart, want %g", a, b, got, want)
		}
		if d := m.RMSD(a, a); d != 0 {
			t.Errorf("%v is %g Å from itself", a, d)
		}
	}
}
