// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"fmt"
	"slices"
)

// AnyNumber is the Copies of a structure of which a person holds any number of
// copies to be in the map: as many as are significant.
const AnyNumber = -1

// mostCopies is the largest number of copies that can be expected.
const mostCopies = 10000

// SetCopies says how many copies of a structure are in the map: a number,
// AnyNumber, or 0 to take that back (see Expected).
func (d *Document) SetCopies(id, copies int) error {
	t := d.state.Structure(id)
	switch {
	case copies < AnyNumber || copies > mostCopies:
		return fmt.Errorf("document: %d copies, want 1 to %d, %d for any number, or 0 if it is not known", copies, mostCopies, AnyNumber)
	case t == nil:
		return noStructure(id)
	case t.Copies == copies:
		return nil
	}
	label := fmt.Sprintf("Expect %d of %s", copies, t.Model.Name)
	switch copies {
	case AnyNumber:
		label = "Expect any number of " + t.Model.Name
	case 0:
		label = "Expect what is usual of " + t.Model.Name
	}
	return d.edit(label, func(s *State) error {
		return s.structure(id, func(t *Structure) { t.Copies = copies })
	})
}

// Expected returns how many copies of a structure are expected in the map, 0
// for any number, and whether a person said so. Where nobody did, it is one of
// each of several structures, for a complex has its chains in as many files,
// and any number of a structure that is alone: it may be that of an oligomer.
func (s State) Expected(structure int) (copies int, stated bool) {
	t := s.Structure(structure)
	switch {
	case t == nil:
		return 0, false
	case t.Copies == AnyNumber:
		return 0, true
	case t.Copies > 0:
		return t.Copies, true
	case len(s.Structures) > 1:
		return 1, false
	}
	return 0, false
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

// Missing returns how many copies of a structure are expected and not placed,
// and whether more may be placed: 0 and true where any number is expected.
func (s State) Missing(structure int) (copies int, more bool) {
	n, _ := s.Expected(structure)
	if n == 0 {
		return 0, true
	}
	copies = max(0, n-s.Placed(structure))
	return copies, copies > 0
}

// Open returns the structures that take part in fits and of which copies are
// missing, as far as is known.
func (s State) Open() []*Structure {
	var open []*Structure
	for _, t := range s.Fitted() {
		if _, more := s.Missing(t.ID); more {
			open = append(open, t)
		}
	}
	return open
}

// HasNumbers tells whether of a structure of which copies are missing a number is
// expected, be it assumed.
func (s State) HasNumbers() bool {
	return slices.ContainsFunc(s.Open(), func(t *Structure) bool { n, _ := s.Expected(t.ID); return n > 0 })
}

// HasStatedNumbers is HasNumbers of those that a person stated.
func (s State) HasStatedNumbers() bool {
	return slices.ContainsFunc(s.Open(), func(t *Structure) bool { n, stated := s.Expected(t.ID); return n > 0 && stated })
}
