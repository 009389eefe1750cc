// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Translucent points shine through each other, whichever is before the other,
// and are as large as they say.
func TestPointsShineThrough(t *testing.T) {
	r := newTestRenderer(t)
	point := func(z float64, c color.NRGBA, transparency float64) Molecule {
		m := molecule(mol.Carbon, vec(0, 0, z))
		m.Style, m.Radius, m.Color, m.Transparency = Points, 3, c, transparency
		return m
	}
	red, green := color.NRGBA{R: 255, A: 255}, color.NRGBA{G: 255, A: 255}
	const size, distance = 200, 60.0
	camera := front(r3.Vec{}, distance)
	shot := func(list ...Molecule) color.RGBA {
		s := Scene{Molecules: list, Background: black, Look: Look{Light: Flat, NoHaze: true}}
		return draw(t, r, &s, camera, size, size).RGBAAt(size/2, size/2)
	}
	near := func(name string, got color.RGBA, wantR, wantG float64) {
		t.Helper()
		if math.Abs(float64(got.R)-255*wantR) > 3 || math.Abs(float64(got.G)-255*wantG) > 3 {
			t.Errorf("%s: %v, want red %g, green %g of 255", name, got, wantR, wantG)
		}
	}
	for name, z := range map[string]float64{"before": 5, "behind": -5} {
		near("the later "+name, shot(point(0, red, 0.5), point(z, green, 0.5)), 0.25, 0.5)
	}
	near("before what is solid", shot(point(0, red, 0), point(5, green, 0.5)), 0.5, 0.5)
	near("behind what is solid", shot(point(0, red, 0), point(-5, green, 0.5)), 1, 0)
	m := point(0, red, 0.5)
	s := Scene{Molecules: []Molecule{m}, Background: black}
	radius, _, _ := disc(draw(t, r, &s, camera, size, size), black)
	perAngstrom := size / 2 / math.Tan(camera.FovY/2) / math.Sqrt(distance*distance-m.Radius*m.Radius)
	if want := m.Radius * perAngstrom; math.Abs(radius-want) > 0.5 {
		t.Errorf("a radius of %.1f pixels, want %.1f", radius, want)
	}
	x := size/2 + 2.9*size/2/math.Tan(camera.FovY/2)/distance // a carbon atom ends at 1.7 Å
	if hit, ok := NewPicker().Pick(&s, camera, x, size/2, size, size); !ok || !hit.IsAtom {
		t.Error("the edge of a point is not picked")
	}
}
