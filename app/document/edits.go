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
	return d.Edit("Open map "+m.Name, func(s *State) error {
		s.Map = m
		s.Rounds, s.Accepted, s.Layers, s.Marks = nil, nil, nil, nil
		s.Options.Level = nil // the units are others
		return nil
	})
}

// AddStructures adds structures, which get their IDs here.
func (d *Document) AddStructures(added ...*Structure) error {
	if len(added) == 0 {
		return nil
	}
	label := fmt.Sprintf("Add %d structures", len(added))
	if len(added) == 1 {
		label = "Add structure " + added[0].Model.Name
	}
	return d.Edit(label, func(s *State) error {
		for _, a := range added {
			t := *a
			t.ID = nextID(s.Structures, func(t *Structure) int { return t.ID })
			s.Structures = append(s.Structures, &t)
		}
		return nil
	})
}

// RemoveStructure removes a structure and what was found for it. A structure
// whose density is zeroed by a layer stays: the layer needs it.
func (d *Document) RemoveStructure(id int) error {
	return d.Edit("Remove structure "+d.state.Name(id), func(s *State) error {
		for _, l := range s.Layers {
			if l.Structure == id || slices.ContainsFunc(l.Beside, func(n Neighbour) bool { return n.Structure == id }) {
				return fmt.Errorf("document: %s is used by a zero-out layer; remove the layer first", s.Name(id))
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
			q.Basis = r.Basis.without(id)
			if len(q.Fits) > 0 {
				s.Rounds = append(s.Rounds, &q)
			}
		}
		return nil
	})
}

// SetFit says whether a structure takes part in the next fit.
func (d *Document) SetFit(id int, fit bool) error {
	label := "Leave out " + d.state.Name(id)
	if fit {
		label = "Fit " + d.state.Name(id)
	}
	return d.Edit(label, func(s *State) error {
		s.Structures = slices.Clone(s.Structures)
		for i, t := range s.Structures {
			if t.ID == id {
				q := *t
				q.Fit = fit
				s.Structures[i] = &q
			}
		}
		return nil
	})
}

// SetOptions replaces the options of the next fit; wrong ones are refused.
func (d *Document) SetOptions(label string, o fitting.Options) error {
	if err := o.Validate(); err != nil {
		return err
	}
	return d.Edit(label, func(s *State) error { s.Options = o; return nil })
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
	return d.Edit(fmt.Sprintf("Change cluster tolerance to %g Å, %g°", shift, angle), func(s *State) error {
		*s = s.Regrouped(shift, angle)
		return nil
	})
}

// regroup returns r with other clusters.
func regroup(s State, r *Round, shift, angle float64) *Round {
	q := *r
	q.Fits = slices.Clone(r.Fits)
	for i, f := range r.Fits {
		center := s.Structure(f.Structure).Model.Centroid(f.Options.Atoms)
		result := *f.Result
		result.Clusters = fitting.Group(result.Placements, center, shift, angle)
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

// AddRound adds what a fit found; the number of the round is given here and returned.
func (d *Document) AddRound(engine fitting.Info, fits []Fit) (int, error) {
	number := nextID(d.state.Rounds, func(r *Round) int { return r.Number })
	return number, d.Edit(fmt.Sprintf("Fit, round %d", number), func(s *State) error {
		if len(fits) == 0 {
			return errors.New("document: a round without a fit")
		}
		s.Rounds = append(s.Rounds, &Round{Number: number, Engine: engine, Fits: fits})
		return nil
	})
}

// Accept records the placement of a cluster as right.
func (d *Document) Accept(id ClusterID) error {
	return d.Edit("Accept "+d.state.nextCopy(id.Structure), func(s *State) error { return s.accept(id) })
}

func (s *State) accept(id ClusterID) error {
	c, ok := s.Cluster(id)
	if !ok {
		return errors.New("document: no placement is selected, nothing to accept")
	}
	if s.AcceptedFrom(id) != nil {
		return fmt.Errorf("document: %s of round %d is accepted already", s.PlaceName(id), id.Round)
	}
	s.Accepted = append(s.Accepted, &Accepted{
		ID:        nextID(s.Accepted, func(a *Accepted) int { return a.ID }),
		Cluster:   id,
		Structure: id.Structure,
		Placement: c.Placement,
	})
	return s.mark(id, func(m *Mark) { m.Rejected = false })
}

// Withdraw takes an accepted placement back. Its layer, if any, stays.
func (d *Document) Withdraw(accepted int) error {
	return d.Edit("Withdraw "+cmp.Or(d.state.copyOf(accepted), "placement"), func(s *State) error {
		s.Accepted = without(s.Accepted, func(a *Accepted) bool { return a.ID == accepted })
		s.Layers = slices.Clone(s.Layers)
		for i, l := range s.Layers {
			if l.Accepted == accepted {
				q := *l
				q.Accepted = 0
				s.Layers[i] = &q
			}
		}
		return nil
	})
}

// AddLayer adds a layer on top and gives it its ID.
func (d *Document) AddLayer(l *Layer) error {
	return d.Edit("Zero out "+cmp.Or(d.state.copyOf(l.Accepted), d.state.Name(l.Structure)), func(s *State) error {
		s.Layers = append(s.Layers, s.Next(l))
		return nil
	})
}

// AddZeroing accepts the clusters ids, where they are not accepted yet, and
// adds the layer of each, as one step.
func (d *Document) AddZeroing(ids []ClusterID, layers []*Layer) error {
	if len(ids) != len(layers) || len(ids) == 0 {
		return fmt.Errorf("document: %d layers for %d placements", len(layers), len(ids))
	}
	label := fmt.Sprintf("Zero out %d placements", len(layers))
	if len(layers) == 1 {
		label = "Zero out " + d.state.nextCopy(layers[0].Structure)
		if a := d.state.acceptedAt(layers[0]); a != nil {
			label = "Zero out " + d.state.copyOf(a.ID)
		}
	}
	return d.Edit(label, func(s *State) error {
		for i, l := range layers {
			a := s.acceptedAt(l)
			if a == nil {
				if err := s.accept(ids[i]); err != nil {
					return err
				}
				a = s.Accepted[len(s.Accepted)-1]
			}
			q := s.Next(l)
			q.Accepted = a.ID
			s.Layers = append(s.Layers, q)
		}
		return nil
	})
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

// Next returns l with the ID that it would get.
func (s State) Next(l *Layer) *Layer {
	q := *l
	q.ID = nextID(s.Layers, func(l *Layer) int { return l.ID })
	return &q
}

// SetLayer switches a layer on or off.
func (d *Document) SetLayer(id int, on bool) error {
	label := "Switch off "
	if on {
		label = "Switch on "
	}
	return d.Edit(label+d.state.layerName(id), func(s *State) error {
		s.Layers = slices.Clone(s.Layers)
		for i, l := range s.Layers {
			if l.ID == id {
				q := *l
				q.On = on
				s.Layers[i] = &q
			}
		}
		return nil
	})
}

// RemoveLayer removes a layer.
func (d *Document) RemoveLayer(id int) error {
	return d.Edit("Remove "+d.state.layerName(id), func(s *State) error {
		s.Layers = without(s.Layers, func(l *Layer) bool { return l.ID == id })
		return nil
	})
}

// layerName returns what a layer is called in the history: with its number in
// the tree and the copy whose density it zeroes.
func (s State) layerName(id int) string {
	for i, l := range s.Layers {
		if l.ID == id {
			return fmt.Sprintf("layer %d of %s", i+1, cmp.Or(s.copyOf(l.Accepted), s.Name(l.Structure)))
		}
	}
	return "a layer"
}

// copyOf names the accepted placement with an ID, see CopyName; "" if there is
// none.
func (s State) copyOf(accepted int) string {
	return s.CopyName(slices.IndexFunc(s.Accepted, func(a *Accepted) bool { return a.ID == accepted }))
}

// nextCopy names the copy that the next accepted placement of a structure is.
func (s State) nextCopy(structure int) string {
	return fmt.Sprintf("%s copy %d", s.Name(structure), s.Placed(structure)+1)
}

// nextID returns one more than the greatest ID, so that numbers are not used
// for two things in one state.
func nextID[T any](list []T, id func(T) int) int {
	next := 1
	for _, t := range list {
		next = max(next, id(t)+1)
	}
	return next
}

// without returns a new list of those that are not dropped.
func without[T any](list []T, drop func(T) bool) []T {
	kept := make([]T, 0, len(list))
	for _, t := range list {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	return kept
}
