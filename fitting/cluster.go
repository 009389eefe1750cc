// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"cmp"
	"slices"

	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

// Group makes clusters of placements, best score first. Greedily from the
// best down: a placement joins the first cluster whose best one is within
// shift (ångström, between the images of center) and angle (degrees), and
// brings its hits (docs/adr/0016-score.md). Identical copies under a symmetry are
// separate places and stay separate clusters.
func Group(placements []Placement, center r3.Vec, shift, angle float64) []Cluster {
	groups := Members(placements, center, shift, angle)
	clusters := make([]Cluster, len(groups))
	for i, members := range groups {
		clusters[i] = Cluster{Rank: i + 1, Placement: members[0]}
		for _, p := range members[1:] {
			clusters[i].Hits += p.Hits
		}
	}
	return clusters
}

// Members returns the placements of each of the clusters that Group makes, the
// best first.
func Members(placements []Placement, center r3.Vec, shift, angle float64) [][]Placement {
	sorted := slices.Clone(placements)
	slices.SortStableFunc(sorted, better)
	var groups [][]Placement
	var centers []r3.Vec
next:
	for _, p := range sorted {
		c := p.Motion.Apply(center)
		for i, members := range groups {
			if r3.Norm(r3.Sub(c, centers[i])) <= shift && geom.Angle(p.Motion.Rotation, members[0].Motion.Rotation) <= angle {
				groups[i] = append(members, p)
				continue next
			}
		}
		groups = append(groups, []Placement{p})
		centers = append(centers, c)
	}
	return groups
}

// better orders placements, best first.
func better(a, b Placement) int {
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	if c := cmp.Compare(b.SignificanceZ, a.SignificanceZ); c != 0 {
		return c
	}
	return cmp.Compare(b.Hits, a.Hits)
}
