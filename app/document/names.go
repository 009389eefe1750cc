// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"cmp"
	"fmt"
	"slices"
)

// Name returns the name of a structure for tables, also of one that was removed.
func (s State) Name(structure int) string {
	if t := s.Structure(structure); t != nil {
		return t.Model.Name
	}
	return fmt.Sprintf("structure %d", structure)
}

// PlaceName returns what the placement of a cluster is called for people: the
// place is its number among those of its structure in its round, as "rank" in
// files. (The number of a row, "#", counts all structures of a round.)
func (s State) PlaceName(id ClusterID) string {
	if id.Rank < 1 {
		return s.Name(id.Structure)
	}
	return fmt.Sprintf("%s placement %d", s.Name(id.Structure), id.Rank)
}

// CopyName names the i-th accepted placement: the structure, and which of its
// copies it is.
func (s State) CopyName(i int) string {
	if i < 0 || i >= len(s.Accepted) {
		return ""
	}
	n := 0
	for _, a := range s.Accepted[:i+1] {
		if a.Structure == s.Accepted[i].Structure {
			n++
		}
	}
	return fmt.Sprintf("%s copy %d", s.Name(s.Accepted[i].Structure), n)
}

// NeighbourName names a neighbour as the accepted placement that it is.
func (s State) NeighbourName(n Neighbour) string {
	for i, a := range s.Accepted {
		if a.Structure == n.Structure && a.Placement.Motion == n.Motion {
			return s.CopyName(i)
		}
	}
	return s.Name(n.Structure)
}

// layerName returns what a layer is called in the history: with its number in
// the tree and the copy whose density it zeroes.
func (s State) layerName(id int) string {
	for i, l := range s.Layers {
		if l.ID == id {
			return fmt.Sprintf("zeroing %d of %s", i+1, cmp.Or(s.copyOf(l.Accepted), s.Name(l.Structure)))
		}
	}
	return "a zeroing"
}

// copyOf names the accepted placement with an ID, see CopyName; "" if there is
// none.
func (s State) copyOf(accepted int) string {
	return s.CopyName(slices.IndexFunc(s.Accepted, func(a *Accepted) bool { return a.ID == accepted }))
}

// NameOf names an accepted placement, see CopyName.
func (s State) NameOf(a *Accepted) string { return s.copyOf(a.ID) }

// nextCopy names the copy that the next accepted placement of a structure is.
func (s State) nextCopy(structure int) string {
	return fmt.Sprintf("%s copy %d", s.Name(structure), s.Placed(structure)+1)
}
