// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"fmt"
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// Apart returns how far two places of a structure are from each other, in
// ångström RMSD over all its atoms.
func (t *Structure) Apart(a, b geom.Rigid) float64 {
	m := t.extent(mol.AllAtoms).moments
	return m.RMSD(a, b)
}

// gyration returns the radius of gyration of all atoms, in ångström.
func (t *Structure) gyration() float64 {
	m := t.extent(mol.AllAtoms).moments.Second
	return math.Sqrt(m[0][0] + m[1][1] + m[2][2])
}

// leastApart is how far apart two copies of a structure are at least, in ångström
// RMSD, however small it is.
const leastApart = 2

// InPlaceOf returns the accepted placement in whose place a structure is where
// motion puts it: two copies cannot be nearer to each other than half the radius
// of gyration. It is nil if there is none.
func (s State) InPlaceOf(structure int, motion geom.Rigid) *Accepted {
	t := s.Structure(structure)
	if t == nil {
		return nil
	}
	var best *Accepted
	least := max(t.gyration()/2, leastApart)
	for _, a := range s.Accepted {
		if a.Structure != structure {
			continue
		}
		if d := t.Apart(a.Placement.Motion, motion); d < least {
			best, least = a, d
		}
	}
	return best
}

// Replaced returns the accepted placement that a placement of a Fit in map is to
// take the place of, nil if it is in that of none: a copy that was moved by hand and
// fitted again is the same copy, not one more.
func (s State) Replaced(id ClusterID) *Accepted {
	f := s.Fit(id)
	c, ok := s.Cluster(id)
	if !ok || f == nil || f.Start == nil || s.AcceptedFrom(id) != nil {
		return nil
	}
	return s.InPlaceOf(id.Structure, c.Motion)
}

// IsOpen tells whether nobody has accepted a placement, nor one in its place.
func (s State) IsOpen(id ClusterID) bool {
	return s.AcceptedFrom(id) == nil && s.Replaced(id) == nil && !s.DecidedElsewhere(id).Accepted
}

// Relocate lets an accepted placement, by its ID, be that of another cluster of its
// structure, as one step. It stays the same copy. What zeroes its density where it
// was stays, and is of no accepted placement any more.
func (d *Document) Relocate(accepted int, id ClusterID) error {
	label := "Put " + cmp.Or(d.state.copyOf(accepted), "a placement") + " elsewhere"
	return d.edit(label, func(s *State) error { return s.relocate(accepted, id) })
}

func (s *State) relocate(accepted int, id ClusterID) error {
	c, ok := s.Cluster(id)
	if !ok || s.AcceptedFrom(id) != nil {
		return fmt.Errorf("document: %s of round %d is no placement that another can be put at", s.PlaceName(id), id.Round)
	}
	list, ok := changed(s.Accepted, func(a *Accepted) bool { return a.ID == accepted && a.Structure == id.Structure }, func(a *Accepted) {
		a.Cluster, a.Placement = id, c.Placement
	})
	if !ok {
		return fmt.Errorf("document: there is no accepted placement %d of %s", accepted, s.Name(id.Structure))
	}
	s.Accepted = list
	s.untie(accepted)
	return s.mark(id, func(m *Mark) { m.Rejected = false })
}
