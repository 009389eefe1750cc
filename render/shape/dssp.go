// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Hydrogen bonds of the backbone: W. Kabsch and C. Sander, Biopolymers 22,
// 2577 (1983). Energies are in kcal/mol, distances in ångström.
const (
	bondFactor = 0.42 * 0.20 * 332 // charges of C=O and N-H, and the factor for ångström and kcal/mol
	bondEnergy = -0.5              // and below is a bond
	lengthNH   = 1.0
	farCA      = 9.0 // beyond this distance of Cα atoms there is no bond
	bridgeCA   = 7.0 // nor a bridge: in one they are 4.4 to 5.5 Å apart
)

// A backbone has the hydrogen bonds of the protein of a structure.
type backbone struct {
	s      *mol.Structure
	list   []residue // those with N, CA, C and O, in the order of the file
	bound  []bool    // whether residue i is bound to i−1
	h      []r3.Vec  // the hydrogen of N
	donors []bool    // whether there is one: the first of a chain and proline have none
	bonds  map[[2]int]bool
	close  [][2]int // residues that may be in a bridge
}

// newBackbone finds the bonds. It returns nil if fewer than half of the
// residues with a Cα have all of N, C and O.
func newBackbone(s *mol.Structure, list []residue) *backbone {
	b := &backbone{s: s, bonds: map[[2]int]bool{}}
	traced := 0
	for _, r := range list {
		if r.ca >= 0 {
			traced++
		}
		if r.n >= 0 && r.ca >= 0 && r.c >= 0 && r.o >= 0 {
			b.list = append(b.list, r)
		}
	}
	if 2*len(b.list) < traced {
		return nil
	}
	n := len(b.list)
	b.bound, b.donors, b.h = make([]bool, n), make([]bool, n), make([]r3.Vec, n)
	for i := 1; i < n; i++ {
		p, r := &b.list[i-1], &b.list[i]
		b.bound[i] = follows(s, p, r)
		if !b.bound[i] || s.Atoms[r.first].Residue == "PRO" {
			continue
		}
		co := r3.Sub(b.at(p.c), b.at(p.o)) // N-H lies against the C=O before it
		if l := r3.Norm(co); l > 0 {
			b.h[i], b.donors[i] = r3.Add(b.at(r.n), r3.Scale(lengthNH/l, co)), true
		}
	}
	b.find()
	return b
}

func (b *backbone) at(atom int) r3.Vec { return b.s.Atoms[atom].Pos }

// find looks for bonds between residues whose Cα atoms are near.
func (b *backbone) find() {
	type cell [3]int
	cells := map[cell][]int{}
	at := func(p r3.Vec) cell {
		return cell{int(math.Floor(p.X / farCA)), int(math.Floor(p.Y / farCA)), int(math.Floor(p.Z / farCA))}
	}
	for i := range b.list {
		c := at(b.at(b.list[i].ca))
		for n := range 27 {
			for _, j := range cells[cell{c[0] + n%3 - 1, c[1] + n/3%3 - 1, c[2] + n/9 - 1}] {
				d := r3.Norm2(r3.Sub(b.at(b.list[i].ca), b.at(b.list[j].ca)))
				if d > farCA*farCA {
					continue
				}
				if d < bridgeCA*bridgeCA {
					b.close = append(b.close, [2]int{j, i})
				}
				for _, pair := range [2][2]int{{i, j}, {j, i}} {
					if b.isBond(pair[0], pair[1]) {
						b.bonds[pair] = true
					}
				}
			}
		}
		cells[c] = append(cells[c], i)
	}
}

// isBond tells whether N-H of residue i binds to C=O of residue j.
func (b *backbone) isBond(i, j int) bool {
	if !b.donors[i] || i == j || i == j+1 {
		return false
	}
	d := func(p, q r3.Vec) float64 { return math.Max(r3.Norm(r3.Sub(p, q)), 0.5) }
	n, h := b.at(b.list[i].n), b.h[i]
	o, c := b.at(b.list[j].o), b.at(b.list[j].c)
	e := bondFactor * (1/d(o, n) + 1/d(c, h) - 1/d(o, h) - 1/d(c, n))
	return e < bondEnergy
}

// has tells whether N-H of i binds to C=O of j; neither needs to exist.
func (b *backbone) has(i, j int) bool { return b.bonds[[2]int{i, j}] }

// whole tells whether residues i to j are bound to each other.
func (b *backbone) whole(i, j int) bool {
	if i < 0 || j >= len(b.list) {
		return false
	}
	for k := i + 1; k <= j; k++ {
		if !b.bound[k] {
			return false
		}
	}
	return true
}

// kinds returns helices (two turns of 4, 3 or 5 residues in a row) and strands
// (bridges, parallel or not), by the first atom of each residue.
func (b *backbone) kinds() map[int]mol.SecondaryKind {
	n := len(b.list)
	kinds := make([]mol.SecondaryKind, n)
	for _, pair := range b.close {
		i, j := min(pair[0], pair[1]), max(pair[0], pair[1])
		if j-i < 3 || !b.whole(i-1, i+1) || !b.whole(j-1, j+1) {
			continue
		}
		parallel := b.has(i, j-1) && b.has(j+1, i) || b.has(j, i-1) && b.has(i+1, j)
		anti := b.has(i, j) && b.has(j, i) || b.has(i+1, j-1) && b.has(j+1, i-1)
		if parallel || anti {
			kinds[i], kinds[j] = mol.Strand, mol.Strand
		}
	}
	b.bridgeGaps(kinds)
	for _, turn := range [3]int{5, 3, 4} { // the last counts most
		for i := 1; i+turn < n; i++ {
			if b.has(i+turn, i) && b.has(i-1+turn, i-1) && b.whole(i-1, i+turn) {
				for k := i; k < i+turn; k++ {
					kinds[k] = mol.Helix
				}
			}
		}
	}
	dropShort(kinds)
	of := make(map[int]mol.SecondaryKind, n)
	for i, r := range b.list {
		of[r.first] = kinds[i]
	}
	return of
}

// bridgeGaps makes strands of single residues between two strands: a β-bulge.
func (b *backbone) bridgeGaps(kinds []mol.SecondaryKind) {
	for i := 1; i+1 < len(kinds); i++ {
		if kinds[i] == coil && kinds[i-1] == mol.Strand && kinds[i+1] == mol.Strand && b.whole(i-1, i+1) {
			kinds[i] = mol.Strand
		}
	}
}
