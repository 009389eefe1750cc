// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"bytes"
	"slices"

	"difffit/fitting"
)

// A Change is a set of the parts in which two states differ. The selection is
// not part of a state and has watchers of its own (see WatchSelection).
type Change uint16

// The parts of a state.
const (
	MapChanged Change = 1 << iota
	StructuresChanged
	OptionsChanged
	RoundsChanged
	AcceptedChanged
	LayersChanged
	MarksChanged
	OthersChanged
	ViewChanged

	// NothingChanged is the empty set, EverythingChanged has all parts.
	NothingChanged    Change = 0
	EverythingChanged        = ViewChanged<<1 - 1
)

// Has tells whether any of the parts is in c.
func (c Change) Has(parts Change) bool { return c&parts != 0 }

// Diff returns the parts in which two states differ. What a state points to
// never changes, so equal pointers are equal parts; maps, structures, rounds,
// accepted placements, layers and marks with equal contents but of different
// origin count as changed.
func Diff(old, new State) Change {
	c := NothingChanged
	note := func(part Change, same bool) {
		if !same {
			c |= part
		}
	}
	note(MapChanged, old.Map == new.Map)
	note(OthersChanged, slices.Equal(old.Others, new.Others))
	note(StructuresChanged, slices.Equal(old.Structures, new.Structures))
	note(OptionsChanged, sameOptions(old.Options, new.Options))
	note(RoundsChanged, slices.Equal(old.Rounds, new.Rounds))
	note(AcceptedChanged, slices.Equal(old.Accepted, new.Accepted))
	note(LayersChanged, slices.Equal(old.Layers, new.Layers))
	note(MarksChanged, slices.Equal(old.Marks, new.Marks))
	note(ViewChanged, bytes.Equal(old.View, new.View))
	return c
}

// sameOptions compares options by value, also the level that one points to.
func sameOptions(a, b fitting.Options) bool {
	if a.Level != nil && b.Level != nil && *a.Level == *b.Level {
		a.Level = b.Level
	}
	return a == b
}
