// SPDX-License-Identifier: BSD-3-Clause

package residues

import (
	"maps"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/marks"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A Selection has residues of copies of structures.
type Selection struct {
	Picked []*Picked
	zone   *render.Zone // around all of it, as it was wanted last
	zoneOf zoneKey
	Count  int // of changes
}

// Picked are the residues of one copy that are selected. It is never changed.
type Picked struct {
	Copy
	Residues map[int]bool // by number: see Lists.Of

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

// Of returns what is selected of a copy, nil for nothing.
func (s *Selection) Of(c Copy) *Picked {
	if i := slices.IndexFunc(s.Picked, func(q *Picked) bool { return q.Copy == c }); i >= 0 {
		return s.Picked[i]
	}
	return nil
}

// Set selects residues of a copy, in place of those of it that were.
func (s *Selection) Set(c Copy, residues map[int]bool) {
	s.Drop(func(q Copy) bool { return q == c })
	if len(residues) > 0 {
		s.Picked = append(s.Picked, &Picked{Copy: c, Residues: residues})
	}
	s.Count++
}

// Drop takes out what belongs to some copies.
func (s *Selection) Drop(is func(Copy) bool) {
	n := len(s.Picked)
	s.Picked = slices.DeleteFunc(slices.Clone(s.Picked), func(q *Picked) bool { return is(q.Copy) })
	if len(s.Picked) != n {
		s.Count++
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

// AddTo adds to a scene the lines around what is selected, and with sides its atoms
// where ribbons are; these have no line, which would cover them.
func (s *Selection) AddTo(scene *render.Scene, l *Lists, sides bool) {
	var added []render.Molecule
	scene.Molecules = slices.Clone(scene.Molecules)
	for _, p := range s.Picked {
		m := p.In(scene.Molecules)
		if m == nil {
			continue
		}
		m.Outlined = false // the line around all of it is in the way of this one
		line := *m
		line.Marked, line.Outlined, line.Transparency, line.ID = true, false, 0, markID
		line.Zone = p.zoneIn(l, m)
		added = append(added, line)
		if sides && isRibbon(m.Style) && len(p.Residues) <= mostSides {
			p.makeSides(l)
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
func (p *Picked) zoneIn(l *Lists, m *render.Molecule) *render.Zone {
	near, ok := nearStyle[m.Style]
	if !ok {
		near = nearAtoms
	}
	if p.zone == nil || p.zoneAt != m.Motions[0] || p.near != near {
		p.zone, p.zoneAt, p.near = &render.Zone{Places: p.Places(l, m.Motions[0]), Radius: near}, m.Motions[0], near
	}
	return p.zone
}

// Places returns where the atoms of the selected residues are.
func (p *Picked) Places(l *Lists, at geom.Rigid) []r3.Vec {
	list, move := l.Of(p.Model), at.Mover()
	var places []r3.Vec
	for _, r := range p.Sorted() {
		for _, a := range p.Model.Atoms[list[r].First:list[r].Last] {
			places = append(places, move(a.Pos))
		}
	}
	return places
}

// Sorted returns the residues in the order of the structure.
func (p *Picked) Sorted() []int { return slices.Sorted(maps.Keys(p.Residues)) }

// makeSides makes a structure of the selected residues alone.
func (p *Picked) makeSides(l *Lists) {
	if p.sides != nil {
		return
	}
	list := l.Of(p.Model)
	var atoms []mol.Atom
	for _, r := range p.Sorted() {
		for i := list[r].First; i < list[r].Last; i++ {
			atoms, p.part = append(atoms, p.Model.Atoms[i]), append(p.part, i)
		}
	}
	p.sides = p.Model.WithAtoms(atoms)
}

// Size returns how many residues are selected.
func (s *Selection) Size() int {
	n := 0
	for _, p := range s.Picked {
		n += len(p.Residues)
	}
	return n
}

// Zone returns what of a scene is near the selected residues, nil if none is
// selected and seen; radius is in ångström.
func (s *Selection) Zone(molecules []render.Molecule, l *Lists, radius float64) *render.Zone {
	var places []r3.Vec
	key := zoneKey{count: s.Count, radius: radius}
	for _, p := range s.Picked {
		if m := p.In(molecules); m != nil {
			if len(places) == 0 {
				key.first = m.Motions[0]
			}
			places = append(places, p.Places(l, m.Motions[0])...)
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

// Labels returns the names of the selected residues, where they are.
func (s *Selection) Labels(molecules []render.Molecule, l *Lists) []marks.Mark {
	if s.Size() > mostLabels {
		return nil
	}
	var list []marks.Mark
	for _, p := range s.Picked {
		m := p.In(molecules)
		if m == nil {
			continue
		}
		residues, move := l.Of(p.Model), m.Motions[0].Mover()
		for _, i := range p.Sorted() {
			r := residues[i]
			list = append(list, marks.Mark{Places: []r3.Vec{move(p.Model.Atoms[r.Center(p.Model)].Pos)}, Words: r.String()})
		}
	}
	return list
}

// mostLabels is of how many residues names are shown: more lie over each other.
const mostLabels = 60
