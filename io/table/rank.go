// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"math"

	"difffit/fitting"
	"difffit/fitting/rank"
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
	EValue         *float64 `json:"e_value,omitempty"` // see rank.Entry
}

// Assess writes down how the clusters of s stand among its wrong placements, in
// a library of so many structures: see rank.Entry.Assess.
func (s *Structure) Assess(n fitting.Null, structures int) {
	e := s.entry()
	e.Assess(n, structures)
	s.setStandings(e)
	s.Significance = &Significance{NullPlacements: n.Placements, Tests: e.Tests(), Mean: &n.Mean, Sigma: &n.Sigma, Eta0: &n.Eta0, EValue: e.EValue}
}

// Rank puts the structures in the order of package rank, best first, and says
// by what.
func (f *Fits) Rank() {
	entries := f.entries()
	f.RankedBy = rank.Choose(entries)
	ranked := make([]Structure, 0, len(entries))
	for _, i := range f.RankedBy.Structures(entries) {
		f.Structures[i].setStandings(entries[i])
		ranked = append(ranked, f.Structures[i])
	}
	f.Structures = ranked
}

func (f *Fits) entries() []rank.Entry {
	entries := make([]rank.Entry, len(f.Structures))
	for i := range f.Structures {
		entries[i] = f.Structures[i].entry()
	}
	return entries
}

// entry returns s as package rank has it. A metric without a value, which is
// written as 0, is not a number again.
func (s *Structure) entry() rank.Entry {
	clusters := make([]fitting.Cluster, len(s.Clusters))
	for i := range s.Clusters {
		c := &s.Clusters[i]
		clusters[i].Metrics = c.Metrics
		for _, name := range c.Undefined {
			if v := MetricOf(&clusters[i].Metrics, name); v != nil {
				*v = math.NaN()
			}
		}
	}
	e := rank.NewEntry(s.AtomsUsed, s.Starts, clusters)
	for i := range s.Clusters {
		e.Standings[i] = s.Clusters[i].Standing
	}
	return e
}

func (s *Structure) setStandings(e rank.Entry) {
	for i := range s.Clusters {
		s.Clusters[i].Standing = e.Standings[i]
	}
}
