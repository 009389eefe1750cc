// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/panel"
	"difffit/app/view/residues"
	"difffit/render"
)

// Focus flies to the selected residues, else to what was clicked on last.
func (in *Inspector) Focus() {
	molecules := in.stage.Viewport().Scene().Molecules
	var places []r3.Vec
	for _, p := range in.selection.Picked {
		if m := p.In(molecules); m != nil {
			places = append(places, p.Places(&in.lists, m.Motions[0])...)
		}
	}
	if len(places) == 0 && in.last != nil {
		if at, ok := in.last.At(molecules); ok {
			places = []r3.Vec{at}
		}
	}
	if len(places) == 0 {
		in.sh.Say("Select residues first: click on one with Ctrl, or drag over them in the sequence (Q)")
		return
	}
	in.flyTo(places)
}

// focusMargin is how much is seen about residues that are flown to, ångström.
const focusMargin = 4

// Near selects what is within so many ångström of an atom that is selected, of all
// molecules that are seen.
func (in *Inspector) Near(radius float64) {
	scene := in.stage.Viewport().Scene()
	z := in.Zone(scene.Molecules, radius)
	if z == nil {
		in.Focus() // says how to select
		return
	}
	around := newNeighbours(z.Places, radius)
	before := in.Count()
	for i := range scene.Molecules {
		m := &scene.Molecules[i]
		if !residues.IsCopy(m) {
			continue
		}
		near := map[int]bool{}
		move := m.Motions[0].Mover()
		for k, r := range in.lists.Of(m.Structure) {
			for _, a := range m.Structure.Atoms[r.First:r.Last] {
				if around.has(move(a.Pos)) {
					near[k] = true
					break
				}
			}
		}
		in.replace(m, near)
	}
	in.changed()
	in.sh.Say(fmt.Sprintf("%s within %g Å of %s", panel.Plural(in.Count(), "residue"), radius, panel.Plural(before, "selected residue")))
}

// replace selects residues of a molecule in place of those that were, also under
// the place that it had then.
func (in *Inspector) replace(m *render.Molecule, selected map[int]bool) {
	p := residues.CopyOf(m)
	in.selection.Drop(func(q residues.Copy) bool { return q.In([]render.Molecule{*m}) != nil })
	in.selection.Set(p, selected)
}

// Chains selects all of the chains of which a residue is selected.
func (in *Inspector) Chains() {
	if in.Count() == 0 {
		in.Focus()
		return
	}
	for _, p := range in.selection.Picked {
		list := in.lists.Of(p.Model)
		chains := map[string]bool{}
		for r := range p.Residues {
			chains[list[r].Chain] = true
		}
		all := map[int]bool{}
		for i, r := range list {
			if chains[r.Chain] {
				all[i] = true
			}
		}
		in.selection.Set(p.Copy, all)
	}
	in.changed()
	in.tell()
}

// HasLabels tells whether selected residues are named in the picture.
func (in *Inspector) HasLabels() bool { return in.labels }

// ToggleLabels names selected residues in the picture, or does not.
func (in *Inspector) ToggleLabels() {
	in.labels = !in.labels
	in.changed()
}

// HasSides tells whether the atoms of selected residues are drawn where ribbons
// are.
func (in *Inspector) HasSides() bool { return in.sides }

// ToggleSides draws the atoms of selected residues where ribbons are, or does not.
func (in *Inspector) ToggleSides() {
	in.sides = !in.sides
	in.changed()
}

// neighbours finds places near others: these lie in cubes as long as the distance.
type neighbours struct {
	radius float64
	cubes  map[[3]int][]r3.Vec
}

func newNeighbours(places []r3.Vec, radius float64) *neighbours {
	n := &neighbours{radius, map[[3]int][]r3.Vec{}}
	for _, p := range places {
		c := n.cube(p)
		n.cubes[c] = append(n.cubes[c], p)
	}
	return n
}

func (n *neighbours) cube(p r3.Vec) [3]int {
	return [3]int{int(math.Floor(p.X / n.radius)), int(math.Floor(p.Y / n.radius)), int(math.Floor(p.Z / n.radius))}
}

// has tells whether one of the places is near p.
func (n *neighbours) has(p r3.Vec) bool {
	c := n.cube(p)
	for i := range 27 {
		for _, q := range n.cubes[[3]int{c[0] + i%3 - 1, c[1] + i/3%3 - 1, c[2] + i/9 - 1}] {
			if r3.Norm2(r3.Sub(p, q)) <= n.radius*n.radius {
				return true
			}
		}
	}
	return false
}
