// SPDX-License-Identifier: BSD-3-Clause

//go:build amd64 && !noasm

package kernel

import (
	"math/rand/v2"
	"testing"
)

// The loop that asks for cells ahead of time is the other one, bit for bit.
func TestAskingAheadChangesNothing(t *testing.T) {
	if !useAVX2 {
		t.Skip("this processor has no AVX2, or DIFFFIT_NOASM=1")
	}
	rng := rand.New(rand.NewPCG(8, 1))
	size := [3]int{30, 31, 32}
	for groups := 1; groups <= block/8; groups++ {
		data, xyz, tr := problem(rng, size, 8*groups)
		f, err := NewField(size, data, 1)
		if err != nil {
			t.Fatal(err)
		}
		a := NewAtoms(xyz)
		var args arguments
		args.set(f, &tr)
		var near, far [10]float32
		evalAVX2((*[8]int16)(&f.cells[0]), &a.data[0], groups, (*[17]uint32)(&args), &near)
		evalFarAVX2((*[8]int16)(&f.cells[0]), &a.data[0], groups, (*[17]uint32)(&args), &far)
		if near != far {
			t.Errorf("%d groups: %v, asking ahead %v", groups, near, far)
		}
	}
}
