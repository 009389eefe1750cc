// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
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

// A Picker finds what is under a point of a picture. It keeps what it has made
// of molecules, for the next question. It needs no OpenGL; a Picker may be
// used on any goroutine, but on one at a time.
type Picker struct {
	models map[looks]*model
	chains map[*mol.Structure]int
	zones  map[*Zone]*zoneGrid
}

// NewPicker returns a Picker.
func NewPicker() *Picker {
	return &Picker{map[looks]*model{}, map[*mol.Structure]int{}, map[*Zone]*zoneGrid{}}
}

// Pick is Picker.Pick for one question.
func Pick(s *Scene, c Camera, x, y, w, h float64) (Hit, bool) {
	return NewPicker().Pick(s, c, x, y, w, h)
}

// Pick returns what is seen at (x, y), from the upper left corner, in a
// picture of w by h. Atoms are hit through meshes and translucent surfaces, but
// not through opaque ones.
func (k *Picker) Pick(s *Scene, c Camera, x, y, w, h float64) (Hit, bool) {
	return k.pick(s, c, x, y, w, h, false)
}

// PickNear is Pick for a hand that points: where there is no atom, and no opaque
// surface either, one that is seen up to four units beside the point is meant, for
// sticks are thin and a translucent map is wherever nothing else is.
func (k *Picker) PickNear(s *Scene, c Camera, x, y, w, h float64) (Hit, bool) {
	return k.pick(s, c, x, y, w, h, true)
}

func (k *Picker) pick(s *Scene, c Camera, x, y, w, h float64, beside bool) (Hit, bool) {
	if w <= 0 || h <= 0 {
		return Hit{}, false
	}
	a := aim{k, s, k.modelsOf(s.Molecules)}
	line := newSight(c, x, y, w, h)
	surface, opaque := a.surfaces(line)
	hit := a.atom(line, opaque)
	if beside && hit.Molecule < 0 && math.IsInf(opaque, 1) {
		hit = a.beside(c, x, y, w, h)
	}
	if hit.Molecule < 0 {
		hit = surface
	}
	if math.IsInf(hit.Distance, 1) {
		return Hit{}, false
	}
	hit.Density = firstDensity(s, hit.Position)
	return hit, true
}

// An aim is one question of a Picker.
type aim struct {
	*Picker
	scene  *Scene
	models []*model
}

// surfaces returns the first surface on a line of sight, and how far it is to the
// first that is opaque, in ångström; infinite without one.
func (a aim) surfaces(l sight) (first Hit, opaque float64) {
	first, opaque = noHit(), math.Inf(1)
	for i := range a.scene.Volumes {
		v := &a.scene.Volumes[i]
		if !v.isDrawn() {
			continue
		}
		if t, ok := a.pickVolume(v, l); ok {
			hit := noHit()
			hit.Volume, hit.Distance, hit.Position = i, t, l.at(t)
			first = nearer(first, hit)
			if v.isSolid() {
				opaque = min(opaque, t)
			}
		}
	}
	return first, opaque
}

// atom returns the first atom on a line of sight that is not behind what is
// opaque.
func (a aim) atom(l sight, opaque float64) Hit {
	hit := noHit()
	for i, m := range a.models {
		if m != nil {
			m.pick(&a.scene.Molecules[i], i, l, a.zoneOf(&a.scene.Molecules[i]), &hit)
		}
	}
	if hit.Distance <= opaque+1e-6 { // both are cut by the slab: atoms are drawn first
		return hit
	}
	return noHit()
}

// besides are the rings in which atoms are looked for about a point, in units of
// the picture, and at how many points: what is as wide as a stick is missed by
// none.
var besides = []struct {
	radius float64
	points int
}{{2, 8}, {4, 16}}

// beside returns the first of the atoms that are nearest to (x, y), no farther
// than the rings.
func (a aim) beside(c Camera, x, y, w, h float64) Hit {
	best := noHit()
	for _, ring := range besides {
		for i := range ring.points {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(ring.points))
			l := newSight(c, x+ring.radius*cos, y+ring.radius*sin, w, h)
			hit := a.atom(l, math.Inf(1))
			if hit.Molecule < 0 {
				continue
			}
			if _, opaque := a.surfaces(l); hit.Distance <= opaque {
				best = nearer(best, hit)
			}
		}
		if best.Molecule >= 0 {
			break
		}
	}
	return best
}

// A sight is a line of sight: the part of a ray from first to last that is in
// the slab.
type sight struct {
	from, dir   r3.Vec // dir is a unit vector
	first, last float64
	ball        r3.Vec  // the centre of what is seen
	around      float64 // its radius, 0 for all
}

func newSight(c Camera, x, y, w, h float64) sight {
	l := sight{last: math.Inf(1), ball: c.Target, around: c.Around}
	l.from, l.dir = c.Ray(x, y, w, h)
	if c.hasSlab() || c.Follow > 0 {
		_, _, forward, _ := c.axes()
		near, far := c.slab()
		k := 1 / r3.Dot(l.dir, forward)
		l.first, l.last = max(near*k, 0), far*k
	}
	return l
}

func (l sight) at(t float64) r3.Vec { return r3.Add(l.from, r3.Scale(t, l.dir)) }

// within returns the part of the line that is in the ball that is seen.
func (l sight) within() sight {
	if l.around <= 0 {
		return l
	}
	off := r3.Sub(l.from, l.ball)
	middle := -r3.Dot(off, l.dir)
	chord := l.around*l.around - r3.Norm2(r3.Add(off, r3.Scale(middle, l.dir)))
	if chord <= 0 {
		l.last = math.Inf(-1)
		return l
	}
	l.first, l.last = max(l.first, middle-math.Sqrt(chord)), min(l.last, middle+math.Sqrt(chord))
	return l
}

// sees tells whether a place is in the ball that is seen.
func (l sight) sees(p r3.Vec) bool { return l.around <= 0 || r3.Norm(r3.Sub(p, l.ball)) <= l.around }

func noHit() Hit { return Hit{Molecule: -1, Atom: -1, Volume: -1, Distance: math.Inf(1)} }

func nearer(a, b Hit) Hit {
	if b.Distance < a.Distance {
		return b
	}
	return a
}

func firstDensity(s *Scene, p r3.Vec) float64 {
	for _, v := range s.Volumes {
		if v.Visible && v.Grid != nil {
			return v.Grid.Sample(p)
		}
	}
	return 0
}
