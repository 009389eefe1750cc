// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"math"
	"slices"

	"difffit/fitting"
	"difffit/fitting/rank"
)

// A Ranked cluster is one of the fits of a round, with what placements of
// several structures are compared by. Both are numbers of standard deviations,
// NaN where they are not known.
type Ranked struct {
	ID           ClusterID
	Fit, Cluster int     // indices: of the fit, and of the cluster in its result
	NullZ        float64 // above the wrong placements of its structure: fitting.Null
	LibraryZ     float64 // above the structures of its size in the library: docs/adr/0005-libraries.md
}

// Ranking returns the clusters of the fits of round number in the order that
// fits.csv has, and the name there of what that goes by, "" for one structure,
// whose placements go by score: see rank.Order. Results may be nil.
func Ranking(number int, fits []Fit) (ranked []Ranked, by string) {
	results := make([]*fitting.Result, len(fits))
	for i, f := range fits {
		results[i] = f.Result
	}
	places, standings, measure := rank.Order(results)
	known := func(v *float64) float64 {
		if v == nil {
			return math.NaN()
		}
		return *v
	}
	ranked = make([]Ranked, len(places))
	for i, p := range places {
		f, s := fits[p.Structure], standings[p.Structure][p.Cluster]
		id := ClusterID{number, f.Structure, f.Result.Clusters[p.Cluster].Rank}
		ranked[i] = Ranked{id, p.Structure, p.Cluster, known(s.NullZ), known(s.LibraryZ)}
	}
	return ranked, string(measure)
}

// Order returns the clusters of the fits of round number as people are shown
// them: what is to be believed first, then by the score in the map as it was
// opened, then as in Ranking. What an order goes by must be seen.
func Order(number int, fits []Fit) []ClusterID {
	ranked, _ := Ranking(number, fits)
	slices.SortStableFunc(ranked, func(a, b Ranked) int { return compareShown(fits, b, a) })
	ids := make([]ClusterID, len(ranked))
	for i, r := range ranked {
		ids[i] = r.ID
	}
	return ids
}

// compareShown compares two clusters of fits so that what is shown first is greater.
func compareShown(fits []Fit, a, b Ranked) int {
	of := func(r Ranked) (fitting.Verdict, float64) {
		f := fits[r.Fit].Result
		p := f.Clusters[r.Cluster].Placement
		return p.Verdict(f.Resolution.Value), p.InWhole().Score
	}
	v, s := of(a)
	w, t := of(b)
	return cmp.Or(cmp.Compare(v, w), cmp.Compare(s, t))
}
