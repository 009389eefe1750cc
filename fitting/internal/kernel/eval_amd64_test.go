// SPDX-License-Identifier: BSD-3-Clause

//go:build amd64 && !noasm

package kernel

import (
	"math/rand/v2"
	"testing"
)

// eachLoop runs a test with each of the loops that this processor has.
func eachLoop(t *testing.T, test func(t *testing.T)) {
	had := useAVX512
	defer func() { useAVX512 = had }()
	for name, wide := range map[string]bool{"avx2": false, "avx512": true} {
		t.Run(name, func(t *testing.T) {
			if wide && !had || !useAVX2 {
				t.Skip("this processor does not have it, or it is switched off")
			}
			useAVX512 = wide
			test(t)
		})
	}
}

// The loops that ask for cells ahead of time are the others, bit for bit.
func TestAskingAheadChangesNothing(t *testing.T) {
	eachLoop(t, func(t *testing.T) {
		near, far, atoms, most := evalAVX2, evalFarAVX2, 8, block
		if useAVX512 {
			near, far, atoms, most = evalAVX512, evalFarAVX512, 16, 3*block
		}
		rng := rand.New(rand.NewPCG(8, 1))
		size := [3]int{30, 31, 32}
		for n := atoms; n <= most; n += atoms {
			data, xyz, tr := problem(rng, size, n)
			f, err := NewField(size, data, 1)
			if err != nil {
				t.Fatal(err)
			}
			a := NewAtoms(xyz)
			var args arguments
			args.set(f, &tr)
			var got, ahead [10]float32
			near((*[8]int16)(&f.cells[0]), &a.data[0], n/atoms, (*[17]uint32)(&args), &got)
			far((*[8]int16)(&f.cells[0]), &a.data[0], n/atoms, (*[17]uint32)(&args), &ahead)
			if got != ahead {
				t.Errorf("%d atoms: %v, asking ahead %v", n, got, ahead)
			}
		}
	})
}
