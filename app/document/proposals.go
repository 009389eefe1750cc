// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"fmt"
	"slices"
	"strings"

	"difffit/fitting/geom"
)

// Proposals returns the placements that are still to be confirmed: those of
// the latest round that was proposed, in places that were neither accepted nor
// rejected, in this round or another; the best first, as the table has them.
func (s State) Proposals() []ClusterID {
	for i := len(s.Rounds) - 1; i >= 0; i-- {
		r := s.Rounds[i]
		if r.Proposed == "" {
			continue
		}
		decisions := make([]func(geom.Rigid) Decision, len(r.Fits))
		for i, f := range r.Fits {
			decisions[i] = s.DecisionsElsewhere(r.Number, f)
		}
		var open []ClusterID
		ranked, _ := Ranking(r.Number, r.Fits)
		for _, p := range ranked {
			c := r.Fits[p.Fit].Result.Clusters[p.Cluster]
			if s.AcceptedFrom(p.ID) == nil && !s.Mark(p.ID).Rejected && decisions[p.Fit](c.Motion).IsZero() {
				open = append(open, p.ID)
			}
		}
		return open
	}
	return nil
}

// SymmetryPlaced returns the symmetry, as it was proposed, all of whose copies are
// accepted; "" if the latest proposal was another, or something of it is open or
// rejected.
func (s State) SymmetryPlaced() string {
	for _, r := range slices.Backward(s.Rounds) {
		if r.Proposed == "" {
			continue
		}
		name, is := strings.CutPrefix(r.Proposed, "symmetry ")
		rejected := slices.ContainsFunc(s.Marks, func(m *Mark) bool { return m.Rejected && m.Cluster.Round == r.Number })
		if !is || rejected || len(s.Proposals()) > 0 {
			return ""
		}
		return name
	}
	return ""
}

// RemoveRound removes what a round found. Placements that were accepted from
// it stay, as do their layers.
func (d *Document) RemoveRound(number int) error {
	return d.edit(fmt.Sprintf("Remove round %d", number), func(s *State) error {
		if s.Round(number) == nil {
			return fmt.Errorf("document: there is no round %d", number)
		}
		s.Rounds = without(s.Rounds, func(r *Round) bool { return r.Number == number })
		s.Marks = without(s.Marks, func(m *Mark) bool { return m.Cluster.Round == number })
		s.Accepted = slices.Clone(s.Accepted)
		for i, a := range s.Accepted {
			if a.Cluster.Round == number {
				q := *a
				q.Cluster = ClusterID{Structure: a.Structure}
				s.Accepted[i] = &q
			}
		}
		return nil
	})
}
