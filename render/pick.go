// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/shape"
)

// A Hit is what lies under a point of a picture: an atom or a surface.
type Hit struct {
	IsAtom   bool    // else it is the surface of a map
	Molecule int     // index in Scene.Molecules, -1 if no atom was hit
	ID       int     // Molecule.ID
	Motion   int     // index in Molecule.Motions
	Atom     int     // index in Structure.Atoms, -1 if no atom was hit
	Volume   int     // index in Scene.Volumes of the surface, -1 if an atom was hit
	Position r3.Vec  // ångström: the centre of the atom, or a point of the surface
	Distance float64 // from the eye to what was hit, ångström
	Density  float64 // of the first visible map at Position, 0 without a map
}

// Pick returns what is seen at (x, y), from the upper left corner, in a
// picture of w by h. Atoms are hit through translucent surfaces, but not
// through opaque ones. It needs no OpenGL and works on any goroutine.
func Pick(s *Scene, c Camera, x, y, w, h float64) (Hit, bool) {
	if w <= 0 || h <= 0 {
		return Hit{}, false
	}
	from, dir := c.Ray(x, y, w, h)
	atom, surface, opaque := noHit(), noHit(), noHit()
	for i := range s.Molecules {
		pickMolecule(&s.Molecules[i], i, from, dir, &atom)
	}
	for i, v := range s.Volumes {
		if !v.Visible || v.Grid == nil || v.Color.A == 0 {
			continue
		}
		if t, ok := firstCrossing(v.Grid, v.Level, from, dir); ok {
			hit := noHit()
			hit.Volume, hit.Distance, hit.Position = i, t, along(from, dir, t)
			surface = nearer(surface, hit)
			if v.Color.A == 255 {
				opaque = nearer(opaque, hit)
			}
		}
	}
	hit := surface
	if atom.Distance < opaque.Distance {
		hit = atom
	}
	if math.IsInf(hit.Distance, 1) {
		return Hit{}, false
	}
	hit.Density = firstDensity(s, hit.Position)
	return hit, true
}

func noHit() Hit { return Hit{Molecule: -1, Atom: -1, Volume: -1, Distance: math.Inf(1)} }

func nearer(a, b Hit) Hit {
	if b.Distance < a.Distance {
		return b
	}
	return a
}

func along(from, dir r3.Vec, t float64) r3.Vec { return r3.Add(from, r3.Scale(t, dir)) }

func firstDensity(s *Scene, p r3.Vec) float64 {
	for _, v := range s.Volumes {
		if v.Visible && v.Grid != nil {
			return v.Grid.Sample(p)
		}
	}
	return 0
}

// pickMolecule makes best the nearest atom on the ray, if it is nearer. The
// ray goes to the frame of the structure, not the atoms to that of the scene.
func pickMolecule(m *Molecule, index int, from, dir r3.Vec, best *Hit) {
	if !m.Visible || m.Structure == nil {
		return
	}
	spheres := shape.Spheres(m.Structure, sizeOf(m.Style), shape.Paint{})
	for k, g := range m.Motions {
		back := g.Inverse()
		o, d := back.Apply(from), back.Rotate(dir)
		for _, s := range spheres {
			t, ok := raySphere(o, d, s.Center, s.Radius)
			if ok && t < best.Distance {
				*best = Hit{
					IsAtom: true, Molecule: index, ID: m.ID, Motion: k, Atom: s.Atom, Volume: -1,
					Distance: t, Position: g.Apply(s.Center),
				}
			}
		}
	}
}

// raySphere returns where a ray with unit direction d enters a sphere.
func raySphere(o, d, center r3.Vec, radius float64) (float64, bool) {
	oc := r3.Sub(center, o)
	b := r3.Dot(oc, d)
	disc := b*b - r3.Norm2(oc) + radius*radius
	if disc < 0 {
		return 0, false
	}
	t := b - math.Sqrt(disc)
	return t, t > 0
}

// firstCrossing returns where a ray with unit direction d first comes from
// below level to level or above, in steps of half a voxel as Draw does it.
func firstCrossing(g *volume.Grid, level float32, o, d r3.Vec) (float64, bool) {
	b := gridBox(g)
	t0, t1 := clip(b, o, d)
	if !(t0 < t1) {
		return 0, false
	}
	step := min(g.Step.X, g.Step.Y, g.Step.Z) / 2
	density := func(t float64) float64 {
		p := along(o, d, min(max(t, t0), t1))
		// Rounding must not take p out of the box, where there is no density.
		p = r3.Vec{X: min(max(p.X, b.lo.X), b.hi.X), Y: min(max(p.Y, b.lo.Y), b.hi.Y), Z: min(max(p.Z, b.lo.Z), b.hi.Z)}
		return g.Sample(p)
	}
	want := float64(level)
	if density(t0) >= want {
		return t0, true
	}
	for t := t0; t < t1; t += step {
		if density(t+step) < want {
			continue
		}
		a, c := t, t+step
		for range 20 { // to a millionth of a step
			if mid := (a + c) / 2; density(mid) >= want {
				c = mid
			} else {
				a = mid
			}
		}
		return min(c, t1), true
	}
	return 0, false
}

// clip returns the part t0 to t1 of a ray that is in a box and before the eye.
func clip(b box, o, d r3.Vec) (t0, t1 float64) {
	t0, t1 = 0, math.Inf(1)
	for _, a := range [3][4]float64{{b.lo.X, b.hi.X, o.X, d.X}, {b.lo.Y, b.hi.Y, o.Y, d.Y}, {b.lo.Z, b.hi.Z, o.Z, d.Z}} {
		lo, hi, from, dir := a[0], a[1], a[2], a[3]
		if dir == 0 {
			if from < lo || from > hi {
				return 1, 0
			}
			continue
		}
		p, q := (lo-from)/dir, (hi-from)/dir
		t0, t1 = max(t0, min(p, q)), min(t1, max(p, q))
	}
	return t0, t1
}

func sizeOf(s Style) shape.Size {
	return map[Style]shape.Size{Spheres: shape.VanDerWaals, Balls: shape.Small, Trace: shape.Residues}[s]
}

func colorsOf(c Coloring) shape.Colors {
	return map[Coloring]shape.Colors{ByChain: shape.Chain, ByElement: shape.Element, Uniform: shape.One}[c]
}
