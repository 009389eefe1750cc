// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"difffit/fitting/mol"
)

// WithChains returns the part of t that its chains with some names are, as a
// structure of its own: it comes from the same file, stands where t does and
// has the name of t with those of the chains.
func (t *Structure) WithChains(names ...string) *Structure {
	q := *t
	q.Chains, q.Copies, q.measured = slices.Clone(names), 0, measures{}
	var atoms []mol.Atom
	for _, a := range t.Model.Atoms {
		if slices.Contains(names, a.Chain) {
			atoms = append(atoms, a)
		}
	}
	q.Model = t.Model.WithAtoms(atoms)
	label := strings.Join(names, "")
	if label == "" {
		label = "blank"
	}
	q.Model.Name = t.Model.Name + "_" + label
	return &q
}

// Parts returns the chains of a structure that can be fitted, each as a
// structure of its own, and the names of those that cannot, for none of their
// atoms takes part in a fit: water.
func (t *Structure) Parts() (parts []*Structure, left []string) {
	for _, name := range t.Model.Chains() {
		part := t.WithChains(name)
		if n, _ := part.Model.Count(mol.AllAtoms); n == 0 {
			left = append(left, name)
			continue
		}
		parts = append(parts, part)
	}
	return parts, left
}

// Split replaces structures by their chains, as one step: see Parts. What was
// found for them goes with them, so that one that a layer needs is refused as
// in RemoveStructures. It returns the IDs of the chains, and the names of chains
// that were left out.
func (d *Document) Split(ids ...int) (chains []int, left []string, err error) {
	if len(ids) == 0 {
		return nil, nil, errors.New("document: no structure is selected, nothing to split")
	}
	label := fmt.Sprintf("Split %d structures into chains", len(ids))
	if len(ids) == 1 {
		label = fmt.Sprintf("Split %s into chains", d.state.Name(ids[0]))
	}
	err = d.edit(label, func(s *State) error {
		for _, id := range ids {
			added, without, err := s.split(id)
			if err != nil {
				return err
			}
			chains, left = append(chains, added...), append(left, without...)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return chains, left, nil
}

// split replaces a structure by its chains.
func (s *State) split(id int) (chains []int, left []string, err error) {
	t := s.Structure(id)
	if t == nil {
		return nil, nil, noStructure(id)
	}
	parts, left := t.Parts()
	if len(parts) < 2 {
		return nil, nil, fmt.Errorf("document: %s: %d of its chains can be fitted, want 2 or more to split it", t.Model.Name, len(parts))
	}
	at := slices.Index(s.Structures, t)
	if err := s.remove(id); err != nil {
		return nil, nil, err
	}
	for i, p := range parts {
		q := p.WithID(next(&s.Last.Structure))
		s.Structures = slices.Insert(slices.Clone(s.Structures), at+i, q)
		chains = append(chains, q.ID)
	}
	return chains, left, nil
}
