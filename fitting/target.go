// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"
	"fmt"
	"math"
	"sync"

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

	mu    sync.Mutex
	cache map[any]*entry

	fault      func() error
	resolution func() volume.Resolution
	profile    func() *volume.Profile
}

type entry struct {
	done  chan struct{} // closed when value and err stand
	value any
	err   error
}

// NewTarget returns a target for the map g, which must not change any more.
func NewTarget(g *volume.Grid) *Target {
	return &Target{
		grid: g, cache: map[any]*entry{},
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

// Cached returns what build returns for key, and calls it once. A failure is
// not kept. When ctx is done, Cached returns at once, and what is being made
// is kept for the next one who asks.
func (t *Target) Cached(ctx context.Context, key any, build func() (any, error)) (any, error) {
	t.mu.Lock()
	e := t.cache[key]
	if e == nil {
		e = &entry{done: make(chan struct{})}
		t.cache[key] = e
		go func() {
			defer close(e.done)
			if e.value, e.err = build(); e.err != nil {
				t.mu.Lock()
				delete(t.cache, key)
				t.mu.Unlock()
			}
		}()
	}
	t.mu.Unlock()
	select {
	case <-e.done:
		return e.value, e.err
	case <-ctx.Done():
		return nil, fmt.Errorf("fitting: stopped: %w", ctx.Err())
	}
}

type coarseKey int

// coarse returns the map at half its resolution, so many times halved.
func (t *Target) coarse(ctx context.Context, halvings, threads int) (*volume.Grid, error) {
	if halvings == 0 {
		return t.grid, nil
	}
	v, err := t.Cached(ctx, coarseKey(halvings), func() (any, error) {
		finer, err := t.coarse(context.Background(), halvings-1, threads)
		if err != nil {
			return nil, err
		}
		return volume.Halve(finer, threads), nil
	})
	if err != nil {
		return nil, err
	}
	return v.(*volume.Grid), nil
}

// halvings returns how often the map may be halved while ok holds for the
// largest voxel edge, in ångström, that this leads to.
func (t *Target) halvings(ok func(step float64) bool) int {
	g := t.grid
	step := math.Max(g.Step.X, math.Max(g.Step.Y, g.Step.Z))
	n := 0
	for least := min(g.Size[0], g.Size[1], g.Size[2]); least >= 8 && ok(2*step); least /= 2 {
		n, step = n+1, 2*step
	}
	return n
}

// Points returns atoms as weighted points: the weight is the atomic number.
func Points(atoms []mol.Atom) []volume.Point {
	points := make([]volume.Point, len(atoms))
	for i, a := range atoms {
		points[i] = volume.Point{Pos: a.Pos, Weight: a.Element.Number()}
	}
	return points
}
