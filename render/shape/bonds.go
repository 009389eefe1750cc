// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// covalent has covalent radii in ångström: B. Cordero et al., Dalton Trans.
// 2832 (2008). Elements that are not here form no bonds that are drawn: metal
// ions would have them to everything around.
var covalent = map[mol.Element]float64{
	1: 0.31, 5: 0.84, 6: 0.76, 7: 0.71, 8: 0.66, 9: 0.57, 14: 1.11, 15: 1.07, 16: 1.05, 17: 1.02, 34: 1.20, 35: 1.20, 53: 1.39,
	mol.Unknown: 0.76,
}

// Two atoms are bonded if their distance is at most the sum of their covalent
// radii and slack (as in J. C. Baber and E. E. Hodgkin, J. Chem. Inf. Comput.
// Sci. 32, 401 (1992)), and if they are not at the same place.
const (
	bondSlack  = 0.40 // ångström
	bondLeast  = 0.40
	bondLength = 2*1.39 + bondSlack // the longest, and the edge of a cell
)

// Bonds returns the pairs of atoms that are bonded, by their distances. Water
// is left out.
func Bonds(s *mol.Structure) [][2]int {
	type cell [3]int32
	at := func(p r3.Vec) cell {
		return cell{int32(math.Floor(p.X / bondLength)), int32(math.Floor(p.Y / bondLength)), int32(math.Floor(p.Z / bondLength))}
	}
	cells := map[cell][]int32{}
	var bonds [][2]int
	for i, a := range s.Atoms {
		r, ok := covalent[a.Element]
		if !ok || mol.IsWater(a.Residue) || !isFinite(a.Pos) {
			continue
		}
		c := at(a.Pos)
		for n := range int32(27) {
			for _, j := range cells[cell{c[0] + n%3 - 1, c[1] + n/3%3 - 1, c[2] + n/9 - 1}] {
				b := &s.Atoms[j]
				most := r + covalent[b.Element] + bondSlack
				d := r3.Norm2(r3.Sub(a.Pos, b.Pos))
				if d <= most*most && d >= bondLeast*bondLeast && mayBond(&a, b) {
					bonds = append(bonds, [2]int{int(j), i})
				}
			}
		}
		cells[c] = append(cells[c], int32(i))
	}
	return bonds
}

// mayBond tells what distances do not: atoms of different alternate locations
// are never there together, and hydrogens bind to one atom.
func mayBond(a, b *mol.Atom) bool {
	if a.Alt != b.Alt && a.Alt != "" && b.Alt != "" {
		return false
	}
	return a.Element != mol.Hydrogen || b.Element != mol.Hydrogen
}

func isFinite(p r3.Vec) bool {
	return math.Abs(p.X) < 1e6 && math.Abs(p.Y) < 1e6 && math.Abs(p.Z) < 1e6
}
