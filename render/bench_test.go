// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// benchScene is a map of 128³ voxels of 60 blobs with 1,500 atoms in it.
func benchScene(alpha uint8) (*Scene, Camera) {
	const n = 128
	rng := rand.New(rand.NewPCG(1, 2))
	g := volume.New([3]int{n, n, n}, vec(1, 1, 1), vec(-63.5, -63.5, -63.5))
	for range 60 {
		c := vec(32+64*rng.Float64(), 32+64*rng.Float64(), 32+64*rng.Float64())
		s := 2.5 + 4*rng.Float64()
		reach := int(3.5 * s)
		for z := max(0, int(c.Z)-reach); z < min(n, int(c.Z)+reach); z++ {
			for y := max(0, int(c.Y)-reach); y < min(n, int(c.Y)+reach); y++ {
				for x := max(0, int(c.X)-reach); x < min(n, int(c.X)+reach); x++ {
					d := r3.Norm2(r3.Sub(vec(float64(x), float64(y), float64(z)), c))
					g.Data[g.Index(x, y, z)] += float32(math.Exp(-d / (2 * s * s)))
				}
			}
		}
	}
	color := bluish
	color.A = alpha
	m := Molecule{Structure: protein(375), Motions: molecule(6).Motions, Visible: true}
	for i := range m.Structure.Atoms {
		p := &m.Structure.Atoms[i].Pos // wind the helix up
		a := p.Z / 20
		*p = vec(25*math.Cos(a)+p.X, p.Z/8, 25*math.Sin(a)+p.Y)
	}
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Color: color, Visible: true}}, Molecules: []Molecule{m}, Background: dark}
	return s, Fit(s)
}

func benchmarkDraw(b *testing.B, alpha uint8, w, h int, q Quality, change func(*Scene, *Camera)) {
	r := newTestRenderer(b)
	r.gl.SetDebug(false)
	s, c := benchScene(alpha)
	c.Orbit(0.4, 0.3)
	for b.Loop() {
		change(s, &c)
		m, err := r.Draw(s, c, w, h, q)
		if err != nil {
			b.Fatal(err)
		}
		q.Into = m
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
}

func orbit(_ *Scene, c *Camera) { c.Orbit(0.05, 0.01) }

func BenchmarkDrawFull(b *testing.B) { benchmarkDraw(b, 140, 1024, 768, Quality{}, orbit) }

func BenchmarkDrawDraft(b *testing.B) {
	benchmarkDraw(b, 140, 1024, 768, Quality{Draft: true}, orbit)
}

func BenchmarkDrawDraftHalf(b *testing.B) {
	benchmarkDraw(b, 140, 512, 384, Quality{Draft: true}, orbit)
}

func BenchmarkDrawLevelHalf(b *testing.B) {
	benchmarkDraw(b, 140, 512, 384, Quality{Draft: true}, func(s *Scene, _ *Camera) { s.Volumes[0].Level *= 1.0001 })
}

func BenchmarkDrawAtomsOnly(b *testing.B) {
	benchmarkDraw(b, 140, 1024, 768, Quality{Draft: true}, func(s *Scene, c *Camera) {
		s.Volumes[0].Visible = false
		orbit(s, c)
	})
}

// BenchmarkDrawSelected draws what the window does when a placement is selected.
func BenchmarkDrawSelected(b *testing.B) {
	benchmarkDraw(b, 77, 1000, 760, Quality{}, func(s *Scene, c *Camera) {
		s.Look.Occlusion = 0.7
		s.Molecules[0].Style, s.Molecules[0].Outlined = Cartoon, true
		orbit(s, c)
	})
}

// BenchmarkSelect selects one chain of the demo after the other, as in the
// window, and waits for the first picture with every pixel. People look before
// they select again: until the smooth picture is there, and for a moment.
func BenchmarkSelect(b *testing.B) {
	grid, molecules := demo(b)
	for i := range molecules {
		molecules[i].Style = Cartoon
	}
	color := bluish
	color.A = 77
	scene := Scene{Volumes: []Volume{{Grid: grid, Level: 0.35, Color: color, Visible: true}}, Molecules: molecules, Background: dark, Look: Look{Occlusion: 0.7}}
	r := Request{Camera: Fit(&scene), Width: 940, Height: 720}
	frames := make(chan *Frame, buffers)
	l := newLoop(func() (drawer, error) { return New(newTestContext(b)) }, func(f *Frame) { frames <- f }, func(err error) { b.Error(err) })
	defer l.Stop()
	get := func() bool {
		f := <-frames
		defer f.Release()
		return f.Draft
	}
	r.Scene = &scene
	l.Submit(r)
	for get() {
	}
	var took []float64
	worked := 0.0
	for n := 0; b.Loop(); n++ {
		s := scene
		s.Molecules = slices.Clone(molecules)
		s.Molecules[n%len(molecules)].Outlined = true
		r.Scene = &s
		get() // the smooth picture
		time.Sleep(250 * time.Millisecond)
		begin, cpu := time.Now(), cpuMS()
		l.Submit(r)
		for get() {
		}
		took, worked = append(took, ms(time.Since(begin))), worked+cpuMS()-cpu
	}
	b.ReportMetric(median(took), "ms(median)")
	b.ReportMetric(worked/float64(b.N), "CPU-ms/op")
}
