// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"cmp"
	"math"
	"slices"

	"difffit/fitting"
)

// A Measure is what structures are ranked by: the name of a field of Cluster.
type Measure string

// Measures, the best first. All are numbers of standard deviations.
const (
	// ByLibrary compares a structure with those of its size in the library:
	// fitting.Trend.
	ByLibrary Measure = "library_z"
	// ByNull compares a placement with the wrong ones of the same structure:
	// (atanh(map_correlation) − mean)/sigma of fitting.Null.
	ByNull Measure = "null_z"
	// BySignificance is Fisher's z, which favours large structures.
	BySignificance Measure = "significance_z"
)

// Significance says what the p values of a structure's clusters rest on, or
// why there are none.
type Significance struct {
	Reason string `json:"reason,omitempty"` // why there is no p
	// NullPlacements is how many unchosen placements were compared with, Tests
	// how many starts q takes account of.
	NullPlacements int      `json:"null_placements"`
	Tests          int      `json:"tests,omitempty"`
	Mean           *float64 `json:"null_mean,omitempty"`  // of Fisher's z
	Sigma          *float64 `json:"null_sigma,omitempty"` // of Fisher's z
	Eta0           *float64 `json:"eta0,omitempty"`
	// EValue is the least p of the clusters times the number of structures: how
	// many wrong ones of such a library are expected to be as good.
	EValue *float64 `json:"e_value,omitempty"`
}

// Assess gives the clusters of s their p, q and null z: p of the correlation on
// grid points, q over all starts, of which those that were dropped count as
// wrong. structures is the size of the library.
func (s *Structure) Assess(n fitting.Null, structures int) {
	tests := max(s.Starts, len(s.Clusters))
	s.Significance = &Significance{NullPlacements: n.Placements, Tests: tests, Mean: &n.Mean, Sigma: &n.Sigma, Eta0: &n.Eta0}
	p := make([]float64, len(s.Clusters))
	for i := range s.Clusters {
		c := &s.Clusters[i]
		p[i] = 1
		if !c.isUndefined("map_correlation") {
			p[i] = n.P(c.MapCorrelation)
			z := n.Z(c.MapCorrelation)
			c.NullZ = &z
		}
		c.P = &p[i]
	}
	q := fitting.FalseDiscovery(p, tests)
	for i := range q {
		s.Clusters[i].Q = &q[i]
	}
	if structures > 1 && len(p) > 0 {
		e := slices.Min(p) * float64(structures)
		s.Significance.EValue = &e
	}
}

// Rank chooses what structures are ranked by and puts them in order, best
// first: by their best cluster, then by its score. It is library_z where the
// library is large enough, else null_z where all structures have one, else
// significance_z. Those without a place come last.
func (f *Fits) Rank() {
	f.RankedBy = ""
	if len(f.Structures) > 1 {
		f.RankedBy = f.bestMeasure()
	}
	slices.SortStableFunc(f.Structures, func(a, b Structure) int {
		x, y := a.Best(), b.Best()
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return cmp.Or(cmp.Compare(f.measure(y), f.measure(x)), cmp.Compare(y.Score, x.Score))
	})
}

// A Place is a cluster of one of several results, by their indices, with what
// it may be ranked by: nil where that is not known.
type Place struct {
	Result, Cluster int
	NullZ, LibraryZ *float64
}

// Order returns the clusters of the results of one round in the order that
// they have in fits.csv, and what they are ranked by, "" for one structure.
// Results may be nil.
func Order(results []*fitting.Result) ([]Place, Measure) {
	f := NewFits()
	for i, r := range results {
		if r == nil {
			continue
		}
		s := Structure{AtomsUsed: r.AtomsUsed, Starts: r.Starts, Clusters: NewClusters(r.Clusters, 0), result: i}
		if r.Null != nil && len(results) > 1 {
			s.Assess(*r.Null, len(results))
		}
		f.Structures = append(f.Structures, s)
	}
	f.Rank()
	var places []Place
	for _, row := range f.Rows() {
		s := &f.Structures[row.Structure]
		places = append(places, Place{s.result, row.index, row.NullZ, row.LibraryZ})
	}
	return places, f.RankedBy
}

func (f *Fits) bestMeasure() Measure {
	var atoms []int
	var z []float64
	nulls := true
	for i := range f.Structures {
		s := &f.Structures[i]
		if b := s.Best(); b != nil {
			atoms = append(atoms, s.AtomsUsed)
			z = append(z, b.SignificanceZ)
			nulls = nulls && b.NullZ != nil
		}
	}
	trend, err := fitting.FitTrend(atoms, z)
	for i := range f.Structures {
		s := &f.Structures[i]
		for j := range s.Clusters {
			c := &s.Clusters[j]
			c.LibraryZ = nil
			if err == nil {
				z := trend.Z(s.AtomsUsed, c.SignificanceZ)
				c.LibraryZ = &z
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

// measure returns what c is ranked by.
func (f *Fits) measure(c *Cluster) float64 {
	v := &c.SignificanceZ
	switch f.RankedBy {
	case ByLibrary:
		v = c.LibraryZ
	case ByNull:
		v = c.NullZ
	}
	if v == nil {
		return math.Inf(-1)
	}
	return *v
}
