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

// Outstanding are placements of one structure whose scores are far from those of
// its others.
type Outstanding struct {
	IDs        []ClusterID // the best first
	Best, Last float64     // their scores in the map as it was opened
	Next       float64     // of the best of the others
}

// What makes placements stand out: the worst of them has so many times the score of
// the best of the others, of which there are so many, and so much at least
// (docs/adr/0030-words-and-numbers.md has how often they are right).
const (
	outstandingTimes  = 2.5
	outstandingOthers = 3
	outstandingScore  = 0.05
	mostOutstanding   = 60 // of one structure
)

// Outstanding returns, of the structures of the last round of which copies are
// missing, the placements that nobody has decided about, that are not to be believed
// by themselves, and that stand out. They are for a person to look at: that
// others are much worse is no proof, and only that.
func (s State) Outstanding() []Outstanding {
	if len(s.Rounds) == 0 {
		return nil
	}
	r := s.Rounds[len(s.Rounds)-1]
	var all []Outstanding
	for _, f := range r.Fits {
		if _, more := s.Missing(f.Structure); !more || f.Result == nil || s.Structure(f.Structure) == nil {
			continue
		}
		if o := s.OutstandingOf(r.Number, f); len(o.IDs) > 0 {
			all = append(all, o)
		}
	}
	slices.SortStableFunc(all, func(a, b Outstanding) int { return cmp.Compare(b.Best, a.Best) })
	return all
}

// OutstandingOf returns those of one fit of a round, be copies missing or not.
func (s State) OutstandingOf(round int, f Fit) (o Outstanding) {
	decided := s.DecisionsElsewhere(round, f)
	clusters := slices.DeleteFunc(slices.Clone(f.Result.Clusters), func(c fitting.Cluster) bool {
		id := ClusterID{round, f.Structure, c.Rank}
		return s.AcceptedFrom(id) != nil || s.Mark(id).Rejected || !decided(c.Motion).IsZero()
	})
	score := func(c fitting.Cluster) float64 { return c.InWhole().Score }
	slices.SortStableFunc(clusters, func(a, b fitting.Cluster) int { return cmp.Compare(score(b), score(a)) })
	for k := 1; k <= min(mostOutstanding, len(clusters)-outstandingOthers); k++ {
		last, next := score(clusters[k-1]), score(clusters[k])
		if !(last >= outstandingScore) {
			break
		}
		if last < outstandingTimes*next {
			continue
		}
		for _, c := range clusters[:k] {
			if c.Verdict(f.Result.Resolution.Value) != fitting.VerdictYes {
				o.IDs = append(o.IDs, ClusterID{round, f.Structure, c.Rank})
				o.Last = score(c)
			}
		}
		if len(o.IDs) > 0 {
			first, _ := s.Cluster(o.IDs[0])
			o.Best, o.Next = first.InWhole().Score, next
		}
		return o
	}
	return o
}
