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
// brings its hits (field guide 6.4). Identical copies under a symmetry are
// separate places and stay separate clusters.
func Group(placements []Placement, center r3.Vec, shift, angle float64) []Cluster {
	sorted := slices.Clone(placements)
	slices.SortStableFunc(sorted, better)
	var clusters []Cluster
	var centers []r3.Vec
next:
	for _, p := range sorted {
		c := p.Motion.Apply(center)
		for i := range clusters {
			if r3.Norm(r3.Sub(c, centers[i])) <= shift && geom.Angle(p.Motion.Rotation, clusters[i].Motion.Rotation) <= angle {
				clusters[i].Hits += p.Hits
				continue next
			}
		}
		clusters = append(clusters, Cluster{Rank: len(clusters) + 1, Placement: p})
		centers = append(centers, c)
	}
	return clusters
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
