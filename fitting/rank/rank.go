// SPDX-License-Identifier: BSD-3-Clause

// Package rank says how a placement stands among wrong ones, and which of
// several structures comes first: null distributions with p, q and E, the
// regression on size of a library, and the order of a table. It knows what fits
// found, but neither how it was found nor how it is written.
package rank

import (
	"cmp"
	"math"
	"slices"

	"difffit/fitting"
)

// A Measure is what structures are ranked by: the name of a column of fits.csv.
type Measure string

// Measures, the best first. All are numbers of standard deviations.
const (
	// ByLibrary compares a structure with those of its size in the library:
	// sizeRegression.
	ByLibrary Measure = "library_z"
	// ByNull compares a placement with the wrong ones of the same structure:
	// (atanh(map_correlation) − mean)/sigma of fitting.Null.
	ByNull Measure = "null_z"
	// BySignificance is Fisher's z, which favours large structures.
	BySignificance Measure = "significance_z"
)

// A Standing is how a placement stands among wrong ones. What is not known is nil.
type Standing struct {
	P        *float64 `json:"p_value,omitempty"`
	Q        *float64 `json:"q_value,omitempty"`
	NullZ    *float64 `json:"null_z,omitempty"`
	LibraryZ *float64 `json:"library_z,omitempty"`
}

// An Entry is a structure that is ranked among others.
type Entry struct {
	Atoms     int               // that took part in the fit
	Starts    int               // of the fit
	Clusters  []fitting.Cluster // best first
	Standings []Standing        // of the clusters
	// EValue is the least p of the clusters times the number of structures: how
	// many wrong ones of such a library are expected to be as good. nil: not known.
	EValue *float64
}

// NewEntry returns a structure of which clusters were found, from so many
// starts with so many atoms; nothing is known of how they stand.
func NewEntry(atoms, starts int, clusters []fitting.Cluster) Entry {
	return Entry{Atoms: atoms, Starts: starts, Clusters: clusters, Standings: make([]Standing, len(clusters))}
}

// Tests returns of how many placements q takes account: all starts, of which
// those that were dropped count as wrong.
func (e *Entry) Tests() int { return max(e.Starts, len(e.Clusters)) }

// Assess gives the clusters of e their p, q and null z, and e its E value in a
// library of so many structures: p of the correlation on grid points, q over
// all Tests. A cluster without a correlation has p 1 and no null z.
func (e *Entry) Assess(n fitting.Null, structures int) {
	p := make([]float64, len(e.Clusters))
	for i := range e.Clusters {
		p[i] = 1
		if cam := e.Clusters[i].MapCorrelation; isFinite(cam) {
			p[i] = P(n, cam)
			z := Z(n, cam)
			e.Standings[i].NullZ = &z
		}
		e.Standings[i].P = &p[i]
	}
	q := falseDiscovery(p, e.Tests())
	for i := range q {
		e.Standings[i].Q = &q[i]
	}
	if structures > 1 && len(p) > 0 {
		least := slices.Min(p) * float64(structures)
		e.EValue = &least
	}
}

// Choose returns what entries are best ranked by and sets their library z: it
// is library_z where the library is large enough, else null_z where all
// structures with a place have one, else significance_z; "" for a single one,
// whose places have the order of their scores.
func Choose(entries []Entry) Measure {
	if len(entries) < 2 {
		return ""
	}
	var atoms []int
	var z []float64
	nulls := true
	for i := range entries {
		if e := &entries[i]; len(e.Clusters) > 0 {
			atoms = append(atoms, e.Atoms)
			z = append(z, finite(e.Clusters[0].SignificanceZ))
			nulls = nulls && e.Standings[0].NullZ != nil
		}
	}
	line, err := regressOnSize(atoms, z)
	for i := range entries {
		e := &entries[i]
		for j := range e.Clusters {
			e.Standings[j].LibraryZ = nil
			if err == nil {
				z := line.z(e.Atoms, finite(e.Clusters[j].SignificanceZ))
				e.Standings[j].LibraryZ = &z
			}
		}
	}
	switch {
	case err == nil:
		return ByLibrary
	case nulls && len(z) > 0:
		return ByNull
	}
	return BySignificance
}

// of returns the measure of a placement with the given metrics and standing: the
// higher, the better; −∞ if it is not known.
func (m Measure) of(q fitting.Metrics, s Standing) float64 {
	v := &q.SignificanceZ
	switch m {
	case ByLibrary:
		v = s.LibraryZ
	case ByNull:
		v = s.NullZ
	}
	if v == nil {
		return math.Inf(-1)
	}
	return finite(*v)
}

// Structures returns the indices of entries, best first: by the measure of
// their best clusters, then by their scores. Those without a place come last.
func (m Measure) Structures(entries []Entry) []int {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &entries[i], &entries[j]
		switch {
		case len(a.Clusters) == 0 && len(b.Clusters) == 0:
			return 0
		case len(a.Clusters) == 0:
			return 1
		case len(b.Clusters) == 0:
			return -1
		}
		x, y := a.Clusters[0].Metrics, b.Clusters[0].Metrics
		return cmp.Or(cmp.Compare(m.of(y, b.Standings[0]), m.of(x, a.Standings[0])), cmp.Compare(finite(y.Score), finite(x.Score)))
	})
	return order
}

// A Place is a cluster of one of several structures, by their indices.
type Place struct{ Structure, Cluster int }

// Places returns the clusters of all entries, ranked together, where they are
// equal in the order of Structures. Those of a single entry keep their order, by
// score; of several the measure counts, for scores of different molecules
// cannot be compared.
func (m Measure) Places(entries []Entry) []Place {
	type measured struct {
		Place
		value float64
	}
	var all []measured
	for _, i := range m.Structures(entries) {
		e := &entries[i]
		for j := range e.Clusters {
			all = append(all, measured{Place{i, j}, m.of(e.Clusters[j].Metrics, e.Standings[j])})
		}
	}
	if len(entries) > 1 {
		slices.SortStableFunc(all, func(a, b measured) int { return cmp.Compare(b.value, a.value) })
	}
	places := make([]Place, len(all))
	for i, a := range all {
		places[i] = a.Place
	}
	return places
}

// Order returns the clusters of the results of one round, each with the index
// of its result, in the order that they have in fits.csv; how the clusters of
// each result stand; and what they are ranked by, "" for one structure. Results
// may be nil.
func Order(results []*fitting.Result) ([]Place, [][]Standing, Measure) {
	var entries []Entry
	var of []int // the result of each
	for i, r := range results {
		if r == nil {
			continue
		}
		e := NewEntry(r.AtomsUsed, r.Starts, r.Clusters)
		if r.Null != nil && len(results) > 1 {
			e.Assess(*r.Null, len(results))
		}
		entries, of = append(entries, e), append(of, i)
	}
	by := Choose(entries)
	places := by.Places(entries)
	for i := range places {
		places[i].Structure = of[places[i].Structure]
	}
	standings := make([][]Standing, len(results))
	for i, e := range entries {
		standings[of[i]] = e.Standings
	}
	return places, standings, by
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// finite returns v, or 0, as tables have it, for what has no value.
func finite(v float64) float64 {
	if !isFinite(v) {
		return 0
	}
	return v
}
