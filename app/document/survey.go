// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"difffit/fitting/compose"
	"difffit/fitting/volume"
)

// A Survey tells what a composite amounts to.
type Survey struct {
	Level float64 // contour level, in the units of the map
	Reach float64 // how far from its atoms a placement explains density, ångström
	Above int     // voxels of the map as it was opened that are above the level
	// Explained has for each accepted placement the voxels above the level that
	// it explains (see volume.Explain), ByStructure the same for structures, and
	// Total for all.
	Explained   []int
	ByStructure map[int]int
	Total       int
	Clashes     []compose.Pair // of accepted placements, by index, the worst first
	// MaxClash is the largest clash that neighbours may have: models of real
	// complexes have up to 0.011 (docs/adr/0004-composite.md).
	MaxClash float64
	// Contested has for each layer, by ID, how many of its voxels accepted
	// neighbours claim too, and which.
	Contested map[int]*volume.Layer
}

// Part returns which part of the map above the level some voxels are, in percent.
func (v *Survey) Part(voxels int) float64 {
	if v == nil || v.Above == 0 {
		return 0
	}
	return 100 * float64(voxels) / float64(v.Above)
}

// TooNear returns how many clashes are above the limit; they are the first.
func (v *Survey) TooNear() int {
	n := 0
	for n < len(v.Clashes) && v.Clashes[n].Clash > v.MaxClash {
		n++
	}
	return n
}

// Survey looks at the accepted placements and the layers at a contour level,
// in a map of the given resolution. It takes a while; any goroutine may call it.
func (s State) Survey(ctx context.Context, level, resolution float64) (*Survey, error) {
	v := &Survey{Level: level, ByStructure: map[int]int{}, Contested: map[int]*volume.Layer{}}
	if s.Map == nil {
		return v, nil
	}
	var points [][]volume.Point
	var placed []compose.Placed
	for _, a := range s.Accepted {
		t := s.Structure(a.Structure).Model
		points = append(points, placedPoints(t, a.Placement.Motion))
		placed = append(placed, compose.Placed{Structure: t, Motion: a.Placement.Motion})
	}
	v.Reach = volume.ExplainReach(s.Map.Grid, resolution)
	var err error
	if v.Above, v.Explained, err = volume.Explain(ctx, s.Map.Grid, level, points, v.Reach); err != nil {
		return nil, err
	}
	for i, n := range v.Explained {
		v.ByStructure[s.Accepted[i].Structure] += n
		v.Total += n
	}
	if v.Clashes, err = compose.Clashes(ctx, placed); err != nil {
		return nil, err
	}
	v.MaxClash = compose.DefaultOptions().MaxClash
	slices.SortStableFunc(v.Clashes, func(a, b compose.Pair) int { return cmp.Compare(b.Clash, a.Clash) })
	for _, l := range s.Layers {
		var beside [][]volume.Point
		for i, a := range s.Accepted {
			if a.Structure != l.Structure || a.Placement.Motion != l.Motion {
				beside = append(beside, points[i])
			}
		}
		if v.Contested[l.ID], err = l.Cut.Recount(ctx, s.Map.Grid, placedPoints(s.Structure(l.Structure).Model, l.Motion), beside...); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// CopyName names the i-th accepted placement: the structure, and which of its
// copies it is.
func (s State) CopyName(i int) string {
	if i < 0 || i >= len(s.Accepted) {
		return ""
	}
	n := 0
	for _, a := range s.Accepted[:i+1] {
		if a.Structure == s.Accepted[i].Structure {
			n++
		}
	}
	return fmt.Sprintf("%s copy %d", s.Name(s.Accepted[i].Structure), n)
}

// NeighbourName names a neighbour as the accepted placement that it is.
func (s State) NeighbourName(n Neighbour) string {
	for i, a := range s.Accepted {
		if a.Structure == n.Structure && a.Placement.Motion == n.Motion {
			return s.CopyName(i)
		}
	}
	return s.Name(n.Structure)
}
