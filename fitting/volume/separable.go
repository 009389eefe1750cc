// SPDX-License-Identifier: BSD-3-Clause

package volume

import "math"

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
}

// taps are the weights of the inputs from lo on.
type taps struct {
	lo int
	w  []float32
}

// newOperator returns the map to m numbers, of which the j-th has center at
// start(j) and the weights w[0…2r] about it, put on 0…n−1 by border.
func newOperator(n, m int, border Border, w []float64, center func(j int) int) operator {
	l := operator{n, make([]taps, m)}
	r := len(w) / 2
	inner := make([]float32, len(w))
	for i, v := range w {
		inner[i] = float32(v)
	}
	for j := range l.rows {
		c := center(j)
		if c-r >= 0 && c+len(w)-r <= n {
			l.rows[j] = taps{c - r, inner}
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
	planes := make([][]float32, workersOf(threads)) // one x-filtered plane per worker
	all(nz, 1, threads, func(worker, z, _, _ int) {
		if planes[worker] == nil {
			planes[worker] = make([]float32, mx*ny)
		}
		plane := planes[worker]
		for y := range ny {
			axes[0].row(plane[y*mx:][:mx], data[(z*ny+y)*nx:][:nx])
		}
		axes[1].across(flat[z*mx*my:][:mx*my], mx, plane, mx, mx)
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
	rows := l.rows[:len(dst)]
	for j := range dst {
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
		in := func(i int) []float32 { return src[(t.lo+i)*srcStep:][:width] }
		switch {
		case len(t.w) == 0:
			clear(out)
			continue
		case len(t.w) == 1 && t.w[0] == 1:
			copy(out, in(0))
			continue
		}
		i := 0
		if len(t.w) >= 5 {
			put5(out, (*[5]float32)(t.w), in(0), in(1), in(2), in(3), in(4))
			i = 5
		} else {
			scaleRow(out, t.w[0], in(0))
			i = 1
		}
		for ; i+4 <= len(t.w); i += 4 {
			add4(out, (*[4]float32)(t.w[i:]), in(i), in(i+1), in(i+2), in(i+3))
		}
		for ; i < len(t.w); i++ {
			addRow(out, t.w[i], in(i))
		}
	}
}

func put5(out []float32, w *[5]float32, a, b, c, d, e []float32) {
	n := len(out)
	a, b, c, d, e = a[:n], b[:n], c[:n], d[:n], e[:n]
	w0, w1, w2, w3, w4 := w[0], w[1], w[2], w[3], w[4]
	for x := range out {
		out[x] = w0*a[x] + w1*b[x] + w2*c[x] + w3*d[x] + w4*e[x]
	}
}

func add4(out []float32, w *[4]float32, a, b, c, d []float32) {
	n := len(out)
	a, b, c, d = a[:n], b[:n], c[:n], d[:n]
	w0, w1, w2, w3 := w[0], w[1], w[2], w[3]
	for x := range out {
		out[x] += w0*a[x] + w1*b[x] + w2*c[x] + w3*d[x]
	}
}

func scaleRow(out []float32, w float32, a []float32) {
	a = a[:len(out)]
	for x := range out {
		out[x] = w * a[x]
	}
}

func addRow(out []float32, w float32, a []float32) {
	a = a[:len(out)]
	for x := range out {
		out[x] += w * a[x]
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
