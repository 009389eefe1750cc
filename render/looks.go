// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"

	"difffit/fitting/mol"
	"difffit/render/shape"
)

// A looks is what the shape of a molecule depends on. Motions are not part of
// it: moving a molecule uploads nothing.
type looks struct {
	structure *mol.Structure
	kind      shape.Kind
	colors    Coloring
	first     int // of the colours of chains
	one       [4]uint8
	values    *Values
	hydrogens bool
	detail    shape.Detail
	thin      int     // of spheres, one of so many is drawn; 0 for all
	radius    float64 // of all spheres, ångström; 0 for that of their atoms
}

// How many atoms a draft may have. Drafts are for devices that are slow.
const (
	draftSpheres = 8000
	draftTubes   = 20000 // as tubes
	draftRibbons = 40000 // as ribbons
)

// roughly makes the looks those of a draft of so many atoms in all.
func (k *looks) roughly(atoms int) {
	k.detail = shape.Rough
	residues := func() {
		k.kind = shape.Residues
		atoms /= 8 // in a residue, about
	}
	switch k.kind {
	case shape.Sticks, shape.BallsAndSticks:
		if atoms > draftTubes {
			residues()
		} else if atoms > draftSpheres {
			k.kind = shape.Tube
		}
	case shape.Tube, shape.Cartoon, shape.Skin:
		if atoms > draftRibbons {
			residues()
		}
	}
	if atoms > draftSpheres && k.kind != shape.Tube && k.kind != shape.Cartoon && k.kind != shape.Skin {
		k.thin = (atoms + draftSpheres - 1) / draftSpheres
	}
}

// atomsIn returns how many atoms are to be drawn.
func atomsIn(list []Molecule) int {
	n := 0
	for _, m := range list {
		if m.Visible && m.Structure != nil && !m.Marked {
			n += len(m.Structure.Atoms) * len(m.Motions)
		}
	}
	return n
}

// kinds has the shapes of styles.
var kinds = map[Style]shape.Kind{
	Spheres: shape.VanDerWaals, Balls: shape.Small, Trace: shape.Residues, BallAndStick: shape.BallsAndSticks,
	Sticks: shape.Sticks, Tube: shape.Tube, Cartoon: shape.Cartoon, Skin: shape.Skin, Points: shape.VanDerWaals,
}

// looksOf returns the looks of the molecules of a scene. Chains of different
// structures get different colours; chainsOf returns how many there are.
func looksOf(list []Molecule, draft bool, chainsOf func(*mol.Structure) int) []looks {
	all := make([]looks, len(list))
	first := map[*mol.Structure]int{}
	next, atoms := 0, atomsIn(list)
	for i, m := range list {
		if m.Structure == nil {
			continue
		}
		if _, seen := first[m.Structure]; !seen {
			first[m.Structure] = next
			next += chainsOf(m.Structure)
		}
		k := looks{structure: m.Structure, kind: kinds[m.Style], colors: m.Coloring, hydrogens: m.Hydrogens}
		if m.Style == Points {
			k.radius = m.Radius
		}
		ribbon := k.kind == shape.Cartoon || k.kind == shape.Tube
		switch {
		case k.colors == ByChain:
			k.first = first[m.Structure]
		case k.colors == ByValue && m.Values != nil:
			k.values = m.Values
		case k.colors.isOne(), k.colors == ByValue, k.colors == ByElement && ribbon, k.colors == ByHetero:
			k.one = [4]uint8{m.Color.R, m.Color.G, m.Color.B, 255}
		}
		if draft && (ribbon || k.kind == shape.Skin || atoms > draftSpheres) {
			k.roughly(atoms)
		}
		all[i] = k
	}
	return all
}

// atomColors returns the colours of the atoms.
func (k looks) atomColors() []color.NRGBA {
	p := shape.Paint{First: k.first}
	p.One.R, p.One.G, p.One.B, p.One.A = k.one[0], k.one[1], k.one[2], 255
	switch k.colors {
	case ByChain:
		p.Colors = shape.Chain
	case ByElement, ByHetero:
		p.Colors = shape.Element
	case ByBFactor:
		p.Colors = shape.BFactor
	case ByPLDDT:
		p.Colors = shape.PLDDT
	case ByRainbow:
		p.Colors = shape.Rainbow
	case BySecondary:
		p.Colors = shape.Fold
	case ByValue:
		p.Colors = shape.One
		if v := k.values; v != nil {
			p.Colors, p.Values = shape.Value, &shape.Values{Of: v.Of, Low: v.Low, High: v.High, Colors: v.Colors}
		}
	default:
		p.Colors = shape.One
	}
	colors := p.AtomColors(k.structure)
	if ribbon := k.kind == shape.Cartoon || k.kind == shape.Tube; k.colors == ByHetero || k.colors == ByElement && ribbon {
		k.carbonsAs(colors)
	}
	return colors
}

// shape makes what the looks are of.
func (k looks) shape() *shape.Shape {
	s := shape.Of(k.structure, k.kind, k.detail, k.atomColors())
	if !k.hydrogens && k.kind.HasBonds() {
		s = s.WithoutHydrogens(k.structure)
	}
	if k.radius > 0 {
		for i := range s.Spheres {
			s.Spheres[i].Radius = k.radius
		}
	}
	return s.Thin(k.thin)
}

// phosphorus is the element through which ribbons of nucleic acids go.
const phosphorus = mol.Element(15)

// carbonsAs gives carbon atoms, and with them ribbons, the colour of the molecule.
func (k looks) carbonsAs(colors []color.NRGBA) {
	for i, a := range k.structure.Atoms {
		if a.Element == mol.Carbon || a.Element == phosphorus && (k.kind == shape.Cartoon || k.kind == shape.Tube || k.kind == shape.Residues) {
			colors[i] = color.NRGBA{R: k.one[0], G: k.one[1], B: k.one[2], A: 255}
		}
	}
}
