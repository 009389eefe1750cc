// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"math"

	"difffit/fitting/geom"
	"gonum.org/v1/gonum/spatial/r3"
)

// A climber is a placement about the centroid on its way up, with the memory
// of Riemannian Adam.
type climber struct {
	geom.Rigid
	value float64
	start uint64 // which start it was: breaks ties
	kind  int    // which field it climbs

	mean   [2]r3.Vec  // first moments: shift, turn (per ångström of arc)
	square [2]float64 // second moments, one for each: isotropic
	decay1 float64    // β₁ to the power of the steps so far
	decay2 float64
}

// Rates of decay of the moments. They are lower than usual: a climber takes
// some dozen steps in all.
const beta1, beta2 = 0.7, 0.9

// climb does steps of Riemannian Adam on o. Steps are measured in ångström of
// shift, and of arc at the radius of gyration for turns; they fall
// geometrically from first to last.
func (c *climber) climb(o *objective, steps int, first, last, gyration float64) {
	ratio := 1.0
	if steps > 1 {
		ratio = math.Pow(last/first, 1/float64(steps-1))
	}
	if c.decay1 == 0 {
		c.decay1, c.decay2 = 1, 1
	}
	gyration = math.Max(gyration, 1e-3) // a single atom turns as it likes
	for step := first; steps > 0; steps, step = steps-1, step*ratio {
		_, shift, turn := o.at(c.Rigid)
		turn = r3.Scale(1/gyration, turn)
		c.decay1 *= beta1
		c.decay2 *= beta2
		var move [2]r3.Vec
		for i, g := range [2]r3.Vec{shift, turn} {
			c.mean[i] = r3.Add(r3.Scale(beta1, c.mean[i]), r3.Scale(1-beta1, g))
			c.square[i] = beta2*c.square[i] + (1-beta2)*r3.Norm2(g)
			k := step / (1 - c.decay1) * math.Sqrt(1-c.decay2) / (math.Sqrt(c.square[i]) + 1e-12)
			move[i] = r3.Scale(k, c.mean[i])
		}
		c.Rigid = turned(c.Rigid, r3.Scale(1/gyration, move[1]), move[0])
	}
}

// polish finds the maximum of o near g by BFGS over shift and turn with
// backtracking (Nocedal and Wright, Numerical Optimization, ch. 6), in at most
// evaluations evaluations. It stops when a step is shorter than tolerance
// ångström. first is the length of the first step.
func polish(o *objective, g geom.Rigid, gyration, first, tolerance float64, evaluations int) (geom.Rigid, float64) {
	gyration = math.Max(gyration, 1e-3)
	at := func(g geom.Rigid) (float64, [6]float64) {
		v, s, t := o.at(g)
		return v, [6]float64{s.X, s.Y, s.Z, t.X / gyration, t.Y / gyration, t.Z / gyration}
	}
	moved := func(g geom.Rigid, d [6]float64, a float64) geom.Rigid {
		return turned(g, r3.Vec{X: a * d[3] / gyration, Y: a * d[4] / gyration, Z: a * d[5] / gyration},
			r3.Vec{X: a * d[0], Y: a * d[1], Z: a * d[2]})
	}
	value, grad := at(g)
	var h [6][6]float64 // inverse Hessian of −o
	length := norm(grad)
	for i := range h {
		h[i][i] = first / (length + 1e-300)
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
			if a*far < tolerance {
				return g, value
			}
		}
		if a*far < tolerance {
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
