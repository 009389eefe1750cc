// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
	"difffit/render/shape"
)

// chunk is how many neighbouring primitives share a box.
const chunk = 128

// A model is a shape in which rays are looked for.
type model struct {
	shape                 *shape.Shape
	balls, rods, surfaces []box // around every chunk of each primitive
}

func newModel(s *shape.Shape) *model {
	m := &model{shape: s}
	wide := func(p r3.Vec, r float64) box {
		v := r3.Vec{X: r, Y: r, Z: r}
		return box{r3.Sub(p, v), r3.Add(p, v)}
	}
	m.balls = chunks(len(s.Spheres), func(i int, b *box) { b.box(wide(s.Spheres[i].Center, s.Spheres[i].Radius)) })
	m.rods = chunks(len(s.Rods), func(i int, b *box) {
		b.box(wide(s.Rods[i].From, s.Rods[i].Radius))
		b.box(wide(s.Rods[i].To, s.Rods[i].Radius))
	})
	m.surfaces = chunks(len(s.Mesh.Triangles)/3, func(i int, b *box) {
		for _, k := range s.Mesh.Triangles[3*i:][:3] {
			b.add(s.Mesh.Vertices[k].Position)
		}
	})
	return m
}

// chunks returns boxes around n things.
func chunks(n int, add func(i int, b *box)) []box {
	var list []box
	for from := 0; from < n; from += chunk {
		b := emptyBox()
		for i := from; i < min(from+chunk, n); i++ {
			add(i, &b)
		}
		list = append(list, b)
	}
	return list
}

// modelsOf returns the models of molecules, nil for those that are not seen.
func (k *Picker) modelsOf(list []Molecule) []*model {
	all := make([]*model, len(list))
	seen := map[looks]*model{}
	for i, l := range looksOf(list, false, func(*mol.Structure) int { return 0 }) {
		if l.structure == nil || !list[i].Visible || list[i].Marked || opacity(&list[i]) == 0 {
			continue
		}
		l = looks{structure: l.structure, kind: l.kind, radius: l.radius, hydrogens: l.hydrogens, colors: Uniform} // colours do not matter
		m, ok := k.models[l]
		if !ok {
			m = newModel(l.shape())
		}
		seen[l], all[i] = m, m
	}
	k.models = seen // others are forgotten
	return all
}

// pick makes best the nearest atom on a line of sight, if it is nearer. The
// line goes to the frame of the structure, not the atoms to that of the scene.
// Of zone, if it is not nil, what is near is seen.
func (m *model) pick(mo *Molecule, index int, l sight, zone *zoneGrid, best *Hit) {
	for k, g := range mo.Motions {
		back := g.Inverse()
		line := sight{from: back.Apply(l.from), dir: back.Rotate(l.dir), first: l.first, last: min(l.last, best.Distance)}
		atom := -1
		note := func(t float64, a int, at r3.Vec) {
			if t < line.last && l.sees(g.Apply(at)) && (zone == nil || zone.has(g.Apply(at), mo.Zone.Radius)) {
				line.last, atom = t, a
			}
		}
		m.spheresOn(&line, note)
		m.rodsOn(&line, note)
		m.meshOn(&line, note)
		if atom >= 0 {
			*best = Hit{
				IsAtom: true, Molecule: index, ID: mo.ID, Motion: k, Atom: atom, Volume: -1,
				Distance: line.last, Position: g.Apply(mo.Structure.Atoms[atom].Pos),
			}
			if atom < len(mo.Part) {
				best.Atom = mo.Part[atom]
			}
		}
	}
}

// through calls f for the things in chunks that a line meets.
func through(boxes []box, n int, l *sight, f func(i int)) {
	for c, b := range boxes {
		if t0, t1 := clip(b, l.from, l.dir); t0 > t1 || t0 > l.last || t1 < l.first {
			continue
		}
		for i := c * chunk; i < min((c+1)*chunk, n); i++ {
			f(i)
		}
	}
}

// spheresOn, and the others, call note with where a line meets something, the
// atom, and the place that tells whether it is in a zone.
func (m *model) spheresOn(l *sight, note func(t float64, atom int, at r3.Vec)) {
	through(m.balls, len(m.shape.Spheres), l, func(i int) {
		s := &m.shape.Spheres[i]
		oc := r3.Sub(s.Center, l.from)
		b := r3.Dot(oc, l.dir)
		disc := b*b - r3.Norm2(oc) + s.Radius*s.Radius
		if disc < 0 {
			return
		}
		root := math.Sqrt(disc)
		if b+root > l.first { // else the slab has cut it off
			note(max(b-root, l.first), s.Atom, s.Center)
		}
	})
}

func (m *model) rodsOn(l *sight, note func(t float64, atom int, at r3.Vec)) {
	through(m.rods, len(m.shape.Rods), l, func(i int) {
		r := &m.shape.Rods[i]
		axis := r3.Sub(r.To, r.From)
		span := r3.Norm(axis)
		axis = r3.Scale(1/math.Max(span, 1e-4), axis)
		o := r3.Sub(l.from, r.From)
		d := r3.Sub(l.dir, r3.Scale(r3.Dot(l.dir, axis), axis))
		q := r3.Sub(o, r3.Scale(r3.Dot(o, axis), axis))
		a := math.Max(r3.Norm2(d), 1e-12)
		b := r3.Dot(d, q) / a
		disc := b*b - (r3.Norm2(q)-r.Radius*r.Radius)/a
		if disc < 0 || -b+math.Sqrt(disc) <= l.first {
			return
		}
		t := math.Max(-b-math.Sqrt(disc), l.first)
		along := r3.Dot(r3.Sub(l.at(t), r.From), axis)
		switch {
		case along < 0 || along > span:
		case along < span/2:
			note(t, r.AtomFrom, r.From)
		default:
			note(t, r.AtomTo, r.To)
		}
	})
}

// meshOn looks for triangles (T. Möller and B. Trumbore, J. Graphics Tools 2,
// 21 (1997)).
func (m *model) meshOn(l *sight, note func(t float64, atom int, at r3.Vec)) {
	mesh := &m.shape.Mesh
	through(m.surfaces, len(mesh.Triangles)/3, l, func(i int) {
		k := mesh.Triangles[3*i:][:3]
		a, b, c := &mesh.Vertices[k[0]], &mesh.Vertices[k[1]], &mesh.Vertices[k[2]]
		e, f := r3.Sub(b.Position, a.Position), r3.Sub(c.Position, a.Position)
		p := r3.Cross(l.dir, f)
		det := r3.Dot(e, p)
		if math.Abs(det) < 1e-12 {
			return
		}
		o := r3.Sub(l.from, a.Position)
		u := r3.Dot(o, p) / det
		q := r3.Cross(o, e)
		v := r3.Dot(l.dir, q) / det
		if t := r3.Dot(f, q) / det; u >= 0 && v >= 0 && u+v <= 1 && t > l.first {
			atom := a.Atom
			if u >= v && u > 1-u-v {
				atom = b.Atom
			} else if v > 1-u-v {
				atom = c.Atom
			}
			note(t, atom, l.at(t))
		}
	})
}
