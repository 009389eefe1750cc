// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"slices"

	"difffit/app/document"
	"difffit/app/view/residues"
	"difffit/fitting/geom"
)

// A standing is a structure, or an accepted copy of it.
type standing struct{ structure, accepted int } // IDs; accepted is 0 for the structure

// follow lets what is selected and measured go along with models and copies that
// stand elsewhere in a state than in the last one, also by undo.
func (in *Inspector) follow(s document.State) {
	was := in.stood
	in.stood = map[standing]geom.Rigid{}
	for _, t := range s.Structures {
		in.stood[standing{t.ID, 0}] = t.Stands()
	}
	for _, a := range s.Accepted {
		in.stood[standing{a.Structure, a.ID}] = a.Placement.Motion
	}
	for k, motion := range in.stood {
		if old, ok := was[k]; ok && old != motion && !in.isAnother(k, old) {
			in.moved(k.structure, old, motion)
		}
	}
}

// isAnother tells whether another copy of a structure stands at a place.
func (in *Inspector) isAnother(k standing, at geom.Rigid) bool {
	for q, motion := range in.stood {
		if q != k && q.structure == k.structure && motion == at {
			return true
		}
	}
	return false
}

// moved takes what is selected and measured of a copy from one place to another.
func (in *Inspector) moved(structure int, from, to geom.Rigid) {
	is := func(c residues.Copy) bool { return c.ID == structure && c.Motion == from }
	for _, p := range slices.Clone(in.selection.Picked) {
		if is(p.Copy) {
			c := p.Copy
			c.Motion = to
			in.selection.Drop(is)
			in.selection.Set(c, p.Residues)
		}
	}
	along := func(list []residues.Atom) {
		for i := range list {
			if is(list[i].Copy) {
				list[i].Motion = to
			}
		}
	}
	for _, m := range in.measures {
		along(m)
	}
	along(in.clicked)
	if in.last != nil && is(in.last.Copy) {
		in.last.Motion = to
	}
}
