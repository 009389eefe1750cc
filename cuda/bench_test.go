// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"difffit/cuda/faketest"
	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"difffit/fitting/search"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// noise is a field of random densities, in which no atom finds another's cache
// lines, and atoms in a ball.
func noise(b *testing.B, edge, atoms int) (*search.Field, []r3.Vec, []geom.Rigid) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	g := volume.New([3]int{edge, edge, edge}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = rng.Float32()
	}
	f, err := search.NewField(g, 2)
	if err != nil {
		b.Fatal(err)
	}
	vec := func(k float64) r3.Vec {
		return r3.Vec{X: k * rng.NormFloat64(), Y: k * rng.NormFloat64(), Z: k * rng.NormFloat64()}
	}
	offsets := make([]r3.Vec, atoms)
	for i := range offsets {
		offsets[i] = vec(float64(edge) / 8)
	}
	starts := make([]geom.Rigid, 1000)
	for i := range starts {
		starts[i] = geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Add(vec(float64(edge)/8), r3.Vec{X: float64(edge) / 2, Y: float64(edge) / 2, Z: float64(edge) / 2})}
	}
	return f, offsets, starts
}

// BenchmarkPlain is the work of the paper: 1000 placements, 200 steps.
func BenchmarkPlain(b *testing.B) {
	e := open(b)
	defer e.Close()
	for _, device := range []struct {
		name string
		search.Device
	}{{"card", e.card}, {"cpu", cpu.Device{}}} {
		for _, size := range []struct{ edge, atoms int }{{48, 1000}, {128, 1000}, {128, 10000}, {256, 10000}} {
			b.Run(fmt.Sprintf("%s/%d^3/%d-atoms", device.name, size.edge, size.atoms), func(b *testing.B) {
				if faketest.Loaded() && size.atoms > 1000 {
					b.Skip("the stand-in takes minutes")
				}
				f, offsets, starts := noise(b, size.edge, size.atoms)
				session := device.Begin(runtime.GOMAXPROCS(0))
				defer session.End()
				o, err := session.Objective(context.Background(), f, offsets)
				if err != nil {
					b.Fatal(err)
				}
				defer o.Close()
				for b.Loop() {
					err := o.Follow(context.Background(), len(starts), func(i int) geom.Rigid { return starts[i] },
						search.Adam{Steps: 200, Look: 10, ShiftRate: 0.01, RotationRate: 1e-4}, func(int, search.Climber) {})
					if err != nil || session.Note() != "" {
						b.Fatal(err, session.Note())
					}
				}
				samples := float64(len(starts)) * 200 * float64(size.atoms)
				b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/samples, "ns/sample")
			})
		}
	}
}
