// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"fmt"
	"image/color"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// A layer of the reference: what a line of sight meets, and where.
type met struct {
	t float64
	c color.NRGBA
}

// blended returns what is seen of colours along a line of sight, in the flat
// light, without haze.
func blended(list []met, behind color.NRGBA) [3]float64 {
	sort.Slice(list, func(i, j int) bool { return list[i].t < list[j].t })
	var sum [3]float64
	rest := 1.0
	for _, m := range append(list, met{math.Inf(1), behind}) {
		a := float64(m.c.A) / 255
		for i, x := range [3]uint8{m.c.R, m.c.G, m.c.B} {
			sum[i] += rest * a * float64(x)
		}
		rest *= 1 - a
	}
	return sum
}

// rimmed returns the colour of a translucent surface with normal n, which is
// clear where it faces the eye and dense where it is seen from the side.
func rimmed(c color.NRGBA, n, sight r3.Vec) color.NRGBA {
	if c.A == 255 {
		return c
	}
	rim := 1 - math.Abs(r3.Dot(r3.Unit(n), sight))
	a := float64(c.A) / 255
	a *= clearPart + (1-clearPart)*a*a
	c.A = uint8(math.Round(255 * (a + (1-a)*rimPart*math.Pow(rim, 2.5))))
	return c
}

// Translucent surfaces over each other and over atoms, against a ray caster
// that knows the balls as formulas.
func TestBlendingAgreesWithReference(t *testing.T) {
	r := newTestRenderer(t)
	const w, h, sigma = 120, 90, 6
	type shell struct {
		center r3.Vec
		radius float64
		color  color.NRGBA
	}
	shells := []shell{
		{vec(-4, 0, 0), 9, color.NRGBA{200, 60, 40, 90}},
		{vec(5, 1, -2), 8, color.NRGBA{60, 90, 210, 140}},
		{vec(0, -3, 4), 6, color.NRGBA{240, 200, 40, 60}},
	}
	scene := &Scene{Background: dark, Look: Look{Light: Flat, NoHaze: true}}
	for _, s := range shells {
		g := ball([3]int{64, 64, 64}, vec(0.7, 0.7, 0.7), r3.Sub(s.center, vec(22.05, 22.05, 22.05)), s.center, sigma)
		scene.Volumes = append(scene.Volumes, Volume{Grid: g, Level: levelOf(s.radius, sigma), Color: s.color, Visible: true})
	}
	atoms := []r3.Vec{vec(0, 0, 0), vec(-10, 2, 6), vec(9, -3, 6)}
	scene.Molecules = []Molecule{molecule(6, atoms...)}
	for _, ortho := range []bool{false, true} {
		c := front(vec(0, 0, 0), 70)
		c.Ortho = ortho
		c.Orbit(0.5, 0.4)
		m := draw(t, r, scene, c, w, h)
		wrong := 0
		for y := range h {
			for x := range w {
				from, dir := c.Ray(float64(x)+0.5, float64(y)+0.5, w, h)
				var list []met
				end, edge := math.Inf(1), false
				for _, p := range atoms {
					t0, _, near := raySphere(from, dir, p, 1.7)
					edge = edge || near
					if t0 < end {
						end = t0
					}
				}
				if !math.IsInf(end, 1) {
					list = append(list, met{end, scene.Molecules[0].Color})
				}
				for _, s := range shells {
					t0, _, near := raySphere(from, dir, s.center, s.radius)
					edge = edge || near || math.Abs(t0-end) < 0.2
					for _, o := range list {
						edge = edge || math.Abs(t0-o.t) < 0.1
					}
					if t0 < end {
						list = append(list, met{t0, rimmed(s.color, r3.Sub(sight{from: from, dir: dir}.at(t0), s.center), dir)})
					}
				}
				if edge { // a pixel may be on either side
					continue
				}
				want := blended(list, dark)
				got := m.RGBAAt(x, y)
				for i, v := range [3]uint8{got.R, got.G, got.B} {
					if math.Abs(float64(v)-want[i]) > 4 {
						wrong++
						break
					}
				}
			}
		}
		if wrong > 0 {
			t.Errorf("ortho=%t: %d of %d pixels differ from the reference", ortho, wrong, w*h)
		}
	}
}

// raySphere returns where a line enters and leaves a sphere, infinite if it
// does not meet it, and whether it passes close to its rim.
func raySphere(from, dir, center r3.Vec, radius float64) (t0, t1 float64, near bool) {
	oc := r3.Sub(center, from)
	b := r3.Dot(oc, dir)
	miss := math.Sqrt(math.Max(r3.Norm2(oc)-b*b, 0))
	near = math.Abs(miss-radius) < 0.35
	if miss > radius {
		return math.Inf(1), math.Inf(1), near
	}
	root := math.Sqrt(radius*radius - miss*miss)
	return b - root, b + root, near
}

// What Pick says at random points is what is drawn there: every thing has a
// colour of its own in the flat light.
func TestPickAgreesWithPicture(t *testing.T) {
	r := newTestRenderer(t)
	const w, h = 400, 300
	scene, name := pickTestScene(t)
	for _, slab := range []float64{0, 6} {
		c := Fit(scene)
		c.Orbit(0.7, 0.2)
		c.Zoom(1.6)
		c.Front, c.Back = slab, slab
		m := draw(t, r, scene, c, w, h)
		k := NewPicker()
		rng := rand.New(rand.NewPCG(5, 9))
		wrong, seen := 0, map[string]int{}
		for n := 0; n < 1000; {
			x, y := 1+rng.IntN(w-2), 1+rng.IntN(h-2)
			if !flat(m.RGBAAt(x, y), m.RGBAAt(x-1, y), m.RGBAAt(x+1, y), m.RGBAAt(x, y-1), m.RGBAAt(x, y+1)) {
				continue // on the border of two things a pixel may be either
			}
			n++
			got := dark
			hit, ok := k.Pick(scene, c, float64(x)+0.5, float64(y)+0.5, w, h)
			what := "nothing"
			switch {
			case ok && hit.IsAtom:
				got, what = scene.Molecules[hit.Molecule].Color, fmt.Sprint("molecule ", hit.Molecule)
			case ok:
				got, what = scene.Volumes[hit.Volume].Color, "map"
			}
			seen[what]++
			if p := m.RGBAAt(x, y); p != (color.RGBA{got.R, got.G, got.B, 255}) {
				wrong++
			}
		}
		if wrong > 3 { // of 1,000: grazing lines, which single precision decides otherwise
			t.Errorf("slab %g: %d of 1000 picks differ from the picture", slab, wrong)
		}
		for _, want := range name {
			if slab == 0 && seen[want] == 0 {
				t.Errorf("slab %g: no pick of %s: %v", slab, want, seen)
			}
		}
	}
}

func flat(c color.RGBA, others ...color.RGBA) bool {
	for _, o := range others {
		if o != c {
			return false
		}
	}
	return true
}

// pickTestScene has a molecule in each style that is picked in its own way,
// a map and a zone of it, and the names of all.
func pickTestScene(t *testing.T) (*Scene, []string) {
	_, molecules := demo(t)
	scene := &Scene{Background: dark, Look: Look{Light: Flat, NoHaze: true}}
	names := []string{"map", "nothing"}
	for i, s := range []Style{Spheres, Cartoon, Sticks, BallAndStick, Skin, Spheres} {
		m := molecules[3] // the nanobody, one beside the other
		m.Style, m.Coloring = s, Uniform
		m.Color = color.NRGBA{uint8(40 * i), uint8(250 - 40*i), 120, 255}
		m.Motions = []geom.Rigid{geom.NewRigid(geom.Exp(vec(0, float64(i), 0)), vec(30*float64(i%2), 30*float64(i/2), 0))}
		if i == 5 {
			m.Zone = &Zone{Places: []r3.Vec{vec(30, 60, 0), vec(40, 65, 0)}, Radius: 9}
		}
		scene.Molecules = append(scene.Molecules, m)
		names = append(names, fmt.Sprint("molecule ", i))
	}
	g := volume.New([3]int{40, 40, 40}, vec(1.5, 1.5, 1.5), vec(-14, -14, -40))
	for i := range g.Data {
		p := g.Position(i)
		g.Data[i] = float32(math.Sin(p.X/4) + math.Sin(p.Y/4) + math.Sin(p.Z/4))
	}
	scene.Volumes = []Volume{{Grid: g, Level: 0.8, Color: color.NRGBA{250, 10, 20, 255}, Visible: true}}
	return scene, names
}

// Of a translucent map alone, a pick finds something exactly where there is
// something in the picture.
func TestPickOfTranslucentMap(t *testing.T) {
	r := newTestRenderer(t)
	const w, h = 400, 300
	scene, _ := pickTestScene(t)
	scene.Molecules = nil
	scene.Volumes[0].Color.A = 120
	c := Fit(scene)
	c.Orbit(0.7, 0.2)
	m := draw(t, r, scene, c, w, h)
	k := NewPicker()
	rng := rand.New(rand.NewPCG(7, 9))
	wrong, seen := 0, 0
	for n := 0; n < 1000; {
		x, y := 1+rng.IntN(w-2), 1+rng.IntN(h-2)
		here := differs(m, x, y, dark)
		if differs(m, x-1, y, dark) != here || differs(m, x+1, y, dark) != here || differs(m, x, y-1, dark) != here || differs(m, x, y+1, dark) != here {
			continue // on the rim a pixel may be either
		}
		n++
		hit, ok := k.Pick(scene, c, float64(x)+0.5, float64(y)+0.5, w, h)
		if ok {
			seen++
		}
		if ok != here || ok && hit.Volume != 0 {
			wrong++
		}
	}
	if wrong > 3 || seen < 100 {
		t.Errorf("%d of 1000 picks differ from the picture; %d found something", wrong, seen)
	}
}
