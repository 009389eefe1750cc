// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"maps"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A selection has residues of copies of structures.
type selection struct {
	picked []*picked
	zone   *render.Zone // around all of it, as it was wanted last
	zoneOf zoneKey
	count  int // of changes
}

// picked are the residues of one copy that are selected. It is never changed.
type picked struct {
	place
	residues map[int]bool // numbers of residues

	zone   *render.Zone   // about its atoms
	zoneAt geom.Rigid     // where it was
	near   float64        // its radius
	sides  *mol.Structure // its atoms alone
	part   []int          // which those are
}

type zoneKey struct {
	count  int
	radius float64
	first  geom.Rigid // a model that is moved takes its zone along
}

// of returns what is selected of a copy, nil for nothing.
func (s *selection) of(p place) *picked {
	if i := slices.IndexFunc(s.picked, func(q *picked) bool { return q.place == p }); i >= 0 {
		return s.picked[i]
	}
	return nil
}

// set selects residues of a copy, in place of those of it that were.
func (s *selection) set(p place, residues map[int]bool) {
	s.drop(func(q place) bool { return q == p })
	if len(residues) > 0 {
		s.picked = append(s.picked, &picked{place: p, residues: residues})
	}
	s.count++
}

// drop takes out what belongs to some copies.
func (s *selection) drop(is func(place) bool) {
	n := len(s.picked)
	s.picked = slices.DeleteFunc(slices.Clone(s.picked), func(q *picked) bool { return is(q.place) })
	if len(s.picked) != n {
		s.count++
	}
}

// How near to the atoms of a selected residue what is drawn of it is, in ångström,
// by style: the ribbon goes beside them, and surfaces are farther out.
var nearStyle = map[render.Style]float64{render.Cartoon: 1.5, render.Tube: 1.5, render.Skin: 2.3}

// nearAtoms is that of styles that draw atoms where they are: less than a bond.
const nearAtoms = 0.8

// mostSides is of how many residues of a copy side chains are drawn.
const mostSides = 80

// isRibbon tells whether a style hides the atoms of residues.
func isRibbon(s render.Style) bool {
	return s == render.Cartoon || s == render.Tube || s == render.Trace
}

// addTo adds the lines around what is selected, and its atoms where ribbons are;
// these have no line, which would cover them.
func (s *selection) addTo(in *Inspector, scene *render.Scene) {
	var added []render.Molecule
	scene.Molecules = slices.Clone(scene.Molecules)
	for _, p := range s.picked {
		m := p.in(scene.Molecules)
		if m == nil {
			continue
		}
		m.Outlined = false // the line around all of it is in the way of this one
		line := *m
		line.Marked, line.Outlined, line.Transparency, line.ID = true, false, 0, markID
		line.Zone = p.zoneIn(in, m)
		added = append(added, line)
		if in.sides && isRibbon(m.Style) && len(p.residues) <= mostSides {
			p.makeSides(in)
			side := *m
			side.Structure, side.Part, side.Style, side.Coloring, side.Outlined, side.Zone = p.sides, p.part, render.Sticks, render.ByHetero, false, nil
			added = append(added, side)
		}
	}
	scene.Molecules = append(scene.Molecules, added...)
}

// markID is the ID of molecules that are no structures.
const markID = -50

// zoneIn returns what is near the selected residues of a molecule.
func (p *picked) zoneIn(in *Inspector, m *render.Molecule) *render.Zone {
	near, ok := nearStyle[m.Style]
	if !ok {
		near = nearAtoms
	}
	if p.zone == nil || p.zoneAt != m.Motions[0] || p.near != near {
		p.zone, p.zoneAt, p.near = &render.Zone{Places: p.places(in, m.Motions[0]), Radius: near}, m.Motions[0], near
	}
	return p.zone
}

// places returns where the atoms of the selected residues are.
func (p *picked) places(in *Inspector, at geom.Rigid) []r3.Vec {
	list, move := in.residuesOf(p.model), at.Mover()
	var places []r3.Vec
	for _, r := range p.sorted() {
		for _, a := range p.model.Atoms[list[r].First:list[r].Last] {
			places = append(places, move(a.Pos))
		}
	}
	return places
}

// sorted returns the residues in the order of the structure.
func (p *picked) sorted() []int { return slices.Sorted(maps.Keys(p.residues)) }

// makeSides makes a structure of the selected residues alone.
func (p *picked) makeSides(in *Inspector) {
	if p.sides != nil {
		return
	}
	list := in.residuesOf(p.model)
	var atoms []mol.Atom
	for _, r := range p.sorted() {
		for i := list[r].First; i < list[r].Last; i++ {
			atoms, p.part = append(atoms, p.model.Atoms[i]), append(p.part, i)
		}
	}
	p.sides = p.model.WithAtoms(atoms)
}

// Count returns how many residues are selected.
func (in *Inspector) Count() int {
	n := 0
	for _, p := range in.selection.picked {
		n += len(p.residues)
	}
	return n
}

// Zone returns what of a scene is near the selected residues, nil if none is
// selected and seen; radius is in ångström.
func (in *Inspector) Zone(molecules []render.Molecule, radius float64) *render.Zone {
	s := &in.selection
	var places []r3.Vec
	key := zoneKey{count: s.count, radius: radius}
	for _, p := range s.picked {
		if m := p.in(molecules); m != nil {
			if len(places) == 0 {
				key.first = m.Motions[0]
			}
			places = append(places, p.places(in, m.Motions[0])...)
		}
	}
	if len(places) == 0 {
		return nil
	}
	if s.zone == nil || s.zoneOf != key {
		s.zone, s.zoneOf = &render.Zone{Places: places, Radius: radius}, key
	}
	return s.zone
}

// selectResidue selects the residue that was clicked on, alone or beside others,
// of which it is one no longer if it was. A click on nothing selects none.
func (in *Inspector) selectResidue(scene render.Scene, hit render.Hit, ok, more bool) {
	p, atom := hitPlace(scene, hit)
	r := -1
	if ok && atom {
		r = in.residueAt(p.model, hit.Atom)
	}
	if r < 0 {
		if !more {
			in.Clear()
		}
		return
	}
	residues := map[int]bool{}
	if more {
		if old := in.selection.of(p); old != nil {
			residues = maps.Clone(old.residues)
		}
	} else {
		in.selection.drop(func(place) bool { return true })
	}
	if residues[r] {
		delete(residues, r)
	} else {
		residues[r] = true
	}
	in.selection.set(p, residues)
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
		p := in.selection.picked[0]
		r := in.residuesOf(p.model)[p.sorted()[0]]
		in.sh.Say(fmt.Sprintf("Selected: %s, chain %s, %s", p.model.Name, r.Chain, r))
	default:
		in.sh.Say(fmt.Sprintf("Selected: %s", panel.Plural(n, "residue")))
	}
}

// Clear selects no residue.
func (in *Inspector) Clear() {
	if len(in.selection.picked) == 0 {
		return
	}
	in.selection.drop(func(place) bool { return true })
	in.changed()
	in.sh.Say("No residue is selected")
}

// labelled returns the names of the selected residues, where they are.
func (in *Inspector) labelled(molecules []render.Molecule) []viewport.Mark {
	if !in.labels || in.Count() > mostLabels {
		return nil
	}
	var list []viewport.Mark
	for _, p := range in.selection.picked {
		m := p.in(molecules)
		if m == nil {
			continue
		}
		residues, move := in.residuesOf(p.model), m.Motions[0].Mover()
		for _, i := range p.sorted() {
			r := residues[i]
			list = append(list, viewport.Mark{Places: []r3.Vec{move(p.model.Atoms[r.Center(p.model)].Pos)}, Words: r.String()})
		}
	}
	return list
}

// mostLabels is of how many residues names are shown: more lie over each other.
const mostLabels = 60
