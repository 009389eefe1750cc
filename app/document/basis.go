// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"slices"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// A Basis is what proposed placements were made from, beside the map as it was
// opened: work.Proposer makes them, and makes them again from it. It has
// either a composite or a symmetry.
type Basis struct {
	Options   fitting.Options  // as fits have them, without the number of threads
	Accepted  []FixedPlacement // then, in order
	Composite *CompositeBasis
	Symmetry  *SymmetryBasis
}

// A FixedPlacement was accepted when others were proposed beside it.
type FixedPlacement struct {
	Structure int // ID; 0 for one that was removed since
	Motion    geom.Rigid
	Score     float64
}

// A CompositeBasis is what a composite is made from.
type CompositeBasis struct {
	Wanted    []Wanted
	MaxClash  float64 // see compose.Options, as for what follows
	MaxRounds int
	Zero      volume.ZeroOptions
}

// A Wanted structure is one of which copies are looked for.
type Wanted struct {
	Structure int // ID; 0 for one that was removed since
	Copies    int // at most; 0 for as many as are significant
	// Assumed tells that nobody said that there are as many: the number is a
	// limit, and no evidence that the structure is in the map.
	Assumed bool
}

// A SymmetryBasis is what copies by symmetry are made from.
type SymmetryBasis struct {
	Stated string // such as C4; "" to find it from what is accepted and from Rows
	// Rows are significant placements that nobody had decided about; none where
	// the copies are made from what is accepted alone.
	Rows []FixedPlacement
	// Wanted are, where there are Rows, the structures that may be proposed, with
	// the copies that are missing, 0 for any number; assumed, it is those that are
	// missing of one each.
	Wanted []Wanted
}

// FixedPlacements returns the accepted placements as a basis keeps them.
func (s State) FixedPlacements() []FixedPlacement {
	var list []FixedPlacement
	for _, a := range s.Accepted {
		list = append(list, FixedPlacement{a.Structure, a.Placement.Motion, a.Placement.InWhole().Score})
	}
	return list
}

// IsWhole tells whether all structures that b speaks of are still there.
func (b *Basis) IsWhole() bool {
	whole := true
	b.each(func(structure *int) { whole = whole && *structure != 0 })
	return whole
}

// each calls f for each mention of a structure.
func (b *Basis) each(f func(structure *int)) {
	placements := func(list []FixedPlacement) {
		for i := range list {
			f(&list[i].Structure)
		}
	}
	wanted := func(list []Wanted) {
		for i := range list {
			f(&list[i].Structure)
		}
	}
	placements(b.Accepted)
	if b.Composite != nil {
		wanted(b.Composite.Wanted)
	}
	if b.Symmetry != nil {
		placements(b.Symmetry.Rows)
		wanted(b.Symmetry.Wanted)
	}
}

// structures returns the IDs of the structures that b speaks of and that were
// not removed.
func (b *Basis) structures() []int {
	if b == nil {
		return nil
	}
	var ids []int
	b.each(func(structure *int) { ids = append(ids, *structure) })
	slices.Sort(ids)
	return without(slices.Compact(ids), func(id int) bool { return id == 0 })
}

// without returns b when a structure is removed.
func (b *Basis) without(structure int) *Basis {
	if b == nil {
		return nil
	}
	q := *b
	q.Accepted = slices.Clone(b.Accepted)
	if b.Composite != nil {
		c := *b.Composite
		c.Wanted = slices.Clone(c.Wanted)
		q.Composite = &c
	}
	if b.Symmetry != nil {
		y := *b.Symmetry
		y.Rows, y.Wanted = slices.Clone(y.Rows), slices.Clone(y.Wanted)
		q.Symmetry = &y
	}
	q.each(func(id *int) {
		if *id == structure {
			*id = 0
		}
	})
	return &q
}
