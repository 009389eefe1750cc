// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"math"
	"slices"
	"testing"

	"difffit/fitting"
)

// result returns one whose places have the given significance z and map
// correlations.
func result(atoms int, null *fitting.Null, zc ...float64) *fitting.Result {
	r := &fitting.Result{AtomsUsed: atoms, Starts: 512, Null: null}
	for i := 0; i < len(zc); i += 2 {
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i/2 + 1, Placement: fitting.Placement{
			Metrics: fitting.Metrics{Score: 0.5 - 0.1*float64(i), SignificanceZ: zc[i], MapCorrelation: zc[i+1]},
		}})
	}
	return r
}

func TestOrder(t *testing.T) {
	null := &fitting.Null{Placements: 250, Sigma: 0.05, Eta0: 1}
	nan := math.NaN()
	for _, tt := range []struct {
		name    string
		results []*fitting.Result
		by      Measure
		want    []Place
	}{
		{"nothing", nil, "", nil},
		{"one, by score", []*fitting.Result{result(9, null, 10, 0.1, 30, 0.5)}, "", []Place{{0, 0}, {0, 1}}},
		{"by z, a missing one between", []*fitting.Result{result(9, nil, 10, 0.1, 4, 0.1), nil, result(9, nil, 30, 0.1)}, BySignificance, []Place{{2, 0}, {0, 0}, {0, 1}}},
		{"by null, the small right one first", []*fitting.Result{result(4000, null, 25, 0.1), result(400, null, 20, 0.5)}, ByNull, []Place{{1, 0}, {0, 0}}},
		{"not all have a null", []*fitting.Result{result(4000, null, 25, 0.1), result(400, nil, 20, 0.5)}, BySignificance, []Place{{0, 0}, {1, 0}}},
		{"what has no place needs no null", []*fitting.Result{result(4000, null, 25, 0.1), result(400, null, 20, 0.5), result(9, nil)}, ByNull, []Place{{1, 0}, {0, 0}}},
		{"without a correlation there is no null z", []*fitting.Result{result(4000, null, 25, nan), result(400, null, 20, 0.5)}, BySignificance, []Place{{0, 0}, {1, 0}}},
		{"no z counts as 0", []*fitting.Result{result(9, nil, nan, 0.1), result(9, nil, -1, 0.1), result(9, nil, 1, 0.1)}, BySignificance, []Place{{2, 0}, {0, 0}, {1, 0}}},
	} {
		if got, _, by := Order(tt.results); by != tt.by || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v by %q, want %v by %q", tt.name, got, by, tt.want, tt.by)
		}
	}
}

// In a library the size counts: the small right one is first, and what has no
// place is in no row.
func TestOrderOfALibrary(t *testing.T) {
	library := []*fitting.Result{result(400, nil), result(450, nil, 4*math.Log(450)+4, 0.5)}
	for i := range 30 {
		atoms := 500 + 100*i
		library = append(library, result(atoms, nil, 4*math.Log(float64(atoms))+0.1*float64(i%5), 0.1))
	}
	if got, _, by := Order(library); by != ByLibrary || len(got) != 31 || got[0] != (Place{Structure: 1}) {
		t.Errorf("%d places by %q, first %v, want 31 by library_z, first the one of structure 1", len(got), by, got[0])
	}
}

// z = atanh(0.1)/0.05 = 2.0067: p = 0.02239 (tables), times 2 structures, times
// 512 starts.
func TestAssess(t *testing.T) {
	e := NewEntry(4000, 512, result(4000, nil, 25, 0.1, 3, math.NaN()).Clusters)
	e.Assess(fitting.Null{Placements: 250, Sigma: 0.05, Eta0: 1}, 2)
	near := func(what string, got *float64, want float64) {
		t.Helper()
		if got == nil || math.Abs(*got/want-1) > 1e-3 {
			t.Errorf("%s is %v, want %g", what, got, want)
		}
	}
	near("null z", e.Standings[0].NullZ, 2.0067)
	near("p", e.Standings[0].P, 0.02239)
	near("q", e.Standings[0].Q, 1)
	near("E", e.EValue, 0.04478)
	near("p without a correlation", e.Standings[1].P, 1)
	if e.Standings[1].NullZ != nil || e.Standings[0].LibraryZ != nil {
		t.Errorf("null z %v of what has no correlation, library z %v without a library; want none", e.Standings[1].NullZ, e.Standings[0].LibraryZ)
	}
	alone := NewEntry(9, 1, result(9, nil, 25, 0.1).Clusters)
	alone.Assess(fitting.Null{Sigma: 0.05}, 1)
	if alone.EValue != nil {
		t.Errorf("E of a single structure is %g, want none", *alone.EValue)
	}
}
