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

// NextCopy returns the number of the copy that a placement will be if it is
// accepted next. Each that is proposed has its own, whatever is decided about the
// others of its round; any other placement has the least that is free.
func (s State) NextCopy(id ClusterID) int {
	before := 0
	if r, f := s.Round(id.Round), s.Fit(id); r != nil && r.Proposed != "" && f != nil {
		for _, c := range f.Result.Clusters {
			q := ClusterID{id.Round, id.Structure, c.Rank}
			if q == id {
				break
			}
			if s.AcceptedFrom(q) == nil {
				before++
			}
		}
	}
	return s.FreeCopy(id.Structure, before)
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
