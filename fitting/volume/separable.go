// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"

	"difffit/fitting/internal/kernel"
	"difffit/fitting/internal/parallel"
)

// A Border says what a filter finds outside the box.
type Border uint8

// Borders.
const (
	ZeroOutside Border = iota // zero
	Replicate                 // the nearest voxel
	reflect                   // mirrored at the centre of the last voxel: −1 is 1
)

// An operator is a linear map from n numbers along an axis to len(rows) numbers,
// with few weights a row: a filter with its border, with or without a change
// of resolution.
type operator struct {
	n    int
	rows []taps
	// A filter as it moves along a row: its weights, where the first output has
	// the first of them, and the inputs from one output to the next.
	w           []float32
	first, step int
	border      Border
	// period is the number of filters that take turns, each moving on by one
	// input from turn to turn: an interpolation. 0 if that is not so.
	period int
}

// taps are the weights of the inputs from lo on.
type taps struct {
	lo int
	w  []float32
}

// newOperator returns the filter to m numbers, of which the j-th has center at
// start + j·step and the weights w[0…2r] about it, put on 0…n−1 by border.
func newOperator(n, m int, border Border, w []float64, start, step int) operator {
	r := len(w) / 2
	l := operator{n: n, rows: make([]taps, m), w: make([]float32, len(w)), first: start - r, step: step, border: border}
	for i, v := range w {
		l.w[i] = float32(v)
	}
	for j := range l.rows {
		if lo := l.first + j*step; lo >= 0 && lo+len(w) <= n {
			l.rows[j] = taps{lo, l.w}
		} else {
			l.rows[j] = folding(n, border, w, lo)
		}
	}
	return l
}

// folding returns weights for inputs from start on, some of them outside 0…n−1.
func folding(n int, border Border, w []float64, start int) taps {
	sum := make([]float64, n)
	lo, hi := n, 0
	for i, v := range w {
		k, ok := border.inside(start+i, n)
		if !ok {
			continue
		}
		sum[k] += v
		lo, hi = min(lo, k), max(hi, k+1)
	}
	if lo >= hi {
		return taps{}
	}
	t := taps{lo, make([]float32, hi-lo)}
	for i := range t.w {
		t.w[i] = float32(sum[lo+i])
	}
	return t
}

// inside returns the index in 0…n−1 whose number stands for k; not ok if that is zero.
func (b Border) inside(k, n int) (at int, ok bool) {
	switch {
	case k >= 0 && k < n:
		return k, true
	case b == ZeroOutside:
		return 0, false
	case b == Replicate:
		return min(max(k, 0), n-1), true
	}
	return mirror(k, n), true
}

// mirror reflects index k into 0…n−1 about the first and the last.
func mirror(k, n int) int {
	if n == 1 {
		return 0
	}
	period := 2 * (n - 1)
	k = ((k % period) + period) % period
	return min(k, period-k)
}

// separable applies an operator along each axis of data with the given size
// (x fastest), and returns the result and its size.
func separable(data []float32, size [3]int, axes [3]operator, threads int) ([]float32, [3]int) {
	nx, ny, nz := size[0], size[1], size[2]
	mx, my, mz := len(axes[0].rows), len(axes[1].rows), len(axes[2].rows)
	flat := make([]float32, mx*my*nz)
	shelf := make([]scratch, parallel.Workers(threads))
	all(nz, 1, threads, func(worker, z, _, _ int) {
		s := &shelf[worker]
		plane := room(&s.plane, nx*my) // filtered along y
		axes[1].across(plane, nx, data[z*nx*ny:][:nx*ny], nx, nx)
		for y := range my {
			axes[0].row(flat[(z*my+y)*mx:][:mx], plane[y*nx:][:nx], s)
		}
	})
	if axes[2].identity() {
		return flat, [3]int{mx, my, mz}
	}
	out := make([]float32, mx*my*mz)
	all(my, 1, threads, func(_, y, _, _ int) {
		axes[2].across(out[y*mx:], mx*my, flat[y*mx:], mx*my, mx)
	})
	return out, [3]int{mx, my, mz}
}

func (l *operator) identity() bool {
	for j, t := range l.rows {
		if t.lo != j || len(t.w) != 1 || t.w[0] != 1 {
			return false
		}
	}
	return len(l.rows) == l.n
}

// scratch is what a worker needs while it filters.
type scratch struct{ plane, line, phase, part []float32 }

// room returns the first n numbers of *buffer, which grows if need be.
func room(buffer *[]float32, n int) []float32 {
	if len(*buffer) < n {
		*buffer = make([]float32, n)
	}
	return (*buffer)[:n]
}

// row applies l to one row.
func (l *operator) row(dst, src []float32, s *scratch) {
	switch {
	case l.period > 1:
		l.interleave(dst, src, s)
	case l.step == 1:
		kernel.Combine(dst, l.padded(src, len(dst)+len(l.w)-1, s), 1, l.w)
	default:
		l.thin(dst, src, s)
	}
}

// padded returns the n numbers from l.first on of a row with its border.
func (l *operator) padded(src []float32, n int, s *scratch) []float32 {
	if l.first >= 0 && l.first+n <= len(src) {
		return src[l.first:][:n]
	}
	line := room(&s.line, n)
	from, to := min(max(-l.first, 0), n), min(max(len(src)-l.first, 0), n) // of line, inside of src
	if from < to {
		copy(line[from:to], src[l.first+from:])
	}
	fill := func(lo, hi int) {
		for i := lo; i < hi; i++ {
			line[i] = 0
			if k, ok := l.border.inside(l.first+i, len(src)); ok {
				line[i] = src[k]
			}
		}
	}
	fill(0, from)
	fill(max(from, to), n)
	return line
}

// thin is row for a filter that moves on by several inputs: the inputs that
// are so far apart are put side by side, once for each that comes first.
func (l *operator) thin(dst, src []float32, s *scratch) {
	length := len(dst) + (len(l.w)-1)/l.step
	line := l.padded(src, length*l.step, s)
	phase := room(&s.phase, length)
	for p := range min(l.step, len(l.w)) {
		for i := range phase {
			phase[i] = line[p+i*l.step]
		}
		w := make([]float32, 0, 64) // on the stack
		for k := p; k < len(l.w); k += l.step {
			w = append(w, l.w[k])
		}
		if p == 0 {
			kernel.Combine(dst, phase, 1, w)
			continue
		}
		part := room(&s.part, len(dst))
		kernel.Combine(part, phase, 1, w)
		for i, v := range part {
			dst[i] += v
		}
	}
}

// interleave is row for an interpolation.
func (l *operator) interleave(dst, src []float32, s *scratch) {
	for p := range min(l.period, len(dst)) {
		t := l.rows[p]
		turn := room(&s.part, (len(dst)-p+l.period-1)/l.period)
		kernel.Combine(turn, src[t.lo:], 1, t.w)
		for q, v := range turn {
			dst[p+q*l.period] = v
		}
	}
}

// across applies l along an axis whose steps are rows of the given width:
// output row j is at dst[j·dstStep:], input row k at src[k·srcStep:].
func (l *operator) across(dst []float32, dstStep int, src []float32, srcStep, width int) {
	for j, t := range l.rows {
		out := dst[j*dstStep:][:width]
		if len(t.w) == 1 && t.w[0] == 1 {
			copy(out, src[t.lo*srcStep:])
			continue
		}
		kernel.Combine(out, src[t.lo*srcStep:], srcStep, t.w)
	}
}

// gaussWeights returns a normalised Gaussian of σ voxels, cut at radius.
func gaussWeights(sigma float64, radius int) []float64 {
	w := make([]float64, 2*radius+1)
	sum := 0.0
	for i := range w {
		d := float64(i-radius) / sigma
		w[i] = math.Exp(-0.5 * d * d)
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}
