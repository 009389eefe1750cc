// SPDX-License-Identifier: BSD-3-Clause

// Package site gathers atom sites as the readers of structure files find them
// and makes structures of them: models, alternate locations, elements guessed
// from names, and a tally of what was odd. It knows no file format.
package site

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Options say what of a file becomes part of the structures. The zero value
// takes the first model and one location of each atom.
type Options struct {
	AllModels      bool // every model, not the first alone
	KeepAlternates bool // every alternate location, not the best alone
}

// MaxCoordinate is the largest coordinate that is believed, in ångström: a
// tenth of a millimetre. What is beyond it comes from an overflow.
const MaxCoordinate = 1e6

// IsPlaceholder tells whether coordinates are those that programs write for an
// atom whose place is not known: 9999 three times.
func IsPlaceholder(p r3.Vec) bool {
	return math.Abs(p.X) >= 9998.999 && math.Abs(p.X) <= 9999.999 && p.Y == p.X && p.Z == p.X
}

// mostSkipped is the share of atoms without which the rest still is the
// molecule: a quarter, hydrogens not counted.
const mostSkipped = 0.25

// Sites gathers the atoms of one file.
type Sites struct {
	Tally   Tally
	options Options
	models  []*model
	current *model
	skipped int   // atoms that were left out, hydrogens not counted
	reason  error // why the first was; nil if none was
}

type model struct {
	number  int
	atoms   []mol.Atom
	ends    []int // indices behind the last atom of each segment
	skipped bool
}

// New returns an empty set of sites.
func New(o Options) *Sites { return &Sites{options: o} }

// Begin says that the atoms which follow belong to a new model. It returns
// whether they are wanted; if not, Add must not be called for them.
func (s *Sites) Begin(number int) (wanted bool) {
	m := &model{number: number}
	if n := len(s.models); n > 0 && s.models[n-1] == s.current && s.current.empty() {
		s.models = s.models[:n-1] // a model without atoms is none
	}
	m.skipped = len(s.models) > 0 && !s.options.AllModels
	s.models = append(s.models, m)
	s.current = m
	return !m.skipped
}

// Switch says that the atoms which follow belong to the model of a number,
// begun before or not. It returns whether they are wanted.
func (s *Sites) Switch(number int) (wanted bool) {
	if s.current != nil && s.current.number == number {
		return !s.current.skipped
	}
	for _, m := range s.models {
		if m.number == number {
			s.current = m
			return !m.skipped
		}
	}
	return s.Begin(number)
}

func (m *model) empty() bool { return len(m.atoms) == 0 && !m.skipped }

// Next returns the place for one more atom of the current model, to be
// filled by the caller.
func (s *Sites) Next() *mol.Atom {
	m := s.current
	m.atoms = append(m.atoms, mol.Atom{})
	return &m.atoms[len(m.atoms)-1]
}

// Skip says that an atom of the current model cannot be read, and why.
func (s *Sites) Skip(e mol.Element, why error) {
	if s.reason == nil {
		s.reason = why
	}
	if e != mol.Hydrogen {
		s.skipped++
	}
	s.Tally.Add("atoms without coordinates or a name, left out: %d", 1)
}

// tooFew returns why the first atom could not be read, if so many could not
// that the rest would mislead.
func (s *Sites) tooFew() error {
	n := 0
	for _, m := range s.models {
		for i := range m.atoms {
			if m.atoms[i].Element != mol.Hydrogen {
				n++
			}
		}
	}
	if s.reason != nil && (n == 0 || float64(s.skipped) > mostSkipped*float64(n+s.skipped)) {
		return s.reason
	}
	return nil
}

// EndSegment says that a chain ends here: what follows is another residue
// even when its names are the same.
func (s *Sites) EndSegment() {
	if s.current != nil {
		s.current.ends = append(s.current.ends, len(s.current.atoms))
	}
}

// Structures returns the models in order. There are none if no atom was added.
// If many atoms could not be read the error is that of the first.
func (s *Sites) Structures() ([]*mol.Structure, error) {
	if err := s.tooFew(); err != nil {
		return nil, err
	}
	var structures []*mol.Structure
	skipped := 0
	for _, m := range s.models {
		switch {
		case m.skipped:
			skipped++
			continue
		case len(m.atoms) == 0:
			continue
		}
		ends := append(slices.Clone(m.ends), len(m.atoms))
		if !s.options.KeepAlternates {
			var dropped int
			m.atoms, ends, dropped = oneLocation(m.atoms, ends)
			s.Tally.Add("alternate locations left out (the highest occupancy stays, then the first): %d", dropped)
		}
		s.Tally.Add("atoms that stand twice in their residue, all kept: %d", duplicates(m.atoms, ends))
		structures = append(structures, &mol.Structure{Atoms: m.atoms, Model: m.number})
	}
	s.Tally.Add("further models left out: %d", skipped)
	return structures, nil
}

// A Tally counts what was odd in a file.
type Tally struct {
	order []string
	count map[string]int
}

// Add counts n more of a kind. The kind is a format with one %d.
func (t *Tally) Add(kind string, n int) {
	if n == 0 {
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	if t.count[kind] == 0 {
		t.order = append(t.order, kind)
	}
	t.count[kind] += n
}

// Warnings returns one line for each kind, in the order of first appearance.
func (t *Tally) Warnings() []string {
	var lines []string
	for _, kind := range t.order {
		lines = append(lines, fmt.Sprintf(kind, t.count[kind]))
	}
	return lines
}

// Names keeps one copy of each string, for names repeat in every residue.
type Names map[string]string

// Get returns b as a string.
func (n Names) Get(b []byte) string {
	if len(b) < 2 {
		return string(b) // needs no memory
	}
	if s, ok := n[string(b)]; ok {
		return s
	}
	s := string(b)
	n[s] = s
	return s
}
