// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"strconv"
	"strings"

	"difffit/fitting/mol"
)

// Merge makes one structure of several. The first part that has a chain name
// keeps it; in later parts it gets the first that no part has: A, B, … Z, a, …
// z, 0, … 9, AA, AB and so on. Labels are treated in the same way, apart. Chains
// without a name keep that in the first part only. Entities are numbered anew, those of equal
// name in structures of equal name as one. The parts are left as they are.
func Merge(name string, parts []*mol.Structure) *mol.Structure {
	merged := &mol.Structure{Name: name, Model: 1}
	chains, asyms := newRenamer(parts, func(a *mol.Atom) string { return a.Chain }), newRenamer(parts, func(a *mol.Atom) string { return a.LabelAsym })
	entities := map[[2]string]string{}
	var titles []string
	seen := map[string]bool{}
	for _, p := range parts {
		if p.Title != "" && !seen[p.Title] {
			seen[p.Title] = true
			titles = append(titles, p.Title)
		}
		chains.begin()
		asyms.begin()
		for _, a := range p.Atoms {
			a.Chain = chains.name(a.Chain)
			if a.LabelAsym != "" {
				a.LabelAsym = asyms.name(a.LabelAsym)
			}
			if a.Entity != "" {
				key := [2]string{p.Name, a.Entity}
				if entities[key] == "" {
					entities[key] = strconv.Itoa(len(entities) + 1)
				}
				a.Entity = entities[key]
			}
			merged.Atoms = append(merged.Atoms, a)
		}
		for _, s := range p.Secondary {
			if chain, ok := chains.current[s.Chain]; ok {
				s.Chain = chain
				merged.Secondary = append(merged.Secondary, s)
			}
		}
	}
	merged.Title = strings.Join(titles, "; ")
	return merged
}

// ChainNames returns what Merge names the chains of each part, by the names
// that they have.
func ChainNames(parts []*mol.Structure) []map[string]string {
	r := newRenamer(parts, func(a *mol.Atom) string { return a.Chain })
	var list []map[string]string
	for _, p := range parts {
		r.begin()
		for i := range p.Atoms {
			r.name(p.Atoms[i].Chain)
		}
		list = append(list, r.current)
	}
	return list
}

// letters are the names of chains of one character, in the order in which they
// are given; those of the format PDB.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// chainName returns the i-th name, from 0: one letter, then two of the first 26
// and so on.
func chainName(i int) string {
	if i < len(letters) {
		return letters[i : i+1]
	}
	name := ""
	for i = i - len(letters) + 26; i >= 0; i = i/26 - 1 {
		name = letters[i%26:i%26+1] + name
	}
	return name
}

// A renamer gives names that no part has used, and that no later part needs
// as they are.
type renamer struct {
	taken   map[string]bool   // used by a part before
	known   map[string]bool   // names of all parts, which new names avoid
	current map[string]string // of the part at hand: old name to new
	next    int               // the first of the names in order that was not tried yet
}

func newRenamer(parts []*mol.Structure, of func(*mol.Atom) string) *renamer {
	r := &renamer{taken: map[string]bool{}, known: map[string]bool{}}
	for _, p := range parts {
		for i := range p.Atoms {
			r.known[of(&p.Atoms[i])] = true
		}
	}
	return r
}

// begin begins another part.
func (r *renamer) begin() { r.current = map[string]string{} }

func (r *renamer) name(old string) string {
	if name, ok := r.current[old]; ok {
		return name
	}
	name := old
	for r.taken[name] || name != old && r.known[name] {
		name = chainName(r.next)
		r.next++
	}
	r.taken[name], r.known[name] = true, true
	r.current[old] = name
	return name
}
