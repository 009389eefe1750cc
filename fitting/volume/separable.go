// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"math"

	"difffit/fitting/internal/kernel"
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
	// rows first to last (exclusive) are one filter that moves on by one
	// input a row.
	first, last int
	// period is the number of filters that take turns, each moving on by one
	// input from turn to turn: an interpolation. 0 if that is not so.
	period int
}

// taps are the weights of the inputs from lo on.
type taps struct {
	lo int
	w  []float32
}

// newOperator returns the map to m numbers, of which the j-th has center at
// start(j) and the weights w[0…2r] about it, put on 0…n−1 by border.
func newOperator(n, m int, border Border, w []float64, center func(j int) int) operator {
	l := operator{n: n, rows: make([]taps, m)}
	r := len(w) / 2
	inner := make([]float32, len(w))
	for i, v := range w {
		inner[i] = float32(v)
	}
	for j := range l.rows {
		c := center(j)
		if c-r >= 0 && c+len(w)-r <= n {
			l.rows[j] = taps{c - r, inner}
			if l.last == 0 {
				l.first = j
			}
			if center(l.first)+j-l.first == c {
				l.last = j + 1
			}
		} else {
			l.rows[j] = folding(n, border, w, c-r)
		}
	}
	return l
}

// folding returns weights for inputs from start on, some of them outside 0…n−1.
func folding(n int, border Border, w []float64, start int) taps {
	sum := make([]float64, n)
	lo, hi := n, 0
	for i, v := range w {
		k := start + i
		switch {
		case k >= 0 && k < n:
		case border == ZeroOutside:
			continue
		case border == Replicate:
			k = min(max(k, 0), n-1)
		default:
			k = mirror(k, n)
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
	planes := make([][]float32, workersOf(threads)) // one y-filtered plane per worker
	all(nz, 1, threads, func(worker, z, _, _ int) {
		if planes[worker] == nil {
			planes[worker] = make([]float32, nx*my)
		}
		plane := planes[worker]
		axes[1].across(plane, nx, data[z*nx*ny:][:nx*ny], nx, nx)
		for y := range my {
			axes[0].row(flat[(z*my+y)*mx:][:mx], plane[y*nx:][:nx])
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

func (l operator) identity() bool {
	for j, t := range l.rows {
		if t.lo != j || len(t.w) != 1 || t.w[0] != 1 {
			return false
		}
	}
	return len(l.rows) == l.n
}

// row applies l to one row.
func (l operator) row(dst, src []float32) {
	if l.period > 1 {
		l.interleave(dst, src)
		return
	}
	if l.last > l.first+1 {
		l.scalar(dst, src, 0, l.first)
		t := l.rows[l.first]
		kernel.Combine(dst[l.first:l.last], src[t.lo:], 1, t.w)
		l.scalar(dst, src, l.last, len(dst))
		return
	}
	l.scalar(dst, src, 0, len(dst))
}

// interleave is row for an interpolation.
func (l operator) interleave(dst, src []float32) {
	var turn [256]float32
	for p := range l.period {
		t := l.rows[p]
		for i := p; i < len(dst); i += len(turn) * l.period {
			n := min(len(turn), (len(dst)-i+l.period-1)/l.period)
			kernel.Combine(turn[:n], src[t.lo+i/l.period:], 1, t.w)
			for q, v := range turn[:n] {
				dst[i+q*l.period] = v
			}
		}
	}
}

// scalar applies the rows from lo to hi of l to one row.
func (l operator) scalar(dst, src []float32, lo, hi int) {
	rows := l.rows[:len(dst)]
	for j := lo; j < hi; j++ {
		t := &rows[j]
		s := src[t.lo:][:len(t.w)]
		switch len(s) { // the smoothings and interpolations
		case 1:
			dst[j] = t.w[0] * s[0]
		case 5:
			w := (*[5]float32)(t.w)
			dst[j] = w[0]*s[0] + w[1]*s[1] + w[2]*s[2] + w[3]*s[3] + w[4]*s[4]
		case 6:
			w := (*[6]float32)(t.w)
			dst[j] = w[0]*s[0] + w[1]*s[1] + w[2]*s[2] + w[3]*s[3] + w[4]*s[4] + w[5]*s[5]
		default:
			dst[j] = dot(t.w, s)
		}
	}
}

// dot returns Σ wᵢ·sᵢ.
func dot(w, s []float32) float32 {
	var a, b, c, d float32
	s = s[:len(w)]
	for len(w) >= 4 && len(s) >= 4 {
		a += w[0] * s[0]
		b += w[1] * s[1]
		c += w[2] * s[2]
		d += w[3] * s[3]
		w, s = w[4:], s[4:]
	}
	for i, v := range w {
		a += v * s[i]
	}
	return (a + b) + (c + d)
}

// across applies l along an axis whose steps are rows of the given width:
// output row j is at dst[j·dstStep:], input row k at src[k·srcStep:].
func (l operator) across(dst []float32, dstStep int, src []float32, srcStep, width int) {
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
