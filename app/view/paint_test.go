// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render"
)

func TestPainted(t *testing.T) {
	atom := &mol.Structure{Atoms: []mol.Atom{{Pos: r3.Vec{X: 1}}}}
	far := geom.Identity()
	far.Shift.X = 20
	colors := []color.NRGBA{{1, 2, 3, 255}, {4, 5, 6, 255}}
	p := Paint([]Placed{{Model: atom, Motion: geom.Identity()}, {Model: atom, Motion: far}}, colors)
	seen := map[color.NRGBA]bool{}
	for _, c := range p.Colors {
		seen[c] = true
	}
	if len(seen) != 3 || !seen[colors[0]] || !seen[colors[1]] || !seen[color.NRGBA{}] {
		t.Errorf("colours %v, want those of two placements and none", seen)
	}
	if Paint(nil, nil) != nil {
		t.Error("a paint of nothing")
	}
	whole, left := &volume.Grid{}, &volume.Grid{}
	v := render.Volume{Grid: left, Style: render.Mesh, Color: color.NRGBA{1, 2, 3, 77}}
	if got := painted(v, p, whole); got.Grid != whole || got.Paint != p || got.Color.A != 77 || got.Color.R != Unexplained.R {
		t.Errorf("painted: %+v", got)
	}
	v.Style = render.Cloud
	for _, got := range []render.Volume{painted(v, p, whole), painted(render.Volume{Grid: left}, nil, whole)} {
		if got.Grid != left || got.Paint != nil {
			t.Errorf("a cloud, or a map without paint: %+v", got)
		}
	}
}
