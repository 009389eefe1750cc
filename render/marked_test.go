// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// What is marked is not drawn and not picked; a line is around what of it is in
// its zone, and not around the rest.
func TestMarked(t *testing.T) {
	r := newTestRenderer(t)
	m := molecule(mol.Carbon, vec(-5, 0, 0), vec(5, 0, 0))
	m.Style = Spheres
	s := Scene{Molecules: []Molecule{m}, Background: color.NRGBA{255, 255, 255, 255}, Look: Look{Light: Flat, NoHaze: true}}
	c := front(vec(0, 0, 0), 40)
	without := draw(t, r, &s, c, 300, 300)
	line := m
	line.Marked, line.Zone = true, &Zone{Places: []r3.Vec{vec(5, 0, 0)}, Radius: 0.8}
	s.Molecules = append(s.Molecules, line)
	with := draw(t, r, &s, c, 300, 300)
	left, right := 0, 0
	for y := range 300 {
		for x := range 300 {
			if with.RGBAAt(x, y) == without.RGBAAt(x, y) {
				continue
			}
			if x < 150 {
				left++
			} else {
				right++
			}
		}
	}
	if left > 0 || right < 50 {
		t.Errorf("the line has %d pixels about the atom that is not in the zone, and %d about the other", left, right)
	}
	if x, y, _ := c.Project(vec(5, 0, 0), 300, 300); with.RGBAAt(int(x), int(y)) != without.RGBAAt(int(x), int(y)) {
		t.Error("the atom is covered")
	}
	s.Molecules = s.Molecules[1:]
	if hit, ok := Pick(&s, c, 150, 150, 300, 300); ok {
		t.Errorf("picked %+v of what is marked alone", hit)
	}
}

// An atom of a part is told of as the one that it is in the whole structure, and
// what the camera cuts off is not seen.
func TestPartAndSees(t *testing.T) {
	m := molecule(mol.Carbon, vec(0, 0, 0))
	m.Style, m.Part = Spheres, []int{41}
	s := Scene{Molecules: []Molecule{m}}
	c := front(vec(0, 0, 0), 40)
	if hit, ok := Pick(&s, c, 150, 150, 300, 300); !ok || hit.Atom != 41 || hit.Position != vec(0, 0, 0) {
		t.Errorf("picked %+v, %t; want atom 41", hit, ok)
	}
	for _, tt := range []struct {
		name   string
		change func(c *Camera)
		at     r3.Vec
		want   bool
	}{
		{"the centre", func(*Camera) {}, vec(0, 0, 0), true},
		{"behind the eye", func(*Camera) {}, vec(0, 0, 41), false},
		{"before the slab", func(c *Camera) { c.Front, c.Back = 2, 2 }, vec(0, 0, 3), false},
		{"in the slab", func(c *Camera) { c.Front, c.Back = 2, 2 }, vec(0, 0, 1), true},
		{"far from the centre", func(c *Camera) { c.Around = 5 }, vec(6, 0, 0), false},
		{"near the centre", func(c *Camera) { c.Around = 5 }, vec(4, 0, 0), true},
	} {
		d := c
		tt.change(&d)
		if got := d.Sees(tt.at); got != tt.want {
			t.Errorf("%s: seen %t, want %t", tt.name, got, tt.want)
		}
	}
}

func TestAtomColors(t *testing.T) {
	m := molecule(mol.Carbon, vec(0, 0, 0), vec(9, 0, 0))
	m.Coloring, m.Color = Uniform, color.NRGBA{10, 20, 30, 255}
	if got := AtomColors([]Molecule{m}, 0); len(got) != 2 || got[1] != m.Color {
		t.Errorf("uniform: %v", got)
	}
	m.Coloring, m.Values = ByValue, &Values{Of: []float64{0, 1}, Low: 0, High: 1, Colors: []color.NRGBA{{A: 255}, {255, 255, 255, 255}}}
	if got := AtomColors([]Molecule{m}, 0); got[0].R != 0 || got[1].R != 255 {
		t.Errorf("by value: %v", got)
	}
	if got := AtomColors([]Molecule{{}}, 0); got != nil {
		t.Errorf("without a structure: %v", got)
	}
}
