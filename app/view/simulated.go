// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"context"
	"image/color"
	"math"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render"
)

// A Placed is a structure where it is placed.
type Placed struct {
	Model  *mol.Structure
	Motion geom.Rigid
}

// SimulatedMaps are the maps that are made of placements: what they would look like at
// the resolution of the map, and what of the map that does not explain.
type SimulatedMaps struct {
	Simulated        *volume.Grid
	SimulatedProfile *volume.Profile
	SimulatedLevel   float64      // encloses 95 % of its mass
	Residual         *volume.Grid // nil if it was not wanted
	Lacking          *volume.Grid // the same with its sign turned
	ResidualProfile  *volume.Profile
	ResidualLevel    float64 // at which it is shown: see residualLevel
	ResidualSD       float64 // its standard deviation where the placements are
}

const (
	// residualSDs is the highest level at which a residual map is shown, in its
	// standard deviations: as difference maps are looked at in Coot.
	residualSDs = 3
	// residualPart is how much a residual map should show of what the map does
	// at its contour level: where the model is off, its standard deviation is
	// large, and three of it leave next to nothing (HCN4: 0.1 %).
	residualPart = 0.02
)

// residualLevel returns the level at which a residual map is shown: three
// standard deviations, or lower until enough is seen, but not below the contour
// level of the map, which separates it from noise.
func residualLevel(residual, whole *volume.Profile, contour, sd float64) float64 {
	enough := residual.LevelOfVolume(residualPart * whole.Enclosed(contour))
	return math.Min(residualSDs*sd, math.Max(contour, enough))
}

// LackingColor is that of the other side of a residual map, where placements
// have no density.
var LackingColor = color.NRGBA{215, 55, 45, 255}

// otherSide returns the other side of a residual map that is drawn as v.
func (m *SimulatedMaps) otherSide(v render.Volume) render.Volume {
	alpha := v.Color.A
	v.Grid, v.Color = m.Lacking, LackingColor
	v.Color.A = alpha
	return v
}

// simulatedPart is the part of the mass of a simulated map inside the level at
// which it is shown.
const simulatedPart = 0.95

// Simulate makes the maps of placements at a resolution in ångström, 0 for that
// which is estimated of the map.
func Simulate(ctx context.Context, whole *fitting.Target, placed []Placed, resolution float64, residual bool) (SimulatedMaps, error) {
	var points []volume.Point
	var masses []float64
	for _, p := range placed {
		atoms, _ := p.Model.Select(mol.AllAtoms)
		masses = append(masses, mol.Mass(atoms))
		move := p.Motion.Mover()
		for _, q := range fitting.Points(atoms) {
			q.Pos = move(q.Pos)
			points = append(points, q)
		}
	}
	if resolution == 0 {
		resolution = whole.Resolution().Value
	}
	var m SimulatedMaps
	var err error
	if m.Simulated, err = volume.Simulate(ctx, points, volume.SimulateOptions{Resolution: resolution}); err != nil {
		return m, err
	}
	m.SimulatedProfile, m.SimulatedLevel = volume.NewProfile(m.Simulated), volume.MassLevel(m.Simulated, simulatedPart)
	if residual {
		left, err := volume.Subtract(ctx, whole.Grid(), points, resolution)
		if err != nil {
			return m, err
		}
		m.Residual, m.Lacking, m.ResidualSD = left.Grid, volume.Negated(left.Grid), left.SD
		m.ResidualProfile = volume.NewProfile(m.Residual)
		m.ResidualLevel = residualLevel(m.ResidualProfile, whole.Profile(), whole.Level(masses...).Value, left.SD)
	}
	return m, ctx.Err()
}

// Sees tells whether a map is visible.
func (m *Maps) Sees(k Kind) bool {
	for _, x := range m.Maps {
		if x.Kind == k && x.Visible {
			return true
		}
	}
	return false
}
