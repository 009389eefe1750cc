// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"slices"

	"difffit/fitting"
	"difffit/fitting/geom"
)

// Significant returns the placements that are to be believed by themselves (see
// fitting.Placement.Doubt) and that nobody has decided about: none of them is
// accepted or rejected, nor in a place that is. A place that several rounds have
// found is named once, as the latest has it. The best come first, by the score in
// the map as it was opened.
func (s State) Significant() []ClusterID {
	type found struct {
		id     ClusterID
		motion geom.Rigid
		score  float64
	}
	var all []found
	for _, r := range slices.Backward(s.Rounds) {
		for _, f := range r.Fits {
			t := s.Structure(f.Structure)
			if t == nil || f.Result == nil {
				continue
			}
			decision, center := s.DecisionsElsewhere(r.Number, f), t.Center(f.Options.Atoms)
			later := all
			for _, c := range f.Result.Clusters {
				id := ClusterID{r.Number, f.Structure, c.Rank}
				if c.Score < fitting.MinScore || c.Doubt(f.Result.Resolution.Value) != "" || // the first spares most the second
					s.AcceptedFrom(id) != nil || s.Mark(id).Rejected || !decision(c.Motion).IsZero() {
					continue
				}
				if !slices.ContainsFunc(later, func(q found) bool { return q.id.Structure == id.Structure && s.near(center, q.motion, c.Motion) }) {
					all = append(all, found{id, c.Motion, c.InWhole().Score})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	ids := make([]ClusterID, len(all))
	for i, q := range all {
		ids[i] = q.id
	}
	return ids
}

// Acceptable returns those of Significant of whose structures copies are missing.
func (s State) Acceptable() []ClusterID {
	var ids []ClusterID
	for _, id := range s.Significant() {
		if _, more := s.Missing(id.Structure); more {
			ids = append(ids, id)
		}
	}
	return ids
}
