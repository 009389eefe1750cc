// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"context"
	"image/color"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// localColors tell a local correlation from 0 to 1: vermillion where the map
// does not agree, yellow, bluish green where it does. They are from the palette
// of M. Okabe and K. Ito, which the colour-blind can tell apart, and stand out
// from the blue of the map.
var localColors = []color.NRGBA{{170, 50, 0, 255}, {213, 94, 0, 255}, {240, 228, 66, 255}, {90, 190, 120, 255}, {0, 158, 115, 255}}

// Local returns the local correlation of a placement with a map as the colours
// of its atoms, and the mean over its residues; see fitting.Local. A resolution
// of 0, in ångström, is estimated.
func Local(ctx context.Context, whole *fitting.Target, s *mol.Structure, motion geom.Rigid, resolution float64) (*render.Values, float64, error) {
	if resolution == 0 {
		resolution = whole.Resolution().Value
	}
	fit, err := fitting.Local(ctx, whole.Grid(), s, motion, resolution)
	if err != nil {
		return nil, 0, err
	}
	return &render.Values{Of: fit.Of, Low: 0, High: 1, Colors: localColors}, fit.Mean, nil
}
