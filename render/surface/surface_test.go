// SPDX-License-Identifier: BSD-3-Clause

package surface

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

func random(size [3]int, seed uint64) *volume.Grid {
	rng := rand.New(rand.NewPCG(seed, 1))
	g := volume.New(size, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(rng.NormFloat64())
	}
	return g
}

func TestScale(t *testing.T) {
	g := volume.New([3]int{5, 1, 1}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	copy(g.Data, []float32{-2, 6, float32(math.NaN()), 2, float32(math.Inf(1))})
	s := NewScale(g)
	if s != (Scale{-2, 8}) {
		t.Fatalf("NewScale: %+v, want -2 and 8", s)
	}
	got := make([]uint16, 5)
	s.Quantize(got, g.Data)
	if want := [5]uint16{0, 65535, 0, 32768, 65535}; [5]uint16(got) != want {
		t.Errorf("Quantize: %v, want %v", got, want)
	}
	if p := s.Position(4); p != 0.75 {
		t.Errorf("Position(4): %g, want 0.75", p)
	}
	for _, v := range []float32{0, 3, float32(math.NaN())} {
		for i := range g.Data {
			g.Data[i] = v
		}
		if s := NewScale(g); !(s.Range > 0) || s.Low-s.Low != 0 {
			t.Errorf("NewScale of %g everywhere: %+v", v, s)
		}
	}
}

func TestGround(t *testing.T) {
	g := volume.New([3]int{50, 50, 50}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data { // a fifth is a molecule, some is nothing at all
		switch {
		case i%5 == 0:
			g.Data[i] = 3
		case i%13 == 0:
			g.Data[i] = -2
		case i%11 == 0:
			g.Data[i] = float32(math.NaN())
		}
	}
	if v := Ground(g); v != 0 {
		t.Errorf("Ground: %g, want 0", v)
	}
	for i := range g.Data {
		g.Data[i] = float32(math.Inf(1))
	}
	if v := Ground(g); v != 0 {
		t.Errorf("of nothing finite: %g, want 0", v)
	}
}

func TestBricksHaveTheRangeOfTheirVoxels(t *testing.T) {
	for _, edge := range []int{1, 2, 3, 4, 16} {
		g := random([3]int{9, 6, 11}, uint64(edge))
		s := NewScale(g)
		q := make([]uint16, len(g.Data))
		s.Quantize(q, g.Data)
		b := NewBricks(g, s, edge)
		i := 0
		for z := range b.Size[2] {
			for y := range b.Size[1] {
				for x := range b.Size[0] {
					lo, hi := uint16(math.MaxUint16), uint16(0)
					for k := range g.Data {
						p := g.Position(k) // voxel indices, since steps are 1
						in := func(v float64, brick int) bool {
							return int(v) >= brick*edge-1 && int(v) <= (brick+1)*edge
						}
						if in(p.X, x) && in(p.Y, y) && in(p.Z, z) {
							lo, hi = min(lo, q[k]), max(hi, q[k])
						}
					}
					if b.Min[i] != lo || b.Max[i] != hi {
						t.Fatalf("edge %d: brick (%d, %d, %d) has %d to %d, want %d to %d", edge, x, y, z, b.Min[i], b.Max[i], lo, hi)
					}
					i++
				}
			}
		}
	}
}

func TestCoarserCoversFiner(t *testing.T) {
	g := random([3]int{13, 10, 7}, 3)
	b := NewBricks(g, NewScale(g), 2)
	c := b.Coarser()
	if c.Edge != 4 || c.Size != [3]int{4, 3, 2} {
		t.Fatalf("Coarser: edge %d, size %v", c.Edge, c.Size)
	}
	fine, coarse := b.Active(0.6), c.Active(0.6)
	for z := range b.Size[2] {
		for y := range b.Size[1] {
			for x := range b.Size[0] {
				if fine.Has(x, y, z) && !coarse.Has(x/2, y/2, z/2) {
					t.Errorf("brick (%d, %d, %d) is active, its coarser one is not", x, y, z)
				}
			}
		}
	}
}

// Wherever trilinear densities change from below to above the level along a
// ray, both ends of the step are in or next to an active brick.
func TestActiveMissesNothing(t *testing.T) {
	g := random([3]int{12, 12, 12}, 5)
	s := NewScale(g)
	b := NewBricks(g, s, 2)
	level := float32(1.2)
	m := b.Active(s.Position(level))
	rng := rand.New(rand.NewPCG(7, 7))
	crossings := 0
	for range 200000 {
		p := r3.Vec{X: 11 * rng.Float64(), Y: 11 * rng.Float64(), Z: 11 * rng.Float64()}
		v := g.Sample(p)
		if math.Abs(v-float64(level)) > 0.02 {
			continue
		}
		crossings++
		// In a texture the centre of voxel 0 is at 0.5.
		if !m.Has(int((p.X+0.5)/2), int((p.Y+0.5)/2), int((p.Z+0.5)/2)) {
			t.Fatalf("density %g at %v is in no active brick", v, p)
		}
	}
	if crossings < 100 {
		t.Fatalf("only %d points on the surface: the test shows nothing", crossings)
	}
}

func TestActiveOnTheFacesOfTheMap(t *testing.T) {
	g := volume.New([3]int{8, 8, 8}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = 1
	}
	g.Data[0] = 0
	m := NewBricks(g, NewScale(g), 2).Active(0.5)
	if got, want := m.Count(), 64-8; got != want {
		t.Errorf("a full map has %d active bricks, want the %d on its faces", got, want)
	}
	if from, to, ok := m.Bounds(); !ok || from != [3]int{} || to != [3]int{4, 4, 4} {
		t.Errorf("Bounds %v %v %t", from, to, ok)
	}
	if _, _, ok := newMask([3]int{70, 3, 2}).Bounds(); ok {
		t.Error("Bounds of nothing: ok")
	}
}

func TestDistances(t *testing.T) {
	for _, size := range [][3]int{{1, 1, 1}, {7, 5, 6}, {64, 3, 4}, {65, 4, 1}, {130, 2, 3}, {300, 1, 1}} {
		rng := rand.New(rand.NewPCG(1, uint64(size[0])))
		m := newMask(size)
		var set [][3]int
		for range 3 {
			p := [3]int{rng.IntN(size[0]), rng.IntN(size[1]), rng.IntN(size[2])}
			if size[0] == 300 {
				p[0] = 0 // farther than a byte can tell
			}
			m.set(p[0], p[1], p[2])
			set = append(set, p)
		}
		d := m.Distances()
		i := 0
		for z := range size[2] {
			for y := range size[1] {
				for x := range size[0] {
					want := Far
					for _, p := range set {
						want = min(want, max(abs(x-p[0]), abs(y-p[1]), abs(z-p[2])))
					}
					if int(d[i]) != want {
						t.Fatalf("%v: distance at (%d, %d, %d) is %d, want %d", size, x, y, z, d[i], want)
					}
					i++
				}
			}
		}
	}
	for _, v := range newMask([3]int{3, 3, 3}).Distances() {
		if v != Far {
			t.Fatalf("distance to nothing: %d, want %d", v, Far)
		}
	}
}

func abs(x int) int { return max(x, -x) }

func TestHull(t *testing.T) {
	m := newMask([3]int{5, 5, 5})
	m.set(1, 2, 3)
	m.set(2, 2, 3)
	hull, ok := m.Hull(60)
	if got, want := len(hull), 10*6; got != want || !ok {
		t.Fatalf("two bricks beside each other: %d corners, %t, want %d", got, ok, want)
	}
	if _, ok := m.Hull(59); ok {
		t.Error("60 corners where 59 are allowed: ok")
	}
	// Outward triangles enclose their volume (divergence theorem).
	volume := 0.0
	for i := 0; i < len(hull); i += 3 {
		p := func(c Corner) r3.Vec { return r3.Vec{X: float64(c[0]), Y: float64(c[1]), Z: float64(c[2])} }
		volume += r3.Dot(p(hull[i]), r3.Cross(p(hull[i+1]), p(hull[i+2]))) / 6
	}
	if math.Abs(volume-2) > 1e-12 {
		t.Errorf("the hull encloses %g bricks, want 2", volume)
	}
	if h, ok := newMask([3]int{2, 2, 2}).Hull(0); len(h) != 0 || !ok {
		t.Errorf("hull of nothing: %d corners, %t", len(h), ok)
	}
}

func benchmarkGrid(n int) *volume.Grid {
	g := volume.New([3]int{n, n, n}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		p := r3.Scale(2*math.Pi*3/float64(n), g.Position(i))
		g.Data[i] = float32(math.Sin(p.X) * math.Sin(p.Y) * math.Sin(p.Z))
	}
	return g
}

func BenchmarkNewBricks128(b *testing.B) {
	g := benchmarkGrid(128)
	s := NewScale(g)
	for b.Loop() {
		NewBricks(g, s, 2)
	}
}

func BenchmarkDistances128(b *testing.B) {
	g := benchmarkGrid(128)
	bricks := NewBricks(g, NewScale(g), 2)
	for b.Loop() {
		bricks.Active(0.8).Distances()
	}
}

func BenchmarkDistances256(b *testing.B) {
	g := benchmarkGrid(256)
	bricks := NewBricks(g, NewScale(g), 2)
	for b.Loop() {
		bricks.Active(0.8).Distances()
	}
}
