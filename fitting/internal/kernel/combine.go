// SPDX-License-Identifier: BSD-3-Clause

package kernel

// Combine sets dst[i] to Σₖ w[k]·src[i + k·stride]: a filter along a row
// (stride 1) or across rows. src has at least len(dst) + (len(w)−1)·stride
// numbers; it does not overlap dst.
func Combine(dst, src []float32, stride int, w []float32) {
	if len(dst) == 0 {
		return
	}
	if len(w) == 0 {
		clear(dst)
		return
	}
	src = src[:len(dst)+(len(w)-1)*stride] // panics here, not in the assembly
	done := combineFast(dst, src, stride, w)
	if done < len(dst) {
		combineGo(dst[done:], src[done:], stride, w)
	}
}

// combineGo is the definition of Combine. It adds four rows at a time, so
// that dst is not loaded and stored for each.
func combineGo(dst, src []float32, stride int, w []float32) {
	n := len(dst)
	clear(dst)
	for ; len(w) >= 4; w = w[4:] {
		a, b, c, d := src[:n], src[stride:][:n], src[2*stride:][:n], src[3*stride:][:n]
		w0, w1, w2, w3 := w[0], w[1], w[2], w[3]
		for i := range dst {
			dst[i] += w0*a[i] + w1*b[i] + w2*c[i] + w3*d[i]
		}
		src = src[min(4*stride, len(src)):]
	}
	for _, v := range w {
		a := src[:n]
		for i := range dst {
			dst[i] += v * a[i]
		}
		src = src[min(stride, len(src)):]
	}
}
