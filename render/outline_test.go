// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"math"
	"testing"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// The line around a molecule is seen on light and on dark, through a map and
// before another molecule, and what is within keeps its colour.
func TestOutline(t *testing.T) {
	r := newTestRenderer(t)
	white := color.NRGBA{255, 255, 255, 255}
	plain := func(ground color.NRGBA) Scene { // a sphere of 1.7 Å
		m := molecule(mol.Carbon, vec(0, 0, 0))
		m.Style = Spheres
		return Scene{Molecules: []Molecule{m}, Background: ground, Look: Look{Light: Flat, NoHaze: true}}
	}
	before := plain(white)
	other := molecule(mol.Carbon, vec(0.4, 0, 4))
	other.Style, other.Color = Spheres, color.NRGBA{40, 60, 200, 255}
	before.Molecules = append(before.Molecules, other)
	inMap := plain(dark)
	inMap.Volumes = []Volume{{Grid: ball([3]int{24, 24, 24}, vec(0.5, 0.5, 0.5), vec(-6, -6, -6), vec(0, 0, 0), 2), Level: levelOf(4, 2), Color: color.NRGBA{140, 178, 217, 90}, Visible: true}}
	for _, tt := range []struct {
		name  string
		scene Scene
	}{{"on white", plain(white)}, {"on dark", plain(dark)}, {"behind another", before}, {"in a map", inMap}} {
		c := front(vec(0, 0, 0), 40)
		without := draw(t, r, &tt.scene, c, 300, 300)
		tt.scene.Molecules[0].Outlined = true
		with := draw(t, r, &tt.scene, c, 300, 300)
		radius := 1.7 / c.Height() * 300
		changed, within := 0, 0
		for y := range 300 {
			for x := range 300 {
				if with.RGBAAt(x, y) == without.RGBAAt(x, y) {
					continue
				}
				changed++
				if d := math.Hypot(float64(x)+0.5-150, float64(y)+0.5-150); d < radius-2 || d > radius+6 {
					within++
				}
			}
		}
		if least := int(2 * math.Pi * radius); changed < least || within > 0 { // one pixel wide would be that many
			t.Errorf("%s: the line has %d pixels, want %d at least; %d are not beside the sphere", tt.name, changed, least, within)
		}
		line, ground := with.RGBAAt(150, 150-int(radius)-2), without.RGBAAt(150, 150-int(radius)-2)
		far := math.Abs(float64(line.R)-float64(ground.R)) + math.Abs(float64(line.G)-float64(ground.G)) + math.Abs(float64(line.B)-float64(ground.B))
		if far < 150 {
			t.Errorf("%s: the line is %v on %v", tt.name, line, ground)
		}
	}
}

// Of a ball about the centre only what is in it is drawn and picked, of map and
// molecules, wherever the camera looks.
func TestAround(t *testing.T) {
	r := newTestRenderer(t)
	near, far := vec(0, 0, 0), vec(9, 0, 0)
	m := molecule(mol.Carbon, near, far)
	m.Style, m.Motions = Spheres, []geom.Rigid{geom.NewRigid(geom.Exp(vec(0, 0, 0.7)), vec(0, 0, 0))}
	turned := m.Motions[0].Apply(far)
	at := func(c Camera) (first, second bool) {
		s := Scene{Molecules: []Molecule{m}, Background: black}
		picture := draw(t, r, &s, c, 200, 200)
		seen := func(x, y float64) bool { return differs(picture, int(x), int(y), black) }
		x, y, _ := c.Project(near, 200, 200)
		u, v, _ := c.Project(turned, 200, 200)
		for _, p := range [][2]float64{{x, y}, {u, v}} {
			if _, ok := Pick(&s, c, p[0], p[1], 200, 200); ok != seen(p[0], p[1]) {
				t.Errorf("at %v: drawn %t, picked %t", p, !ok, ok)
			}
		}
		return seen(x, y), seen(u, v)
	}
	c := front(near, 60)
	if a, b := at(c); !a || !b {
		t.Errorf("all: %t, %t", a, b)
	}
	c.Around = 4
	if a, b := at(c); !a || b {
		t.Errorf("about the first: %t, %t", a, b)
	}
	c.Target = turned
	if a, b := at(c); a || !b {
		t.Errorf("about the second: %t, %t", a, b)
	}

	density := Scene{Volumes: []Volume{{Grid: ball([3]int{40, 40, 40}, vec(0.5, 0.5, 0.5), vec(-10, -10, -10), near, 4), Level: levelOf(6, 4), Color: bluish, Visible: true}}, Background: black}
	for _, tt := range []struct {
		name         string
		around       float64
		center, edge bool // of the picture
	}{{"all of the map", 0, true, true}, {"a ball in which the surface is not", 3, false, false}, {"a ball with all of it", 8, true, true}} {
		c := front(near, 60)
		c.Around = tt.around
		picture := draw(t, r, &density, c, 200, 200)
		x, y, _ := c.Project(vec(5, 0, 0), 200, 200)
		if center, edge := differs(picture, 100, 100, black), differs(picture, int(x), int(y), black); center != tt.center || edge != tt.edge {
			t.Errorf("%s: the middle is seen: %t, the edge %t; want %t, %t", tt.name, center, edge, tt.center, tt.edge)
		}
		if _, ok := Pick(&density, c, 100, 100, 200, 200); ok != tt.center {
			t.Errorf("%s: picked: %t", tt.name, ok)
		}
	}
}

// What is before the plane that follows the zoom is clipped: from near more than
// from far.
func TestFollow(t *testing.T) {
	c := front(vec(0, 0, 0), 100)
	c.Follow = 0.5
	for _, zoom := range []float64{1, 2, 8} {
		d := c
		d.Zoom(zoom)
		near, far := d.slab()
		if want := d.Distance - d.Height()/2; math.Abs(near-want) > 1e-9 || !math.IsInf(far, 1) {
			t.Errorf("zoomed %g times: from %g to %g, want from %g", zoom, near, far, want)
		}
	}
	c.Front, c.Back = 3, 4
	if near, far := c.slab(); near != 97 || far != 104 {
		t.Errorf("with a slab: %g to %g, want 97 to 104", near, far)
	}
}
