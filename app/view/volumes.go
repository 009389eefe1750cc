// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"difffit/app/document"
	"difffit/fitting/volume"
	"difffit/render"
)

// A Source is what the maps in a picture are drawn from. A grid is nil where
// there is no such map.
type Source struct {
	Remaining, Whole *volume.Grid
	Level            float64 // at which the map is seen, in its units
	SimulatedMaps
	Others map[Kind]Other // by their kinds
	Paint  *render.Paint  // of the placements that explain the map; nil: each map has its own colour
	Zone   *render.Zone   // outside of which nothing is shown; nil shows all
	Dark   bool           // the ground is
	// Swept returns the remaining or the whole map without its dust, for its
	// surface; nil leaves maps as they are.
	Swept func(*volume.Grid) *volume.Grid
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
	case Residual:
		return s.Residual
	}
	return s.Others[k].Grid
}

// An Other is a map beside the one that is fitted into.
type Other struct {
	Grid  *volume.Grid
	Level float64 // where no other is wanted, in its own units
}

// A Beside is what is known of a map beside the one that is fitted into.
type Beside struct {
	Profile *volume.Profile
	Level   *float64 // at which it is first seen, in its own units; nil if it follows the map that is fitted into
}

// OthersOf returns the other maps of a document, of those that are known. Whole
// is the profile of the map that is fitted into, and shown the level at which
// that is shown: a map without a level of its own is shown at the same if it is a
// half-map, or a reference map, which then has the same densities, half way if it is a mask, else where it encloses as much.
func OthersOf(others []*document.OtherMap, known map[*document.Map]Beside, whole *volume.Profile, shown float64) map[Kind]Other {
	made := map[Kind]Other{}
	for _, o := range others {
		p, own := known[o.Map].Profile, known[o.Map].Level
		if p == nil {
			continue // not yet
		}
		level := p.SuggestLevel().Value
		switch {
		case own != nil:
			level = *own
		case o.Use == document.MaskMap:
			level = (p.Min + p.Max) / 2
		case whole == nil:
		case (o.Use == document.HalfMap || o.Use == document.ReferenceMap) && shown > p.Min && shown < p.Max:
			level = shown
		default:
			level = p.LevelOfVolume(whole.Enclosed(shown))
		}
		made[OtherKind(o.ID)] = Other{o.Map.Grid, level}
	}
	return made
}

// LevelOf returns the level at which a map is shown, in the units of the map:
// its own, else what suits one that is made of placements, else the one of all.
func (s *Source) LevelOf(m *Map) float64 {
	switch {
	case m.Level != nil:
		return *m.Level
	case m.Kind == Simulated:
		return s.SimulatedLevel
	case m.Kind == Residual && s.Residual != nil:
		return s.ResidualLevel
	}
	if o, ok := s.Others[m.Kind]; ok {
		return o.Level
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
		switch {
		case m.Kind.IsOpened():
			if v = painted(v, s.Paint, s.Whole); s.Swept != nil && m.Style.IsIsosurface() {
				v.Grid = s.Swept(v.Grid)
			}
			drawn = append(drawn, v)
		case m.Kind == Residual:
			if drawn = append(drawn, v); m.Style.IsIsosurface() {
				drawn = append(drawn, s.otherSide(v))
			}
		default:
			drawn = append(drawn, v)
		}
	}
	return drawn
}
