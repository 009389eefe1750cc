// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"math"

	"difffit/fitting/geom"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// Ascend finds the maximum of o near g by BFGS over shift and turn with
// backtracking (Nocedal and Wright, Numerical Optimization, ch. 6).
func Ascend(o func(geom.Rigid) (value float64, shift, turn r3.Vec), g geom.Rigid, how Polishing) (geom.Rigid, float64) {
	gyration, evaluations := math.Max(how.Gyration, 1e-3), how.Evaluations
	at := func(g geom.Rigid) (float64, [6]float64) {
		v, s, t := o(g)
		return v, [6]float64{s.X, s.Y, s.Z, t.X / gyration, t.Y / gyration, t.Z / gyration}
	}
	moved := func(g geom.Rigid, d [6]float64, a float64) geom.Rigid {
		return Turned(g, r3.Vec{X: a * d[3] / gyration, Y: a * d[4] / gyration, Z: a * d[5] / gyration},
			r3.Vec{X: a * d[0], Y: a * d[1], Z: a * d[2]})
	}
	value, grad := at(g)
	var h [6][6]float64 // inverse Hessian of −o
	length := norm(grad)
	for i := range h {
		h[i][i] = how.First / (length + 1e-300)
	}
	for evaluations--; evaluations > 0; {
		direction, slope := product(&h, grad)
		if !(slope > 0) {
			break
		}
		far := norm(direction)
		a := math.Min(1, 2/far) // no step over 2 Å
		for ; evaluations > 0; a *= 0.4 {
			next := moved(g, direction, a)
			v, newGrad := at(next)
			evaluations--
			if v >= value+1e-4*a*slope {
				update(&h, direction, a, grad, newGrad)
				g, value, grad = next, v, newGrad
				break
			}
			if a*far < how.Tolerance {
				return g, value
			}
		}
		if a*far < how.Tolerance {
			break
		}
	}
	return g, value
}

func norm(v [6]float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// product returns h·g and g·h·g.
func product(h *[6][6]float64, g [6]float64) (d [6]float64, slope float64) {
	for i := range d {
		for j := range g {
			d[i] += h[i][j] * g[j]
		}
		slope += d[i] * g[i]
	}
	return d, slope
}

// update is the BFGS update of the inverse Hessian of −o after a step of
// a·direction changed the gradient of o from before to after.
func update(h *[6][6]float64, direction [6]float64, a float64, before, after [6]float64) {
	var s, y [6]float64
	sy, yy := 0.0, 0.0
	for i := range s {
		s[i], y[i] = a*direction[i], before[i]-after[i]
		sy += s[i] * y[i]
		yy += y[i] * y[i]
	}
	if !(sy > 1e-14*yy) || yy == 0 {
		return // no curvature along the step: keep what is known
	}
	hy, yhy := product(h, y)
	k := (1 + yhy/sy) / sy
	for i := range s {
		for j := range s {
			h[i][j] += k*s[i]*s[j] - (hy[i]*s[j]+s[i]*hy[j])/sy
		}
	}
}

// Turned returns g turned further by the rotation vector v (radians) and
// shifted by d.
func Turned(g geom.Rigid, v, d r3.Vec) geom.Rigid {
	// The small rotation as a quaternion of whatever length: (1, v/2·k) with
	// tan(|v|/2) = k·|v|/2. Quaternions here are far from overflow.
	half := 0.5
	if angle := math.Sqrt(r3.Norm2(v)); angle > 1e-4 {
		half = math.Tan(math.Min(angle, 3)/2) / angle
	}
	q := quat.Mul(quat.Number{Real: 1, Imag: half * v.X, Jmag: half * v.Y, Kmag: half * v.Z}, g.Rotation)
	k := 1 / math.Sqrt(q.Real*q.Real+q.Imag*q.Imag+q.Jmag*q.Jmag+q.Kmag*q.Kmag)
	return geom.Rigid{Rotation: quat.Scale(k, q), Shift: r3.Add(g.Shift, d)}
}
