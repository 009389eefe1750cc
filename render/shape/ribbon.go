// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Half widths and thicknesses of ribbons, in ångström.
const (
	tubeRadius   = 0.9
	coilRadius   = 0.3
	nucleicTube  = 0.8
	ribbonWidth  = 1.15
	ribbonThick  = 0.24
	arrowWidth   = 1.9
	arrowTip     = 0.3
	rungRadius   = 0.35
	arrowLengths = 1.3 // residues
)

// tube returns tubes through the traced atoms of polymers.
func tube(s *mol.Structure, detail Detail, colors []color.NRGBA) *Shape {
	shape := &Shape{}
	for _, stretch := range stretches(s, residues(s)) {
		r := newRibbon(s, stretch, colors, make([]mol.SecondaryKind, len(stretch)))
		r.radius = tubeRadius
		r.add(&shape.Mesh, detail)
	}
	return shape
}

// cartoon returns ribbons for polymers, and sticks for the rest.
func cartoon(s *mol.Structure, detail Detail, colors []color.NRGBA) *Shape {
	shape := &Shape{}
	list := residues(s)
	folding := newFolding(s, list)
	drawn := make([]bool, len(s.Atoms))
	for _, stretch := range stretches(s, list) {
		r := newRibbon(s, stretch, colors, folding.of(stretch))
		r.add(&shape.Mesh, detail)
		for i := range stretch {
			for k := stretch[i].first; k < stretch[i].last; k++ {
				drawn[k] = true
			}
			shape.addRung(s, &stretch[i], colors)
		}
	}
	rest := func(i int) bool { return !drawn[i] && !mol.IsWater(s.Atoms[i].Residue) }
	for i, a := range s.Atoms {
		if rest(i) {
			shape.Spheres = append(shape.Spheres, Sphere{a.Pos, StickRadius, colors[i], i})
		}
	}
	if len(shape.Spheres) > 0 {
		shape.addBonds(s, StickRadius, colors, rest)
		shape.growLonely(s, rest)
	}
	return shape
}

// addRung adds the rod from the backbone of a nucleotide to the end of its base.
func (s *Shape) addRung(m *mol.Structure, r *residue, colors []color.NRGBA) {
	if r.isProtein() || r.base < 0 || r.sugar < 0 {
		return
	}
	from := r.sugar
	s.Rods = append(s.Rods, Rod{m.Atoms[from].Pos, m.Atoms[r.base].Pos, rungRadius, colors[from], colors[r.base], from, r.base})
	for _, i := range [2]int{from, r.base} {
		s.Spheres = append(s.Spheres, Sphere{m.Atoms[i].Pos, rungRadius, colors[i], i})
	}
}

// A ribbon is a curve through the traced atoms of a stretch of residues.
type ribbon struct {
	points []r3.Vec
	wide   []r3.Vec // unit vectors across the curve, in the plane of the ribbon
	kinds  []mol.SecondaryKind
	atoms  []int
	colors []color.NRGBA
	radius float64 // of coils
}

func newRibbon(s *mol.Structure, stretch []residue, colors []color.NRGBA, kinds []mol.SecondaryKind) *ribbon {
	r := &ribbon{kinds: kinds, radius: coilRadius}
	if !stretch[0].isProtein() {
		r.radius = nucleicTube
	}
	for i := range stretch {
		a := stretch[i].trace()
		r.points = append(r.points, s.Atoms[a].Pos)
		r.atoms = append(r.atoms, a)
		r.colors = append(r.colors, colors[a])
	}
	r.orient()
	r.flatten()
	return r
}

// orient finds the planes of the ribbon from the bends of the curve: along the
// axis of a helix, and in the sheet of a strand, whose Cα zigzag across it.
func (r *ribbon) orient() {
	n := len(r.points)
	r.wide = make([]r3.Vec, n)
	for i := 1; i+1 < n; i++ {
		w := r3.Cross(r3.Sub(r.points[i], r.points[i-1]), r3.Sub(r.points[i+1], r.points[i]))
		if l := r3.Norm(w); l > 1e-3 {
			w = r3.Scale(1/l, w)
		} else {
			w = r3.Vec{}
		}
		if r3.Dot(w, r.wide[i-1]) < 0 {
			w = r3.Scale(-1, w)
		}
		if w == (r3.Vec{}) {
			w = r.wide[i-1]
		}
		r.wide[i] = w
	}
	if n > 2 {
		r.wide[0], r.wide[n-1] = r.wide[1], r.wide[n-2]
	}
	for i, w := range r.wide {
		if w == (r3.Vec{}) {
			r.wide[i] = r3.Vec{X: 1}
		}
	}
	soft := make([]r3.Vec, n)
	for i := range r.wide {
		soft[i] = unit(r3.Add(r3.Scale(2, r.wide[i]), r3.Add(r.wide[max(i-1, 0)], r.wide[min(i+1, n-1)])), r.wide[i])
	}
	r.wide = soft
}

// flatten takes the zigzag out of strands.
func (r *ribbon) flatten() {
	old := append([]r3.Vec(nil), r.points...)
	for i := 1; i+1 < len(old); i++ {
		if r.kinds[i] == mol.Strand {
			r.points[i] = r3.Add(r3.Scale(0.5, old[i]), r3.Scale(0.25, r3.Add(old[i-1], old[i+1])))
		}
	}
}

// add adds the ribbon to a mesh.
func (r *ribbon) add(m *Mesh, detail Detail) {
	along, cap := detail.steps()
	n := len(r.points)
	var list []section
	for i := range n - 1 {
		for k := range along {
			list = r.append(list, i, float64(k)/float64(along))
		}
	}
	list = r.append(list, n-2, 1)
	m.sweep(list, cap)
}

// append adds the section at part f from residue i to the next; where an arrow
// begins there are two.
func (r *ribbon) append(list []section, i int, f float64) []section {
	p, q := r.points[i], r.points[i+1]
	before, after := r.points[max(i-1, 0)], r.points[min(i+2, len(r.points)-1)]
	s := section{center: spline(before, p, q, after, f)}
	s.tangent = unit(slopeOf(before, p, q, after, f), r3.Sub(q, p))
	w := r3.Add(r3.Scale(1-f, r.wide[i]), r3.Scale(f, r.wide[i+1]))
	w = r3.Sub(w, r3.Scale(r3.Dot(w, s.tangent), s.tangent))
	s.wide = unit(w, across(s.tangent))
	s.thick = r3.Cross(s.tangent, s.wide)
	near := i
	if f >= 0.5 {
		near = i + 1
	}
	s.color, s.atom = r.colors[near], r.atoms[near]
	s.w, s.t = r.profile(i, f)
	to, ok := r.arrowEnd(i)
	if !ok {
		return append(list, s)
	}
	left := float64(to) - float64(i) - f // residues to the tip
	if left > arrowLengths {
		return append(list, s)
	}
	if len(list) > 0 && list[len(list)-1].w <= ribbonWidth+1e-9 && left > arrowLengths/2 {
		list = append(list, s) // the base of the arrow: a step
		list[len(list)-1].w, list[len(list)-1].t = ribbonWidth, ribbonThick
	}
	s.w, s.t = max(arrowTip, arrowTip+(arrowWidth-arrowTip)*left/arrowLengths), ribbonThick
	return append(list, s)
}

// arrowEnd returns the last residue of the strand that the part after residue
// i belongs to.
func (r *ribbon) arrowEnd(i int) (int, bool) {
	if r.kinds[i] != mol.Strand || r.kinds[i+1] != mol.Strand {
		return 0, false
	}
	to := i + 1
	for to+1 < len(r.kinds) && r.kinds[to+1] == mol.Strand {
		to++
	}
	return to, true
}

// profile returns half the width and thickness at part f from residue i to the
// next; they change smoothly between kinds.
func (r *ribbon) profile(i int, f float64) (w, t float64) {
	of := func(k mol.SecondaryKind) (float64, float64) {
		if k == coil {
			return r.radius, r.radius
		}
		return ribbonWidth, ribbonThick
	}
	w, t = of(r.kinds[i])
	w2, t2 := of(r.kinds[i+1])
	if r.kinds[i] == mol.Strand && r.kinds[i+1] == coil {
		return w2, t2 // after the tip of an arrow
	}
	f = f * f * (3 - 2*f)
	return w + f*(w2-w), t + f*(t2-t)
}

// spline returns the Catmull-Rom curve between p and q (E. Catmull and R. Rom,
// in Computer Aided Geometric Design, 317 (1974)).
func spline(o, p, q, r r3.Vec, f float64) r3.Vec {
	f2, f3 := f*f, f*f*f
	sum := r3.Scale(0.5*(-f3+2*f2-f), o)
	sum = r3.Add(sum, r3.Scale(0.5*(3*f3-5*f2+2), p))
	sum = r3.Add(sum, r3.Scale(0.5*(-3*f3+4*f2+f), q))
	return r3.Add(sum, r3.Scale(0.5*(f3-f2), r))
}

// slopeOf returns the derivative of spline.
func slopeOf(o, p, q, r r3.Vec, f float64) r3.Vec {
	f2 := f * f
	sum := r3.Scale(0.5*(-3*f2+4*f-1), o)
	sum = r3.Add(sum, r3.Scale(0.5*(9*f2-10*f), p))
	sum = r3.Add(sum, r3.Scale(0.5*(-9*f2+8*f+1), q))
	return r3.Add(sum, r3.Scale(0.5*(3*f2-2*f), r))
}

// unit returns v with length 1, or that of other if v has none.
func unit(v, other r3.Vec) r3.Vec {
	if l := r3.Norm(v); l > 1e-6 {
		return r3.Scale(1/l, v)
	}
	if l := r3.Norm(other); l > 1e-6 {
		return r3.Scale(1/l, other)
	}
	return r3.Vec{X: 1}
}

// across returns a unit vector at right angles to a unit vector.
func across(v r3.Vec) r3.Vec {
	a := r3.Vec{X: 1}
	if v.X > 0.7 || v.X < -0.7 {
		a = r3.Vec{Y: 1}
	}
	return unit(r3.Cross(v, a), a)
}
