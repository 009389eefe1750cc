// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"difffit/app/document"
	"difffit/fitting/compose"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
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
func (v *Survey) TooNear() int { return tooNear(v.Clashes, v.MaxClash) }

func tooNear(clashes []compose.Pair, limit float64) int {
	n := 0
	for n < len(clashes) && clashes[n].Clash > limit {
		n++
	}
	return n
}

// Clashes returns the accepted placements of s that clash, by index, the worst
// first, without those that only touch. It takes a while. When ctx is done it
// returns soon, with an error that wraps ctx.Err().
func Clashes(ctx context.Context, s document.State) ([]compose.Pair, error) {
	placed, err := placedOf(s)
	if err != nil {
		return nil, err
	}
	all, err := clashesOf(ctx, placed)
	return all[:tooNear(all, compose.DefaultOptions().MaxClash)], err
}

// clashesOf returns which of the placed structures are too near or touch, the
// worst first.
func clashesOf(ctx context.Context, placed []compose.Placed) ([]compose.Pair, error) {
	list, err := compose.Clashes(ctx, placed)
	slices.SortStableFunc(list, func(a, b compose.Pair) int { return cmp.Compare(b.Clash, a.Clash) })
	return list, err
}

// A Surveyor makes surveys, and keeps of the last one what the next needs
// again: a contour level that moves touches neither clashes nor what is
// contested. The zero value is ready. It may be used by several goroutines at
// once.
type Surveyor struct {
	mu   sync.Mutex
	last *overlaps
}

// overlaps are what accepted placements share, at any level. They are not
// changed after they were kept.
type overlaps struct {
	base      *document.Map
	placed    []compose.Placed
	points    [][]volume.Point // of placed
	clashes   []compose.Pair   // the worst first
	contested map[claim]*volume.Layer
}

// A claim is what decides how much of a layer is contested, beside the accepted
// placements.
type claim struct {
	cut       *volume.Layer
	structure *mol.Structure
	motion    geom.Rigid
}

// Survey looks at the accepted placements and the layers of s at a contour
// level, in a map of the given resolution (ångström). It takes a while. When ctx
// is done it returns soon, with an error that wraps ctx.Err().
func (v *Surveyor) Survey(ctx context.Context, s document.State, level, resolution float64) (*Survey, error) {
	out := &Survey{Level: level, ByStructure: map[int]int{}, Contested: map[int]*volume.Layer{}}
	if s.Map == nil {
		return out, nil
	}
	o, err := v.overlaps(ctx, s)
	if err != nil {
		return nil, err
	}
	out.Clashes, out.MaxClash = o.clashes, compose.DefaultOptions().MaxClash
	for _, l := range s.Layers {
		out.Contested[l.ID] = o.contested[claimOf(s, l)]
	}
	out.Reach = volume.ExplainReach(s.Map.Grid, resolution)
	if out.Above, out.Explained, err = volume.Explain(ctx, s.Map.Grid, level, o.points, out.Reach); err != nil {
		return nil, err
	}
	for i, n := range out.Explained {
		out.ByStructure[s.Accepted[i].Structure] += n
		out.Total += n
	}
	return out, nil
}

// overlaps returns those of s, as far as possible the last ones.
func (v *Surveyor) overlaps(ctx context.Context, s document.State) (*overlaps, error) {
	placed, err := placedOf(s)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	last := v.last
	v.mu.Unlock()
	o := &overlaps{base: s.Map, placed: placed, contested: map[claim]*volume.Layer{}}
	known := last != nil && last.base == s.Map && slices.Equal(last.placed, placed)
	if known {
		o.points, o.clashes = last.points, last.clashes
	} else {
		for _, p := range placed {
			o.points = append(o.points, document.PlacedPoints(p.Structure, p.Motion))
		}
		if o.clashes, err = clashesOf(ctx, placed); err != nil {
			return nil, err
		}
	}
	for _, l := range s.Layers {
		c := claimOf(s, l)
		if known && last.contested[c] != nil {
			o.contested[c] = last.contested[c]
		} else if o.contested[c], err = o.contest(ctx, c); err != nil {
			return nil, err
		}
	}
	v.mu.Lock()
	v.last = o
	v.mu.Unlock()
	return o, nil
}

// contest counts what the accepted placements claim of a layer.
func (o *overlaps) contest(ctx context.Context, c claim) (*volume.Layer, error) {
	var beside [][]volume.Point
	for i, p := range o.placed {
		if p.Structure != c.structure || p.Motion != c.motion {
			beside = append(beside, o.points[i])
		}
	}
	return c.cut.Recount(ctx, o.base.Grid, document.PlacedPoints(c.structure, c.motion), beside...)
}

// placedOf returns the accepted placements of s.
func placedOf(s document.State) ([]compose.Placed, error) {
	var placed []compose.Placed
	for _, a := range s.Accepted {
		t := s.Structure(a.Structure)
		if t == nil {
			return nil, fmt.Errorf("work: survey: the accepted placement %d is of structure %d, which is not there", a.ID, a.Structure)
		}
		placed = append(placed, compose.Placed{Structure: t.Model, Motion: a.Placement.Motion})
	}
	for _, l := range s.Layers {
		if s.Structure(l.Structure) == nil {
			return nil, fmt.Errorf("work: survey: layer %d is of structure %d, which is not there", l.ID, l.Structure)
		}
	}
	return placed, nil
}

func claimOf(s document.State, l *document.Layer) claim {
	return claim{l.Cut, s.Structure(l.Structure).Model, l.Motion}
}
