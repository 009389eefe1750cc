// SPDX-License-Identifier: BSD-3-Clause

package rank_test

import (
	"fmt"

	"difffit/fitting"
	"difffit/fitting/rank"
)

// Scores of different structures cannot be compared: of a few structures the
// significance z says which comes first.
func ExampleOrder() {
	found := func(atoms int, score, z float64) *fitting.Result {
		m := fitting.Metrics{Score: score, SignificanceZ: z, MapCorrelation: score}
		return &fitting.Result{AtomsUsed: atoms, Starts: 512, Clusters: []fitting.Cluster{{Rank: 1, Placement: fitting.Placement{Metrics: m}}}}
	}
	names := []string{"helix", "domain", "chain"}
	places, _, by := rank.Order([]*fitting.Result{found(150, 0.55, 8), found(1200, 0.45, 31), found(4000, 0.2, 19)})
	fmt.Println("by", by)
	for _, p := range places {
		fmt.Println(names[p.Structure])
	}

	// Output:
	// by significance_z
	// domain
	// chain
	// helix
}
