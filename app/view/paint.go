// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render"
)

// Unexplained is the colour of what no accepted placement explains.
var Unexplained = color.NRGBA{190, 190, 195, 255}

// paintReach is how far from its atoms a placement explains density, in
// ångström: a little more than what zeroing takes by default.
const paintReach = 3.5

// Paint makes the colours around accepted placements, each of which has one;
// nil if there are none.
func Paint(accepted []Placed, colors []color.NRGBA) *render.Paint {
	groups := make([][]r3.Vec, len(accepted))
	for i, a := range accepted {
		move := a.Motion.Mover()
		for _, atom := range a.Model.Atoms {
			groups[i] = append(groups[i], move(atom.Pos))
		}
	}
	o := volume.NearestGroup(groups, paintReach)
	if o == nil {
		return nil
	}
	p := &render.Paint{Size: o.Size, Step: r3.Vec{X: o.Step, Y: o.Step, Z: o.Step}, Origin: o.Origin, Colors: make([]color.NRGBA, len(o.Of))}
	for i, owner := range o.Of {
		if owner >= 0 {
			p.Colors[i] = colors[owner]
		}
	}
	return p
}

// painted returns the map v, which is all of a map or what remains of it, in
// the colours p of the placements that explain it. Of what remains all of the
// map is seen: what was zeroed out is what is explained. Only surfaces and
// meshes are painted.
func painted(v render.Volume, p *render.Paint, whole *volume.Grid) render.Volume {
	if p == nil || !v.Style.IsIsosurface() {
		return v
	}
	v.Grid, v.Paint = whole, p
	v.Color.R, v.Color.G, v.Color.B = Unexplained.R, Unexplained.G, Unexplained.B
	return v
}
