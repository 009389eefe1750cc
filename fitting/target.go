// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"sync"

	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Target is a density map with what engines made of it, so that a second
// fit in the same map does not make it again. It may be used by several
// goroutines at once. After zeroing there is a new map, hence a new Target.
type Target struct {
	grid *volume.Grid

	mu    sync.Mutex
	cache map[any]*entry

	resolution func() volume.Resolution
	profile    func() *volume.Profile
}

type entry struct {
	once  sync.Once
	value any
	err   error
}

// NewTarget returns a target for the map g, which must not change any more.
func NewTarget(g *volume.Grid) *Target {
	return &Target{
		grid: g, cache: map[any]*entry{},
		resolution: sync.OnceValue(func() volume.Resolution { return volume.EstimateResolution(g) }),
		profile:    sync.OnceValue(func() *volume.Profile { return volume.NewProfile(g) }),
	}
}

// Grid returns the map.
func (t *Target) Grid() *volume.Grid { return t.grid }

// Resolution returns the estimated resolution of the map.
func (t *Target) Resolution() volume.Resolution { return t.resolution() }

// Profile returns the statistics and the cumulative histogram of the map.
func (t *Target) Profile() *volume.Profile { return t.profile() }

// Level suggests a contour level for finding a molecule of the given mass in
// dalton; without a structure the mass is 0.
func (t *Target) Level(mass float64) volume.Level { return t.Profile().SuggestLevel(mass) }

// Cached returns what make returns for key, and calls it once. A failure is
// not kept.
func (t *Target) Cached(key any, make func() (any, error)) (any, error) {
	t.mu.Lock()
	e := t.cache[key]
	if e == nil {
		e = &entry{}
		t.cache[key] = e
	}
	t.mu.Unlock()
	e.once.Do(func() { e.value, e.err = make() })
	if e.err != nil {
		t.mu.Lock()
		if t.cache[key] == e {
			delete(t.cache, key)
		}
		t.mu.Unlock()
	}
	return e.value, e.err
}

// Points returns atoms as weighted points: the weight is the atomic number.
func Points(atoms []mol.Atom) []volume.Point {
	points := make([]volume.Point, len(atoms))
	for i, a := range atoms {
		points[i] = volume.Point{Pos: a.Pos, Weight: a.Element.Number()}
	}
	return points
}
