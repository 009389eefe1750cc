// SPDX-License-Identifier: BSD-3-Clause

package palette

import (
	"image/color"
	"math"
)

// copies are the colours of the copies of a structure. Each next one is that of
// some candidates that is farthest from all before: the first few are as far
// apart as can be, and one more changes none of them.
type copies struct {
	chosen     []color.NRGBA
	candidates []candidate
}

type candidate struct {
	color   color.NRGBA
	seen    impression
	nearest float64 // how far from the nearest of the chosen
}

// The candidates: lightness, between what is too dark on black and what is too
// light on white; turns of the hue, in degrees; and the least chroma.
var (
	shadeLightness = []float64{0.40, 0.49, 0.58, 0.67, 0.76, 0.85}
	shadeTurns     = []float64{-45, -30, -15, 0, 15, 30, 45}
	wideLightness  = []float64{0.52, 0.62, 0.72, 0.82}
)

const (
	wideTurns   = 24 // around the circle
	wideChroma  = 0.17
	shadeChroma = 0.13
)

func newCopies(key copiesKey) *copies {
	lightness, turns, chroma := shadeLightness, shadeTurns, shadeChroma
	if key.alone {
		lightness, turns, chroma = wideLightness, nil, wideChroma
		for i := range wideTurns {
			turns = append(turns, 360/wideTurns*float64(i))
		}
	}
	base := labOf(linear(key.base)).lch()
	c := &copies{}
	for _, l := range lightness {
		for _, turn := range turns {
			x := lch{l, math.Max(base.c, chroma), base.h + turn*math.Pi/180}.rgb()
			c.candidates = append(c.candidates, candidate{x, impressionOf(x), math.Inf(1)})
		}
	}
	c.choose(key.base)
	return c
}

func (c *copies) choose(x color.NRGBA) {
	c.chosen = append(c.chosen, x)
	seen := impressionOf(x)
	for i := range c.candidates {
		k := &c.candidates[i]
		k.nearest = min(k.nearest, k.seen.apart(seen))
	}
}

// mostCopies is how many colours there are before they come again.
const mostCopies = 24

// color returns the i-th colour, from 0.
func (c *copies) color(i int) color.NRGBA {
	i %= mostCopies
	for len(c.chosen) <= i {
		best := &c.candidates[0]
		for k := range c.candidates {
			if c.candidates[k].nearest > best.nearest {
				best = &c.candidates[k]
			}
		}
		c.choose(best.color)
	}
	return c.chosen[i]
}
