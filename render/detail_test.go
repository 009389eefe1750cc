// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// Of a map too large for the device, a sheet one voxel thick is lost at half
// the resolution; in a slab, or a zone, it is there.
func TestDetailOfLargeMaps(t *testing.T) {
	r := newTestRenderer(t)
	r.surfaces.fields.limit = 40
	g := volume.New([3]int{64, 60, 56}, vec(1, 1, 1), vec(-32, -30, -28))
	for z := range g.Size[2] {
		for y := range g.Size[1] {
			g.Data[g.Index(32, y, z)] = 1 // at x = 0
		}
	}
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.8, Color: bluish, Visible: true}}, Background: black}
	whole := front(vec(0, 0, 0), 60)
	whole.Ortho = true
	whole.Orbit(0.9, 0.2)
	slab := whole
	slab.Zoom(2)
	slab.Front, slab.Back = 4, 4
	zoned := *s
	zoned.Volumes = []Volume{s.Volumes[0]}
	zoned.Volumes[0].Zone = &Zone{Places: []r3.Vec{vec(0, 1, 2)}, Radius: 10}
	tests := []struct {
		name   string
		scene  *Scene
		camera Camera
		draft  bool
		seen   bool
		note   string
	}{
		{"whole", s, whole, false, false, "33×31×29 of its 64×60×56 voxels"},
		{"draft of a slab", s, slab, true, false, "33×31×29 of its 64×60×56 voxels"},
		{"slab", s, slab, false, true, "In the slab all of them are."},
		{"draft of the same slab", s, slab, true, true, "In the slab"},
		{"zone", &zoned, whole, false, true, "In the zone all of them are."},
		{"whole again", s, whole, false, false, "voxels."},
	}
	for _, tt := range tests {
		m, err := r.Draw(tt.scene, tt.camera, 100, 100, Quality{Draft: tt.draft})
		if err != nil {
			t.Fatal(err)
		}
		if seen := differs(m, 50, 50, black); seen != tt.seen {
			t.Errorf("%s: sheet seen %t, want %t", tt.name, seen, tt.seen)
		}
		if n := r.Notes(); len(n) != 1 || !strings.Contains(n[0], tt.note) {
			t.Errorf("%s: notes %q, want %q", tt.name, n, tt.note)
		}
	}
	if f := r.surfaces.fields.loaded[g]; f.part != nil {
		t.Error("the detail is kept though all of the map is seen")
	}
}

// The map of a 512³ volume in the graphics memory is little more than its
// voxels; its bricks and distances are at most half as much again.
func TestMemoryOfMaps(t *testing.T) {
	r := newTestRenderer(t)
	g := blobs(96)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Color: bluish, Visible: true}}}
	draw(t, r, s, Fit(s), 64, 64)
	if n, most := r.surfaces.fields.loaded[g].bytes(), 3*len(g.Data); n > most {
		t.Errorf("map of %d voxels: %d bytes, want at most %d", len(g.Data), n, most)
	}
}

// A zone shows the atoms near its places, in every way that molecules are drawn.
func TestZoneOfMolecules(t *testing.T) {
	r := newTestRenderer(t)
	c := front(vec(0, 0, 0), 60)
	c.Ortho = true
	m := Molecule{Structure: protein(24), Motions: molecule(6).Motions, Coloring: Uniform, Color: bluish, Visible: true}
	m.Motions = append(m.Motions[:0:0], m.Motions...)
	m.Zone = &Zone{Places: []r3.Vec{vec(0, 0, 0)}, Radius: 7}
	c.Orbit(1.5707963, 0) // the chain runs along z
	for _, style := range []Style{Spheres, Balls, BallAndStick, Sticks, Tube, Cartoon, Skin} {
		for _, ghost := range []float64{0, 0.5} {
			m.Style, m.Transparency = style, ghost
			s := &Scene{Molecules: []Molecule{m}, Background: black}
			pic := draw(t, r, s, c, 300, 300)
			first, last := 300, -1
			for x := range 300 {
				for y := range 300 {
					if differs(pic, x, y, black) {
						first, last = min(first, x), max(last, x)
					}
				}
			}
			reach := float64(last-first) / 2 / pixels(c, 300)
			if reach < 5 || reach > 10 { // 7 Å, and at most the radius of an atom or a residue more
				t.Errorf("style %d, transparency %g: seen to %.1f Å, want 7", style, ghost, reach)
			}
		}
	}
}

// Close by, what is seen of a rough map does not depend on where the steps of
// rays lie: without bricks they begin elsewhere.
func TestRimsDoNotDependOnSteps(t *testing.T) {
	r := newTestRenderer(t)
	g, _ := demo(t)
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Color: bluish, Visible: true}}, Background: black}
	c := Fit(s)
	c.Zoom(6)
	const w, h = 240, 180
	a := draw(t, r, s, c, w, h)
	q := Quality{}
	q.without.bricks, q.without.hull = true, true
	b, err := r.Draw(s, c, w, h, q)
	if err != nil {
		t.Fatal(err)
	}
	other := 0
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); i%4 == 0 && (d > 25 || d < -25) {
			other++
		}
	}
	if most := w * h / 60; other > most { // without a look at peaks, and with steps of half a voxel also here: 1 in 26
		t.Errorf("%d of %d pixels depend on the steps, want at most %d", other, w*h, most)
	}
}
