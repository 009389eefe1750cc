// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"difffit/fitting"
	"difffit/fitting/geom"
)

// MostPins is how many placements can be pinned: more views side by side are
// too small to compare anything in.
const MostPins = 8

// A Mark is what a person holds of a placement besides accepting it: that it
// is wrong, what they noted about it, that it is to be compared with others.
// It belongs to the placement, and stays with it when clusters re-form.
type Mark struct {
	Cluster   ClusterID // of which the placement is the best; Rank is 0 while it is the best of none
	Structure int       // ID
	Motion    geom.Rigid
	Rejected  bool
	Note      string
	Pin       int // pinned placements are numbered as they were pinned, from 1; 0 if it is not
}

// IsEmpty tells whether m says nothing.
func (m Mark) IsEmpty() bool { return !m.Rejected && m.Note == "" && m.Pin == 0 }

// Mark returns what is held of a cluster; the zero value if nothing is.
func (s State) Mark(id ClusterID) Mark {
	for _, m := range s.Marks {
		if m.Cluster == id && !id.IsZero() {
			return *m
		}
	}
	return Mark{}
}

// Pins returns the clusters that are pinned, in the order in which they were.
func (s State) Pins() []ClusterID {
	var pinned []*Mark
	for _, m := range s.Marks {
		if _, ok := s.Cluster(m.Cluster); ok && m.Pin > 0 {
			pinned = append(pinned, m)
		}
	}
	slices.SortStableFunc(pinned, func(a, b *Mark) int { return a.Pin - b.Pin })
	ids := make([]ClusterID, len(pinned))
	for i, m := range pinned {
		ids[i] = m.Cluster
	}
	return ids
}

// mark changes what is held of a cluster.
func (s *State) mark(id ClusterID, change func(*Mark)) error {
	c, ok := s.Cluster(id)
	if !ok {
		return errors.New("document: no placement is selected")
	}
	if s.Structure(id.Structure) == nil {
		return noStructure(id.Structure)
	}
	m := s.Mark(id)
	m.Cluster, m.Structure, m.Motion = id, id.Structure, c.Motion
	change(&m)
	at := slices.IndexFunc(s.Marks, func(m *Mark) bool { return m.Cluster == id })
	switch {
	case m.IsEmpty():
		s.Marks = without(s.Marks, func(m *Mark) bool { return m.Cluster == id })
	case at >= 0:
		s.Marks = slices.Clone(s.Marks)
		s.Marks[at] = &m
	default:
		s.Marks = append(s.Marks, &m)
	}
	return nil
}

// SetRejected says whether the placement of a cluster is wrong. An accepted one
// is withdrawn with it, unless its density is zeroed.
func (d *Document) SetRejected(id ClusterID, rejected bool) error {
	label := "Take back the rejection of "
	if rejected {
		label = "Reject "
	}
	return d.edit(label+d.state.PlaceName(id), func(s *State) error { return s.reject(id, rejected) })
}

func (s *State) reject(id ClusterID, rejected bool) error {
	if a := s.AcceptedFrom(id); a != nil && rejected {
		if s.LayerOf(a.ID) != nil {
			return fmt.Errorf("document: %s is accepted and its density zeroed; remove the zeroing first", s.PlaceName(id))
		}
		s.Accepted = without(s.Accepted, func(b *Accepted) bool { return b.ID == a.ID })
	}
	return s.mark(id, func(m *Mark) { m.Rejected = rejected })
}

// SetNote writes a note about the placement of a cluster; "" removes it.
func (d *Document) SetNote(id ClusterID, text string) error {
	text = strings.TrimSpace(text)
	if d.state.Mark(id).Note == text {
		return nil
	}
	label := "Note about "
	if text == "" {
		label = "Remove the note about "
	}
	return d.edit(label+d.state.PlaceName(id), func(s *State) error {
		return s.mark(id, func(m *Mark) { m.Note = text })
	})
}

// SetPinned says whether the placement of a cluster is compared with others.
func (d *Document) SetPinned(id ClusterID, pinned bool) error {
	label := "Unpin "
	if pinned {
		label = "Pin "
	}
	return d.edit(label+d.state.PlaceName(id), func(s *State) error { return s.pin(id, pinned) })
}

func (s *State) pin(id ClusterID, pinned bool) error {
	if pinned && s.Mark(id).Pin == 0 && len(s.Pins()) >= MostPins {
		return fmt.Errorf("document: %d placements are pinned already; unpin one first", MostPins)
	}
	last := 0
	for _, m := range s.Marks {
		last = max(last, m.Pin)
	}
	return s.mark(id, func(m *Mark) {
		switch {
		case !pinned:
			m.Pin = 0
		case m.Pin == 0:
			m.Pin = last + 1
		}
	})
}

// UnpinAll ends the comparison.
func (d *Document) UnpinAll() error {
	if len(d.state.Pins()) == 0 {
		return nil
	}
	return d.edit("Unpin all", func(s *State) error {
		for _, id := range s.Pins() {
			if err := s.mark(id, func(m *Mark) { m.Pin = 0 }); err != nil {
				return err
			}
		}
		return nil
	})
}

// Regrouped returns s with the clusters that other tolerances make, as
// SetTolerance would leave it.
func (s State) Regrouped(shift, angle float64) State {
	s = s.clip()
	s.Options.ClusterShift, s.Options.ClusterAngle = shift, angle
	s.Rounds = slices.Clone(s.Rounds)
	for i, r := range s.Rounds {
		s.Rounds[i] = regroup(s, r, shift, angle)
	}
	s.Accepted = slices.Clone(s.Accepted)
	for i, a := range s.Accepted {
		q := *a
		q.Cluster.Rank = s.rankOf(a.Cluster, a.Placement.Motion)
		s.Accepted[i] = &q
	}
	s.Marks = slices.Clone(s.Marks)
	for i, m := range s.Marks {
		q := *m
		q.Cluster.Rank = s.rankOf(m.Cluster, m.Motion)
		s.Marks[i] = &q
	}
	return s
}

// Follow returns the cluster of s in which the placement of a cluster of old
// is: the one of which it is the best, else the one that took it in; the zero
// value if there is none.
func (s State) Follow(old State, id ClusterID) ClusterID {
	was, ok := old.Cluster(id)
	if !ok {
		return ClusterID{}
	}
	if now, ok := s.Cluster(id); ok && now.Motion == was.Motion {
		return id
	}
	if rank := s.rankOf(id, was.Motion); rank > 0 {
		return ClusterID{id.Round, id.Structure, rank}
	}
	return s.holding(id, was.Motion)
}

// holding returns the cluster, in the round and of the structure of id, that
// has taken a placement in; the zero value if there is none.
func (s State) holding(id ClusterID, motion geom.Rigid) ClusterID {
	f, t := s.Fit(id), s.Structure(id.Structure)
	if f == nil || t == nil {
		return ClusterID{}
	}
	center := t.Center(f.Options.Atoms)
	for _, c := range f.Result.Clusters {
		if s.near(center, c.Motion, motion) {
			return ClusterID{id.Round, id.Structure, c.Rank}
		}
	}
	return ClusterID{}
}

// Fit returns the fit that a cluster is of, nil if there is none.
func (s State) Fit(id ClusterID) *Fit {
	r := s.Round(id.Round)
	if r == nil {
		return nil
	}
	for i := range r.Fits {
		if r.Fits[i].Structure == id.Structure {
			return &r.Fits[i]
		}
	}
	return nil
}

// Members returns the placements of a cluster, best first.
func (s State) Members(id ClusterID) []fitting.Placement {
	f, t := s.Fit(id), s.Structure(id.Structure)
	if f == nil || t == nil {
		return nil
	}
	members := fitting.Members(f.Result.Placements, t.Center(f.Options.Atoms), s.Options.ClusterShift, s.Options.ClusterAngle)
	if c, ok := s.Cluster(id); ok {
		for _, m := range members {
			if m[0].Motion == c.Motion {
				return m
			}
		}
		return []fitting.Placement{c.Placement}
	}
	return nil
}

// At returns the cluster that a person sees where a structure is placed by
// motion: that of an accepted placement, else the one of which it is the best,
// else one of which it is a member; the latest round first.
func (s State) At(structure int, motion geom.Rigid) (ClusterID, bool) {
	for _, a := range s.Accepted {
		if _, ok := s.Cluster(a.Cluster); ok && a.Structure == structure && a.Placement.Motion == motion {
			return a.Cluster, true
		}
	}
	for _, r := range slices.Backward(s.Rounds) {
		id := ClusterID{Round: r.Number, Structure: structure}
		if id.Rank = s.rankOf(id, motion); id.Rank > 0 {
			return id, true
		}
	}
	for _, r := range slices.Backward(s.Rounds) {
		id := ClusterID{Round: r.Number, Structure: structure}
		f := s.Fit(id)
		if f == nil || !slices.ContainsFunc(f.Result.Placements, func(p fitting.Placement) bool { return p.Motion == motion }) {
			continue
		}
		if id = s.holding(id, motion); !id.IsZero() {
			return id, true
		}
	}
	return ClusterID{}, false
}
