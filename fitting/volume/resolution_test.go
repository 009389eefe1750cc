// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// plainShells is shellPower from the definition of the Fourier transform, for
// frequencies k/m of an unfolded map.
func plainShells(g *Grid, m [3]int, nyquist float64, shells int) []float64 {
	mean, _ := finiteMean(g)
	sum := make([]float64, shells)
	for kz := range m[2] {
		for ky := range m[1] {
			for kx := range m[0] {
				k, f2 := [3]int{kx, ky, kz}, 0.0
				for a := range 3 {
					if k[a] > m[a]/2 {
						k[a] -= m[a]
					}
					f := float64(k[a]) / (float64(m[a]) * axis(g.Step, a))
					f2 += f * f
				}
				s := int(math.Sqrt(f2) / nyquist * float64(shells))
				if s >= shells {
					continue
				}
				re, im := 0.0, 0.0
				for i, v := range g.Data {
					x := [3]int{i % g.Size[0], i / g.Size[0] % g.Size[1], i / (g.Size[0] * g.Size[1])}
					phase := 0.0
					for a := range 3 {
						phase += 2 * math.Pi * float64(k[a]*x[a]) / float64(m[a])
					}
					sin, cos := math.Sincos(phase)
					re += (float64(v) - mean) * cos
					im -= (float64(v) - mean) * sin
				}
				sum[s] += re*re + im*im
			}
		}
	}
	return sum
}

// 7 has no quick transform and is folded onto 6, exactly.
func TestShellPowerMatchesDefinition(t *testing.T) {
	for _, size := range [][3]int{{6, 5, 8}, {7, 7, 11}, {1, 4, 9}} {
		g := noise(size, 3, 1, 6)
		f := fold(continued(g))
		got, _ := shellPower(f, 0.25)
		for i, want := range plainShells(g, f.size, 0.25, len(got)) {
			if math.Abs(got[i]-want) > 1e-6*(1+want) {
				t.Errorf("%v: shell %d has %g, want %g", size, i, got[i], want)
			}
		}
	}
}

// The power of a Gaussian of width σ falls as exp(−(2πσf)²); the f below which
// 98.5 % of ∫f² exp(−(2πσf)²) lies is 2.2875/(2πσ): the chi distribution of
// three degrees of freedom at 0.985 is 3.2350 = √2·2.2875.
func TestEstimateResolutionOfAGaussian(t *testing.T) {
	sizes := [][3]int{{60, 64, 70}, {127, 96, 83}, {200, 150, 140}} // as it is, rounded, folded
	for _, size := range sizes {
		g := New(size, r3.Vec{X: 1, Y: 1.1, Z: 0.9}, r3.Vec{})
		center := r3.Vec{X: float64(size[0]) / 2, Y: float64(size[1]) * 0.55, Z: float64(size[2]) * 0.45}
		const sigma = 2.5
		for i := range g.Data {
			g.Data[i] = 5 + float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), center))/(2*sigma*sigma)))
		}
		want := 2 * math.Pi * sigma / 2.2875
		if got := EstimateResolution(g).Value; !near(got, want, 0.03) { // shells are 0.02 of the answer or more
			t.Errorf("%v: %g Å, want %g", size, got, want)
		}
	}
}

func TestEstimateResolutionOfSimulatedMaps(t *testing.T) {
	points := blob(1500, r3.Vec{}, 3)
	for _, r := range []float64{4, 8, 15} {
		g, err := Simulate(context.Background(), points, SimulateOptions{Resolution: r, Spacing: 1.3})
		if err != nil {
			t.Fatal(err)
		}
		got := EstimateResolution(g).Value
		if got < 0.65*r || got > 1.25*r { // as far as real maps are
			t.Errorf("simulated at %g Å: %g Å", r, got)
		}
	}
	flat := New([3]int{9, 9, 9}, r3.Vec{X: 1, Y: 2, Z: 1}, r3.Vec{})
	if got := EstimateResolution(flat); got.Value != 4 || !strings.HasPrefix(got.Rule, "twice the voxel edge") {
		t.Errorf("flat map: %+v", got)
	}
}

func BenchmarkEstimateResolution(b *testing.B) {
	for _, n := range []int{64, 220, 512} {
		g := noise([3]int{n, n, n}, 0, 1, 1)
		ball := New(g.Size, g.Step, g.Origin) // as in a map that was masked
		for i, v := range g.Data {
			if r3.Norm(r3.Sub(g.Position(i), g.Position(len(g.Data)/2+n/2*(n+1)))) < float64(n)/2 {
				ball.Data[i] = v
			}
		}
		for name, g := range map[string]*Grid{"whole": g, "masked": ball} {
			b.Run(fmt.Sprint(name, n), func(b *testing.B) {
				for b.Loop() {
					EstimateResolution(g)
				}
			})
		}
	}
}
