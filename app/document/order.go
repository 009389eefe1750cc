// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"difffit/fitting"
	"difffit/fitting/rank"
)

// Order returns the clusters of the fits of round number in the order that
// fits.csv has: see rank.Order.
func Order(number int, fits []Fit) []ClusterID {
	results := make([]*fitting.Result, len(fits))
	for i, f := range fits {
		results[i] = f.Result
	}
	places, _ := rank.Order(results)
	ids := make([]ClusterID, len(places))
	for i, p := range places {
		f := fits[p.Structure]
		ids[i] = ClusterID{number, f.Structure, f.Result.Clusters[p.Cluster].Rank}
	}
	return ids
}
