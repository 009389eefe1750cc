// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"
	"slices"

	"difffit/fitting/mol"
)

// Colors says what the colours tell.
type Colors uint8

// Colors.
const (
	Chain   Colors = iota // every chain has its own
	Element               // as usual for elements, carbon grey
	One                   // all atoms have the same
	BFactor               // blue, white, red from low to high
	PLDDT                 // confidence of a predicted model, in the classes of AlphaFold DB
	Value                 // numbers given for each atom
	Rainbow               // each chain from its first residue to its last
	Fold                  // helix, strand, coil, and nucleotides
)

// A Paint says which colour an atom gets.
type Paint struct {
	Colors Colors
	First  int         // for Chain: the place of the first chain's colour
	One    color.NRGBA // for One
	Values *Values     // for Value
}

// Values are numbers of atoms and the colours for them.
type Values struct {
	Of        []float64 // one for each atom
	Low, High float64   // of the first and last colour
	Colors    []color.NRGBA
}

// coldHot goes from blue over white to red.
var coldHot = []color.NRGBA{{50, 90, 220, 255}, {245, 245, 245, 255}, {215, 40, 40, 255}}

// confidence has the colours of AlphaFold DB (Varadi et al., Nucleic Acids
// Res. 50, D439 (2022)) for pLDDT above 90, 70, 50 and below.
var confidence = [...]struct {
	above float64
	color color.NRGBA
}{
	{90, color.NRGBA{0, 83, 214, 255}},
	{70, color.NRGBA{101, 203, 243, 255}},
	{50, color.NRGBA{255, 219, 19, 255}},
	{math.Inf(-1), color.NRGBA{255, 125, 69, 255}},
}

// AtomColors returns the colours of the atoms of a structure.
func (p Paint) AtomColors(s *mol.Structure) []color.NRGBA {
	colors := make([]color.NRGBA, len(s.Atoms))
	of := func(int) color.NRGBA { return p.One }
	switch p.Colors {
	case Chain:
		chains := map[string]color.NRGBA{}
		for i, name := range s.Chains() {
			chains[name] = ChainColor(p.First + i)
		}
		of = func(i int) color.NRGBA { return chains[s.Atoms[i].Chain] }
	case Element:
		of = func(i int) color.NRGBA { return ElementColor(s.Atoms[i].Element) }
	case BFactor:
		low, high := middle(s)
		of = func(i int) color.NRGBA { return ramp(coldHot, (s.Atoms[i].B-low)/(high-low)) }
	case PLDDT:
		of = func(i int) color.NRGBA { return confidenceColor(s.Atoms[i].B) }
	case Rainbow:
		list := rainbow(s)
		of = func(i int) color.NRGBA { return list[i] }
	case Fold:
		list := folds(s)
		of = func(i int) color.NRGBA { return list[i] }
	case Value:
		if v := p.Values; v != nil && len(v.Of) == len(colors) && len(v.Colors) > 0 {
			of = func(i int) color.NRGBA { return ramp(v.Colors, (v.Of[i]-v.Low)/(v.High-v.Low)) }
		}
	}
	for i := range colors {
		colors[i] = of(i)
	}
	return colors
}

// middle returns the 5th and the 95th percentile of the B factors of a
// structure, so that a few atoms do not take all colours.
func middle(s *mol.Structure) (low, high float64) {
	var all []float64
	for _, a := range s.Atoms {
		if !mol.IsWater(a.Residue) {
			all = append(all, a.B)
		}
	}
	if len(all) == 0 {
		return 0, 1
	}
	slices.Sort(all)
	low, high = all[len(all)*5/100], all[(len(all)-1)*95/100]
	if !(high > low) {
		return low - 1, low + 1
	}
	return low, high
}

// BFactors returns the B factors that have the first and the last colour of
// their ramp, and its colours.
func BFactors(s *mol.Structure) (low, high float64, colors []color.NRGBA) {
	low, high = middle(s)
	return low, high, slices.Clone(coldHot)
}

// Confidences returns the lower bounds of pLDDT of the classes of AlphaFold DB
// from the best on, the last −∞, and their colours.
func Confidences() (above []float64, colors []color.NRGBA) {
	for _, c := range confidence {
		above, colors = append(above, c.above), append(colors, c.color)
	}
	return above, colors
}

func confidenceColor(pLDDT float64) color.NRGBA {
	for _, c := range confidence {
		if pLDDT > c.above {
			return c.color
		}
	}
	return color.NRGBA{128, 128, 128, 255} // NaN
}

// ramp returns the colour at x, 0 to 1, of evenly spaced ones; grey for NaN.
func ramp(colors []color.NRGBA, x float64) color.NRGBA {
	if math.IsNaN(x) {
		return color.NRGBA{128, 128, 128, 255}
	}
	x = min(max(x, 0), 1) * float64(len(colors)-1)
	i := min(int(x), max(len(colors)-2, 0))
	a, b, f := colors[i], colors[min(i+1, len(colors)-1)], x-float64(i)
	mix := func(p, q uint8) uint8 { return uint8(math.Round(float64(p) + f*(float64(q)-float64(p)))) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}
