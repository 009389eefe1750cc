// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"context"
	"fmt"
	"sort"
	"unsafe"
	"weak"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/kept"
	"difffit/fitting/mol"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Molecule is the part of a structure that takes part in a fit, about its
// centroid.
type Molecule struct {
	Offsets  []r3.Vec     // positions of the atoms from Center, ångström, in Morton order
	Center   r3.Vec       // centroid in the structure's file, ångström
	Gyration float64      // radius of gyration, ångström; at least leastGyration
	Excluded mol.Excluded // atoms of the structure that take no part

	numbers []float64 // atomic numbers, in the order of Offsets
	moments geom.Moments
}

// Bytes returns how much memory m takes. See kept.Sized.
func (m *Molecule) Bytes() int { return int(unsafe.Sizeof(*m)) + 32*len(m.Offsets) }

// leastGyration is about the radius of an atom, in ångström. Steps are measured
// by the radius of gyration, and that of a single atom, an ion, is zero.
const leastGyration = 1

// A moleculeKey says which molecule is meant. It does not keep the structure
// alive: what was made of one that is gone is never asked for again, and goes
// when there is no room.
type moleculeKey struct {
	structure weak.Pointer[mol.Structure] // structures never change (ARCHITECTURE.md)
	atoms     mol.Selection
}

func keyOf(p *fitting.Problem) moleculeKey {
	return moleculeKey{weak.Make(p.Structure), p.Options.Atoms}
}

// moleculeOf returns the molecule of a problem. It is kept with the map as it was
// opened, for what is left of it too.
func moleculeOf(ctx context.Context, p *fitting.Problem) (*Molecule, error) {
	s, atoms := p.Structure, p.Options.Atoms
	return kept.Make(ctx, p.Target.Whole().Kept(), keyOf(p), func() (*Molecule, error) { return newMolecule(s, atoms) })
}

// newMolecule selects the atoms of s.
func newMolecule(s *mol.Structure, sel mol.Selection) (*Molecule, error) {
	atoms, left := s.Select(sel)
	if len(atoms) == 0 {
		return nil, fmt.Errorf("fitting: structure %q: none of its %d atoms takes part (atoms: %s)", s.Name, len(s.Atoms), sel)
	}
	m := &Molecule{Excluded: left, Center: mol.Center(atoms), Gyration: max(leastGyration, mol.Gyration(atoms))}
	m.Offsets, m.numbers = make([]r3.Vec, len(atoms)), make([]float64, len(atoms))
	for i, of := range mortonOrder(atoms, m.Center) {
		m.Offsets[i], m.numbers[i] = r3.Sub(atoms[of].Pos, m.Center), atoms[of].Element.Number()
	}
	m.moments = geom.NewMoments(m.Center, m.Offsets)
	return m, nil
}

// Subset returns n offsets, evenly drawn along the Morton curve and so evenly
// in space; all of them if there are not more.
func (m *Molecule) Subset(n int) []r3.Vec {
	if n <= 0 || n >= len(m.Offsets) {
		return m.Offsets
	}
	out := make([]r3.Vec, n)
	for i := range out {
		out[i] = m.Offsets[(2*i+1)*len(m.Offsets)/(2*n)]
	}
	return out
}

// RMSD returns the root mean square distance in ångström between the atoms at
// two placements that are given about the centroid: x' = R·(x − Center) + Shift.
func (m *Molecule) RMSD(a, b geom.Rigid) float64 { return m.moments.RMSDAbout(a, b) }

// ToFile takes a placement about the centroid to one of the coordinates in
// the structure's file.
func (m *Molecule) ToFile(g geom.Rigid) geom.Rigid { return geom.About(g.Rotation, m.Center, g.Shift) }

// ToCenter is the inverse of ToFile.
func (m *Molecule) ToCenter(g geom.Rigid) geom.Rigid {
	return geom.Rigid{Rotation: g.Rotation, Shift: g.Apply(m.Center)}
}

// mortonOrder returns the indices of atoms along a Morton curve, so that
// neighbours in memory are neighbours in space. Cells are half an ångström; what is more
// than 256 Å from the centre shares the outermost cells.
func mortonOrder(atoms []mol.Atom, center r3.Vec) []int {
	key := func(p r3.Vec) (k uint32) {
		for axis, v := range [3]float64{p.X - center.X, p.Y - center.Y, p.Z - center.Z} {
			c := uint32(min(max(2*(v+256), 0), 1023))
			for bit := range 10 {
				k |= c >> bit & 1 << (3*bit + axis)
			}
		}
		return k
	}
	type keyed struct {
		key  uint32
		atom int
	}
	order := make([]keyed, len(atoms))
	for i, a := range atoms {
		order[i] = keyed{key(a.Pos), i}
	}
	sort.Slice(order, func(i, j int) bool {
		if order[i].key != order[j].key {
			return order[i].key < order[j].key
		}
		return order[i].atom < order[j].atom
	})
	out := make([]int, len(atoms))
	for i, o := range order {
		out[i] = o.atom
	}
	return out
}
