// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"fmt"
	"image/color"
	"slices"
)

// FreeCopy returns the number of the copy that the n-th placement of a
// structure to be accepted from now on will be, from 0: the least ones that no
// accepted placement has.
func (s State) FreeCopy(structure, n int) int {
	for number := 1; ; number++ {
		if slices.ContainsFunc(s.Accepted, func(a *Accepted) bool { return a.Structure == structure && a.Copy == number }) {
			continue
		}
		if n == 0 {
			return number
		}
		n--
	}
}

// SetColor gives a structure a colour for life, and with it shades of it to its
// copies. One that is not opaque gives it back its own.
func (d *Document) SetColor(id int, c color.NRGBA) error {
	if c.A != 0 && c.A != 255 {
		return fmt.Errorf("document: the colour of %s has the opacity %d, want 255, or 0 for none", d.state.Name(id), c.A)
	}
	if c.A == 0 {
		c = color.NRGBA{}
	}
	return d.edit("Colour of "+d.state.Name(id), func(s *State) error {
		return s.structure(id, func(t *Structure) { t.Color = c })
	})
}
