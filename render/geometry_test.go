// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// pixels returns how many pixels an ångström at Target's depth has.
func pixels(c Camera, h int) float64 { return float64(h) / c.Height() }

// outline returns the radius in pixels at which a sphere on the line of sight
// is seen: in perspective its tangent cone.
func outline(c Camera, radius float64, h int) float64 {
	if c.Ortho {
		return radius * pixels(c, h)
	}
	return math.Tan(math.Asin(radius/c.Distance)) / math.Tan(c.FovY/2) * float64(h) / 2
}

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s: %.3f, want %.3f ± %g", what, got, want, by)
	}
}

func TestSphereIsWhereItShouldBe(t *testing.T) {
	r := newTestRenderer(t)
	const w, h = 320, 240
	for _, ortho := range []bool{false, true} {
		at := vec(100, -50, 20)
		s := &Scene{Molecules: []Molecule{molecule(6, at)}, Background: black}
		c := front(at, 15)
		c.Ortho = ortho
		c.Orbit(0.4, 0.3)
		radius, cx, cy := disc(draw(t, r, s, c, w, h), black)
		near(t, "radius", radius, outline(c, 1.7, h), 0.5)
		near(t, "centre x", cx, w/2, 0.3)
		near(t, "centre y", cy, h/2, 0.3)

		c.Target = r3.Add(at, vec(1, -2, 0.5))
		_, cx, cy = disc(draw(t, r, s, c, w, h), black)
		x, y, _ := c.Project(at, w, h)
		near(t, "centre x off the axis", cx, x, 1)
		near(t, "centre y off the axis", cy, y, 1)
	}
}

func TestMotionMovesAtoms(t *testing.T) {
	r := newTestRenderer(t)
	m := molecule(6, vec(7, 0, 0))
	m.Motions = []geom.Rigid{geom.NewRigid(geom.Exp(vec(0, 0, math.Pi/2)), vec(1, 2, 3))}
	s := &Scene{Molecules: []Molecule{m}, Background: black}
	c := front(vec(1, 9, 3), 15) // (7, 0, 0) turned about z is (0, 7, 0)
	radius, cx, cy := disc(draw(t, r, s, c, 200, 200), black)
	near(t, "radius", radius, outline(c, 1.7, 200), 0.5)
	near(t, "centre x", cx, 100, 0.3)
	near(t, "centre y", cy, 100, 0.3)
	m.Motions = append(m.Motions, geom.Identity())
	draw(t, r, &Scene{Molecules: []Molecule{m}}, c, 200, 200)
	if n := len(r.molecules.loaded); n != 1 {
		t.Errorf("another motion: %d uploads, want 1", n)
	}
}

func TestChainsOfStructuresDiffer(t *testing.T) {
	r := newTestRenderer(t)
	a, b := molecule(6, vec(-5, 0, 0)), molecule(6, vec(0, 0, 0))
	c := a // another copy of a has its colours
	c.Motions = []geom.Rigid{geom.NewRigid(geom.Identity().Rotation, vec(10, 0, 0))}
	for _, m := range []*Molecule{&a, &b, &c} {
		m.Coloring = ByChain
	}
	cam := front(vec(0, 0, 0), 40)
	cam.Ortho = true
	m := draw(t, r, &Scene{Molecules: []Molecule{a, b, c}, Background: black}, cam, 200, 200)
	at := func(x float64) color.RGBA {
		px, py, _ := cam.Project(vec(x, 0, 0), 200, 200)
		return m.RGBAAt(int(px), int(py))
	}
	// Pixels are not at the same place of each atom: alike is about alike.
	far := func(a, b color.RGBA) int { return max(int(a.R)-int(b.R), int(b.R)-int(a.R)) }
	if left, middle, right := at(-5), at(0), at(5); far(left, middle) < 50 || far(left, right) > 20 {
		t.Errorf("colours %v, %v, %v, want the first and the last alike and the middle not", left, middle, right)
	}
}

// The boundary of two equal spheres is the plane between them.
func TestSpheresIntersect(t *testing.T) {
	r := newTestRenderer(t)
	left, right := molecule(6, vec(-1, 0, 0)), molecule(6, vec(1, 0, 0))
	left.Color, right.Color = color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}
	s := &Scene{Molecules: []Molecule{left, right}, Background: black}
	m := draw(t, r, s, front(vec(0, 0, 0), 20), 201, 201)
	for x := range m.Rect.Dx() {
		c := m.RGBAAt(x, 100)
		if !differs(m, x, 100, black) || x == 100 {
			continue
		}
		if red := c.R > c.G; red != (x < 100) {
			t.Errorf("pixel (%d, 100) is %v", x, c)
		}
	}
}

func TestSurfaceHasTheRightSize(t *testing.T) {
	r := newTestRenderer(t)
	const w, h, sigma, radius = 320, 240, 7, 10
	center := vec(31.3, -12.2, 55.1)
	grids := map[string]*volume.Grid{
		"cubic":     ball([3]int{40, 42, 44}, vec(1, 1, 1), vec(11, -33, 33), center, sigma),
		"not cubic": ball([3]int{48, 30, 33}, vec(0.9, 1.4, 1.3), vec(10, -33, 34), center, sigma),
	}
	for name, g := range grids {
		for _, ortho := range []bool{false, true} {
			for _, draft := range []bool{false, true} {
				s := &Scene{Volumes: []Volume{{Grid: g, Level: levelOf(radius, sigma), Color: bluish, Visible: true}}, Background: black}
				c := front(center, 60)
				c.Ortho = ortho
				c.Orbit(0.7, -0.5)
				m, err := r.Draw(s, c, w, h, Quality{Draft: draft})
				if err != nil {
					t.Fatal(err)
				}
				got, cx, cy := disc(m, black)
				what := fmt.Sprintf("%s ortho=%t draft=%t: ", name, ortho, draft)
				near(t, what+"radius", got, outline(c, radius, h), 1)
				near(t, what+"centre x", cx, w/2, 0.5)
				near(t, what+"centre y", cy, h/2, 0.5)
			}
		}
	}
}

// A ramp along each axis: its surface is the plane where the density, taken at
// voxel centres, has the level. Half a voxel would be 16 pixels here.
func TestVoxelCentres(t *testing.T) {
	r := newTestRenderer(t)
	const w, h = 400, 400
	step, origin := vec(4, 4, 4), vec(-30, 5, 12)
	axes := []struct {
		name  string
		value func(p r3.Vec) float64
		turn  r3.Vec // of the camera, so that the axis points to the right
	}{
		{"x", func(p r3.Vec) float64 { return p.X }, vec(0, 0, 0)},
		{"y", func(p r3.Vec) float64 { return p.Y }, vec(0, 0, math.Pi/2)},
		{"z", func(p r3.Vec) float64 { return p.Z }, vec(0, -math.Pi/2, 0)},
	}
	for _, a := range axes {
		g := volume.New([3]int{9, 9, 9}, step, origin)
		for i := range g.Data {
			g.Data[i] = float32(a.value(g.Position(i)))
		}
		middle := g.Point(vec(4, 4, 4))
		c := front(middle, 200)
		c.Ortho, c.FovY = true, 2*math.Atan(25.0/200) // 50 Å high: 8 pixels for an ångström
		c.Rotation = geom.Unit(geom.Exp(a.turn))
		plane := a.value(middle) + 3.7
		s := &Scene{Volumes: []Volume{{Grid: g, Level: float32(plane), Color: bluish, Visible: true}}, Background: black}
		m := draw(t, r, s, c, w, h)
		first, last := w, -1
		for x := range w {
			if differs(m, x, h/2, black) {
				first, last = min(first, x), max(last, x)
			}
		}
		near(t, a.name+": the plane", float64(first), w/2+3.7*8, 1)
		near(t, a.name+": centre of the last voxel", float64(last+1), w/2+4*4*8, 1)
	}
}

// reddish reports whether a pixel has more of an atom than of a surface.
func reddish(c color.RGBA) bool { return int(c.R) > int(c.B)+40 }

func countRed(m *image.RGBA) float64 {
	n := 0.0
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if reddish(m.RGBAAt(x, y)) {
				n++
			}
		}
	}
	return n
}

// An atom half inside an opaque ball shows the cap before the surface; of one
// wholly inside nothing is seen, unless the surface is translucent.
func TestAtomsIntersectSurfaces(t *testing.T) {
	r := newTestRenderer(t)
	const h, sigma, radius = 400, 5, 8
	g := ball([3]int{40, 40, 40}, vec(0.7, 0.7, 0.7), vec(-13.65, -13.65, -13.65), vec(0, 0, 0), sigma)
	c := front(vec(0, 0, 0), 60)
	c.Ortho = true
	scene := func(z float64, alpha uint8) *Scene {
		v := Volume{Grid: g, Level: levelOf(radius, sigma), Color: bluish, Visible: true}
		v.Color.A = alpha
		return &Scene{Volumes: []Volume{v}, Molecules: []Molecule{molecule(6, vec(0, 0, z))}, Background: black}
	}
	const atom = 1.7
	along := (radius*radius + radius*radius - atom*atom) / (2 * radius) // to the circle that both spheres have
	circle := math.Sqrt(radius*radius - along*along)
	cap := draw(t, r, scene(radius, 255), c, h, h)
	got := math.Sqrt(countRed(cap) / math.Pi)
	near(t, "cap of an atom", got, circle*pixels(c, h), 0.5)
	for y := range h {
		for x := range h { // every pixel more than one from the circle is on the right side of it
			d := math.Hypot(float64(x)+0.5-h/2, float64(y)+0.5-h/2) - circle*pixels(c, h)
			if red := reddish(cap.RGBAAt(x, y)); math.Abs(d) > 1 && red != (d < 0) {
				t.Fatalf("pixel (%d, %d), %.1f pixels beside the circle: red %t", x, y, d, red)
			}
		}
	}

	if n := countRed(draw(t, r, scene(0, 255), c, h, h)); n != 0 {
		t.Errorf("atom inside an opaque surface: %g red pixels, want 0", n)
	}
	got = math.Sqrt(countRed(draw(t, r, scene(0, 25), c, h, h)) / math.Pi)
	near(t, "atom inside a translucent surface", got, atom*pixels(c, h), 1)
	behind := draw(t, r, scene(-20, 255), c, h, h)
	if n := countRed(behind); n != 0 {
		t.Errorf("atom behind an opaque surface: %g red pixels, want 0", n)
	}
}

// What is nearer covers, whatever the order of the maps in the scene.
func TestOrderOfMapsDoesNotMatter(t *testing.T) {
	r := newTestRenderer(t)
	g := func(z float64) *volume.Grid {
		return ball([3]int{30, 30, 30}, vec(1, 1, 1), vec(-14.5, -14.5, z-14.5), vec(0, 0, z), 5)
	}
	red := Volume{Grid: g(20), Level: levelOf(6, 5), Color: color.NRGBA{220, 60, 40, 255}, Visible: true}
	blue := Volume{Grid: g(-20), Level: levelOf(9, 5), Color: bluish, Visible: true}
	c := front(vec(0, 0, 0), 120)
	c.Ortho = true
	for _, alpha := range []uint8{255, 120} {
		red.Color.A, blue.Color.A = alpha, alpha
		a := draw(t, r, &Scene{Volumes: []Volume{red, blue}, Background: black}, c, 200, 200)
		b := draw(t, r, &Scene{Volumes: []Volume{blue, red}, Background: black}, c, 200, 200)
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("alpha %d: another order of the maps gives another picture", alpha)
		}
		if p := a.RGBAAt(100, 100); !(p.R > p.B) {
			t.Errorf("alpha %d: the middle is %v, want mostly red, which is in front", alpha, p)
		}
	}
}

// What is kept from an earlier picture must not show in a later one.
func TestNothingIsLeftOfEarlierPictures(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{40, 40, 40}, vec(1, 1, 1), vec(-19.5, -19.5, -19.5), vec(0, 0, 0), 6)
	scene := func(radius float64, c color.NRGBA) *Scene {
		return &Scene{
			Volumes:   []Volume{{Grid: g, Level: levelOf(radius, 6), Color: c, Visible: true}},
			Molecules: []Molecule{molecule(6, vec(0, 0, 10))}, Background: dark,
		}
	}
	c := front(vec(0, 0, 0), 70)
	want := draw(t, r, scene(9, bluish), c, 160, 120)
	for _, other := range []*Scene{
		scene(14, bluish), scene(3, color.NRGBA{255, 255, 255, 90}),
		{Background: black},
		{Volumes: []Volume{{Grid: g, Level: 2, Color: bluish, Visible: true}}},
	} {
		for _, draft := range []bool{true, false} {
			if _, err := r.Draw(other, c, 100+len(other.Volumes), 90, Quality{Draft: draft}); err != nil {
				t.Fatal(err)
			}
			if got := draw(t, r, scene(9, bluish), c, 160, 120); !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("after %+v draft=%t the picture is another", other.Volumes, draft)
			}
		}
	}
	if n := len(r.surfaces.fields.loaded); n != 1 {
		t.Errorf("one map at several levels: %d uploads, want 1", n)
	}
}

// A camera inside a map, where the hull cannot tell where rays begin.
func TestCameraInside(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{40, 40, 40}, vec(1, 1, 1), vec(-19.5, -19.5, -19.5), vec(0, 0, 0), 6)
	for i, v := range g.Data {
		g.Data[i] = 1 - v // hollow
	}
	c := front(vec(0, 0, -8), 8)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 1 - levelOf(10, 6), Color: bluish, Visible: true}}, Background: black}
	m := draw(t, r, s, c, 100, 100)
	for _, p := range []image.Point{{0, 0}, {50, 50}, {99, 99}} {
		if !differs(m, p.X, p.Y, black) {
			t.Errorf("inside a hollow: pixel %v is empty, want the wall", p)
		}
	}
}

func TestLargeMapIsHalved(t *testing.T) {
	r := newTestRenderer(t)
	r.surfaces.fields.limit = 32
	const radius, sigma, h = 12, 7, 240
	g := ball([3]int{61, 50, 40}, vec(0.8, 0.9, 1.1), vec(-24, -22.05, -21.45), vec(0, 0, 0), sigma)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: levelOf(radius, sigma), Color: bluish, Visible: true}}, Background: black}
	c := front(vec(0, 0, 0), 80)
	got, _, _ := disc(draw(t, r, s, c, h, h), black)
	near(t, "radius", got, outline(c, radius, h), 2) // the filter of Halve widens a Gaussian a little
	if n := r.Notes(); len(n) != 1 {
		t.Errorf("notes %q, want one about the resolution", n)
	}
}

func TestDrawStops(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{20, 20, 20}, vec(1, 1, 1), vec(-9.5, -9.5, -9.5), vec(0, 0, 0), 3)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Color: bluish, Visible: true}}}
	asked := 0
	_, err := r.Draw(s, Fit(s), 64, 300, Quality{Stop: func() bool { asked++; return asked == 3 }})
	if !errors.Is(err, errStopped) || asked != 3 {
		t.Errorf("Draw: %v after %d questions, want it stopped at 3", err, asked)
	}
	want := draw(t, r, s, Fit(s), 64, 300)
	got, err := r.Draw(s, Fit(s), 64, 300, Quality{Stop: func() bool { return false }})
	if err != nil || !bytes.Equal(got.Pix, want.Pix) {
		t.Errorf("in strips the picture is another (%v)", err)
	}
}

func TestDrawRefusesSizes(t *testing.T) {
	r := newTestRenderer(t)
	for _, size := range [][2]int{{0, 10}, {10, 0}, {-1, 5}, {r.limit + 1, 10}} {
		if _, err := r.Draw(&Scene{}, Fit(&Scene{}), size[0], size[1], Quality{}); err == nil {
			t.Errorf("Draw of %v pixels: no error", size)
		}
	}
}

func TestDrawUsesTheBuffer(t *testing.T) {
	r := newTestRenderer(t)
	old := image.NewRGBA(image.Rect(0, 0, 50, 50))
	m, err := r.Draw(&Scene{Background: dark}, Fit(&Scene{}), 40, 30, Quality{Into: old})
	if err != nil {
		t.Fatal(err)
	}
	if &m.Pix[0] != &old.Pix[0] || m.Rect != image.Rect(0, 0, 40, 30) || m.Stride != 160 {
		t.Errorf("picture %v, stride %d, not in the buffer", m.Rect, m.Stride)
	}
	if c := m.RGBAAt(39, 29); c != (color.RGBA{31, 33, 38, 255}) {
		t.Errorf("background %v", c)
	}
}

func TestShadersCompile(t *testing.T) {
	r := newTestRenderer(t)
	for _, style := range []MapStyle{Surface, Mesh, Projection, Slices} {
		for i := range 32 {
			v := variant{style, i&1 != 0, i&2 != 0, i&4 != 0, i&8 != 0, i&16 != 0}
			if _, err := r.surfaces.program(v); err != nil {
				t.Errorf("%+v: %v", v, err)
			}
		}
	}
	for i := range 12 {
		if _, err := r.molecules.program(manner{primitive(i % 3), i&4 != 0, i >= 6}); err != nil {
			t.Errorf("molecules %d: %v", i, err)
		}
	}
	for i := range 8 {
		m := mixture{i&1 != 0, i&2 != 0, i & 4, i}
		if _, err := r.composer.program(m); err != nil {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if _, err := newProgram(r.gl, "screen", []string{"light", "haze", "rays", "surface"}, "REFINE x"); err == nil {
		t.Error("a wrong shader compiles")
	}
}

func TestImage(t *testing.T) {
	s := &Scene{Molecules: []Molecule{molecule(6, vec(0, 0, 0))}, Background: black}
	m, err := Image(newTestContext(t), s, Fit(s), 64, 48, Quality{})
	if err != nil {
		t.Fatal(err)
	}
	if !differs(m, 32, 24, black) || differs(m, 0, 0, black) {
		t.Errorf("middle %v, corner %v", m.At(32, 24), m.At(0, 0))
	}
}

// Where the device has no 3D textures, molecules are drawn all the same.
func TestWithoutTexturesForMaps(t *testing.T) {
	r := newTestRenderer(t)
	r.surfaces.fields.limit = 0
	g := ball([3]int{20, 20, 20}, vec(1, 1, 1), vec(-9.5, -9.5, -9.5), vec(0, 0, 0), 3)
	s := &Scene{
		Volumes:   []Volume{{Grid: g, Level: 0.1, Color: bluish, Visible: true}},
		Molecules: []Molecule{molecule(6, vec(0, 0, 0))}, Background: black,
	}
	c := front(vec(0, 0, 0), 30)
	radius, _, _ := disc(draw(t, r, s, c, 200, 200), black)
	near(t, "radius of the atom", radius, outline(c, 1.7, 200), 0.5)
	if n := r.Notes(); len(n) != 1 || !strings.Contains(n[0], "3D textures") {
		t.Errorf("notes %q, want one about textures", n)
	}
}

// A driver without OpenGL 4.1 is an error that says so.
func TestOldDriver(t *testing.T) {
	ctx := oldContext{newTestContext(t)}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, err := New(ctx); err == nil || !strings.Contains(err.Error(), "OpenGL 4.1") {
		t.Errorf("New: %v, want an error about OpenGL 4.1", err)
	}
}

// oldContext lacks what came with OpenGL 4.
type oldContext struct{ Context }

func (c oldContext) ProcAddress(name string) unsafe.Pointer {
	if name == "glClearDepthf" || name == "glDrawArraysIndirect" {
		return nil
	}
	return c.Context.ProcAddress(name)
}

// After the device has lost everything, a new renderer in the same context
// draws the same picture.
func TestRendererBeginsAnew(t *testing.T) {
	ctx := newTestContext(t)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	g := ball([3]int{20, 20, 20}, vec(1, 1, 1), vec(-9.5, -9.5, -9.5), vec(0, 0, 0), 3)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.1, Color: bluish, Visible: true}}, Background: black}
	var pictures [2]*image.RGBA
	for i := range pictures {
		r, err := New(ctx)
		if err != nil {
			t.Fatal(err)
		}
		pictures[i] = draw(t, r, s, Fit(s), 60, 60)
		r.Close()
	}
	if !bytes.Equal(pictures[0].Pix, pictures[1].Pix) {
		t.Error("the second renderer draws another picture")
	}
}

func TestTransparentBackground(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{30, 30, 30}, vec(1, 1, 1), vec(-14.5, -14.5, -14.5), vec(0, 0, 0), 5)
	c := bluish
	c.A = 120
	for _, look := range []Look{{}, {Occlusion: 0.5, Silhouettes: 1}} { // drawn directly, and in layers
		s := &Scene{Volumes: []Volume{{Grid: g, Level: levelOf(8, 5), Color: c, Visible: true}}, Background: dark, Look: look}
		m, err := r.Draw(s, front(vec(0, 0, 0), 60), 100, 100, Quality{Transparent: true, Samples: 4})
		if err != nil {
			t.Fatal(err)
		}
		if corner := m.RGBAAt(0, 0); corner != (color.RGBA{}) {
			t.Errorf("corner %v, want nothing", corner)
		}
		// 120 · (clearPart + (1 − clearPart) · (120/255)²) = 97, and some for the pixels around
		if p := m.RGBAAt(50, 50); p.A < 90 || p.A > 110 || p.B > p.A {
			t.Errorf("middle %v, want alpha 97 to 107, colours times it", p)
		}
		s.Volumes[0].Color = color.NRGBA{230, 235, 255, 90} // whose lights are brighter than it covers
		if m, err = r.Draw(s, front(vec(0, 0, 0), 60), 100, 100, Quality{Transparent: true}); err != nil {
			t.Fatal(err)
		}
		lights := 0
		for i := 0; i < len(m.Pix); i += 4 {
			p := m.Pix[i : i+4]
			if max(p[0], p[1], p[2]) > p[3] {
				t.Fatalf("pixel %d is %v: colours times alpha are more than alpha", i/4, p)
			}
			if p[3] > 100 {
				lights++
			}
		}
		if lights == 0 {
			t.Error("there is no light on the map")
		}
	}
}
