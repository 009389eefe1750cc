// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"difffit/fitting"
)

// A Folding says what has rows of its own in the table. The rest is folded below
// them.
type Folding string

// Foldings.
const (
	// FoldLibraries: the best placement of each structure in rounds of more than
	// 10 structures, which are searched in passes (ADR 0005); elsewhere all that
	// may be right.
	FoldLibraries Folding = "libraries"
	FoldAll       Folding = "all" // the best placement of each structure in all rounds of several
	FoldNone      Folding = "none"
)

// mostUnfolded is the number of structures beyond which FoldLibraries has one row
// for each.
const mostUnfolded = 10

// A fold is what is folded in what is shown.
type fold uint8

const (
	unfolded   fold = iota // nothing
	foldsWrong             // what is not to be believed, but for the best of a structure
	oneEach                // all but the best of a structure
)

// of returns what is folded of so many structures.
func (f Folding) of(structures int) fold {
	switch {
	case f == FoldNone:
		return unfolded
	case f == FoldAll && structures > 1 || f != FoldAll && structures > mostUnfolded:
		return oneEach
	}
	return foldsWrong
}

// folds returns what is folded in what is shown. A filter says itself what is
// wanted; of a library it leaves one row for each structure.
func (r *Results) folds() fold {
	f := r.folding.of(len(r.fits()))
	if f == foldsWrong && len(r.takes) > 0 {
		return unfolded
	}
	return f
}

// A groupKey says of what a group is.
type groupKey struct{ round, structure int }

// A group is the placements of a structure in a round, the best first.
type group struct {
	key    groupKey
	rows   []*row // that the filter takes; of a running fit not all: see Results.inSight
	holder *row   // the row of its own below which the others are: the last as the columns sort them
	own    int    // how many have rows of their own
	below  int    // how many are below
	open   bool
}

// holds tells whether others are folded below r.
func (r *row) holds() bool { return r.group != nil && r.group.holder == r }

// isBelow tells whether r is one of those.
func (r *row) isBelow() bool { return r.group != nil && !r.own }

// isKept tells whether a row stays in sight where what is wrong is folded: it may
// be right, or a person has said something about it.
func (r *row) isKept() bool {
	return r.verdict != fitting.VerdictNo || r.accepted || r.before.Accepted || r.pin > 0 || r.note != ""
}

// fold groups rows, which are in order of rank, by their structure. It returns
// those that are shown: rows of their own as the columns sort them, and, sorted in
// the same way, the others where they are unfolded.
func (r *Results) fold(taken []*row, how fold) []*row {
	groups := map[int]*group{}
	var own []*row
	for _, q := range taken {
		g := groups[q.id.Structure]
		if g == nil {
			key := groupKey{q.id.Round, q.id.Structure}
			g = &group{key: key, open: r.open[key]}
			groups[q.id.Structure] = g
		}
		q.group, q.own = g, len(g.rows) == 0 || how == foldsWrong && q.isKept()
		if g.rows = append(g.rows, q); q.own {
			g.own++
			own = append(own, q)
		}
	}
	sortRows(own, r.table.keys())
	for _, q := range own {
		g := q.group
		g.holder, g.below = q, max(len(g.rows), r.cut[g.key.structure])-g.own
	}
	rows := make([]*row, 0, len(own))
	for _, q := range own {
		rows = append(rows, q)
		if q.holds() && q.group.open {
			below := slices.DeleteFunc(slices.Clone(q.group.rows), func(p *row) bool { return p.own })
			sortRows(below, r.table.keys())
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
