// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/internal/golden"
)

// blurred returns the density of a structure as a sum of Gaussians, one for
// each atom.
func blurred(m Molecule, n int, step, sigma float64) *volume.Grid {
	half := step * float64(n-1) / 2
	g := volume.New([3]int{n, n, n}, vec(step, step, step), vec(-half, -half, -half))
	reach := int(3*sigma/step) + 1
	for _, a := range m.Structure.Atoms {
		p := m.Motions[0].Apply(a.Pos)
		v := g.Voxel(p)
		for z := max(0, int(v.Z)-reach); z < min(n, int(v.Z)+reach); z++ {
			for y := max(0, int(v.Y)-reach); y < min(n, int(v.Y)+reach); y++ {
				for x := max(0, int(v.X)-reach); x < min(n, int(v.X)+reach); x++ {
					d := r3.Norm2(r3.Sub(g.Point(vec(float64(x), float64(y), float64(z))), p))
					g.Data[g.Index(x, y, z)] += float32(math.Exp(-d / (2 * sigma * sigma)))
				}
			}
		}
	}
	return g
}

func TestPictures(t *testing.T) {
	r := newTestRenderer(t)
	helix := Molecule{Structure: protein(24), Motions: molecule(6).Motions, Visible: true}
	tilted := helix
	tilted.Motions = []geom.Rigid{geom.NewRigid(geom.Exp(vec(0.3, 0.4, 0)), vec(2, 0, 0)), geom.NewRigid(geom.Exp(vec(1.8, 0, 0)), vec(0, 14, 0))}
	density := blurred(helix, 48, 1.2, 2.2)
	surface := func(level float32, alpha uint8) Volume {
		c := bluish
		c.A = alpha
		return Volume{Grid: density, Level: level, Color: c, Visible: true}
	}
	style := func(s Style, c Coloring) Molecule {
		m := helix
		m.Style, m.Coloring = s, c
		return m
	}
	part := density.WithData(append([]float32(nil), density.Data...))
	clear(part.Data[:len(part.Data)/2])
	cut := volume.New([3]int{24, 40, 40}, density.Step, density.Point(vec(24, 4, 4)))
	for i := range cut.Data {
		cut.Data[i] = float32(density.Sample(cut.Position(i)))
	}
	white := color.NRGBA{255, 255, 255, 255}
	tests := []struct {
		name  string
		scene Scene
		ortho bool
		near  float64 // zoom
		turn  float64
	}{
		{"opaque.png", Scene{Volumes: []Volume{surface(2.2, 255)}, Molecules: []Molecule{tilted}}, false, 1, 1.1},
		{"translucent.png", Scene{Volumes: []Volume{surface(2.2, 110)}, Molecules: []Molecule{tilted}}, false, 1, 1.1},
		{"layers.png", Scene{Volumes: []Volume{
			surface(1.2, 60),
			{Grid: part, Level: 3, Color: color.NRGBA{240, 190, 90, 200}, Visible: true},
		}, Background: white}, true, 1, 1.1},
		{"cut.png", Scene{Volumes: []Volume{{Grid: cut, Level: 2.2, Color: bluish, Visible: true}}}, false, 1, 0.5},
		{"balls.png", Scene{Molecules: []Molecule{style(Balls, ByElement)}}, false, 1, 1.1},
		{"trace.png", Scene{Molecules: []Molecule{style(Trace, ByChain)}, Background: white}, true, 1, 1.1},
		{"close.png", Scene{Volumes: []Volume{surface(2.2, 110)}, Molecules: []Molecule{style(Spheres, ByElement)}}, false, 4, 1.1},
	}
	for _, tt := range tests {
		if tt.scene.Background.A == 0 {
			tt.scene.Background = dark
		}
		c := Fit(&tt.scene)
		c.Orbit(tt.turn, 0.3)
		c.Ortho = tt.ortho
		c.Zoom(tt.near)
		golden.Image(t, tt.name, draw(t, r, &tt.scene, c, 320, 240))
	}
}
