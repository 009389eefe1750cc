// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

var cubic = r3.Vec{X: 1, Y: 1, Z: 1}

// noise returns normally distributed densities.
func noise(size [3]int, mean, sd float64, seed uint64) *Grid {
	r := rand.New(rand.NewPCG(seed, 0))
	g := New(size, r3.Vec{X: 1.5, Y: 1.5, Z: 2}, r3.Vec{X: -3})
	for i := range g.Data {
		g.Data[i] = float32(mean + sd*r.NormFloat64())
	}
	return g
}

func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*math.Max(math.Abs(a), math.Abs(b))
}

func TestProfileMoments(t *testing.T) {
	g := New([3]int{4, 2, 1}, cubic, r3.Vec{})
	copy(g.Data, []float32{-1, 0, 3, 2, 0, 4, float32(math.NaN()), float32(math.Inf(1))})
	p := NewProfile(g)
	// by hand: six finite values, sum 8, sum of squares 30
	if p.Min != -1 || p.Max != 4 || p.Voxels != 6 || p.NonZero != 4 || p.NonZeroMean != 2 {
		t.Errorf("profile %+v", p)
	}
	if sd := math.Sqrt(30./6 - 64./36); !near(p.Mean, 8./6, 1e-12) || !near(p.SD, sd, 1e-12) {
		t.Errorf("mean %g, SD %g, want %g, %g", p.Mean, p.SD, 8./6, sd)
	}
}

// Levels and volumes are held to sorted densities.
func TestLevelOfVolumeMatchesSorting(t *testing.T) {
	g := noise([3]int{40, 50, 60}, 0.3, 2, 1)
	g.Data[7] = 1e6 // an outlier must not make the bins coarse
	p := NewProfile(g)
	sorted := slices.Clone(g.Data)
	slices.Sort(sorted)
	slices.Reverse(sorted)
	for _, n := range []int{1, 10, 1000, 1200, 50000, 70000, 119000} {
		want := float64(sorted[n])
		got := p.LevelOfVolume(float64(n) * g.VoxelVolume())
		// A bin is 2⁻¹¹ of its value; in the tail, voxels are farther apart than that.
		if !near(got, want, 1e-3) && (got < want || got > float64(sorted[n-1])) {
			t.Errorf("level of %d voxels: %g, want %g", n, got, want)
		}
		if v := p.Enclosed(want) / g.VoxelVolume(); math.Abs(v-float64(n)) > 2+0.002*float64(n) {
			t.Errorf("above %g: %g voxels, want %d", want, v, n)
		}
	}
	if m, want := p.Median(), float64(sorted[60000]); !near(m, want, 1e-3) {
		t.Errorf("median %g, want %g", m, want)
	}
	if v := p.Enclosed(1e6); v != 0 {
		t.Errorf("above the maximum: %g Å³", v)
	}
	if v := p.Enclosed(math.Inf(-1)); v != 120000*g.VoxelVolume() {
		t.Errorf("above −∞: %g Å³", v)
	}
}

func TestEnclosedIsExactOnWholeNumbers(t *testing.T) {
	g := New([3]int{10, 10, 10}, cubic, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(i%7 - 3)
	}
	p := NewProfile(g)
	for level := -4; level <= 3; level++ {
		want := 0
		for _, v := range g.Data {
			if v > float32(level) {
				want++
			}
		}
		if got := p.Enclosed(float64(level)); got != float64(want) {
			t.Errorf("above %d: %g, want %d", level, got, want)
		}
	}
}

func TestEnclosedOfAnyNumber(t *testing.T) {
	g := New([3]int{2, 2, 1}, r3.Vec{X: 2, Y: 1, Z: 1}, r3.Vec{})
	copy(g.Data, []float32{-1, 0, 1, 2})
	tests := []struct {
		name  string
		grid  *Grid
		level float64
		want  float64 // Å³
	}{
		{"no number", g, math.NaN(), 0},
		{"above all", g, math.Inf(1), 0},
		{"the greatest", g, 2, 0},
		{"a value of the map", g, 0, 4},
		{"the least", g, -1, 6},
		{"below all", g, math.Inf(-1), 8},
		{"no voxels", &Grid{}, 0, 0},
		{"no voxels, no number", &Grid{}, math.NaN(), 0},
		{"one value", New([3]int{2, 1, 1}, r3.Vec{X: 2, Y: 1, Z: 1}, r3.Vec{}), 0, 0},
		{"below one value", New([3]int{2, 1, 1}, r3.Vec{X: 2, Y: 1, Z: 1}, r3.Vec{}), -1, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := NewProfile(tt.grid).Enclosed(tt.level); got != tt.want {
				t.Errorf("Enclosed(%g) is %g, want %g", tt.level, got, tt.want)
			}
		})
	}
}

func TestVoxelsAboveALevel(t *testing.T) {
	g := noise([3]int{30, 30, 30}, 0, 1, 2)
	p := NewProfile(g)
	for k := range 50 {
		level, want := p.Min+(p.Max-p.Min)*float64(k)/50, 0.0
		for _, v := range g.Data {
			if float64(v) > level {
				want++
			}
		}
		if n := p.voxelsAbove(level); math.Abs(n-want) > 15 { // interpolated in a bin
			t.Errorf("above %g are %g voxels, want %g", level, n, want)
		}
	}
}

func TestSuggestLevel(t *testing.T) {
	masked := New([3]int{100, 100, 100}, cubic, r3.Vec{})
	for i := range 20000 { // 2 % of the box, 1 to 5
		masked.Data[i] = 1 + 4*float32(i)/20000
	}
	tests := []struct {
		name string
		g    *Grid
		mass float64
		want Level
	}{
		{"no structure", noise([3]int{50, 50, 50}, 0, 1, 3), 0, Level{2.326, "encloses 1 % of the voxels"}},
		{"three copies", noise([3]int{50, 50, 50}, 0, 1, 3), 0.25 * 125000 * 4.5 / 3.63, Level{0.674, "encloses 141 000 Å³, 3 × the volume of the structure"}},
		{"a crystal", noise([3]int{50, 50, 50}, 0, 1, 3), 0.4 * 125000 * 4.5 / 3.63, Level{1, "mean + SD; 3 × the volume of the structure is 40 % of the box"}},
		{"zero is the solvent", noise([3]int{50, 50, 50}, 0.1, 1, 3), 0.4 * 125000 * 4.5 / 3.63, Level{0.353, "encloses 225 000 Å³, 3 × the volume of the structure"}},
		{"small copies", noise([3]int{50, 50, 50}, 0, 1, 3), 100, Level{1, "mean + SD"}},
		{"masked", masked, 1e6, Level{0.75, "a quarter of the mean of the non-zero voxels"}},
		{"all molecule", noise([3]int{50, 50, 50}, -0.2, 1, 3), 1e6, Level{0.8, "mean + SD; 3 × the volume of the structure is 645 % of the box"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := NewProfile(tt.g).SuggestLevel(tt.mass)
			// quantiles of 125 000 normal numbers are known to 0.02
			if math.Abs(got.Value-tt.want.Value) > 0.02 || got.Rule != tt.want.Rule {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// One level for several structures is that of the largest, and says so.
func TestSuggestLevelForSeveral(t *testing.T) {
	p := NewProfile(noise([3]int{50, 50, 50}, 0, 1, 3))
	large := 0.25 * 125000 * 4.5 / 3.63
	got, want := p.SuggestLevel(100, large, 200), p.SuggestLevel(large)
	if got.Value != want.Value || got.Rule != "encloses 141 000 Å³, 3 × the volume of the largest of the 3 structures" {
		t.Errorf("got %+v, want %g for the largest of 3", got, want.Value)
	}
}

func TestGrouped(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 999: "999", 1234: "1 230", 105432: "105 000", 1234567: "1 230 000"} {
		if got := grouped(v); got != want {
			t.Errorf("grouped(%g) = %q, want %q", v, got, want)
		}
	}
}

func BenchmarkProfile(b *testing.B) {
	g := noise([3]int{128, 128, 128}, 0, 1, 1)
	for b.Loop() {
		NewProfile(g)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.Data)), "ns/voxel")
}
