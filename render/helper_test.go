// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image"
	"image/color"
	"math"
	"os"
	"runtime"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render/internal/offscreen"
)

// newTestRenderer returns a renderer in a context without a window, drawn by
// software so that pictures are the same everywhere. Without EGL the test is
// skipped, or fails if DIFFFIT_REQUIRE_GL=1.
func newTestRenderer(t testing.TB) *Renderer {
	t.Helper()
	ctx := newTestContext(t)
	runtime.LockOSThread()
	r, err := New(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r.gl.SetDebug(true)
	t.Cleanup(func() {
		r.Close()
		runtime.UnlockOSThread()
	})
	return r
}

func newTestContext(t testing.TB) *offscreen.Context {
	t.Helper()
	t.Setenv("LIBGL_ALWAYS_SOFTWARE", "1")
	ctx, err := offscreen.New()
	if err != nil {
		if os.Getenv("DIFFFIT_REQUIRE_GL") == "1" {
			t.Fatal(err)
		}
		t.Skip("no off-screen OpenGL here:", err)
	}
	t.Cleanup(ctx.Close)
	return ctx
}

func draw(t testing.TB, r *Renderer, s *Scene, c Camera, w, h int) *image.RGBA {
	t.Helper()
	m, err := r.Draw(s, c, w, h, Quality{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	black  = color.NRGBA{A: 255}
	dark   = color.NRGBA{31, 33, 38, 255}
	bluish = color.NRGBA{140, 178, 217, 255}
)

// ball returns a Gaussian density of the given σ, in ångström, about center:
// 1 there, and e^(−r²/2σ²) at r.
func ball(size [3]int, step, origin r3.Vec, center r3.Vec, sigma float64) *volume.Grid {
	g := volume.New(size, step, origin)
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), center)) / (2 * sigma * sigma)))
	}
	return g
}

// levelOf returns the level whose surface has the given radius about the ball.
func levelOf(radius, sigma float64) float32 {
	return float32(math.Exp(-radius * radius / (2 * sigma * sigma)))
}

func vec(x, y, z float64) r3.Vec { return r3.Vec{X: x, Y: y, Z: z} }

// molecule returns a visible molecule of atoms of an element at the positions.
func molecule(e mol.Element, at ...r3.Vec) Molecule {
	s := &mol.Structure{}
	for _, p := range at {
		s.Atoms = append(s.Atoms, mol.Atom{Name: "C", Residue: "GLY", Chain: "A", Element: e, Pos: p})
	}
	return Molecule{
		Structure: s, Motions: []geom.Rigid{geom.Identity()}, Coloring: Uniform,
		Color: color.NRGBA{220, 60, 40, 255}, Visible: true,
	}
}

// front returns a camera that looks at p along −z from d away.
func front(p r3.Vec, d float64) Camera {
	return Camera{Target: p, Rotation: geom.Identity().Rotation, Distance: d, FovY: 0.5}
}

// differs returns whether a pixel is clearly not the background.
func differs(m *image.RGBA, x, y int, bg color.NRGBA) bool {
	c := m.RGBAAt(x, y)
	d := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return d(c.R, bg.R)+d(c.G, bg.G)+d(c.B, bg.B) > 12
}

// disc measures what differs from the background: its area, as the radius of a
// disc, and its centre, in pixels; pixel (0, 0) has its centre at (0.5, 0.5).
func disc(m *image.RGBA, bg color.NRGBA) (radius, cx, cy float64) {
	n := 0.0
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if differs(m, x, y, bg) {
				n++
				cx += float64(x) + 0.5
				cy += float64(y) + 0.5
			}
		}
	}
	if n == 0 {
		return 0, 0, 0
	}
	return math.Sqrt(n / math.Pi), cx / n, cy / n
}

// protein returns a helix-like chain of residues, four atoms each, for
// pictures and benchmarks.
func protein(residues int) *mol.Structure {
	s := &mol.Structure{Name: "helix"}
	for i := range residues {
		turn := float64(i) * 100 * math.Pi / 180
		for k, e := range []mol.Element{mol.Nitrogen, mol.Carbon, mol.Carbon, mol.Oxygen} {
			a := turn + float64(k)*0.35
			r := 1.6 + 0.5*float64(k)
			s.Atoms = append(s.Atoms, mol.Atom{
				Name: []string{"N", "CA", "C", "O"}[k], Element: e, Residue: "ALA",
				Chain: string(rune('A' + i*3/residues)), Seq: i + 1,
				Pos: vec(r*math.Cos(a), r*math.Sin(a), 1.5*float64(i)-0.75*float64(residues)+0.4*float64(k)),
			})
		}
	}
	return s
}
