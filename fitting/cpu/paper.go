// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	paperStarts    = 1000 // starts of the paper: 10 positions × 100 rotations
	paperRotations = 100  // rotations at each position
	logEvery       = 10   // steps between looks at the value
)

// paper is the plain method of the paper: Adam (Kingma and Ba, ICLR 2015;
// β 0.9/0.999, ε 1e-8) on shift and quaternion, each number for itself, for a
// fixed number of steps; the best of every tenth state represents a start.
func (r *run) paper() error {
	began := time.Now()
	f, err := newField(r.ctx, r.p, fitting.Paper, false)
	r.result.Seconds.Prepare += time.Since(began).Seconds()
	if err != nil {
		return err
	}
	began = time.Now()
	defer func() { r.result.Seconds.Search = time.Since(began).Seconds() }()
	n := r.p.Options.Starts
	if n == 0 {
		n = paperStarts
	}
	o := newObjective(f, r.p.Molecule.Offsets)
	ends := make([]climber, n)
	var finished atomic.Int64
	err = each(r.ctx, r.threads, n, func(i int) {
		end := r.adam(o, r.paperStart(i))
		if r.ctx.Err() != nil {
			return // not followed to the end
		}
		ends[i] = end
		ends[i].start = uint64(i) + 1
		r.watch.phase(fitting.Searching, 0.1+0.8*float64(finished.Add(1))/float64(n))
	})
	ends = slices.DeleteFunc(ends, func(c climber) bool { return c.start == 0 })
	r.result.Starts = len(ends)
	slices.SortFunc(ends, func(a, b climber) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.start, b.start))
	})
	for _, c := range ends {
		r.join(c)
	}
	_ = each(context.Background(), r.threads, len(r.pool), func(i int) { // also when stopped: what is finished counts
		r.pool[i].found = r.scorer.Correlate(r.pool[i].at)
	})
	return err
}

// join adds an end to the pool, or to the hits of one that is nearly the same:
// finer than clusters are, so that clusters can still be chosen.
func (r *run) join(c climber) {
	const shift, angle = 1, 2 // ångström, degrees
	for _, d := range r.pool {
		if r3.Norm(r3.Sub(c.Shift, d.at.Shift)) <= shift && geom.Angle(c.Rotation, d.at.Rotation) <= angle {
			d.hits++
			return
		}
	}
	r.pool = append(r.pool, &candidate{at: c.Rigid, hits: 1})
}

// paperStart returns the i-th start: a hundred random rotations at each of
// the random voxels above the level.
func (r *run) paperStart(i int) geom.Rigid {
	voxels, position := r.p.Starts()
	seed := r.p.Options.Seed
	where := rand.New(rand.NewPCG(seed, 1<<60|uint64(i/paperRotations)))
	return geom.Rigid{Rotation: geom.Random(rand.New(rand.NewPCG(seed, uint64(i)))), Shift: position(where.IntN(voxels))}
}

// adam follows one start and returns its best state.
func (r *run) adam(o *objective, g geom.Rigid) climber {
	opts := r.p.Options
	e := r.p.Target.Grid().Extent()
	rates := [7]float64{0: opts.ShiftRate * (e.X + e.Y + e.Z) / 3, 3: opts.RotationRate}
	rates[1], rates[2], rates[4], rates[5], rates[6] = rates[0], rates[0], rates[3], rates[3], rates[3]
	q := g.Rotation
	x := [7]float64{g.Shift.X, g.Shift.Y, g.Shift.Z, q.Real, q.Imag, q.Jmag, q.Kmag}
	best := climber{value: math.Inf(-1)}
	var a adamState
	for step := range opts.Iterations {
		if step%32 == 0 && r.ctx.Err() != nil {
			return best
		}
		length := math.Sqrt(x[3]*x[3] + x[4]*x[4] + x[5]*x[5] + x[6]*x[6])
		unit := quat.Number{Real: x[3] / length, Imag: x[4] / length, Jmag: x[5] / length, Kmag: x[6] / length}
		at := geom.Rigid{Rotation: unit, Shift: r3.Vec{X: x[0], Y: x[1], Z: x[2]}}
		value, shift, turn := o.at(at)
		if step%logEvery == 0 && value > best.value {
			best.Rigid, best.value = at, value
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
	const b1, b2, epsilon = 0.9, 0.999, 1e-8
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
