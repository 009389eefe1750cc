// SPDX-License-Identifier: BSD-3-Clause

//go:build !amd64 || noasm

package kernel

const useAVX2 = false

// Name names the inner loop in use.
func Name() string { return "go" }

// blockOf is how many atoms eval takes.
func blockOf(*Field) int { return block }

type arguments struct{}

func (*arguments) set(*Field, *Transform) {}

func eval(f *Field, atoms []float32, n int, t *Transform, _ *arguments, out *[10]float32) {
	evalGo(f, atoms, n, t, out)
}

func combineFast([]float32, []float32, int, []float32) int          { return 0 }
func largestFast(_, _, _, _ []float32) (done int, m float32)        { return 0, 0 }
func fillFast(_ []cell, _, _, _, _ []float32, _ float32) (done int) { return 0 }
