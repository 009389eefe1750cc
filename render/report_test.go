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
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render/surface"
)

var reportFile = flag.String("report", "", "measure the renderer and write the results to `FILE` (JSON)")

// A row is one measurement: pictures per second while turning, with adaptive
// resolution unless the style says otherwise, and milliseconds for the picture
// with every pixel once at rest. What is not in the file is in the table.
type row struct {
	Size       string  `json:"size"`
	Map        int     `json:"map"` // voxels along an edge, 0 for none
	Style      string  `json:"style"`
	Atoms      int     `json:"atoms"`
	MovingPerS float64 `json:"moving_per_s"`
	RefinedMS  float64 `json:"refined_ms"`

	scale      float64 // of the edges of pictures while turning
	first      float64 // milliseconds from data in memory to the first picture
	draftCPU   float64 // milliseconds of all processors for a picture while turning
	refinedCPU float64 // and for the refined one
	bricksCPU  float64 // and for ranges in bricks and distances between them
	memory     int     // bytes of the map in the graphics memory
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
	moleculeStyles = map[string]Style{"cartoon": Cartoon, "sticks": Sticks, "ball-and-stick": BallAndStick, "skin": Skin}
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
	var notes drawn // of the loop's goroutine until it has ended
	l := newLoop(func() (drawer, error) {
		r, err := New(newTestContext(t))
		return measured{r, b.ablation, &notes}, err
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
	out := row{Size: fmt.Sprintf("%dx%d", b.w, b.h), Map: b.grid, Style: b.style, Atoms: b.atoms, first: ms(time.Since(begin))}
	if b.ablation != "" {
		out.Style += " " + b.ablation
	}
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
	out.MovingPerS, out.scale = math.Round(10*float64(n)/time.Since(begin).Seconds())/10, scale/float64(n)
	full := get()
	for full.Draft {
		full = get()
	}
	out.RefinedMS = ms(full.Took)
	l.Stop()
	out.memory, out.draftCPU, out.refinedCPU = notes.memory, median(notes.drafts), median(notes.full)
	if b.grid > 0 {
		out.bricksCPU = bricksCPU(s.Volumes[0].Grid, s.Volumes[0].Level)
	}
	return out
}

// drawn are notes about pictures: milliseconds of all processors for each, and
// how much of the graphics memory the map took.
type drawn struct {
	drafts, full []float64
	memory       int
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// cpuMS returns how long all processors have worked for this process.
func cpuMS() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return math.NaN()
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
}

// bricksCPU returns how long all processors work for the ranges of a map in
// bricks, at all edges, and the distances at a level.
func bricksCPU(g *volume.Grid, level float32) float64 {
	begin := cpuMS()
	m := &field{grid: g, scale: surface.NewScale(g)}
	m.pile()
	m.bricks[0].Active(m.scale.Position(level)).Distances()
	return cpuMS() - begin
}

// fixed returns how many drafts in a second there are at the full size, and
// how long all processors work for one.
func (b bench) fixed(t *testing.T) (perSecond, cpu float64) {
	r := newTestRenderer(t)
	r.gl.SetDebug(false)
	s, c := b.scene()
	n, begin, worked := -1, time.Now(), cpuMS()
	for ; n < 5 || time.Since(begin) < 2*time.Second; n++ {
		c.Orbit(0.05, 0.01)
		if _, err := r.Draw(s, c, b.w, b.h, Quality{Draft: true}); err != nil {
			t.Fatal(err)
		}
		if n < 0 { // the first makes everything ready
			begin, worked = time.Now(), cpuMS()
		}
	}
	return math.Round(10*float64(n)/time.Since(begin).Seconds()) / 10, (cpuMS() - worked) / float64(n)
}

func ms(d time.Duration) float64 { return math.Round(float64(d.Microseconds())/100) / 10 }

// A measured drawer is without something that speeds it up, and makes notes.
type measured struct {
	*Renderer
	without string
	notes   *drawn
}

func (a measured) Draw(s *Scene, c Camera, w, h int, q Quality) (m *image.RGBA, err error) {
	switch a.without {
	case "without bricks":
		q.without.bricks = true
	case "without proxy":
		q.without.hull = true
	}
	begin := cpuMS()
	m, err = a.Renderer.Draw(s, c, w, h, q)
	switch took := cpuMS() - begin; {
	case q.Draft:
		a.notes.drafts = append(a.notes.drafts, took)
	case q.Samples <= 1 && err == nil:
		a.notes.full = append(a.notes.full, took)
	}
	for _, f := range a.surfaces.fields.loaded {
		a.notes.memory = f.bytes()
	}
	return m, err
}

const tableHead = `| picture | map | style | atoms | moving, 1/s | at scale | CPU ms | refined, ms | CPU ms | first, ms | bricks, CPU ms | memory / R16 |
|---|---|---|---|---|---|---|---|---|---|---|---|
`

// String returns the row of the table.
func (r row) String() string {
	size := strings.Replace(r.Size, "x", "×", 1)
	all := fmt.Sprintf("%s | %d | %.1f | %.2f | %.0f | %.0f | %.0f | %.0f", r.Style, r.Atoms, r.MovingPerS, r.scale, r.draftCPU, r.RefinedMS, r.refinedCPU, r.first)
	if r.Map == 0 {
		return fmt.Sprintf("| %s | – | %s | – | – |", size, all)
	}
	return fmt.Sprintf("| %s | %d³ | %s | %.0f | %.2f |", size, r.Map, all, r.bricksCPU, float64(r.memory)/float64(2*r.Map*r.Map*r.Map))
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
	for _, style := range []string{"translucent", "mesh", "cloud", "mip", "slices", "cartoon", "sticks", "ball-and-stick", "skin"} {
		vary(func(b *bench) { b.style = style })
	}
	for _, what := range []string{"without bricks", "without proxy", "without adaptive"} {
		vary(func(b *bench) { b.ablation = what })
	}
	device := newTestRenderer(t).Device()
	fmt.Printf("%s, %d processors\n\n%s", device, runtime.GOMAXPROCS(0), tableHead)
	var rows []row
	for _, b := range list {
		r := b.measure(t)
		if b.ablation == "without adaptive" {
			r.MovingPerS, r.draftCPU = b.fixed(t)
			r.scale = 1
		}
		rows = append(rows, r)
		fmt.Println(r)
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
