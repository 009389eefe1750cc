// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A fit is a symmetry on the way: which operator belongs to which placement,
// and where the copy of operator 0 is by all of them together.
type fit struct {
	group     Group
	reference geom.Rigid
	index     []int
}

// assign gives every placement the operator that takes reference nearest to
// it. It fails if two placements have one.
func (f *fit) assign(b Body, motions []geom.Rigid) bool {
	f.index = make([]int, len(motions))
	seen := map[int]bool{}
	for i, m := range motions {
		f.index[i] = f.nearest(b, m)
		if seen[f.index[i]] {
			return false
		}
		seen[f.index[i]] = true
	}
	return true
}

// nearest returns the operator that takes the reference nearest to m.
func (f *fit) nearest(b Body, m geom.Rigid) int {
	if f.group.Kind.IsCubic() {
		return f.group.nearestTurn(f.reference, m)
	}
	first, last := 0, f.group.size()-1
	if f.group.Kind == Helical {
		axis, _ := f.group.axis()
		along := r3.Dot(axis, r3.Sub(m.Apply(b.Center), f.reference.Apply(b.Center)))
		k := int(math.Round(math.Max(-1e6, math.Min(1e6, along/f.group.Rise))))
		first, last = k-1, k+1
	}
	best, least := first, math.Inf(1)
	for k := first; k <= last; k++ {
		if d := b.RMSD(f.reference.Then(f.group.Operator(k)), m); d < least {
			best, least = k, d
		}
	}
	return best
}

// residual returns the largest distance, in ångström, of a placement from
// where the symmetry has it.
func (f *fit) residual(b Body, motions []geom.Rigid) float64 {
	worst := 0.0
	for i, m := range motions {
		worst = math.Max(worst, b.RMSD(f.reference.Then(f.group.Operator(f.index[i])), m))
	}
	return worst
}

// parameters of a refinement: turns in radians times the radius of the whole
// and shifts in ångström, so that all have about the same effect.
const (
	parameters        = 12 // of the frame and of the reference
	helicalParameters = 14 // and rise and twist
)

// moved returns f with its parameters changed.
func (f *fit) moved(x []float64, reach float64) *fit {
	turn := func(g geom.Rigid, x []float64) geom.Rigid {
		v := r3.Vec{X: x[0] / reach, Y: x[1] / reach, Z: x[2] / reach}
		return geom.Rigid{
			Rotation: geom.Unit(quat.Mul(g.Rotation, geom.Exp(v))),
			Shift:    r3.Add(g.Shift, r3.Vec{X: x[3], Y: x[4], Z: x[5]}),
		}
	}
	h := *f
	h.group.Frame = turn(f.group.Frame, x[:6])
	h.reference = turn(f.reference, x[6:12])
	if len(x) == helicalParameters {
		h.group.Rise += x[12]
		h.group.Twist += x[13] / reach * 180 / math.Pi
	}
	return &h
}

// refine moves the symmetry so that the placements are nearest to it in the
// sense of least squares: Levenberg-Marquardt with differences for derivatives.
// Rise and twist that were given are held.
func (f *fit) refine(b Body, motions []geom.Rigid, held bool) *fit {
	n := parameters
	if f.group.Kind == Helical && !held {
		n = helicalParameters
	}
	reach := b.Gyration
	_, point := f.group.axis()
	for _, m := range motions {
		reach = math.Max(reach, r3.Norm(r3.Sub(m.Apply(b.Center), point)))
	}
	best := *f
	misses := best.misses(b, motions)
	for damping, steps := 1e-3, 0; steps < 40 && damping < 1e6; steps++ {
		x := best.step(b, motions, misses, n, reach, damping)
		next := best.moved(x, reach)
		if m := next.misses(b, motions); mat.Norm(m, 2) < mat.Norm(misses, 2) {
			gain := mat.Norm(misses, 2) - mat.Norm(m, 2)
			best, misses, damping = *next, m, damping/5
			if gain < 1e-6 {
				break
			}
		} else {
			damping *= 8
		}
	}
	if best.group.Kind == Helical {
		best.group.Twist = math.Remainder(best.group.Twist, 360)
	}
	return &best
}

// step returns the change of n parameters that makes the misses least.
func (f *fit) step(b Body, motions []geom.Rigid, misses *mat.VecDense, n int, reach, damping float64) []float64 {
	const h = 1e-4
	j := mat.NewDense(misses.Len(), n, nil)
	x := make([]float64, n)
	for k := range n {
		x[k] = h
		m := f.moved(x, reach).misses(b, motions)
		x[k] = 0
		m.SubVec(m, misses)
		m.ScaleVec(1/h, m)
		j.SetCol(k, m.RawVector().Data)
	}
	var a mat.Dense
	var g, dx mat.VecDense
	a.Mul(j.T(), j)
	for k := range n {
		a.Set(k, k, a.At(k, k)*(1+damping)+1e-9)
	}
	g.MulVec(j.T(), misses)
	if err := dx.SolveVec(&a, &g); err != nil {
		return x // no step: damping grows
	}
	for k := range n {
		x[k] = -dx.AtVec(k)
	}
	return x
}

// misses has the differences, in ångström, between the points of the
// placements and where the symmetry has them.
func (f *fit) misses(b Body, motions []geom.Rigid) *mat.VecDense {
	points := b.points()
	out := make([]float64, 0, 18*len(motions))
	for i, m := range motions {
		here, there := f.reference.Then(f.group.Operator(f.index[i])).Mover(), m.Mover()
		for _, p := range points {
			d := r3.Sub(here(p), there(p))
			out = append(out, d.X, d.Y, d.Z)
		}
	}
	return mat.NewVecDense(len(out), out)
}
