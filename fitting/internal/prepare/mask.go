// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"context"
	"fmt"
	"math"

	"difffit/fitting"
	"difffit/fitting/volume"
)

const (
	// margin of empty space, in ångström, around what is above the level: a
	// field must say what outside means, or placements at the border win
	// (docs/adr/0016-score.md).
	margin = 8
	// dust is the number of voxels below which an island is no part of a
	// molecule: at 1 Å a third of a residue (docs/adr/0016-score.md).
	dust = 20
	// enough is the voxel, in resolutions, that a map is searched at, if it has
	// finer ones: simulated maps have that spacing. Where what is above the
	// level takes more than manyVoxels (406³, whose fields take 3 GB), it is
	// sparse, which costs a tenth of an ångström.
	enough, sparse, manyVoxels = 1. / 3, 0.7, 1 << 26
)

// mask is what a contour level makes of a map.
type mask struct {
	density *volume.Grid // inside the level: 0 to 1; dust and outside: 0
	raw     *volume.Grid // the map in the same box
	kept    []int32      // voxels of density that are positive
}

// Bytes returns how much memory m takes. See kept.Sized.
func (m *mask) Bytes() int { return 4 * (len(m.density.Data) + len(m.raw.Data) + len(m.kept)) }

type maskKey struct {
	level     float64
	minIsland int // voxels
	// How often the map is halved, and how often at most where too much of it is
	// above the level. All resolutions that come to the same have one mask.
	halvings, most int
}

// Group is the key of all that is made of a mask. See kept.Grouped.
func (k maskKey) Group() any { return k }

// Group is that of the mask that the field is made of. See kept.Grouped.
func (k FieldKey) Group() any { return k.mask }

func (p *Problem) maskKey() maskKey {
	least := p.Options.MinIsland
	switch {
	case least == 0 && p.Options.Method == fitting.DiffFit:
		least = 1
	case least == 0:
		least = dust
	}
	k := maskKey{level: p.Level.Value, minIsland: least}
	if r := p.Resolution.Value; p.Options.Method != fitting.DiffFit { // which is to be the paper's, at any price
		k.halvings = halvingsOf(p.Target, func(step float64) bool { return step <= enough*r })
		k.most = halvingsOf(p.Target, func(step float64) bool { return step <= sparse*r })
	}
	return k
}

// newMask crops the map to what is above the level, with a margin of empty
// space, removes dust, and normalises by the maximum. It does so at the
// resolution that suffices.
func newMask(t *fitting.Target, key maskKey, threads int) (*mask, error) {
	level := math.Max(key.level, 0) // the outside of a molecule is zero or below
	g, lo, hi, halvings, err := enoughOf(t, level, key, threads)
	if err != nil {
		return nil, err
	}
	raw, least := boxed(g, lo, hi), max(1, key.minIsland>>(3*halvings))
	density, islands, err := volume.Islands(context.Background(), raw.Threshold(level), least, threads)
	if err != nil {
		return nil, err
	}
	density, largest := volume.Normalize(density)
	if !(largest > 0) {
		return nil, fmt.Errorf("fitting: at the contour level %g there are only islands of fewer than %d voxels (%d of them): %w",
			key.level, key.minIsland, islands.Removed, fitting.ErrEmpty)
	}
	m := &mask{density: density, raw: raw, kept: make([]int32, 0, islands.KeptVoxels)}
	for i, v := range density.Data {
		if v > 0 {
			m.kept = append(m.kept, int32(i))
		}
	}
	return m, nil
}

// enoughOf returns the map at the resolution that a search needs, as often
// halved as is said, and the box of what is above the level in it.
func enoughOf(t *fitting.Target, level float64, key maskKey, threads int) (g *volume.Grid, lo, hi [3]int, halvings int, err error) {
	halvings, most := key.halvings, key.most
	for ; ; halvings-- {
		if g, err = coarse(context.Background(), t, halvings, threads); err != nil {
			return nil, lo, hi, 0, err
		}
		var ok bool
		if lo, hi, ok = volume.Bounds(g, level); ok {
			break
		}
		if halvings == 0 {
			return nil, lo, hi, 0, fmt.Errorf("fitting: no voxel is above the contour level %g: %w", level, fitting.ErrEmpty)
		}
		most = 0 // peaks that reach the level are lower in a coarser map
	}
	for halvings < most && (hi[0]-lo[0])*(hi[1]-lo[1])*(hi[2]-lo[2]) > manyVoxels {
		coarser, err := coarse(context.Background(), t, halvings+1, threads)
		if err != nil {
			return nil, lo, hi, 0, err
		}
		low, high, ok := volume.Bounds(coarser, level)
		if !ok {
			break
		}
		g, lo, hi, halvings = coarser, low, high, halvings+1
	}
	return g, lo, hi, halvings, nil
}

// boxed returns the box of g from lo to hi with the margin on all sides: of
// g where g has it, of zeros where the map ends.
func boxed(g *volume.Grid, lo, hi [3]int) *volume.Grid {
	var pad [3]int
	step := [3]float64{g.Step.X, g.Step.Y, g.Step.Z}
	for i := range lo {
		pad[i] = max(2*smoothings+1, int(math.Ceil(margin/step[i])))
	}
	return volume.Window(g, [3]int{lo[0] - pad[0], lo[1] - pad[1], lo[2] - pad[2]},
		[3]int{hi[0] + pad[0], hi[1] + pad[1], hi[2] + pad[2]})
}

// startsIn returns those voxels of m that are in a sphere.
func (m *mask) startsIn(s fitting.Sphere) ([]int32, error) {
	if s.IsZero() {
		return m.kept, nil
	}
	var in []int32
	for _, i := range m.kept {
		if s.Contains(m.density.Position(int(i))) {
			in = append(in, i)
		}
	}
	if len(in) == 0 {
		return nil, fmt.Errorf("fitting: no voxel above the contour level is within %g Å of (%.1f, %.1f, %.1f): %w",
			s.Radius, s.Center[0], s.Center[1], s.Center[2], fitting.ErrEmpty)
	}
	return in, nil
}
