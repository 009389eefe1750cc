// SPDX-License-Identifier: BSD-3-Clause

package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

const canary = float32(12345.5)

// guarded returns n random numbers with canaries on both sides, and a check
// that these still live.
func guarded(t *testing.T, rng *rand.Rand, n int) (v []float32, check func()) {
	t.Helper()
	all := make([]float32, n+32)
	for i := range all {
		all[i] = canary
	}
	v = all[16 : 16+n : 16+n]
	for i := range v {
		v[i] = rng.Float32() - 0.5
	}
	return v, func() {
		t.Helper()
		for i, x := range all {
			if (i < 16 || i >= 16+n) && x != canary {
				t.Fatalf("length %d: wrote at %d", n, i-16)
			}
		}
	}
}

func TestCombine(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for n := range 75 {
		for _, taps := range []int{0, 1, 2, 4, 5, 7, 8, 23} {
			for _, stride := range []int{1, 2, 80} {
				dst, check := guarded(t, rng, n)
				src, _ := guarded(t, rng, n+max(0, taps-1)*stride)
				w, _ := guarded(t, rng, taps)
				Combine(dst, src, stride, w)
				check()
				for i := range dst {
					want := 0.0
					for k := range w {
						want += float64(w[k]) * float64(src[i+k*stride])
					}
					if math.Abs(float64(dst[i])-want) > 1e-6 { // single precision, sums below 6
						t.Fatalf("n %d, taps %d, stride %d: [%d] is %g, want %g", n, taps, stride, i, dst[i], want)
					}
				}
			}
		}
	}
}

func TestCombineOfTooLittlePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Combine(make([]float32, 8), make([]float32, 11), 1, make([]float32, 5))
}

// The layout made fast is that of the definition, bit for bit, for every
// length of a row.
func TestCellsAreTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 4))
	for nx := 2; nx < 45; nx++ {
		size := [3]int{nx, 3, 4}
		data, check := guarded(t, rng, nx*12)
		f, err := NewField(size, data, 1)
		if err != nil {
			t.Fatal(err)
		}
		check()
		var largest float32
		for pass := range 2 {
			for z := range size[2] - 1 {
				for y := range size[1] - 1 {
					a, b, c, d := f.rows(data, y, z)
					for x := range nx - 1 {
						q := coefficients(a[x], a[x+1], b[x], b[x+1], c[x], c[x+1], d[x], d[x+1])
						for i := range q {
							if pass == 0 {
								largest = max(largest, q[i], -q[i])
								continue
							}
							got := f.cells[(z*size[1]+y)*nx+x][i]
							if want := int16(math.RoundToEven(float64(q[i] * (1 / f.scale)))); got != want {
								t.Fatalf("nx %d, cell %d %d %d: coefficient %d is %d, want %d", nx, x, y, z, i, got, want)
							}
						}
					}
				}
			}
			if f.scale != largest/coefficientMax {
				t.Fatalf("nx %d: scale %g, want %g", nx, f.scale, largest/coefficientMax)
			}
		}
	}
}

func TestNotFiniteIsFoundAnywhere(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 4))
	size := [3]int{21, 3, 2}
	clean, _ := guarded(t, rng, 21*6)
	for i := range clean {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			data := slices.Clone(clean)
			data[i] = float32(v)
			if _, err := NewField(size, data, 1); err == nil {
				t.Fatalf("%g at %d: no error", v, i)
			}
		}
	}
}

func BenchmarkNewField(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	data, _, _ := problem(rng, [3]int{128, 128, 128}, 0)
	for b.Loop() {
		if _, err := NewField([3]int{128, 128, 128}, data, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/128/128/128, "ns/voxel")
}

func BenchmarkCombine(b *testing.B) {
	dst, src := make([]float32, 256), make([]float32, 256*5)
	w := []float32{1, 2, 3, 2, 1}
	b.Run("fast", func(b *testing.B) {
		for b.Loop() {
			Combine(dst, src, 256, w)
		}
	})
	b.Run("go", func(b *testing.B) {
		for b.Loop() {
			combineGo(dst, src, 256, w)
		}
	})
}
