// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render"
)

// Colours of what is erased, of what neighbours claim too, of atoms that
// clash, and of the sphere that is searched in.
var (
	erasedColour    = color.NRGBA{213, 94, 0, 110}
	contestedColour = color.NRGBA{240, 228, 66, 255}
	clashColour     = color.NRGBA{220, 30, 30, 255}
	sphereColour    = color.NRGBA{86, 180, 233, 255}
)

// AddTo adds to a scene what is shown of the composite.
func (co *Composer) AddTo(scene *render.Scene, s document.State) {
	if s.Map == nil {
		return
	}
	add := func(g *volume.Grid, c color.NRGBA, style render.MapStyle, level float32) {
		if g != nil {
			scene.Volumes = append(scene.Volumes, render.Volume{Grid: g, Level: level, Color: c, Visible: true, Style: style})
		}
	}
	if cut := co.erased; cut != nil {
		add(co.region(cut, s.Map.Grid, false), erasedColour, render.Surface, 0.5)
		add(co.region(cut, s.Map.Grid, true), contestedColour, render.Surface, 0.5)
	}
	if b := co.sphere; b != nil {
		add(co.ball(*b), sphereColour, render.Mesh, 0)
	}
	v, n := co.found, co.Panel.Selected()
	if v == nil || n.Kind != panel.ClashNode && n.Kind != panel.ClashesNode {
		return
	}
	for i, c := range v.Clashes {
		if n.Kind == panel.ClashesNode || n.ID == i {
			scene.Molecules = append(scene.Molecules, render.Molecule{
				Structure: marks(c.Atoms), Motions: []geom.Rigid{geom.Identity()}, Style: render.Spheres,
				Coloring: render.Uniform, Color: clashColour, Visible: true,
			})
		}
	}
}

// regions keeps the maps that show layers: an equal scene has equal maps.
type regions struct {
	of     *volume.Layer
	grids  [2]*volume.Grid
	sphere fitting.Sphere
	ball   *volume.Grid
}

func (co *Composer) region(cut *volume.Layer, g *volume.Grid, contested bool) *volume.Grid {
	r := &co.regions
	if r.of != cut {
		r.of, r.grids = cut, [2]*volume.Grid{cut.Region(g, false), cut.Region(g, true)}
	}
	if contested {
		return r.grids[1]
	}
	return r.grids[0]
}

// ball returns a map whose surface at level 0 is a sphere.
func (co *Composer) ball(s fitting.Sphere) *volume.Grid {
	r := &co.regions
	if r.ball != nil && r.sphere == s {
		return r.ball
	}
	const n = 25
	step := 2.2 * s.Radius / (n - 1)
	c := r3.Vec{X: s.Center[0], Y: s.Center[1], Z: s.Center[2]}
	half := 1.1 * s.Radius
	g := volume.New([3]int{n, n, n}, r3.Vec{X: step, Y: step, Z: step}, r3.Sub(c, r3.Vec{X: half, Y: half, Z: half}))
	for i := range g.Data {
		g.Data[i] = float32(s.Radius - r3.Norm(r3.Sub(g.Position(i), c)))
	}
	r.sphere, r.ball = s, g
	return g
}

// marks is a structure of atoms at some places.
func marks(places []r3.Vec) *mol.Structure {
	s := &mol.Structure{Name: "clash", Model: 1}
	for i, p := range places {
		s.Atoms = append(s.Atoms, mol.Atom{Pos: p, Name: "C", Element: mol.Carbon, Residue: "UNK", Chain: "A", Seq: i + 1, Occupancy: 1})
	}
	return s
}
