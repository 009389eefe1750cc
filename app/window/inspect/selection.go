// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"maps"

	"difffit/app/panel"
	"difffit/app/view/residues"
	"difffit/render"
)

// Count returns how many residues are selected.
func (in *Inspector) Count() int { return in.selection.Size() }

// Zone returns what of a scene is near the selected residues, nil if none is
// selected and seen; radius is in ångström.
func (in *Inspector) Zone(molecules []render.Molecule, radius float64) *render.Zone {
	return in.selection.Zone(molecules, &in.lists, radius)
}

// selectResidue selects the residue that was clicked on, alone or beside others,
// of which it is one no longer if it was. A click on nothing selects none.
func (in *Inspector) selectResidue(scene render.Scene, hit render.Hit, ok, more bool) {
	p, atom := hitPlace(scene, hit)
	r := -1
	if ok && atom {
		r = in.lists.At(p.Model, hit.Atom)
	}
	if r < 0 {
		if !more {
			in.Clear()
		}
		return
	}
	selected := map[int]bool{}
	if more {
		if old := in.selection.Of(p); old != nil {
			selected = maps.Clone(old.Residues)
		}
	} else {
		in.selection.Drop(func(residues.Copy) bool { return true })
	}
	if selected[r] {
		delete(selected, r)
	} else {
		selected[r] = true
	}
	in.selection.Set(p, selected)
	in.changed()
	in.Sequence.Reveal(r)
	in.tell()
}

// tell says what is selected.
func (in *Inspector) tell() {
	n := in.Count()
	switch {
	case n == 0:
		in.sh.Say("No residue is selected")
	case n == 1:
		p := in.selection.Picked[0]
		r := in.lists.Of(p.Model)[p.Sorted()[0]]
		in.sh.Say(fmt.Sprintf("Selected: %s, chain %s, %s", p.Model.Name, r.Chain, r))
	default:
		in.sh.Say(fmt.Sprintf("Selected: %s%s", panel.Plural(n, "residue"), in.span()))
	}
}

// span names the first and last of what is selected if it is one piece of a chain,
// else "".
func (in *Inspector) span() string {
	if len(in.selection.Picked) != 1 {
		return ""
	}
	p := in.selection.Picked[0]
	list, chosen := in.lists.Of(p.Model), p.Sorted()
	first, last := chosen[0], chosen[len(chosen)-1]
	if last-first != len(chosen)-1 || list[first].Chain != list[last].Chain {
		return ""
	}
	return fmt.Sprintf(" of %s, chain %s, %s to %s", p.Model.Name, list[first].Chain, list[first], list[last])
}

// Clear selects no residue.
func (in *Inspector) Clear() {
	if len(in.selection.Picked) == 0 {
		return
	}
	in.selection.Drop(func(residues.Copy) bool { return true })
	in.changed()
	in.sh.Say("No residue is selected")
}
