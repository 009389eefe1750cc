// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"strconv"
	"strings"

	"difffit/fitting/mol"
)

// Merge makes one structure of several. The first part that has a chain name
// keeps it; in later parts a number goes behind it, the first that is free:
// A, A2, A3. Labels are treated in the same way, apart. Chains without a name
// count as A from the second on. Entities are numbered anew, those of equal
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
		chains.next()
		asyms.next()
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

// A renamer gives names that no part has used, and that no later part needs
// as they are.
type renamer struct {
	taken   map[string]bool   // used by a part before
	known   map[string]bool   // names of all parts, which new names avoid
	current map[string]string // of the part at hand: old name to new
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

// next begins another part.
func (r *renamer) next() { r.current = map[string]string{} }

func (r *renamer) name(old string) string {
	if name, ok := r.current[old]; ok {
		return name
	}
	name := old
	if r.taken[name] {
		if name == "" {
			name = "A"
		}
		name = freeName(name, r.known)
	}
	r.taken[name], r.known[name] = true, true
	r.current[old] = name
	return name
}
