// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Sees tells whether a place is before the eye and cut off by nothing: neither by
// the slab, nor because it is too far from the centre.
func (c Camera) Sees(p r3.Vec) bool {
	_, _, depth := c.Project(p, 1, 1)
	near, far := c.slab()
	b, ball := c.ball()
	return depth > 0 && depth >= near && depth <= far && (!ball || r3.Norm(r3.Sub(p, c.Target)) <= b.hi.X-c.Target.X)
}

// AtomColors returns the colours that the atoms of the i-th molecule of a scene
// have in the picture.
func AtomColors(list []Molecule, i int) []color.NRGBA {
	k := looksOf(list, false, func(s *mol.Structure) int { return len(s.Chains()) })[i]
	if k.structure == nil {
		return nil
	}
	return k.atomColors()
}
