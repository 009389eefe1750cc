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

// useAVX512 is whether it has registers of 64 bytes. The first processors with
// AVX-512, which slow down while they use it, do not have VBMI2. The environment
// switches it off with DIFFFIT_NOAVX512=1.
var useAVX512 = useAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL &&
	cpu.X86.HasAVX512VBMI2 && os.Getenv("DIFFFIT_NOAVX512") != "1"

// Name names the inner loop in use.
func Name() string {
	if useAVX512 {
		return "avx512"
	}
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
	cells, far := (*[8]int16)(&f.cells[0]), len(f.cells) > nearCells
	wide := 0 // pairs of groups
	if isWide(f) {
		wide = n / 16
	}
	var part [10]float32
	if wide > 0 {
		first := &atoms[: 48*wide : 48*wide][0] // panics here, not in the assembly
		if far {
			evalFarAVX512(cells, first, wide, (*[17]uint32)(args), &part)
		} else {
			evalAVX512(cells, first, wide, (*[17]uint32)(args), &part)
		}
		add(out, &part)
	}
	if narrow := n/8 - 2*wide; narrow > 0 {
		first := &atoms[48*wide : 24*(n/8)][0]
		if far {
			evalFarAVX2(cells, first, narrow, (*[17]uint32)(args), &part)
		} else {
			evalAVX2(cells, first, narrow, (*[17]uint32)(args), &part)
		}
		add(out, &part)
	}
	if rest := n % 8; rest > 0 {
		evalGo(f, atoms[24*(n/8):], rest, t, out)
	}
}

// add adds to out what the assembly leaves in part.
func add(out, part *[10]float32) {
	for i, q := range fixedPoint {
		out[i] += part[i] * q
	}
}

// blockOf is how many atoms eval takes. The loops with registers of 64 bytes add
// 16 atoms side by side, and a call costs as much as some thirty atoms: 128 atoms
// a call took a sixth longer (BenchmarkKernel with either block, in turns).
func blockOf(f *Field) int {
	if isWide(f) {
		return 8 * block
	}
	return block
}

func isWide(f *Field) bool { return useAVX512 && len(f.cells) <= wideCells }

// wideCells is the largest field for the loops with registers of 64 bytes, which
// count bytes in single precision.
const wideCells = 1 << 24

// nearCells is the number of cells beyond which the loop that asks for cells
// ahead of time pays: with 16 MiB of them many come from memory. Below that
// asking costs more than waiting (BenchmarkKernel, BenchmarkEval).
const nearCells = 1 << 20

// fixedPoint is what the assembly leaves to divide by: it multiplies by x as a
// number of 15 bits. The derivative along x has no such factor.
var fixedPoint = func() (q [10]float32) {
	for i := range q {
		q[i] = 1. / 32767
	}
	q[1], q[6], q[9] = 1, 1, 1 // gx, z·gx, y·gx
	return q
}()

// arguments are what the assembly wants to know: a transform, the largest
// index along each axis, and the cells to the next y and to the next z.
type arguments [17]uint32

func (a *arguments) set(f *Field, t *Transform) {
	for i, v := range t {
		a[i] = math.Float32bits(v)
	}
	for i, v := range f.max {
		a[12+i] = math.Float32bits(v)
	}
	a[15], a[16] = uint32(f.size[0]), uint32(f.size[0]*f.size[1])
}

// combineFast, largestFast and fillFast do as many elements as the assembly
// can and return how many.

func combineFast(dst, src []float32, stride int, w []float32) int {
	n := len(dst) &^ 7
	if !useAVX2 || n == 0 {
		return 0
	}
	combineAVX2(&dst[0], &src[0], n, stride, &w[0], len(w))
	if rest := len(dst) - 8; rest > n-8 { // the last eight once more, those at the end included
		combineAVX2(&dst[rest], &src[rest], 8, stride, &w[0], len(w))
	}
	return len(dst)
}

// wholeCells is how many cells between rows of voxels the assembly takes.
func wholeCells(a, b, c, d []float32) int {
	if !useAVX2 {
		return 0
	}
	return (min(len(a), len(b), len(c), len(d)) - 1) &^ 7
}

func largestFast(a, b, c, d []float32) (done int, m float32) {
	n := wholeCells(a, b, c, d)
	if n <= 0 {
		return 0, 0
	}
	return n, largestAVX2(&a[0], &b[0], &c[0], &d[0], n)
}

func fillFast(cells []cell, a, b, c, d []float32, k float32) int {
	n := min(wholeCells(a, b, c, d), len(cells)&^7)
	if n <= 0 {
		return 0
	}
	fillAVX2((*[8]int16)(&cells[0]), &a[0], &b[0], &c[0], &d[0], n, k)
	return n
}
