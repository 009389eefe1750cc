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

// localColors tell a local correlation from 0 to 1: red where the map does not
// agree, blue where it does, also for the colour-blind.
var localColors = []color.NRGBA{{215, 48, 39, 255}, {253, 200, 150, 255}, {245, 245, 245, 255}, {150, 190, 230, 255}, {33, 102, 172, 255}}

// Local returns the local correlation of a placement with a map as the colours
// of its atoms, and the mean over its residues; see fitting.Local. A resolution
// of 0, in ångström, is estimated.
func Local(ctx context.Context, whole *fitting.Target, s *mol.Structure, motion geom.Rigid, resolution float64) (*render.Values, float64, error) {
	if resolution == 0 {
		resolution = min(max(0.5, whole.Resolution().Value), 100)
	}
	fit, err := fitting.Local(ctx, whole.Grid(), s, motion, resolution)
	if err != nil {
		return nil, 0, err
	}
	return &render.Values{Of: fit.Of, Low: 0, High: 1, Colors: localColors}, fit.Mean, nil
}
