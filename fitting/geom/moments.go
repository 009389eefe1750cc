// SPDX-License-Identifier: BSD-3-Clause

package geom

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Moments are what the distance of two placements of some points depends on.
type Moments struct {
	Center r3.Vec        // centroid, ångström
	Second [3][3]float64 // mean of offset ⊗ offset, of offsets from Center, Å²
}

// NewMoments returns the moments of points that are given by their offsets from
// their centroid, in ångström.
func NewMoments(center r3.Vec, offsets []r3.Vec) Moments {
	m := Moments{Center: center}
	for _, o := range offsets {
		v := [3]float64{o.X, o.Y, o.Z}
		for j := range v {
			for k := range v {
				m.Second[j][k] += v[j] * v[k] / float64(len(offsets))
			}
		}
	}
	return m
}

// RMSD returns the root mean square distance, in ångström, between the points
// moved by a and by b.
func (m *Moments) RMSD(a, b Rigid) float64 {
	return m.RMSDAbout(Rigid{a.Rotation, a.Apply(m.Center)}, Rigid{b.Rotation, b.Apply(m.Center)})
}

// RMSDAbout is RMSD of placements about the centroid, x' = R·(x − Center) + t.
// It costs nothing per point: with D = Ra − Rb and C the second moments, it is
// √(|ta − tb|² + tr(D·C·Dᵀ)), for the offsets add up to zero.
func (m *Moments) RMSDAbout(a, b Rigid) float64 {
	ra, rb := a.Matrix(), b.Matrix()
	sum := r3.Norm2(r3.Sub(a.Shift, b.Shift))
	for row := range 3 {
		var d [3]float64
		for k := range d {
			d[k] = ra[3*row+k] - rb[3*row+k]
		}
		for j := range d {
			for k := range d {
				sum += d[j] * m.Second[j][k] * d[k]
			}
		}
	}
	return math.Sqrt(math.Max(0, sum))
}
