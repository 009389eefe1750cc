// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// convolve is the plain definition of a separable filter, in float64. The
// weights are along x, y, z; outside gives the index to use, or −1 for zero.
func convolve(g *Grid, w [3][]float64, outside func(k, n int) int) []float64 {
	cur := make([]float64, len(g.Data))
	for i, v := range g.Data {
		cur[i] = float64(v)
	}
	stride := [3]int{1, g.Size[0], g.Size[0] * g.Size[1]}
	for a := range 3 {
		next := make([]float64, len(cur))
		r := len(w[a]) / 2
		for i := range next {
			at := i / stride[a] % g.Size[a]
			for k, weight := range w[a] {
				from := at + k - r
				if from < 0 || from >= g.Size[a] {
					if from = outside(from, g.Size[a]); from < 0 {
						continue
					}
				}
				next[i] += weight * cur[i+(from-at)*stride[a]]
			}
		}
		cur = next
	}
	return cur
}

func mirrored(k, n int) int {
	if n == 1 {
		return 0
	}
	for k < 0 || k >= n {
		if k < 0 {
			k = -k
		} else {
			k = 2*n - 2 - k
		}
	}
	return k
}

func worst(got []float32, want []float64) float64 {
	d := 0.0
	for i, v := range got {
		d = math.Max(d, math.Abs(float64(v)-want[i]))
	}
	return d
}

func TestSmooth5(t *testing.T) {
	w := []float64{math.Exp(-2), math.Exp(-0.5), 1, math.Exp(-0.5), math.Exp(-2)}
	sum := w[0] + w[1] + w[2] + w[3] + w[4]
	for i := range w {
		w[i] /= sum
	}
	for _, size := range [][3]int{{1, 1, 1}, {2, 3, 4}, {4, 1, 2}, {3, 2, 1}, {5, 9, 6}, {33, 16, 21}} {
		g := noise(size, 1, 1, 4)
		got := Smooth5(g, 2)
		want := convolve(g, [3][]float64{w, w, w}, mirrored)
		if d := worst(got.Data, want); d > 2e-6 { // float32
			t.Errorf("%v: off by %g", size, d)
		}
		if one := Smooth5(g, 1); !slices.Equal(one.Data, got.Data) {
			t.Errorf("%v: depends on threads", size)
		}
	}
}

func TestGaussMatchesDefinition(t *testing.T) {
	borders := map[Border]func(k, n int) int{
		ZeroOutside: func(int, int) int { return -1 },
		Replicate:   func(k, n int) int { return min(max(k, 0), n-1) },
	}
	for border, outside := range borders {
		for _, sigma := range []float64{0.8, 3, 6, 9.3, 13} { // 0.53 to 8.7 voxels
			g := noise([3]int{37, 25, 30}, 0, 1, 5)
			g.Data[g.Index(18, 12, 15)] = 500 // a point, whose image is the filter itself
			var w [3][]float64
			for a := range 3 {
				s := sigma / axis(g.Step, a)
				r := int(math.Ceil(6 * s)) // nothing is cut
				sum := 0.0
				for i := -r; i <= r; i++ {
					v := math.Exp(-0.5 * float64(i*i) / (s * s))
					w[a], sum = append(w[a], v), sum+v
				}
				for i := range w[a] {
					w[a][i] /= sum
				}
			}
			want := convolve(g, w, outside)
			peak := want[g.Index(18, 12, 15)]
			got := Gauss(g, sigma, border, 2)
			if d := worst(got.Data, want); d > 0.004*peak {
				t.Errorf("σ %g Å, border %d: off by %g of a point's maximum", sigma, border, d/peak)
			}
			if one := Gauss(g, sigma, border, 1); !slices.Equal(one.Data, got.Data) {
				t.Errorf("σ %g Å: depends on threads", sigma)
			}
		}
	}
}

func TestGaussKeepsConstants(t *testing.T) {
	g := New([3]int{20, 11, 5}, cubic, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = 3
	}
	for _, sigma := range []float64{0, 1, 7} {
		for i, v := range Gauss(g, sigma, Replicate, 0).Data {
			if math.Abs(float64(v)-3) > 1e-5 {
				t.Fatalf("σ %g: voxel %d is %g, want 3", sigma, i, v)
			}
		}
	}
}

// A smooth density has the same values at the same positions on the coarser grid.
func TestHalveKeepsPositions(t *testing.T) {
	for _, size := range [][3]int{{1, 2, 3}, {24, 31, 28}} {
		g := New(size, r3.Vec{X: 1.2, Y: 0.8, Z: 1}, r3.Vec{X: 5, Y: -7, Z: 2})
		f := func(p r3.Vec) float64 { return 3*p.X - 2*p.Y + p.Z }
		for i := range g.Data {
			g.Data[i] = float32(f(g.Position(i)))
		}
		h := Halve(g, 0)
		if want := [3]int{size[0]/2 + 1, size[1]/2 + 1, size[2]/2 + 1}; h.Size != want {
			t.Errorf("%v: size %v, want %v", size, h.Size, want)
		}
		for i, v := range h.Data {
			x := [3]int{i % h.Size[0], i / h.Size[0] % h.Size[1], i / (h.Size[0] * h.Size[1])}
			inner := true
			for k := range 3 {
				inner = inner && x[k] > 0 && 2*x[k]+2 < size[k]
			}
			if want := f(h.Position(i)); inner && math.Abs(float64(v)-want) > 1e-4 {
				t.Fatalf("%v: voxel %v is %g, want %g", size, x, v, want)
			}
		}
	}
}

// A weak and a strong copy of one thing become about equally visible.
func TestLocalNormalizeLevels(t *testing.T) {
	g := New([3]int{80, 40, 40}, cubic, r3.Vec{})
	lump := func(x0, y0, z0 int, height float64) {
		for i := range g.Data {
			p := g.Position(i)
			d := r3.Norm2(r3.Sub(p, vec([3]int{x0, y0, z0})))
			g.Data[i] += float32(height * math.Exp(-d/8))
		}
	}
	lump(20, 20, 20, 100)
	lump(60, 20, 20, 10)
	n := LocalNormalize(Smooth5(g, 0), g, 6, 0.05, 0)
	strong, weak := n.At(20, 20, 20), n.At(60, 20, 20)
	if weak < 0.7*strong || weak > strong {
		t.Errorf("weak %g, strong %g, want a ratio of 0.7 to 1", weak, strong)
	}
	if far := n.At(40, 2, 2); math.Abs(float64(far)) > 0.1*float64(weak) {
		t.Errorf("emptiness %g", far)
	}
}

func BenchmarkSmooth5(b *testing.B) {
	g := noise([3]int{128, 128, 128}, 0, 1, 1)
	for b.Loop() {
		Smooth5(g, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.Data)), "ns/voxel")
}

func BenchmarkGauss(b *testing.B) {
	g := noise([3]int{128, 128, 128}, 0, 1, 1)
	g.Step = cubic
	for _, sigma := range []float64{1, 3, 4.5, 6.3, 9} {
		b.Run(fmt.Sprint(sigma), func(b *testing.B) {
			for b.Loop() {
				Gauss(g, sigma, Replicate, 0)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.Data)), "ns/voxel")
		})
	}
}

func BenchmarkLocalNormalize(b *testing.B) {
	g := noise([3]int{128, 128, 128}, 0, 1, 1)
	for b.Loop() {
		LocalNormalize(g, g, 9, 0.2, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.Data)), "ns/voxel")
}
