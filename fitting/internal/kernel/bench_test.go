// SPDX-License-Identifier: BSD-3-Clause

package kernel

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// evalGrid is the inner loop as one writes it first: scalar Go on the plain
// grid, eight densities an atom. It is what the others are compared with.
func evalGrid(size [3]int, data []float32, atoms []float32, n int, t *Transform, out *[10]float32) {
	maxX, maxY, maxZ := float32(size[0]-1)-1e-3, float32(size[1]-1)-1e-3, float32(size[2]-1)-1e-3
	strideY, strideZ := size[0], size[0]*size[1]
	for i := range n {
		a := atoms[i/8*24+i%8:]
		ax, ay, az := a[0], a[8], a[16]
		ux := t[0]*ax + t[1]*ay + t[2]*az
		uy := t[3]*ax + t[4]*ay + t[5]*az
		uz := t[6]*ax + t[7]*ay + t[8]*az
		px := min(max(ux+t[9], 0), maxX)
		py := min(max(uy+t[10], 0), maxY)
		pz := min(max(uz+t[11], 0), maxZ)
		ix, iy, iz := int(px), int(py), int(pz)
		x, y, z := px-float32(ix), py-float32(iy), pz-float32(iz)
		at := iz*strideZ + iy*strideY + ix
		r0, r1 := data[at:at+2], data[at+strideY:at+strideY+2]
		r2, r3 := data[at+strideZ:at+strideZ+2], data[at+strideZ+strideY:at+strideZ+strideY+2]
		d0, d1, d2, d3 := r0[1]-r0[0], r1[1]-r1[0], r2[1]-r2[0], r3[1]-r3[0]
		v0, v1, v2, v3 := r0[0]+x*d0, r1[0]+x*d1, r2[0]+x*d2, r3[0]+x*d3
		near, far := v0+y*(v1-v0), v2+y*(v3-v2)
		gz := far - near
		gy := (v1 - v0) + z*((v3-v2)-(v1-v0))
		dn, df := d0+y*(d1-d0), d2+y*(d3-d2)
		gx := dn + z*(df-dn)
		out[0] += near + z*gz
		out[1] += gx
		out[2] += gy
		out[3] += gz
		out[4] += uy * gz
		out[5] += uz * gy
		out[6] += uz * gx
		out[7] += ux * gz
		out[8] += ux * gy
		out[9] += uy * gx
	}
}

// ball returns n atoms as dense as a protein's (one in 18 Å³) on a grid of
// 1 Å, ordered so that neighbours in memory are neighbours in space.
func ball(rng *rand.Rand, n int) [][3]float32 {
	radius := float32(math.Cbrt(float64(n) * 18 * 3 / (4 * math.Pi)))
	var out [][3]float32
	for len(out) < n {
		var p [3]float32
		r := float32(0)
		for k := range p {
			p[k] = radius * (2*rng.Float32() - 1)
			r += p[k] * p[k]
		}
		if r < radius*radius {
			out = append(out, p)
		}
	}
	key := func(p [3]float32) (k uint32) {
		for i, v := range p {
			for b := range 7 {
				k |= uint32(v+radius) >> b & 1 << (3*b + i)
			}
		}
		return k
	}
	slices.SortFunc(out, func(a, b [3]float32) int { return cmp.Compare(key(a), key(b)) })
	return out
}

// poses returns transforms that turn at random about the atoms' centre and put
// it anywhere in the inner part of a map.
func poses(rng *rand.Rand, size, n int) []Transform {
	out := make([]Transform, n)
	for i := range out {
		var q [4]float64
		length := 0.0
		for k := range q {
			q[k] = rng.NormFloat64()
			length += q[k] * q[k]
		}
		w, x, y, z := q[0], q[1], q[2], q[3]
		s := 2 / length
		for k, v := range [9]float64{
			1 - s*(y*y+z*z), s * (x*y - z*w), s * (x*z + y*w),
			s * (x*y + z*w), 1 - s*(x*x+z*z), s * (y*z - x*w),
			s * (x*z - y*w), s * (y*z + x*w), 1 - s*(x*x+y*y),
		} {
			out[i][k] = float32(v)
		}
		for k := range 3 {
			out[i][9+k] = float32(size) * (0.3 + 0.4*rng.Float32())
		}
	}
	return out
}

type benchRow struct {
	Map         int     `json:"map"`
	Variant     string  `json:"variant"`
	NsPerSample float64 `json:"ns_per_sample"`
}

// BenchmarkKernel compares the loops in turns in one run and prints medians.
// Each starts anywhere in the map and takes twelve short steps, as climbers do.
// DIFFFIT_KERNEL_JSON=FILE, from the root of the repository, also writes them.
func BenchmarkKernel(b *testing.B) {
	if !useAVX2 {
		b.Skip("no assembly here to compare with")
	}
	const atoms, steps, turns = 1672, 12, 41
	rng := rand.New(rand.NewPCG(1, 1))
	var rows []benchRow
	for _, n := range []int{48, 128, 256} {
		size := [3]int{n, n, n}
		data, _, _ := problem(rng, size, 0)
		f, err := NewField(size, data, 2)
		if err != nil {
			b.Fatal(err)
		}
		a := NewAtoms(ball(rng, atoms))
		variants := []struct {
			name string
			run  func(*Transform)
		}{
			{"go-grid", func(t *Transform) { var out [10]float32; evalGrid(size, data, a.data, a.N, t, &out) }},
			{"go-cells", func(t *Transform) { var out [10]float32; evalGo(f, a.data, a.N, t, &out) }},
			{"asm", func(t *Transform) { f.Eval(a, t) }},
		}
		times := make([][]float64, len(variants))
		for range turns {
			climbs := poses(rng, n, 8)
			for v, variant := range variants {
				start := time.Now()
				for i := range climbs {
					t := climbs[i]
					for range steps {
						variant.run(&t)
						t[9], t[10], t[11] = t[9]+0.2, t[10]-0.15, t[11]+0.1
					}
				}
				times[v] = append(times[v], float64(time.Since(start).Nanoseconds())/float64(len(climbs)*steps*atoms))
			}
		}
		for v, variant := range variants {
			slices.Sort(times[v])
			median := times[v][turns/2]
			rows = append(rows, benchRow{n, variant.name, math.Round(1000*median) / 1000})
			b.ReportMetric(median, fmt.Sprintf("ns/sample-%s-%d", variant.name, n))
		}
		grid, asm := rows[len(rows)-3].NsPerSample, rows[len(rows)-1].NsPerSample
		b.Logf("%3d³: scalar Go on the grid %6.2f ns, Go on cells %6.2f, assembly %5.2f: 1/%.1f of scalar Go", n, grid, rows[len(rows)-2].NsPerSample, asm, grid/asm)
	}
	writeRows(b, rows)
}

func writeRows(b *testing.B, rows []benchRow) {
	path := os.Getenv("DIFFFIT_KERNEL_JSON")
	if path == "" {
		return
	}
	text, err := json.MarshalIndent(rows, "", " ")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		b.Fatal(err)
	}
}

func TestGridLoopIsTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	size := [3]int{20, 22, 24}
	data, xyz, tr := problem(rng, size, 100)
	a := NewAtoms(xyz)
	var out [10]float32
	evalGrid(size, data, a.data, a.N, &tr, &out)
	want := reference(size, data, xyz, &tr)
	if math.Abs(float64(out[0])-want.Value) > 1e-2 || math.Abs(float64(out[9])-want.Moment[5]) > 1 {
		t.Errorf("sums %v, want %+v", out, want)
	}
}
