// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"fmt"
	"sync"

	"difffit/fitting/internal/kept"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Target is a density map with what engines made of it, so that a second
// fit in the same map does not make it again. It may be used by several
// goroutines at once. What is left of the map after zeroing is a Target of its
// own: see Without.
type Target struct {
	grid  *volume.Grid
	whole *Target // of which it is what is left; nil for a map as it was opened

	kept kept.Store

	fault      func() error
	resolution func() volume.Resolution
	profile    func() *volume.Profile
}

// NewTarget returns a target for the map g, which must not change any more.
func NewTarget(g *volume.Grid) *Target {
	return &Target{
		grid:       g,
		fault:      sync.OnceValue(func() error { return faultOf(g) }),
		resolution: sync.OnceValue(func() volume.Resolution { return volume.EstimateResolution(g) }),
		profile:    sync.OnceValue(func() *volume.Profile { return volume.NewProfile(g) }),
	}
}

// Without returns the target of what is left of the map when layers are taken
// out of it; t itself if there are none. It keeps the resolution and the level
// of the map as it was opened, whose edges and densities say what they are; in
// what is left the cut edges would look like a high resolution.
func (t *Target) Without(layers ...*volume.Layer) *Target {
	if len(layers) == 0 {
		return t
	}
	left := NewTarget(volume.Apply(t.grid, layers...))
	left.whole = t.Whole()
	return left
}

// Whole returns the map as it was opened, of which t is what is left; t itself
// if nothing was taken out.
func (t *Target) Whole() *Target {
	if t.whole == nil {
		return t
	}
	return t.whole
}

// faultOf tells what keeps a map from being fitted into, nil if nothing does:
// a single value that is not finite spreads through filters over all of it.
func faultOf(g *volume.Grid) error {
	n, i := g.NotFinite()
	if n == 0 {
		return nil
	}
	x, y, z := i%g.Size[0], i/g.Size[0]%g.Size[1], i/(g.Size[0]*g.Size[1])
	return fmt.Errorf("fitting: map: voxel %d, %d, %d is %g, and %d are not finite numbers in all: want numbers, such as 0", x, y, z, g.Data[i], n)
}

// Grid returns the map.
func (t *Target) Grid() *volume.Grid { return t.grid }

// Resolution returns the estimated resolution of the map as it was opened.
func (t *Target) Resolution() volume.Resolution { return t.Whole().resolution() }

// Profile returns the statistics and the cumulative histogram of the map.
func (t *Target) Profile() *volume.Profile { return t.profile() }

// Level suggests one contour level for finding molecules of the given masses,
// in dalton, in the map as it was opened; without a structure there is none.
func (t *Target) Level(masses ...float64) volume.Level {
	return t.Whole().Profile().SuggestLevel(masses...)
}

// Validate returns what keeps the map from being fitted into, nil if nothing
// does. A voxel that is not a finite number does: filters spread it.
func (t *Target) Validate() error { return t.fault() }

// Kept has what engines of this module made of the map, and of molecules, for the
// next fit. Nobody else can use it.
func (t *Target) Kept() *kept.Store { return &t.kept }

// Points returns atoms as weighted points: the weight is the atomic number.
func Points(atoms []mol.Atom) []volume.Point {
	points := make([]volume.Point, len(atoms))
	for i, a := range atoms {
		points[i] = volume.Point{Pos: a.Pos, Weight: a.Element.Number()}
	}
	return points
}
