// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/internal/golden"
)

// Pictures of every style, of a real complex. They were looked at before they
// were accepted.
func TestStyles(t *testing.T) {
	r := newTestRenderer(t)
	grid, molecules := demo(t)
	white := color.NRGBA{255, 255, 255, 255}
	blue := color.NRGBA{140, 175, 215, 255}
	volume := func(s MapStyle, alpha uint8) Volume {
		c := blue
		c.A = alpha
		return Volume{Grid: grid, Level: 0.35, Color: c, Visible: true, Style: s}
	}
	all := func(s Style, c Coloring) []Molecule {
		list := append([]Molecule(nil), molecules...)
		for i := range list {
			list[i].Style, list[i].Coloring, list[i].Color = s, c, blue
		}
		return list
	}
	cartoon := all(Cartoon, ByChain)
	ghosts := append([]Molecule(nil), cartoon...)
	for i := range ghosts[1:] {
		ghosts[i+1].Transparency = 0.65
	}
	var places []r3.Vec
	for _, a := range molecules[3].Structure.Atoms {
		places = append(places, molecules[3].Motions[0].Apply(a.Pos))
	}
	zone := volume(Surface, 120)
	zone.Zone = &Zone{Places: places, Radius: 4}
	near := all(Cartoon, ByChain) // map and molecules near the nanobody
	for i := range near {
		near[i].Zone = zone.Zone
	}
	values := all(Skin, ByValue)
	for i, m := range values { // the density of the map at the atoms
		of := make([]float64, len(m.Structure.Atoms))
		for k, a := range m.Structure.Atoms {
			of[k] = grid.Sample(m.Motions[0].Apply(a.Pos))
		}
		values[i].Values = &Values{Of: of, Low: 0, High: 0.8, Colors: []color.NRGBA{{215, 40, 40, 255}, {245, 245, 245, 255}, {50, 90, 220, 255}}}
	}
	outer, inner := volume(Surface, 70), volume(Surface, 255)
	inner.Level, inner.Color = 0.55, color.NRGBA{230, 159, 0, 255}
	planes := volume(Slices, 255)
	middle := grid.Point(r3.Scale(0.5, vec(float64(grid.Size[0]-1), float64(grid.Size[1]-1), float64(grid.Size[2]-1))))
	planes.Slices = SlicePlanes{Show: [3]bool{true, true, true}, At: [3]float64{middle.X, middle.Y, middle.Z}}
	fancy := Look{Light: TwoLights, Occlusion: 0.8, Silhouettes: 1}
	tests := []struct {
		name  string
		scene Scene
		near  float64 // zoom
		slab  float64 // half of it, ångström
	}{
		{"cartoon.png", Scene{Molecules: cartoon, Look: fancy, Background: white}, 1, 0},
		{"cartoon-close.png", Scene{Molecules: cartoon, Background: dark}, 4, 0},
		{"tube-bfactor.png", Scene{Molecules: all(Tube, ByBFactor), Background: dark}, 1, 0},
		{"spheres-fancy.png", Scene{Molecules: all(Spheres, ByChain), Look: fancy, Background: white}, 1, 0},
		{"sticks.png", Scene{Molecules: all(Sticks, ByElement), Background: dark}, 6, 0},
		{"ball-and-stick.png", Scene{Molecules: all(BallAndStick, ByElement), Look: fancy, Background: white}, 6, 0},
		{"plddt.png", Scene{Molecules: all(Cartoon, ByPLDDT), Background: white}, 1, 0},
		{"surface-fancy.png", Scene{Volumes: []Volume{volume(Surface, 255)}, Look: fancy, Background: white}, 1, 0},
		{"fit.png", Scene{Volumes: []Volume{volume(Surface, 90)}, Molecules: cartoon, Look: fancy, Background: white}, 1.4, 0},
		{"mesh.png", Scene{Volumes: []Volume{volume(Mesh, 255)}, Molecules: cartoon, Background: dark}, 3, 0},
		{"cloud.png", Scene{Volumes: []Volume{volume(Cloud, 255)}, Molecules: cartoon, Background: dark}, 1, 0},
		{"projection.png", Scene{Volumes: []Volume{volume(Projection, 255)}, Background: dark}, 1, 0},
		{"slices.png", Scene{Volumes: []Volume{planes}, Background: dark}, 1, 0},
		{"levels.png", Scene{Volumes: []Volume{outer, inner}, Look: fancy, Background: white}, 1.4, 0},
		{"zone.png", Scene{Volumes: []Volume{zone}, Molecules: cartoon, Look: fancy, Background: white}, 1.4, 0},
		{"skin.png", Scene{Molecules: all(Skin, ByChain), Look: fancy, Background: white}, 1.4, 0},
		{"values.png", Scene{Molecules: values, Background: dark}, 1.4, 0},
		{"zone-both.png", Scene{Volumes: []Volume{zone}, Molecules: near, Look: fancy, Background: white}, 1.2, 0},
		{"head-light.png", Scene{Volumes: []Volume{volume(Surface, 255)}, Background: dark}, 1, 0},
		{"flat-light.png", Scene{Molecules: all(Spheres, ByElement), Look: Look{Light: Flat, Silhouettes: 1}, Background: white}, 1, 0},
		{"ghosts.png", Scene{Volumes: []Volume{volume(Surface, 60)}, Molecules: ghosts, Look: fancy, Background: white}, 1, 0},
		{"slab.png", Scene{Volumes: []Volume{volume(Surface, 255)}, Molecules: all(Spheres, ByChain), Background: dark}, 1.4, 8},
		{"slab-cartoon.png", Scene{Molecules: cartoon, Look: fancy, Background: white}, 2, 10},
	}
	for _, tt := range tests {
		c := Fit(&tt.scene)
		c.Orbit(0.6, 0.3)
		c.Zoom(tt.near)
		c.Front, c.Back = tt.slab, tt.slab
		m, err := r.Draw(&tt.scene, c, 320, 240, Quality{Samples: 2})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		golden.Image(t, tt.name, m)
	}
}

// What is asked about a style is answered for each of them.
func TestMapStyles(t *testing.T) {
	tests := []struct {
		style             MapStyle
		isosurface, solid bool // solid if it is opaque
	}{
		{Surface, true, true},
		{Mesh, true, false},
		{Cloud, false, false},
		{Projection, false, false},
		{Slices, false, true},
	}
	for _, tt := range tests {
		if got := tt.style.IsIsosurface(); got != tt.isosurface {
			t.Errorf("style %d is an isosurface: %t, want %t", tt.style, got, tt.isosurface)
		}
		opaque, veiled := Volume{Style: tt.style}, Volume{Style: tt.style}
		opaque.Color.A, veiled.Color.A = 255, 254
		if got := opaque.isSolid(); got != tt.solid || veiled.isSolid() {
			t.Errorf("style %d hides what is behind it: %t, want %t; with an opacity below 1: %t", tt.style, got, tt.solid, veiled.isSolid())
		}
	}
}
