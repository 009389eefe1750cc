// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"difffit/fitting/volume"
	"difffit/render"
)

// A Source is what the maps in a picture are drawn from. A grid is nil where
// there is no such map.
type Source struct {
	Remaining, Whole *volume.Grid
	Level            float64 // of the fit, in the units of the map
	SimulatedMaps
	Paint *render.Paint // of the placements that explain the map; nil: each map has its own colour
	Zone  *render.Zone  // outside of which nothing is shown; nil shows all
	Dark  bool          // the ground is
}

// Grid returns a map, nil if it is not there.
func (s *Source) Grid(k Kind) *volume.Grid {
	switch k {
	case Remaining:
		return s.Remaining
	case Whole:
		return s.Whole
	case Simulated:
		return s.Simulated
	}
	return s.Residual
}

// LevelOf returns the level at which a map is shown, in the units of the map:
// its own, else what suits one that is made of placements, else that of the fit.
func (s *Source) LevelOf(m *Map) float64 {
	switch {
	case m.Level != nil:
		return *m.Level
	case m.Kind == Simulated:
		return s.SimulatedLevel
	case m.Kind == Residual && s.Residual != nil:
		return s.ResidualLevel
	}
	return s.Level
}

// Volumes returns what is drawn of maps, those that are there, in their order.
// After a residual map that is drawn as an isosurface comes its other side.
func (s *Source) Volumes(list []Map) []render.Volume {
	var drawn []render.Volume
	for i := range list {
		m := &list[i]
		grid := s.Grid(m.Kind)
		if grid == nil {
			continue
		}
		v := render.Volume{
			Grid: grid, Level: float32(s.LevelOf(m)), Color: OnGround(m.Color, s.Dark), Visible: m.Visible,
			Style: m.Style, Transfer: m.Transfer, Slices: m.Slices, Zone: s.Zone,
		}
		switch m.Kind {
		case Remaining, Whole:
			drawn = append(drawn, painted(v, s.Paint, s.Whole))
		case Residual:
			if drawn = append(drawn, v); m.Style.IsIsosurface() {
				drawn = append(drawn, s.otherSide(v))
			}
		default:
			drawn = append(drawn, v)
		}
	}
	return drawn
}
