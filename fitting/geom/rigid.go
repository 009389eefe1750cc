// SPDX-License-Identifier: BSD-3-Clause

// Package geom has rigid motions and the distances between them. It knows
// vectors and quaternions, but neither molecules nor maps.
package geom

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// Rigid is the motion x' = R·x + Shift, in ångström. It takes the coordinates
// of a structure, as they are in its file, to the frame of the map.
//
// The zero value is not valid; use Identity or NewRigid.
type Rigid struct {
	Rotation quat.Number // unit quaternion (w, x, y, z) with w ≥ 0
	Shift    r3.Vec      // ångström
}

// Identity is the motion that moves nothing.
func Identity() Rigid { return Rigid{Rotation: quat.Number{Real: 1}} }

// NewRigid returns the motion that turns by q, which is normalised here, and
// then shifts by t. It panics if q is zero or not a number.
func NewRigid(q quat.Number, t r3.Vec) Rigid { return Rigid{Unit(q), t} }

// Unit returns q/|q| with the sign that makes the real part not negative.
// It panics if q is zero or not a number.
func Unit(q quat.Number) quat.Number {
	n := quat.Abs(q)
	if !(n > 0) || math.IsInf(n, 0) {
		panic("geom: not a rotation: quaternion of length zero or not finite")
	}
	if q.Real < 0 {
		n = -n
	}
	return quat.Scale(1/n, q)
}

// Matrix returns the rotation as a row-major 3×3 matrix.
func (g Rigid) Matrix() [9]float64 {
	w, x, y, z := g.Rotation.Real, g.Rotation.Imag, g.Rotation.Jmag, g.Rotation.Kmag
	return [9]float64{
		1 - 2*(y*y+z*z), 2 * (x*y - z*w), 2 * (x*z + y*w),
		2 * (x*y + z*w), 1 - 2*(x*x+z*z), 2 * (y*z - x*w),
		2 * (x*z - y*w), 2 * (y*z + x*w), 1 - 2*(x*x+y*y),
	}
}

// Apply returns R·p + Shift. To move many points, use Mover.
func (g Rigid) Apply(p r3.Vec) r3.Vec { return g.Mover()(p) }

// Mover returns the motion as a function with the matrix made once.
func (g Rigid) Mover() func(r3.Vec) r3.Vec {
	m, t := g.Matrix(), g.Shift
	return func(p r3.Vec) r3.Vec {
		return r3.Vec{
			X: m[0]*p.X + m[1]*p.Y + m[2]*p.Z + t.X,
			Y: m[3]*p.X + m[4]*p.Y + m[5]*p.Z + t.Y,
			Z: m[6]*p.X + m[7]*p.Y + m[8]*p.Z + t.Z,
		}
	}
}

// Rotate returns R·p.
func (g Rigid) Rotate(p r3.Vec) r3.Vec { return r3.Sub(g.Apply(p), g.Shift) }

// Then returns the motion that does g first and h after it: x' = h(g(x)).
func (g Rigid) Then(h Rigid) Rigid {
	return Rigid{Unit(quat.Mul(h.Rotation, g.Rotation)), h.Apply(g.Shift)}
}

// Inverse returns the motion that undoes g.
func (g Rigid) Inverse() Rigid {
	inv := Rigid{Rotation: Unit(quat.Conj(g.Rotation))}
	inv.Shift = r3.Scale(-1, inv.Rotate(g.Shift))
	return inv
}

// About returns the motion that turns by q about the point from and moves
// that point to the point to. A placement that was optimised about the
// centroid c, which came to p, is About(q, c, p) in the frame of the file.
func About(q quat.Number, from, to r3.Vec) Rigid {
	g := Rigid{Rotation: Unit(q)}
	g.Shift = r3.Sub(to, g.Rotate(from))
	return g
}

// Exp returns the rotation by |v| radians about the axis v.
func Exp(v r3.Vec) quat.Number {
	angle := r3.Norm(v)
	s := 0.5 - angle*angle/48 // sin(angle/2)/angle near zero
	if angle > 1e-4 {
		s = math.Sin(angle/2) / angle
	}
	return quat.Number{Real: math.Cos(angle / 2), Imag: s * v.X, Jmag: s * v.Y, Kmag: s * v.Z}
}

// Angle returns the angle in degrees, 0 to 180, of the rotation between the
// unit quaternions a and b.
func Angle(a, b quat.Number) float64 {
	d := quat.Mul(a, quat.Conj(b))
	im := math.Sqrt(d.Imag*d.Imag + d.Jmag*d.Jmag + d.Kmag*d.Kmag)
	return 2 * math.Atan2(im, math.Abs(d.Real)) * 180 / math.Pi
}

// FromMatrix returns the unit quaternion of the row-major rotation matrix m.
// (S. W. Shepperd, J. Guidance and Control 1, 223 (1978).)
func FromMatrix(m [9]float64) quat.Number {
	t := m[0] + m[4] + m[8]
	switch {
	case t >= m[0] && t >= m[4] && t >= m[8]:
		return Unit(quat.Number{Real: 1 + t, Imag: m[7] - m[5], Jmag: m[2] - m[6], Kmag: m[3] - m[1]})
	case m[0] >= m[4] && m[0] >= m[8]:
		return Unit(quat.Number{Real: m[7] - m[5], Imag: 1 + m[0] - m[4] - m[8], Jmag: m[1] + m[3], Kmag: m[2] + m[6]})
	case m[4] >= m[8]:
		return Unit(quat.Number{Real: m[2] - m[6], Imag: m[1] + m[3], Jmag: 1 + m[4] - m[0] - m[8], Kmag: m[5] + m[7]})
	default:
		return Unit(quat.Number{Real: m[3] - m[1], Imag: m[2] + m[6], Jmag: m[5] + m[7], Kmag: 1 + m[8] - m[0] - m[4]})
	}
}

// Random returns a rotation drawn uniformly from all rotations: four normal
// deviates, normalised (M. E. Muller, Comm. ACM 2, 19 (1959)).
func Random(rng *rand.Rand) quat.Number {
	for {
		q := quat.Number{Real: rng.NormFloat64(), Imag: rng.NormFloat64(), Jmag: rng.NormFloat64(), Kmag: rng.NormFloat64()}
		if quat.Abs(q) > 1e-6 {
			return Unit(q)
		}
	}
}
