// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A screw is a rigid motion as a turn about an axis and a shift along it
// (Chasles).
type screw struct {
	axis  r3.Vec  // unit vector
	point r3.Vec  // on the axis
	angle float64 // radians, 0 to π
	along float64 // ångström
}

// least is the angle, in radians, below which a motion counts as a shift.
const leastAngle = 0.5 * math.Pi / 180

// screwOf returns the screw of the motion g, near the point from.
func screwOf(g geom.Rigid, from r3.Vec) screw {
	q := g.Rotation
	v := r3.Vec{X: q.Imag, Y: q.Jmag, Z: q.Kmag}
	s := screw{angle: 2 * math.Atan2(r3.Norm(v), q.Real)}
	if s.angle < leastAngle {
		shift := r3.Sub(g.Apply(from), from)
		s.point, s.angle, s.along = from, 0, r3.Norm(shift)
		if s.along > 0 {
			s.axis = r3.Scale(1/s.along, shift)
		}
		return s
	}
	s.axis = r3.Unit(v)
	s.along = r3.Dot(s.axis, g.Shift)
	across := r3.Sub(g.Shift, r3.Scale(s.along, s.axis))
	s.point = r3.Scale(0.5, r3.Add(across, r3.Scale(1/math.Tan(s.angle/2), r3.Cross(s.axis, across))))
	// The point of the axis that is nearest to from.
	s.point = r3.Add(s.point, r3.Scale(r3.Dot(s.axis, r3.Sub(from, s.point)), s.axis))
	return s
}

// frame returns the motion that takes z to axis, x as near to x as may be, and
// the origin to point.
func frame(axis, x, point r3.Vec) geom.Rigid {
	x = r3.Sub(x, r3.Scale(r3.Dot(x, axis), axis))
	if r3.Norm(x) < 1e-6 {
		x = r3.Cross(axis, r3.Vec{X: 0.36, Y: 0.48, Z: 0.8})
		if r3.Norm(x) < 1e-3 {
			x = r3.Cross(axis, r3.Vec{X: 1})
		}
	}
	x = r3.Unit(x)
	y := r3.Cross(axis, x)
	return geom.Rigid{
		Rotation: geom.FromMatrix([9]float64{x.X, y.X, axis.X, x.Y, y.Y, axis.Y, x.Z, y.Z, axis.Z}),
		Shift:    point,
	}
}

// meeting returns the point nearest to two lines.
func meeting(p, u, q, v r3.Vec) r3.Vec {
	w, b := r3.Sub(p, q), r3.Dot(u, v)
	det := 1 - b*b
	if det < 1e-6 {
		return r3.Scale(0.5, r3.Add(p, q))
	}
	s := (b*r3.Dot(v, w) - r3.Dot(u, w)) / det
	t := (r3.Dot(v, w) - b*r3.Dot(u, w)) / det
	return r3.Scale(0.5, r3.Add(r3.Add(p, r3.Scale(s, u)), r3.Add(q, r3.Scale(t, v))))
}
