// SPDX-License-Identifier: BSD-3-Clause

//go:build amd64 && !noasm

package kernel

import (
	"math"
	"os"

	"golang.org/x/sys/cpu"
)

// useAVX2 is whether the assembly runs. The environment switches it off with
// DIFFFIT_NOASM=1.
var useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA && os.Getenv("DIFFFIT_NOASM") != "1"

// Name names the inner loop in use.
func Name() string {
	if useAVX2 {
		return "avx2"
	}
	return "go"
}

// eval sums over n atoms with the fastest loop there is; out is in units of
// f.scale. args is what arguments made of f and t.
func eval(f *Field, atoms []float32, n int, t *Transform, args *arguments, out *[10]float32) {
	if !useAVX2 {
		evalGo(f, atoms, n, t, out)
		return
	}
	if whole := n / 8; whole > 0 {
		atoms := atoms[: 24*whole : 24*whole] // panics here, not in the assembly
		evalAVX2((*[8]int16)(&f.cells[0]), &atoms[0], whole, (*[136]uint32)(args), out)
		for i, q := range fixedPoint {
			out[i] *= q
		}
	}
	if rest := n % 8; rest > 0 {
		evalGo(f, atoms[24*(n/8):], rest, t, out)
	}
}

// fixedPoint is what the assembly leaves to divide by: it multiplies by x as a
// number of 15 bits. The derivative along x has no such factor.
var fixedPoint = func() (q [10]float32) {
	for i := range q {
		q[i] = 1. / 32767
	}
	q[1], q[6], q[9] = 1, 1, 1 // gx, z·gx, y·gx
	return q
}()

// arguments are what the assembly wants to know, each number eight times.
type arguments [136]uint32

func (a *arguments) set(f *Field, t *Transform) {
	if !useAVX2 {
		return
	}
	row := func(i int, v uint32) {
		for k := range 8 {
			a[8*i+k] = v
		}
	}
	for i, v := range t {
		row(i, math.Float32bits(v))
	}
	for i, v := range f.max {
		row(12+i, math.Float32bits(v))
	}
	row(15, uint32(f.size[0]))
	row(16, uint32(f.size[0]*f.size[1]))
}
