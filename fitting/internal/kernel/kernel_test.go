// SPDX-License-Identifier: BSD-3-Clause

package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// problem returns a smooth random field, atoms and a transform that puts them
// inside.
func problem(rng *rand.Rand, size [3]int, atoms int) (data []float32, xyz [][3]float32, t Transform) {
	data = make([]float32, size[0]*size[1]*size[2])
	for i := range data {
		x, y, z := float64(i%size[0]), float64(i/size[0]%size[1]), float64(i/(size[0]*size[1]))
		data[i] = float32(math.Sin(x/3)+math.Cos(y/2)*math.Sin(z/4)) + 0.1*rng.Float32()
	}
	xyz = make([][3]float32, atoms)
	for i := range xyz {
		for k := range xyz[i] {
			xyz[i][k] = (rng.Float32() - 0.5) * float32(size[k]) * 0.5
		}
	}
	t = Transform{0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1}
	for k := range 3 {
		t[9+k] = float32(size[k]) / 2
	}
	return data, xyz, t
}

// reference is trilinear interpolation as in a textbook, in double precision.
func reference(size [3]int, data []float32, xyz [][3]float32, t *Transform) (s Sums) {
	at := func(x, y, z int) float64 { return float64(data[(z*size[1]+y)*size[0]+x]) }
	for _, a := range xyz {
		var u, frac [3]float64
		var cell [3]int
		for k := range 3 {
			u[k] = float64(t[3*k])*float64(a[0]) + float64(t[3*k+1])*float64(a[1]) + float64(t[3*k+2])*float64(a[2])
			p := min(max(u[k]+float64(t[9+k]), 0), float64(size[k]-1)-1e-3)
			cell[k] = int(p)
			frac[k] = p - float64(cell[k])
		}
		var g [3]float64
		for corner := range 8 {
			d := [3]int{corner & 1, corner >> 1 & 1, corner >> 2}
			var w, dw [3]float64
			for k := range 3 {
				w[k], dw[k] = 1-frac[k], -1
				if d[k] == 1 {
					w[k], dw[k] = frac[k], 1
				}
			}
			v := at(cell[0]+d[0], cell[1]+d[1], cell[2]+d[2])
			s.Value += v * w[0] * w[1] * w[2]
			g[0] += v * dw[0] * w[1] * w[2]
			g[1] += v * w[0] * dw[1] * w[2]
			g[2] += v * w[0] * w[1] * dw[2]
		}
		for k := range 3 {
			s.Gradient[k] += g[k]
		}
		for k, m := range [6]float64{u[1] * g[2], u[2] * g[1], u[2] * g[0], u[0] * g[2], u[0] * g[1], u[1] * g[0]} {
			s.Moment[k] += m
		}
	}
	return s
}

func compare(t *testing.T, what string, got, want Sums, tolerance float64) {
	t.Helper()
	g := append(append([]float64{got.Value}, got.Gradient[:]...), got.Moment[:]...)
	w := append(append([]float64{want.Value}, want.Gradient[:]...), want.Moment[:]...)
	for i := range g {
		if !(math.Abs(g[i]-w[i]) <= tolerance) {
			t.Errorf("%s: sum %d is %g, want %g ± %g", what, i, g[i], w[i], tolerance)
		}
	}
}

// The rounding of a coefficient is half of 1/32700 of the largest one (here
// about 2.5), that of the sums in single precision is smaller; moments carry
// a factor of up to 12 voxels.
func TestEvalAgreesWithTextbook(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	size := [3]int{23, 31, 19}
	for _, n := range []int{0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 127, 128, 129, 135, 136, 137, 255, 256, 257, 1000} {
		data, xyz, tr := problem(rng, size, n)
		f, err := NewField(size, data, 2)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, "inside", f.Eval(NewAtoms(xyz), &tr), reference(size, data, xyz, &tr), 0.002*float64(n)/8+0.01)
	}
}

func TestEvalBeyondTheBorder(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	size := [3]int{9, 8, 10}
	data, xyz, tr := problem(rng, size, 50)
	f, err := NewField(size, data, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, far := range []float32{5, -9, 1e4, -1e30, 1e30} {
		moved := tr
		moved[10] += far
		compare(t, "outside", f.Eval(NewAtoms(xyz), &moved), reference(size, data, xyz, &moved), 0.1)
	}
}

func TestNewFieldRefuses(t *testing.T) {
	nan := float32(math.NaN())
	for _, tt := range []struct {
		name string
		size [3]int
		data []float32
	}{
		{"thin", [3]int{1, 2, 2}, make([]float32, 4)},
		{"short", [3]int{2, 2, 2}, make([]float32, 7)},
		{"not a number", [3]int{2, 2, 2}, []float32{0, 1, 2, nan, 4, 5, 6, 7}},
	} {
		if _, err := NewField(tt.size, tt.data, 1); err == nil {
			t.Errorf("%s: no error", tt.name)
		}
	}
}

func TestFinite(t *testing.T) {
	tr := Transform{1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6, 7}
	if !tr.Finite() {
		t.Error("a finite transform is said not to be")
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		bad := tr
		bad[7] = float32(v)
		if bad.Finite() {
			t.Errorf("%g is said to be finite", v)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	for _, n := range []int{48, 128} {
		rng := rand.New(rand.NewPCG(1, 1))
		size := [3]int{n, n, n}
		data, xyz, tr := problem(rng, size, 1672)
		f, err := NewField(size, data, 2)
		if err != nil {
			b.Fatal(err)
		}
		atoms := NewAtoms(xyz)
		b.Run(map[int]string{48: "48", 128: "128"}[n], func(b *testing.B) {
			for b.Loop() {
				f.Eval(atoms, &tr)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1672, "ns/sample")
		})
	}
}

// Every length around the widths of the loops; the fast path must agree with
// the definition and write nothing else.
func TestFastPathIsTheDefinition(t *testing.T) {
	if os.Getenv("DIFFFIT_REQUIRE_ASM") == "1" && !useAVX2 {
		t.Fatal("the assembly is not in use, but DIFFFIT_REQUIRE_ASM=1 wants it")
	}
	eachLoop(t, fastPathIsTheDefinition)
}

func fastPathIsTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	size := [3]int{40, 21, 33}
	for n := range 2*16 + 1 {
		for _, count := range []int{n, block - 16 + n, 3*block - 16 + n} {
			data, xyz, tr := problem(rng, size, count)
			f, err := NewField(size, data, 1)
			if err != nil {
				t.Fatal(err)
			}
			if count > blockOf(f) {
				continue
			}
			const canary = 12345.5
			var want [10]float32
			got := [3][10]float32{}
			for i := range 10 {
				got[0][i], got[2][i] = canary, canary
			}
			atoms := NewAtoms(xyz)
			before := slices.Clone(atoms.data)
			evalGo(f, atoms.data, count, &tr, &want)
			var args arguments
			args.set(f, &tr)
			eval(f, atoms.data, count, &tr, &args, &got[1])
			for i := range 10 {
				if got[0][i] != canary || got[2][i] != canary {
					t.Fatalf("%d atoms: wrote beyond its output", count)
				}
				// x is rounded to 15 bits (error 1.5e-5) and multiplied with
				// coefficients up to 32700 and, in moments, with up to 20 voxels.
				if d := math.Abs(float64(got[1][i] - want[i])); d > 20*float64(count+1) {
					t.Errorf("%d atoms, sum %d: %g, want %g", count, i, got[1][i], want[i])
				}
			}
			if !slices.Equal(atoms.data, before) {
				t.Fatalf("%d atoms: changed its input", count)
			}
		}
	}
}

func BenchmarkEvalGo(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	size := [3]int{48, 48, 48}
	data, xyz, tr := problem(rng, size, 1672)
	f, err := NewField(size, data, 2)
	if err != nil {
		b.Fatal(err)
	}
	atoms := NewAtoms(xyz)
	var out [10]float32
	for b.Loop() {
		evalGo(f, atoms.data, atoms.N, &tr, &out)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1672, "ns/sample")
}
