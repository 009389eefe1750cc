// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// The molecular surface of one atom is its van der Waals sphere, of which
// smoothing takes a tenth of an ångström. That of two
// atoms with a gap between them too small for water is joined by the surface
// of the probe in its place: at the middle, closer to the axis by its radius
// than the centre of the probe.
func TestSkin(t *testing.T) {
	const r, half = 1.7, 2.2 // of a carbon atom, and half the distance of two
	one := &mol.Structure{Atoms: []mol.Atom{{Element: mol.Carbon, Pos: r3.Vec{X: 3, Y: -2, Z: 1}}}}
	two := &mol.Structure{Atoms: []mol.Atom{
		{Element: mol.Carbon, Pos: r3.Vec{X: -half}},
		{Element: mol.Carbon, Pos: r3.Vec{X: half}},
		{Element: mol.Oxygen, Residue: "HOH", Pos: r3.Vec{Y: 9}}, // is not part of it
	}}
	colors := []color.NRGBA{{R: 1}, {R: 2}, {R: 3}}
	for _, v := range Of(one, Skin, Fine, colors).Mesh.Vertices {
		out := r3.Sub(v.Position, one.Atoms[0].Pos)
		if d := r3.Norm(out); math.Abs(d-r) > 0.15 || r3.Dot(r3.Unit(out), v.Normal) < 0.95 || v.Atom != 0 {
			t.Fatalf("one atom: vertex at %.3f Å, normal %v", d, v.Normal)
		}
	}
	m := Of(two, Skin, Fine, colors).Mesh
	centre := math.Sqrt((r+probe)*(r+probe) - half*half) // of the probe that touches both, from the axis
	waist := math.Inf(1)
	for _, v := range m.Vertices {
		p := v.Position
		if math.Abs(p.X) < 0.35 {
			waist = min(waist, math.Hypot(p.Y, p.Z))
		}
		if want := map[bool]int{true: 0, false: 1}[p.X < 0]; math.Abs(p.X) > 0.5 && (v.Atom != want || v.Color != colors[want]) {
			t.Fatalf("vertex at %v stands for atom %d", p, v.Atom)
		}
	}
	if want := centre - probe; math.Abs(waist-want) > 0.25 {
		t.Errorf("waist between two atoms: %.2f Å, want %.2f", waist, want)
	}
	if b := bounds(m); b > half+r+0.2 {
		t.Errorf("the surface reaches to %.2f Å, want %.2f: without the water", b, half+r)
	}
	if n := len(Of(&mol.Structure{}, Skin, Fine, nil).Mesh.Vertices); n != 0 {
		t.Errorf("no atoms: %d vertices", n)
	}
	closed(t, m)
}

func bounds(m Mesh) float64 {
	most := 0.0
	for _, v := range m.Vertices {
		most = max(most, math.Abs(v.Position.X), math.Abs(v.Position.Y), math.Abs(v.Position.Z))
	}
	return most
}

// closed checks that each edge is there once in each direction.
func closed(t *testing.T, m Mesh) {
	t.Helper()
	edges := map[[2]uint32]int{}
	for i := 0; i < len(m.Triangles); i += 3 {
		for k := range 3 {
			edges[[2]uint32{m.Triangles[i+k], m.Triangles[i+(k+1)%3]}]++
		}
	}
	for e, n := range edges {
		if edges[[2]uint32{e[1], e[0]}] != n {
			t.Fatalf("edge %v is there %d times, the other way %d times", e, n, edges[[2]uint32{e[1], e[0]}])
		}
	}
	volume := 0.0
	for i := 0; i < len(m.Triangles); i += 3 {
		a, b, c := m.Vertices[m.Triangles[i]].Position, m.Vertices[m.Triangles[i+1]].Position, m.Vertices[m.Triangles[i+2]].Position
		volume += r3.Dot(a, r3.Cross(b, c)) / 6
	}
	if volume <= 0 {
		t.Errorf("volume %.1f Å³: faces look inwards", volume)
	}
}
