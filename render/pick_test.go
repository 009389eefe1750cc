// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// pickScene has a Gaussian ball of radius 8 Å about the origin, seen along −z
// in a picture of 100 by 100, and carbon atoms.
func pickScene(alpha uint8, atoms ...r3.Vec) (*Scene, Camera) {
	g := volume.New([3]int{41, 41, 41}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{X: -20, Y: -20, Z: -20})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(g.Position(i)) / 50))
	}
	s := &mol.Structure{}
	for _, p := range atoms {
		s.Atoms = append(s.Atoms, mol.Atom{Pos: p, Element: mol.Carbon})
	}
	turned := geom.NewRigid(geom.Exp(r3.Vec{Z: math.Pi / 2}), r3.Vec{})
	scene := &Scene{
		Volumes: []Volume{{Grid: g, Level: float32(math.Exp(-64. / 50)), Color: color.NRGBA{A: alpha}, Visible: true}},
		Molecules: []Molecule{
			{ID: 5},
			{Structure: s, Motions: []geom.Rigid{turned, geom.Identity()}, ID: 7, Visible: true},
		},
	}
	return scene, Camera{Rotation: geom.Identity().Rotation, Distance: 60, FovY: 0.6}
}

func TestPick(t *testing.T) {
	inside, beside := r3.Vec{X: 0, Y: 0, Z: 1}, r3.Vec{X: 12, Y: 0, Z: 3}
	translucent, c := pickScene(100, inside, beside)
	opaque, _ := pickScene(255, inside, beside)
	hidden, _ := pickScene(255, inside, beside)
	hidden.Volumes[0].Visible = false
	tests := []struct {
		name    string
		scene   *Scene
		at      r3.Vec // that is pointed at
		ok      bool
		want    Hit // without numbers
		point   r3.Vec
		density float64
	}{
		{"atom through a translucent surface", translucent, r3.Vec{}, true, Hit{IsAtom: true, Molecule: 1, ID: 7, Volume: -1}, inside, math.Exp(-1. / 50)},
		{"opaque surface before an atom", opaque, r3.Vec{}, true, Hit{Molecule: -1, Atom: -1}, r3.Vec{Z: 8}, math.Exp(-64. / 50)},
		{"translucent surface without an atom", translucent, r3.Vec{X: -4}, true, Hit{Molecule: -1, Atom: -1}, r3.Vec{X: -3.54, Z: 7.17}, math.Exp(-64. / 50)},
		{"atom without a map", hidden, r3.Vec{}, true, Hit{IsAtom: true, Molecule: 1, ID: 7, Volume: -1}, inside, 0},
		{"second atom, second copy", translucent, beside, true, Hit{IsAtom: true, Molecule: 1, ID: 7, Motion: 1, Atom: 1, Volume: -1}, beside, math.Exp(-153. / 50)},
		{"second atom, first copy", translucent, r3.Vec{Y: 12, Z: 3}, true, Hit{IsAtom: true, Molecule: 1, ID: 7, Atom: 1, Volume: -1}, r3.Vec{Y: 12, Z: 3}, math.Exp(-153. / 50)},
		{"nothing", translucent, r3.Vec{X: -14, Y: -14}, false, Hit{}, r3.Vec{}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x, y, _ := c.Project(tt.at, 100, 100)
			got, ok := Pick(tt.scene, c, x, y, 100, 100)
			if ok != tt.ok {
				t.Fatalf("Pick: %+v, %t", got, ok)
			}
			if !ok {
				return
			}
			if r3.Norm(r3.Sub(got.Position, tt.point)) > 0.1 || math.Abs(got.Density-tt.density) > 0.01 {
				t.Errorf("Pick: %v, density %g, want %v, %g", got.Position, got.Density, tt.point, tt.density)
			}
			if got.Distance < 40 || got.Distance > 60 {
				t.Errorf("Pick: distance %g", got.Distance)
			}
			got.Position, got.Distance, got.Density = r3.Vec{}, 0, 0
			if got != tt.want {
				t.Errorf("Pick: %+v, want %+v", got, tt.want)
			}
		})
	}
	if _, ok := Pick(translucent, c, 0, 0, 0, 0); ok {
		t.Error("Pick in a picture without size: ok")
	}
}

// A hand that points means the atom beside the pointer, unless what is opaque is
// there.
func TestPickNear(t *testing.T) {
	inside, beside := r3.Vec{Z: 1}, r3.Vec{X: 12, Z: 3}
	translucent, c := pickScene(100, inside, beside)
	mesh, _ := pickScene(255, inside, beside)
	mesh.Volumes[0].Style = Mesh
	opaque, _ := pickScene(255, inside, beside)
	tests := []struct {
		name   string
		scene  *Scene
		at     r3.Vec // that is pointed at
		isAtom bool
		atom   int
		volume int
	}{
		{"atom in a translucent surface", translucent, r3.Vec{X: 2.6, Z: 1}, true, 0, -1},
		{"atom in a mesh", mesh, r3.Vec{X: 2.6, Z: 1}, true, 0, -1},
		{"atom in an opaque surface", opaque, r3.Vec{X: 2.6, Z: 1}, false, -1, 0},
		{"atom before nothing", opaque, r3.Vec{X: 14.5, Z: 3}, true, 1, -1},
		{"too far from an atom", translucent, r3.Vec{X: 5, Z: 1}, false, -1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x, y, _ := c.Project(tt.at, 100, 100)
			if hit, _ := Pick(tt.scene, c, x, y, 100, 100); hit.IsAtom {
				t.Fatalf("Pick: %+v, want no atom right there", hit)
			}
			got, ok := NewPicker().PickNear(tt.scene, c, x, y, 100, 100)
			if !ok || got.IsAtom != tt.isAtom || got.Atom != tt.atom || got.Volume != tt.volume {
				t.Errorf("PickNear: %+v, %t", got, ok)
			}
		})
	}
}
