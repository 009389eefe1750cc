// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"runtime"
	"testing"
)

// allocated returns how many bytes f allocates, also those it gives back.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// TestClaimsAllocateNothing reads headers that claim up to a terabyte with
// nothing behind them.
func TestClaimsAllocateNothing(t *testing.T) {
	for _, n := range []int{1000, 1500, 60000, 1e6, 1<<31 - 1} {
		b := file(t, ramp([3]int{2, 2, 2}), setInts(1, n, n, n))
		for _, size := range []int64{0, int64(len(b))} {
			got := allocated(func() {
				if _, err := Decode(bytes.NewReader(b), Options{Size: size, Warn: func(string) {}}); err == nil {
					t.Errorf("%d per axis was read from %d bytes", n, len(b))
				}
			})
			if got > 8<<20 {
				t.Errorf("%d per axis, size %d: %d bytes were allocated", n, size, got)
			}
		}
	}
}

// TestMemoryOfDecode counts everything that Decode allocates, in bytes per
// byte of the map: 1 where the size is known, 2 where axes are exchanged or
// where memory grows with a stream, 3 for both, and the block.
func TestMemoryOfDecode(t *testing.T) {
	b := file(t, ramp([3]int{128, 128, 128}))
	turned := file(t, ramp([3]int{128, 128, 128}), setInts(17, 3, 2, 1))
	const data = 4 * 128 * 128 * 128
	for _, tt := range []struct {
		name  string
		in    []byte
		size  int64
		times int64
	}{
		{"plain", b, int64(len(b)), 1},
		{"turned", turned, int64(len(b)), 2},
		{"stream", b, 0, 2},
		{"turned stream", turned, 0, 3},
	} {
		got := allocated(func() {
			if _, err := Decode(bytes.NewReader(tt.in), Options{Size: tt.size}); err != nil {
				t.Error(err)
			}
		})
		if want := tt.times*data + 1<<20; got > want {
			t.Errorf("%s: %d bytes, want at most %d", tt.name, got, want)
		}
	}
}
