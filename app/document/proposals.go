// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// SetCopies says how many copies of a structure are in the map; 0 takes that
// back.
func (d *Document) SetCopies(id, copies int) error {
	t := d.state.Structure(id)
	switch {
	case copies < 0 || copies > 10000:
		return fmt.Errorf("document: %d copies, want 1 to 10000, or 0 if it is not known", copies)
	case t == nil:
		return noStructure(id)
	case t.Copies == copies:
		return nil
	}
	return d.edit(fmt.Sprintf("Expect %d of %s", copies, t.Model.Name), func(s *State) error {
		return s.structure(id, func(t *Structure) { t.Copies = copies })
	})
}

// Placed returns how many placements of a structure are accepted.
func (s State) Placed(structure int) int {
	n := 0
	for _, a := range s.Accepted {
		if a.Structure == structure {
			n++
		}
	}
	return n
}

// Open returns the structures that take part in fits and of which copies are
// missing, as far as is known.
func (s State) Open() []*Structure {
	var open []*Structure
	for _, t := range s.Fitted() {
		if t.Copies == 0 || s.Placed(t.ID) < t.Copies {
			open = append(open, t)
		}
	}
	return open
}

// Proposals returns the placements that are still to be confirmed: those of
// the latest round that was proposed, in places that were neither accepted nor
// rejected, in this round or another; the most significant first.
func (s State) Proposals() []ClusterID {
	for i := len(s.Rounds) - 1; i >= 0; i-- {
		r := s.Rounds[i]
		if r.Proposed == "" {
			continue
		}
		var open []ClusterID
		for _, f := range r.Fits {
			decision := s.DecisionsElsewhere(r.Number, f)
			for _, c := range f.Result.Clusters {
				id := ClusterID{r.Number, f.Structure, c.Rank}
				if s.AcceptedFrom(id) == nil && !s.Mark(id).Rejected && decision(c.Motion).IsZero() {
					open = append(open, id)
				}
			}
		}
		slices.SortStableFunc(open, func(a, b ClusterID) int {
			ca, _ := s.Cluster(a)
			cb, _ := s.Cluster(b)
			return cmp.Compare(cb.SignificanceZ, ca.SignificanceZ)
		})
		return open
	}
	return nil
}

// AcceptAll records the placements of clusters as right, as one step.
func (d *Document) AcceptAll(ids []ClusterID) error {
	if len(ids) == 0 {
		return errors.New("document: nothing to accept")
	}
	label := fmt.Sprintf("Accept %d proposals", len(ids))
	if len(ids) == 1 {
		label = "Accept " + d.state.nextCopy(ids[0].Structure)
	}
	return d.edit(label, func(s *State) error {
		for _, id := range ids {
			if err := s.accept(id); err != nil {
				return err
			}
		}
		return nil
	})
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
