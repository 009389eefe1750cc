// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

var reportFile = flag.String("report", "", "measure the renderer and write the results to `FILE` (JSON)")

// A row is one measurement: pictures per second while turning, with adaptive
// resolution unless the ablation says otherwise, and milliseconds of the full
// and of the smooth picture at rest.
type row struct {
	Size         string  `json:"size"`
	Map          int     `json:"map"` // voxels along an edge, 0 for none
	Style        string  `json:"style"`
	Atoms        int     `json:"atoms"`
	MovingPerS   float64 `json:"moving_per_s"`
	MovingScale  float64 `json:"moving_scale"` // of the edges of pictures while turning
	RefinedMS    float64 `json:"refined_ms"`
	SmoothMS     float64 `json:"smooth_ms"`
	OpenMS       float64 `json:"open_ms"` // from data in memory to the first picture
	Ablation     string  `json:"ablation,omitempty"`
	BytesOnTheGL int     `json:"card_bytes,omitempty"` // of the map
}

// A bench is what is measured.
type bench struct {
	w, h, grid, atoms int
	style             string
	ablation          string
}

// mapStyles and moleculeStyles are what the report calls styles.
var (
	mapStyles      = map[string]MapStyle{"iso": Surface, "translucent": Surface, "mesh": Mesh, "cloud": Cloud, "mip": Projection, "slices": Slices}
	moleculeStyles = map[string]Style{"cartoon": Cartoon, "sticks": Sticks, "ball-and-stick": BallAndStick}
)

// blobs returns a map of n³ voxels, 160 Å wide, of 60 Gaussian blobs.
func blobs(n int) *volume.Grid {
	step := 160 / float64(n)
	g := volume.New([3]int{n, n, n}, vec(step, step, step), vec(-80, -80, -80))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		c := vec(40+80*rng.Float64(), 40+80*rng.Float64(), 40+80*rng.Float64())
		s := 3 + 5*rng.Float64()
		along := func(center float64) (from int, f []float32) {
			from = max(0, int((center-3.5*s)/step))
			for i := from; i < min(n, int((center+3.5*s)/step)); i++ {
				d := float64(i)*step - center
				f = append(f, float32(math.Exp(-d*d/(2*s*s))))
			}
			return from, f
		}
		x0, fx := along(c.X)
		y0, fy := along(c.Y)
		z0, fz := along(c.Z)
		for z, a := range fz {
			for y, b := range fy {
				to := g.Data[g.Index(x0, y0+y, z0+z):][:len(fx)]
				for x, e := range fx {
					to[x] += a * b * e
				}
			}
		}
	}
	return g
}

// coilOf returns a chain of residues, four atoms each, wound up in the box.
func coilOf(atoms int) *mol.Structure {
	s := protein((atoms + 3) / 4)
	for i := range s.Atoms {
		p := &s.Atoms[i].Pos
		a := p.Z / 20
		ring := 12 + 22*math.Mod(math.Abs(p.Z)/400, 1)
		*p = vec(ring*math.Cos(a)+p.X, math.Mod(math.Abs(p.Z)/8, 60)-30+p.Y, ring*math.Sin(a))
	}
	return s
}

func (b bench) scene() (*Scene, Camera) {
	s := &Scene{Background: dark}
	if b.grid > 0 {
		c := bluish
		if b.style == "translucent" {
			c.A = 140
		}
		s.Volumes = []Volume{{Grid: blobs(b.grid), Level: 0.5, Color: c, Visible: true, Style: mapStyles[b.style]}}
	}
	if b.atoms > 0 {
		s.Molecules = []Molecule{{
			Structure: coilOf(b.atoms), Motions: []geom.Rigid{geom.NewRigid(geom.Identity().Rotation, r3.Vec{})},
			Style: moleculeStyles[b.style], Visible: true,
		}}
	}
	c := Fit(s)
	c.Orbit(0.4, 0.3)
	return s, c
}

// measure measures one bench in a loop as that of the window.
func (b bench) measure(t *testing.T) row {
	s, c := b.scene()
	frames := make(chan *Frame, buffers)
	var r *Renderer
	l := newLoop(func() (drawer, error) {
		var err error
		if r, err = New(newTestContext(t)); err == nil && b.ablation != "" {
			return ablated{r, b.ablation}, nil
		}
		return r, err
	}, func(f *Frame) { frames <- f }, func(err error) { t.Error(err) })
	defer l.Stop()
	submit := func() { l.Submit(Request{Scene: s, Camera: c, Width: b.w, Height: b.h}) }
	get := func() Frame {
		f := <-frames
		f.Release()
		return *f
	}
	begin := time.Now()
	submit()
	get()
	out := row{Size: fmt.Sprintf("%dx%d", b.w, b.h), Map: b.grid, Style: b.style, Atoms: b.atoms, Ablation: b.ablation}
	out.OpenMS = ms(time.Since(begin))
	n, scale := 0, 0.0
	for range 8 { // until the resolution has settled
		c.Orbit(0.05, 0.01)
		submit()
		get()
	}
	begin = time.Now()
	for ; n < 5 || n < 400 && time.Since(begin) < 2*time.Second; n++ {
		c.Orbit(0.05, 0.01)
		submit()
		scale += get().Scale
	}
	out.MovingPerS, out.MovingScale = float64(n)/time.Since(begin).Seconds(), scale/float64(n)
	full := get()
	for full.Draft {
		full = get()
	}
	out.RefinedMS = ms(full.Took)
	out.SmoothMS = out.RefinedMS * smoothSamples
	if b.grid > 0 {
		l.Stop()
		for _, m := range r.surfaces.fields.loaded {
			out.BytesOnTheGL = m.bytes()
		}
	}
	return out
}

// fixed returns how many drafts in a second there are at the full size.
func (b bench) fixed(t *testing.T) float64 {
	r := newTestRenderer(t)
	r.gl.SetDebug(false)
	s, c := b.scene()
	n, begin := -1, time.Now()
	for ; n < 5 || time.Since(begin) < 2*time.Second; n++ {
		c.Orbit(0.05, 0.01)
		if _, err := r.Draw(s, c, b.w, b.h, Quality{Draft: true}); err != nil {
			t.Fatal(err)
		}
		if n < 0 { // the first makes everything ready
			begin = time.Now()
		}
	}
	return float64(n) / time.Since(begin).Seconds()
}

func ms(d time.Duration) float64 { return math.Round(float64(d.Microseconds())/100) / 10 }

// An ablated drawer is without something that speeds it up.
type ablated struct {
	*Renderer
	what string
}

func (a ablated) Draw(s *Scene, c Camera, w, h int, q Quality) (m *image.RGBA, err error) {
	switch a.what {
	case "no bricks":
		q.without.bricks = true
	case "no proxy":
		q.without.hull = true
	}
	return a.Renderer.Draw(s, c, w, h, q)
}

// TestReport measures; see make bench-render.
func TestReport(t *testing.T) {
	if *reportFile == "" {
		t.Skip("no -report")
	}
	base := bench{1024, 768, 128, 3000, "iso", ""}
	var list []bench
	vary := func(change func(b *bench)) {
		b := base
		change(&b)
		list = append(list, b)
	}
	for _, size := range [][2]int{{640, 480}, {1024, 768}, {1920, 1080}} {
		vary(func(b *bench) { b.w, b.h = size[0], size[1] })
	}
	for _, n := range []int{64, 256, 512} {
		vary(func(b *bench) { b.grid = n })
	}
	for _, n := range []int{10000, 30000, 100000} {
		vary(func(b *bench) { b.atoms = n })
		vary(func(b *bench) { b.atoms, b.grid, b.style = n, 0, "spheres" })
	}
	for _, style := range []string{"translucent", "mesh", "cloud", "mip", "slices", "cartoon", "sticks", "ball-and-stick"} {
		vary(func(b *bench) { b.style = style })
	}
	for _, what := range []string{"no bricks", "no proxy", "not adaptive"} {
		vary(func(b *bench) { b.ablation = what })
	}
	device := newTestRenderer(t).Device()
	fmt.Printf("%s\n\n| picture | map | style | atoms | moving/s | at scale | full, ms | first, ms | without |\n|---|---|---|---|---|---|---|---|---|\n", device)
	var rows []row
	for _, b := range list {
		r := b.measure(t)
		if b.ablation == "not adaptive" {
			r.MovingPerS, r.MovingScale = b.fixed(t), 1
		}
		rows = append(rows, r)
		fmt.Printf("| %s | %d³ | %s | %d | %.1f | %.2f | %.0f | %.0f | %s |\n", strings.Replace(r.Size, "x", "×", 1), r.Map, r.Style, r.Atoms,
			r.MovingPerS, r.MovingScale, r.RefinedMS, r.OpenMS, strings.TrimPrefix(r.Ablation, "no "))
	}
	data, err := json.MarshalIndent(rows, "", " ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(*reportFile), 0o777)
	}
	if err == nil {
		err = os.WriteFile(*reportFile, append(data, '\n'), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}
