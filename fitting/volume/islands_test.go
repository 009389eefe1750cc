// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// flood is the plain definition of Islands.
func flood(g *Grid, minVoxels int) (*Grid, IslandReport) {
	out := g.WithData(slices.Clone(g.Data))
	var report IslandReport
	seen := make([]bool, len(g.Data))
	nx, ny, nz := g.Size[0], g.Size[1], g.Size[2]
	for start, v := range g.Data {
		if !(v > 0) || seen[start] {
			continue
		}
		island := []int{start}
		seen[start] = true
		for k := 0; k < len(island); k++ {
			x, y, z := island[k]%nx, island[k]/nx%ny, island[k]/(nx*ny)
			for c := max(0, z-1); c <= min(nz-1, z+1); c++ {
				for b := max(0, y-1); b <= min(ny-1, y+1); b++ {
					for a := max(0, x-1); a <= min(nx-1, x+1); a++ {
						if i := g.Index(a, b, c); g.Data[i] > 0 && !seen[i] {
							seen[i] = true
							island = append(island, i)
						}
					}
				}
			}
		}
		n := len(island)
		report.Largest = max(report.Largest, n)
		if n >= minVoxels {
			report.Kept++
			report.KeptVoxels += n
			continue
		}
		report.Removed++
		report.RemovedVoxels += n
		for _, i := range island {
			out.Data[i] = 0
		}
	}
	return out, report
}

func TestIslandsMatchFloodFill(t *testing.T) {
	for _, size := range [][3]int{{1, 1, 1}, {1, 40, 3}, {17, 1, 9}, {33, 20, 25}, {400, 330, 9}} { // the last has several slabs
		for _, filled := range []float64{0.02, 0.06, 0.1, 0.5} { // percolation is near 0.1
			r := rand.New(rand.NewPCG(uint64(size[0]), uint64(1000*filled)))
			g := New(size, cubic, r3.Vec{})
			for i := range g.Data {
				g.Data[i] = -1
				if r.Float64() < filled {
					g.Data[i] = r.Float32() + 0.1
				}
			}
			want, wantReport := flood(g, 4)
			for _, threads := range []int{1, 3} {
				got, report, err := Islands(context.Background(), g, 4, threads)
				if err != nil || report != wantReport || !slices.Equal(got.Data, want.Data) {
					t.Errorf("%v, %g filled, %d threads: %+v, %v, want %+v", size, filled, threads, report, err, wantReport)
				}
			}
		}
	}
}

// Islands touch by corners, and the ends of a row are no neighbours.
func TestIslandsCorners(t *testing.T) {
	g := New([3]int{6, 6, 6}, cubic, r3.Vec{})
	for i := range 4 {
		g.Data[g.Index(i, i, i)] = 1 // a diagonal of four
	}
	g.Data[g.Index(5, 1, 5)] = 2
	g.Data[g.Index(0, 2, 5)] = 2
	g.Data[1] = float32(math.NaN())
	got, report, err := Islands(context.Background(), g, 3, 1)
	want := IslandReport{Kept: 1, Removed: 2, KeptVoxels: 4, RemovedVoxels: 2, Largest: 4}
	if err != nil || report != want {
		t.Errorf("%+v, %v, want %+v", report, err, want)
	}
	if got.At(3, 3, 3) != 1 || got.At(5, 1, 5) != 0 || got.At(0, 2, 5) != 0 || got.Data[1] == got.Data[1] {
		t.Error("kept or removed the wrong voxels")
	}
	if g.At(5, 1, 5) != 2 {
		t.Error("changed its input")
	}
}

func TestIslandsStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Islands(ctx, New([3]int{9, 9, 9}, cubic, r3.Vec{}), 3, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}

func BenchmarkIslands(b *testing.B) {
	g := Smooth5(noise([3]int{128, 128, 128}, 0, 1, 1), 0).Threshold(0.2)
	for b.Loop() {
		if _, _, err := Islands(context.Background(), g, 20, 0); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.Data)), "ns/voxel")
}
