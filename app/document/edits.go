// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"difffit/fitting"
	"difffit/fitting/geom"
)

// SetMap opens m in place of the present map. What was found in another map
// goes with it.
func (d *Document) SetMap(m *Map) error {
	return d.edit("Open map "+m.Name, func(s *State) error {
		s.setMap(m)
		return nil
	})
}

// setMap puts another map in place, or none.
func (s *State) setMap(m *Map) {
	s.Map = m
	s.Rounds, s.Accepted, s.Layers, s.Marks = nil, nil, nil, nil
	s.Options.Level = nil // the units are others
}

// AddStructures adds structures, which get their IDs here.
func (d *Document) AddStructures(added ...*Structure) error {
	if len(added) == 0 {
		return nil
	}
	for i, t := range added {
		if t.Model == nil {
			return fmt.Errorf("document: structure %d of those to add has no atoms", i+1)
		}
	}
	label := fmt.Sprintf("Add %d structures", len(added))
	if len(added) == 1 {
		label = "Add structure " + added[0].Model.Name
	}
	return d.edit(label, func(s *State) error {
		for _, a := range added {
			s.Structures = append(s.Structures, a.WithID(next(&s.Last.Structure)))
		}
		return nil
	})
}

// RemoveStructures removes structures and what was found for them, as one step:
// all or none. A structure whose density is zeroed by a layer stays: the layer
// needs it.
func (d *Document) RemoveStructures(ids ...int) error {
	if len(ids) == 0 {
		return nil
	}
	label := fmt.Sprintf("Remove %d structures", len(ids))
	if len(ids) == 1 {
		label = "Remove structure " + d.state.Name(ids[0])
	}
	return d.edit(label, func(s *State) error {
		for _, id := range ids {
			if err := s.remove(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// remove removes a structure and what was found for it.
func (s *State) remove(id int) error {
	if s.Structure(id) == nil {
		return noStructure(id)
	}
	for _, l := range s.Layers {
		if slices.Contains(l.structures(), id) {
			return fmt.Errorf("document: %s has zeroed density; remove the zeroing first", s.Name(id))
		}
	}
	s.Structures = without(s.Structures, func(t *Structure) bool { return t.ID == id })
	s.Accepted = without(s.Accepted, func(a *Accepted) bool { return a.Structure == id })
	s.Marks = without(s.Marks, func(m *Mark) bool { return m.Structure == id })
	rounds := s.Rounds
	s.Rounds = nil
	for _, r := range rounds {
		q := *r
		q.Fits = without(r.Fits, func(f Fit) bool { return f.Structure == id })
		for i := range q.Fits {
			q.Fits[i].leave(func(l *Layer) bool { return slices.Contains(l.structures(), id) })
		}
		q.Basis = r.Basis.without(id)
		if len(q.Fits) > 0 {
			s.Rounds = append(s.Rounds, &q)
		}
	}
	return nil
}

// SetFits says whether structures take part in the next fit, as one step.
func (d *Document) SetFits(fit bool, ids ...int) error {
	if len(ids) == 0 {
		return nil
	}
	what := fmt.Sprintf("%d structures", len(ids))
	if len(ids) == 1 {
		what = d.state.Name(ids[0])
	}
	label := "Leave out " + what
	if fit {
		label = "Fit " + what
	}
	return d.edit(label, func(s *State) error {
		for _, id := range ids {
			if err := s.structure(id, func(t *Structure) { t.Fit = fit }); err != nil {
				return err
			}
		}
		return nil
	})
}

// structure changes the structure with an ID.
func (s *State) structure(id int, change func(*Structure)) error {
	list, ok := changed(s.Structures, func(t *Structure) bool { return t.ID == id }, change)
	if !ok {
		return noStructure(id)
	}
	s.Structures = list
	return nil
}

// changed returns a list in which the first that is meant is another, changed
// one, and whether there is one.
func changed[T any](list []*T, is func(*T) bool, change func(*T)) ([]*T, bool) {
	i := slices.IndexFunc(list, is)
	if i < 0 {
		return list, false
	}
	q := *list[i]
	change(&q)
	list = slices.Clone(list)
	list[i] = &q
	return list, true
}

func noStructure(id int) error { return fmt.Errorf("document: there is no structure %d", id) }

// SetOptions replaces the options of the next fit; wrong ones are refused.
func (d *Document) SetOptions(label string, o fitting.Options) error {
	if err := o.Validate(); err != nil {
		return err
	}
	return d.edit(label, func(s *State) error { s.Options = o; return nil })
}

// SetTolerance says which placements are one cluster, and groups what was
// found so far anew. An accepted placement stays what it is; it belongs to the
// cluster that it is the best of, or to none.
func (d *Document) SetTolerance(shift, angle float64) error {
	o := d.state.Options
	o.ClusterShift, o.ClusterAngle = shift, angle
	if err := o.Validate(); err != nil {
		return err
	}
	return d.edit(fmt.Sprintf("Merge placements within %g Å and %g°", shift, angle), func(s *State) error {
		*s = s.Regrouped(shift, angle)
		return nil
	})
}

// regroup returns r with other clusters.
func regroup(s State, r *Round, shift, angle float64) *Round {
	q := *r
	q.Fits = slices.Clone(r.Fits)
	for i, f := range r.Fits {
		t := s.Structure(f.Structure)
		if t == nil {
			continue
		}
		result := *f.Result
		result.Clusters = fitting.Group(result.Placements, t.Center(f.Options.Atoms), shift, angle)
		q.Fits[i].Result = &result
	}
	return &q
}

// rankOf returns the rank of the cluster, in the round and of the structure of
// id, of which a placement is the best; 0 if it is the best of none.
func (s State) rankOf(id ClusterID, motion geom.Rigid) int {
	if f := s.Fit(id); f != nil {
		for _, c := range f.Result.Clusters {
			if c.Motion == motion {
				return c.Rank
			}
		}
	}
	return 0
}

// Accept records the placement of a cluster as right.
func (d *Document) Accept(id ClusterID) error {
	return d.edit("Accept "+d.state.nextCopy(id.Structure), func(s *State) error { return s.accept(id) })
}

func (s *State) accept(id ClusterID) error {
	c, ok := s.Cluster(id)
	if !ok {
		return errors.New("document: no placement is selected, nothing to accept")
	}
	if s.Structure(id.Structure) == nil {
		return noStructure(id.Structure)
	}
	if s.AcceptedFrom(id) != nil {
		return fmt.Errorf("document: %s of round %d is accepted already", s.PlaceName(id), id.Round)
	}
	s.Accepted = append(s.Accepted, &Accepted{
		ID:        next(&s.Last.Accepted),
		Cluster:   id,
		Structure: id.Structure,
		Placement: c.Placement,
		Copy:      s.NextCopy(id),
		Alone:     len(s.Structures) == 1,
	})
	return s.mark(id, func(m *Mark) { m.Rejected = false })
}

// Withdraw takes an accepted placement back. Its layer, if any, stays.
func (d *Document) Withdraw(accepted int) error {
	return d.edit("Withdraw "+cmp.Or(d.state.copyOf(accepted), "placement"), func(s *State) error {
		if !slices.ContainsFunc(s.Accepted, func(a *Accepted) bool { return a.ID == accepted }) {
			return fmt.Errorf("document: there is no accepted placement %d", accepted)
		}
		s.Accepted = without(s.Accepted, func(a *Accepted) bool { return a.ID == accepted })
		s.untie(accepted)
		return nil
	})
}

// untie lets the layer of an accepted placement be that of none.
func (s *State) untie(accepted int) {
	s.Layers = slices.Clone(s.Layers)
	for i, l := range s.Layers {
		if l.Accepted == accepted {
			q := *l
			q.Accepted = 0
			s.Layers[i] = &q
		}
	}
}

// acceptedAt returns the accepted placement where l zeroes density.
func (s State) acceptedAt(l *Layer) *Accepted {
	for _, a := range s.Accepted {
		if a.Structure == l.Structure && a.Placement.Motion == l.Motion {
			return a
		}
	}
	return nil
}

// SetLayer switches a layer on or off.
func (d *Document) SetLayer(id int, on bool) error {
	label := "Switch off "
	if on {
		label = "Switch on "
	}
	return d.edit(label+d.state.layerName(id), func(s *State) error {
		return s.layer(id, func(l *Layer) { l.On = on })
	})
}

// RemoveLayer removes a layer.
func (d *Document) RemoveLayer(id int) error {
	return d.edit("Remove "+d.state.layerName(id), func(s *State) error {
		if s.layerWith(id) == nil {
			return noLayer(id)
		}
		s.Layers = without(s.Layers, func(l *Layer) bool { return l.ID == id })
		return nil
	})
}

// without returns a new list of those that are not dropped, nil if all are.
func without[T any](list []T, drop func(T) bool) []T {
	var kept []T
	for _, t := range list {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	return kept
}
