// SPDX-License-Identifier: BSD-3-Clause

package volume

import "math"

// squaredDistances returns for each voxel of a box the squared distance in Å²
// to the nearest one of a set, infinite if the set is empty; step is that
// between voxels. It is the lower envelope of parabolas, axis by axis: P.
// Felzenszwalb and D. Huttenlocher, Distance transforms of sampled functions,
// Theory of Computing 8 (2012) 415.
func squaredDistances(set []bool, size [3]int, step [3]float64) []float32 {
	out := make([]float32, len(set))
	all(len(set), block, 0, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			if !set[i] {
				out[i] = float32(math.Inf(1))
			}
		}
	})
	stride := [3]int{1, size[0], size[0] * size[1]}
	for axis := range 3 {
		a, b := (axis+1)%3, (axis+2)%3
		all(size[b], 1, 0, func(_, j, _, _ int) {
			e := envelope{square: step[axis] * step[axis]}
			line := make([]float32, size[axis])
			for i := range size[a] {
				start := i*stride[a] + j*stride[b]
				for k := range line {
					line[k] = out[start+k*stride[axis]]
				}
				if !e.transform(line) {
					continue
				}
				for k, v := range line {
					out[start+k*stride[axis]] = v
				}
			}
		})
	}
	return out
}

// An envelope is the lowest of parabolas above a line of voxels.
type envelope struct {
	square float64   // Å² of a step
	at     []int     // where the parabolas stand
	from   []float64 // from where on each is the lowest
	height []float64
}

// transform replaces the values of a line by the least, over all places q, of
// (p − q)²·square + value(q). It reports whether there was a finite one.
func (e *envelope) transform(line []float32) bool {
	e.at, e.from, e.height = e.at[:0], e.from[:0], e.height[:0]
	for q, v := range line {
		if h := float64(v); !math.IsInf(h, 1) {
			e.add(q, h)
		}
	}
	if len(e.at) == 0 {
		return false
	}
	k := 0
	for p := range line {
		for k+1 < len(e.at) && e.from[k+1] < float64(p) {
			k++
		}
		d := float64(p - e.at[k])
		line[p] = float32(d*d*e.square + e.height[k])
	}
	return true
}

// add adds the parabola at q, right of all others.
func (e *envelope) add(q int, height float64) {
	from := math.Inf(-1)
	for k := len(e.at) - 1; k >= 0; k-- {
		p := e.at[k]
		from = ((height-e.height[k])/e.square + float64(q*q-p*p)) / float64(2*(q-p))
		if from > e.from[k] {
			break
		}
		e.at, e.from, e.height = e.at[:k], e.from[:k], e.height[:k]
		from = math.Inf(-1)
	}
	e.at, e.from, e.height = append(e.at, q), append(e.from, from), append(e.height, height)
}
