// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// adam follows one start and returns its best state.
func adam(ctx context.Context, o *objective, g geom.Rigid, how search.Adam) search.Climber {
	rates := [7]float64{0: how.ShiftRate, 3: how.RotationRate}
	rates[1], rates[2], rates[4], rates[5], rates[6] = rates[0], rates[0], rates[3], rates[3], rates[3]
	q := g.Rotation
	x := [7]float64{g.Shift.X, g.Shift.Y, g.Shift.Z, q.Real, q.Imag, q.Jmag, q.Kmag}
	best := search.Climber{Value: math.Inf(-1)}
	var a adamState
	for step := range how.Steps {
		if step%32 == 0 && ctx.Err() != nil {
			return best
		}
		length := math.Sqrt(x[3]*x[3] + x[4]*x[4] + x[5]*x[5] + x[6]*x[6])
		unit := quat.Number{Real: x[3] / length, Imag: x[4] / length, Jmag: x[5] / length, Kmag: x[6] / length}
		at := geom.Rigid{Rotation: unit, Shift: r3.Vec{X: x[0], Y: x[1], Z: x[2]}}
		value, shift, turn := o.at(at)
		if step%how.Look == 0 && value > best.Value {
			best.Rigid, best.Value = at, value
		}
		// A rotation vector v moves the unit quaternion by ½·(0, v)·q, so the
		// gradient by the quaternion is 2·(0, turn)·q over its length.
		dq := quat.Scale(2/length, quat.Mul(quat.Number{Imag: turn.X, Jmag: turn.Y, Kmag: turn.Z}, unit))
		a.step(&x, [7]float64{shift.X, shift.Y, shift.Z, dq.Real, dq.Imag, dq.Jmag, dq.Kmag}, &rates)
	}
	return best
}

// adamState is the memory of Adam for a maximisation in seven variables.
type adamState struct {
	mean, square   [7]float64
	decay1, decay2 float64
	started        bool
}

func (a *adamState) step(x *[7]float64, gradient [7]float64, rates *[7]float64) {
	const b1, b2, epsilon = search.AdamBeta1, search.AdamBeta2, search.AdamEpsilon
	if !a.started {
		a.decay1, a.decay2, a.started = 1, 1, true
	}
	a.decay1 *= b1
	a.decay2 *= b2
	for i, g := range gradient {
		a.mean[i] = b1*a.mean[i] + (1-b1)*g
		a.square[i] = b2*a.square[i] + (1-b2)*g*g
		x[i] += rates[i] * (a.mean[i] / (1 - a.decay1)) / (math.Sqrt(a.square[i]/(1-a.decay2)) + epsilon)
	}
}
