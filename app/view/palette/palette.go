// SPDX-License-Identifier: BSD-3-Clause

// Package palette has the colours of structures and of their copies, the same in
// the window, in pictures, in reports and in scenes for other programs. They
// hang on what does not change: the ID of a structure, and which copy of it an
// accepted placement is. It knows nothing of how anything is drawn.
// docs/adr/0022-colours.md tells why they are as they are.
package palette

import (
	"image/color"
	"math"

	"difffit/app/document"
	"difffit/fitting/geom"
)

// bases are the colours of structures that nobody gave one: eight that the
// colour-blind can tell apart too, and all can on white and on black.
var bases = [...]color.NRGBA{
	{0, 158, 115, 255},
	{224, 96, 28, 255},
	{40, 112, 220, 255},
	{222, 120, 190, 255},
	{90, 190, 240, 255},
	{178, 186, 36, 255},
	{112, 58, 168, 255},
	{140, 88, 60, 255},
}

// Highlight is the colour of what marks the selected placement beside its
// outline.
var Highlight = color.NRGBA{255, 176, 0, 255}

// Base returns the colour of a structure by its ID, from 1. After the first
// ones come hues between them.
func Base(id int) color.NRGBA {
	i := max(id-1, 0)
	c, round := bases[i%len(bases)], i/len(bases)
	if round == 0 {
		return c
	}
	p := labOf(linear(c)).lch()
	p.h += 0.4 * float64(round) // 23°, about half of what lies between two of them
	p.l = math.Min(math.Max(p.l+[...]float64{0.1, -0.1}[round%2], 0.42), 0.82)
	return p.rgb()
}

// A Palette has the colours of a state. It is not for several goroutines.
type Palette struct {
	s      document.State
	copies map[copiesKey]*copies
}

type copiesKey struct {
	base  color.NRGBA
	alone bool
}

// Of returns the colours of what is in a state.
func Of(s document.State) *Palette { return &Palette{s, map[copiesKey]*copies{}} }

// Structure returns the colour of a structure, which is that of its first copy:
// the one that a person chose, else one by its ID.
func (p *Palette) Structure(id int) color.NRGBA {
	if t := p.s.Structure(id); t != nil && t.Color.A != 0 {
		return t.Color
	}
	return Base(id)
}

// Accepted returns the colour of an accepted placement for life: a shade of that
// of its structure; any hue if the structure was the only one.
func (p *Palette) Accepted(a *document.Accepted) color.NRGBA {
	return p.shade(a.Structure, a.Copy, a.Alone)
}

// Placement returns the colour of a placement, which is where motion puts its
// structure: if it is accepted, or in the place of one of another round that is,
// that one's; else that which it will have if it is accepted next.
func (p *Palette) Placement(id document.ClusterID, motion geom.Rigid) color.NRGBA {
	if a := p.s.AcceptedFrom(id); a != nil {
		return p.Accepted(a)
	}
	if a := p.s.InPlaceOf(id.Structure, motion); a != nil && a.Cluster.Round != id.Round {
		return p.Accepted(a)
	}
	return p.shade(id.Structure, p.s.NextCopy(id), len(p.s.Structures) == 1)
}

// Next returns the colour that the n-th placement of a structure to be accepted
// from now on will have, from 0.
func (p *Palette) Next(structure, n int) color.NRGBA {
	return p.shade(structure, p.s.FreeCopy(structure, n), len(p.s.Structures) == 1)
}

// shade returns the colour of a copy, from 1.
func (p *Palette) shade(structure, number int, alone bool) color.NRGBA {
	t := p.s.Structure(structure)
	key := copiesKey{p.Structure(structure), alone && (t == nil || t.Color.A == 0)}
	if number <= 1 {
		return key.base
	}
	list, ok := p.copies[key]
	if !ok {
		list = newCopies(key)
		p.copies[key] = list
	}
	return list.color(number - 1)
}
