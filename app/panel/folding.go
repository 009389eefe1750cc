// SPDX-License-Identifier: BSD-3-Clause

package panel

import "slices"

// A Folding says where the table has one row for each structure, its best
// placement, with the others folded below it.
type Folding string

// Foldings.
const (
	FoldLibraries Folding = "libraries" // in rounds of more than 10 structures, which are searched in passes (ADR 0005)
	FoldAll       Folding = "all"       // in all rounds of several structures
	FoldNone      Folding = "none"
)

// mostUnfolded is the number of structures beyond which FoldLibraries folds.
const mostUnfolded = 10

// folds tells whether placements of so many structures are folded.
func (f Folding) folds(structures int) bool {
	switch f {
	case FoldAll:
		return structures > 1
	case FoldNone:
		return false
	}
	return structures > mostUnfolded
}

// A groupKey says of what a group is.
type groupKey struct{ round, structure int }

// A group is the placements of a structure in a round, the best first, which
// has the row below which the others are folded.
type group struct {
	key   groupKey
	rows  []*row // that the filter takes; of a running fit not all: see Results.inSight
	below int    // how many are below the best
	open  bool
}

// leads tells whether r is the best of a group.
func (r *row) leads() bool { return r.group != nil && r.group.rows[0] == r }

// isBelow tells whether r is below the best of its group.
func (r *row) isBelow() bool { return r.group != nil && r.group.rows[0] != r }

// fold groups rows, which are in order of rank, by their structure. It returns
// those that are shown: the best of each structure as the columns sort them,
// and below it, sorted in the same way, the others where they are unfolded.
func (r *Results) fold(taken []*row) []*row {
	groups := map[int]*group{}
	var best []*row
	for _, q := range taken {
		g := groups[q.id.Structure]
		if g == nil {
			key := groupKey{q.id.Round, q.id.Structure}
			g = &group{key: key, open: r.open[key]}
			groups[q.id.Structure] = g
			best = append(best, q)
		}
		g.rows, q.group = append(g.rows, q), g
	}
	sortRows(best, r.table.order)
	rows := make([]*row, 0, len(best))
	for _, q := range best {
		g := q.group
		g.below = max(len(g.rows), r.cut[g.key.structure]) - 1
		rows = append(rows, q)
		if g.open {
			below := slices.Clone(g.rows[1:])
			sortRows(below, r.table.order)
			rows = append(rows, below...)
		}
	}
	return rows
}

// Folding returns where placements are folded.
func (r *Results) Folding() Folding { return r.folding }

// SetFolding says where placements are folded; a word that it does not know
// stands for FoldLibraries.
func (r *Results) SetFolding(f Folding) {
	if f != FoldAll && f != FoldNone {
		f = FoldLibraries
	}
	if f != r.folding {
		r.folding = f
		r.update()
	}
}

// chooseFolding is SetFolding by a person.
func (r *Results) chooseFolding(f Folding) {
	r.SetFolding(f)
	if r.OnFolding != nil {
		r.OnFolding(f)
	}
	r.reveal()
}

// setOpen unfolds the placements of a structure, or folds them.
func (r *Results) setOpen(key groupKey, open bool) {
	if open {
		r.open[key] = true
	} else {
		delete(r.open, key)
	}
	r.rearrange()
	r.reveal()
}

// unfoldAll shows the placements of all structures of the round, or folds them.
func (r *Results) unfoldAll(open bool) {
	for _, q := range r.all {
		if key := (groupKey{q.id.Round, q.id.Structure}); open {
			r.open[key] = true
		} else {
			delete(r.open, key)
		}
	}
	r.rearrange()
	r.reveal()
}
