// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// Measures of molecular surfaces.
const (
	probe     = 1.4     // radius of a water molecule, ångström
	skinStep  = 0.6     // of the lattice, ångström
	skinRough = 1.2     // while things move
	mostSkin  = 1 << 23 // points of the lattice; it is wider for what is larger
)

// skin returns the molecular surface of a structure: what a probe of the size
// of water cannot enter (the solvent-excluded surface: F. M. Richards, Annu.
// Rev. Biophys. Bioeng. 6, 151 (1977)).
//
// A point belongs to the inside if it is farther than a probe's radius from
// the places that centres of probes can have. Those lie outside the spheres of
// the atoms grown by that radius; they are sampled where lattice points just
// outside are nearest to one of those spheres.
func skin(s *mol.Structure, detail Detail, colors []color.NRGBA) *Shape {
	l := newLattice(s, detail)
	if l == nil {
		return &Shape{}
	}
	l.grow(s)
	l.roll(s)
	l.smooth()
	return &Shape{Mesh: l.mesh(s, colors)}
}

// A lattice has a number at each point of a box: while it is made, the
// distance from the grown spheres; at the end, the depth below the surface.
type lattice struct {
	size   [3]int
	step   float64 // ångström
	origin r3.Vec
	value  []float32
	atom   []int32 // the nearest, −1 for none
}

// newLattice returns an empty lattice around the atoms, nil if there are none.
func newLattice(s *mol.Structure, detail Detail) *lattice {
	inf := r3.Vec{X: math.Inf(1), Y: math.Inf(1), Z: math.Inf(1)}
	lo, hi := inf, r3.Scale(-1, inf)
	for _, a := range s.Atoms {
		if !mol.IsWater(a.Residue) {
			lo = r3.Vec{X: min(lo.X, a.Pos.X), Y: min(lo.Y, a.Pos.Y), Z: min(lo.Z, a.Pos.Z)}
			hi = r3.Vec{X: max(hi.X, a.Pos.X), Y: max(hi.Y, a.Pos.Y), Z: max(hi.Z, a.Pos.Z)}
		}
	}
	if lo.X > hi.X {
		return nil
	}
	l := &lattice{step: skinStep}
	if detail == Rough {
		l.step = skinRough
	}
	for n := math.MaxInt; n > mostSkin; l.step *= 1.1 {
		margin := 3 + probe + 3*l.step
		l.origin = r3.Sub(lo, r3.Vec{X: margin, Y: margin, Z: margin})
		n = 1
		for i, d := range [3]float64{hi.X - lo.X, hi.Y - lo.Y, hi.Z - lo.Z} {
			l.size[i] = int((d+2*margin)/l.step) + 2
			n *= l.size[i]
		}
	}
	l.step /= 1.1
	n := l.size[0] * l.size[1] * l.size[2]
	l.value, l.atom = make([]float32, n), make([]int32, n)
	for i := range l.value {
		l.value[i], l.atom[i] = math.MaxFloat32, -1
	}
	return l
}

func (l *lattice) index(x, y, z int) int { return (z*l.size[1]+y)*l.size[0] + x }

func (l *lattice) point(x, y, z int) r3.Vec {
	return r3.Add(l.origin, r3.Vec{X: float64(x) * l.step, Y: float64(y) * l.step, Z: float64(z) * l.step})
}

// around calls do for the points within reach of p, with the distance.
func (l *lattice) around(p r3.Vec, reach float64, do func(i int, d float64)) {
	q := r3.Scale(1/l.step, r3.Sub(p, l.origin))
	r := reach / l.step
	span := func(c float64, n int) (int, int) { return max(0, int(math.Ceil(c-r))), min(n-1, int(c+r)) }
	x0, x1 := span(q.X, l.size[0])
	y0, y1 := span(q.Y, l.size[1])
	z0, z1 := span(q.Z, l.size[2])
	for z := z0; z <= z1; z++ {
		for y := y0; y <= y1; y++ {
			yz := (float64(y)-q.Y)*(float64(y)-q.Y) + (float64(z)-q.Z)*(float64(z)-q.Z)
			if yz > r*r {
				continue
			}
			i := l.index(0, y, z)
			for x := x0; x <= x1; x++ {
				if d := yz + (float64(x)-q.X)*(float64(x)-q.X); d <= r*r {
					do(i+x, l.step*math.Sqrt(d))
				}
			}
		}
	}
}

// grow sets the distances from the spheres that are grown by the probe.
func (l *lattice) grow(s *mol.Structure) {
	for a, at := range s.Atoms {
		if mol.IsWater(at.Residue) {
			continue
		}
		r := Radius(at.Element) + probe
		l.around(at.Pos, r+2*l.step, func(i int, d float64) {
			if d := float32(d - r); d < l.value[i] {
				l.value[i], l.atom[i] = d, int32(a)
			}
		})
	}
}

// roll makes depths of the distances: from the nearest centre of a probe.
func (l *lattice) roll(s *mol.Structure) {
	outside := l.value
	depth := make([]float32, len(outside))
	for i, d := range outside {
		depth[i] = probe // deeper is all the same
		if d >= 0 {
			depth[i] = -probe - min(d, probe)
		}
	}
	l.value = depth
	near := float32(1.5 * l.step)
	for z := range l.size[2] {
		for y := range l.size[1] {
			for x := range l.size[0] {
				i := l.index(x, y, z)
				if d := outside[i]; d < 0 || d > near {
					continue
				}
				at := s.Atoms[l.atom[i]]
				way := r3.Sub(l.point(x, y, z), at.Pos)
				center := r3.Add(at.Pos, r3.Scale((Radius(at.Element)+probe)/max(r3.Norm(way), 1e-9), way))
				l.around(center, 2*probe, func(k int, d float64) {
					if outside[k] < 0 {
						depth[k] = min(depth[k], float32(d-probe))
					}
				})
			}
		}
	}
}

// smooth takes out what the sampling has left: weights 1, 4, 1 on each axis.
func (l *lattice) smooth() {
	row := make([]float32, max(l.size[0], l.size[1], l.size[2]))
	strides := [3]int{1, l.size[0], l.size[0] * l.size[1]}
	for axis := range 3 {
		u, v := (axis+1)%3, (axis+2)%3
		n, step := l.size[axis], strides[axis]
		for a := range l.size[u] {
			for b := range l.size[v] {
				first := a*strides[u] + b*strides[v]
				for k := range n {
					row[k] = l.value[first+k*step]
				}
				for k := 1; k+1 < n; k++ {
					l.value[first+k*step] = (row[k-1] + 4*row[k] + row[k+1]) / 6
				}
			}
		}
	}
}
