// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"slices"

	"difffit/fitting/mol"
)

// chainNames are those that the format can hold, in the order in which they
// are given to chains with longer ones.
const chainNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// ShortChains returns s with chain names of one character, and the new names
// by the old ones. Names that the format can hold stay; the others get free
// ones in order. It returns s itself, and no names, if all can stay, or if
// there are too many chains for it.
func ShortChains(s *mol.Structure) (*mol.Structure, map[string]string) {
	taken := map[string]bool{}
	var long []string
	for _, c := range s.Chains() {
		if len(c) > 1 {
			long = append(long, c)
		}
		taken[c] = true
	}
	renamed := map[string]string{}
	for _, c := range chainNames {
		if len(renamed) == len(long) {
			break
		}
		if name := string(c); !taken[name] {
			renamed[long[len(renamed)]] = name
		}
	}
	if len(long) == 0 || len(renamed) < len(long) {
		return s, nil
	}
	of := func(chain string) string {
		if name, ok := renamed[chain]; ok {
			return name
		}
		return chain
	}
	out := *s
	out.Atoms, out.Secondary = slices.Clone(s.Atoms), slices.Clone(s.Secondary)
	for i := range out.Atoms {
		out.Atoms[i].Chain = of(out.Atoms[i].Chain)
	}
	for i := range out.Secondary {
		out.Secondary[i].Chain = of(out.Secondary[i].Chain)
	}
	return &out, renamed
}
